"""Who may see and decide imports: whoever the kind of table is for, in the congress acted for."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qiao.kernel.policy import Actor, rule, scope
from qiao.orgs.policy import is_of_own_congress

from .importer import IMPORTERS
from .models import ImportRun


@rule(_("Your post does not include importing this kind of table."))
def is_for_actor(actor: Actor, run: ImportRun) -> bool:
    """The importer's own rule, asked of the run's congress."""
    return bool(run.importer.rule(actor, run))


keep_run = is_of_own_congress & is_for_actor
bring = is_of_own_congress
"""Bringing a file to one's own congress; the importer's own rule is asked by the operation, which knows the kind."""


@scope("imports.ImportRow")
def rows(actor: Actor) -> Q:
    """With their import."""
    return Q(run__in=ImportRun.objects.visible_to(actor))


@scope("imports.ImportRun")
def runs(actor: Actor) -> Q:
    """The imports of one's congress, of the kinds one may import."""
    if actor.is_system:
        return Q()
    mine = [kind for kind, importer in IMPORTERS.items() if importer.rule.grants <= actor.grants]
    return Q(congress__in=actor.congresses, kind__in=mine)
