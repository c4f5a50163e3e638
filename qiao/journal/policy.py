"""Who may read the journal: auditors their congress's; those who oversee the installation everybody's, but not what others' entries say."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qiao.kernel.models import INSTALLATION
from qiao.kernel.policy import NOTHING, Actor, permission, rule, scope

read = permission("journal.read", _("Read the journal of the congress"))
oversee = permission("journal.oversee", _("See who did what in the whole installation"))


@rule(_("This is another congress's journal."))
def is_own_journal(actor: Actor, subject: Any) -> bool:
    """The congress is the one acted for; an account stands for the installation's own journal, which its overseers read."""
    return getattr(subject, "journal_congress", None) in actor.congresses or ("journal.oversee" in actor.grants and subject == actor.user)


may_export = read & is_own_journal


def reads_whole(actor: Actor, congress_id: int) -> bool:
    """Whether an actor may read what a journal's entries say, beyond who, when and what."""
    if congress_id == INSTALLATION:
        return "journal.oversee" in actor.grants
    return "journal.read" in actor.grants and congress_id in actor.congresses


def _journals(actor: Actor) -> Q:
    if "journal.oversee" in actor.grants:
        return Q()
    return Q(congress_id__in=actor.congresses) if "journal.read" in actor.grants else NOTHING


@scope("kernel.Entry")
def entries(actor: Actor) -> Q:
    """The congress's; for those who oversee the installation all."""
    return _journals(actor)


@scope("kernel.Seal")
def seals(actor: Actor) -> Q:
    """Those of the journals one may read."""
    return _journals(actor)
