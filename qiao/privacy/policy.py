"""Everybody reads what is held about themselves and who has looked; nobody reads that of others here."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qiao.kernel.policy import Actor, rule, scope


@rule(_("This is another person’s data."))
def is_oneself(actor: Actor, person: Any) -> bool:
    """The person is the one who acts."""
    return person.pk in actor.people


@scope("privacy.Reading")
def readings(actor: Actor) -> Q:
    """Of one's own data; auditors read them in the journal."""
    return Q(person__in=actor.people)


@scope("privacy.Correction")
def corrections(actor: Actor) -> Q:
    """One's own; for those who keep the directory, what was asked of their congress."""
    mine = Q(person__in=actor.people)
    return mine | Q(congress__in=actor.congresses) if "directory.manage" in actor.grants else mine


@scope("privacy.Hold")
def holds(actor: Actor) -> Q:
    """Those of one's congress, for who keeps its directory; one's own, for a person."""
    mine = Q(person__in=actor.people)
    return mine | Q(congress__in=actor.congresses) if "directory.manage" in actor.grants else mine


@scope("privacy.Disposal")
def disposals(actor: Actor) -> Q:
    """Those of one's congress and of the installation, for who keeps its directory."""
    return Q(congress__in=actor.congresses) | Q(congress=None) if "directory.manage" in actor.grants else Q(pk__in=[])
