"""Areas, congresses, organs and units are public facts; who may change the directory."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qiao.kernel.policy import Actor, permission, rule, scope

from .models import Congress

manage = permission("directory.manage", _("Change the directory of units and deputies"))
manage_below = permission("directory.manage_below", _("Set up the congresses below and import into their directories"))


@rule(_("This belongs to another congress."))
def is_of_own_congress(actor: Actor, subject: Any) -> bool:
    """The object's congress is the one acted for; a creation names its congress as the subject."""
    return getattr(subject, "congress_id", subject.pk) in actor.congresses


@rule(_("This congress is not below yours."))
def is_below_own(actor: Actor, subject: Any) -> bool:
    """The object's congress, or the congress itself, lies in the area of the one acted for."""
    congress = subject if isinstance(subject, Congress) else subject.congress
    return any(congress.area.code.startswith(code) for code in _codes(actor))


def _codes(actor: Actor) -> list[str]:
    return list(Congress.objects.filter(pk__in=actor.congresses).order_by().values_list("area__code", flat=True))


keep_directory = manage & is_of_own_congress
keep_directories = (manage_below & is_below_own) | keep_directory
"""For a table with the deputies of a whole province: one's own congress, or with the permission those below."""
found_below = manage_below & is_below_own
"""To set up the congresses of one's own area, each below the one that the act names."""


@rule(_("The first congress of an installation is set up by whoever runs it."))
def is_never_first(actor: Actor, above: Congress | None) -> bool:
    """There is a congress above the new one; the first of all is made by a command."""
    return above is not None


found = is_never_first & found_below


@scope("orgs.Area", public=True)
def areas(actor: Actor) -> Q:
    """Everybody may see the areas."""
    return Q()


@scope("orgs.Congress", public=True)
def congresses(actor: Actor) -> Q:
    """Everybody may see the congresses."""
    return Q()


@scope("orgs.Organ", public=True)
def organs(actor: Actor) -> Q:
    """Everybody may see the organs."""
    return Q()


@scope("orgs.Unit", public=True)
def units(actor: Actor) -> Q:
    """Everybody may see the handling units."""
    return Q()
