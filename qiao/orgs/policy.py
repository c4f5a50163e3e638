"""Areas, congresses, organs and units are public facts; who may change the directory."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qiao.kernel.policy import Actor, permission, rule, scope

manage = permission("directory.manage", _("Change the directory of units and deputies"))


@rule(_("This belongs to another congress."))
def is_of_own_congress(actor: Actor, subject: Any) -> bool:
    """The object's congress is the one acted for; a creation names its congress as the subject."""
    return getattr(subject, "congress_id", subject.pk) in actor.congresses


keep_directory = manage & is_of_own_congress


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
