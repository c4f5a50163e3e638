"""Rules are public; who may change them."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qiao.kernel.policy import Actor, permission, scope
from qiao.orgs.policy import is_of_own_congress

change = permission("rulebook.change", _("Change the rulebook"))
keep_rulebook = change & is_of_own_congress


@scope("rulebook.Provision", public=True)
def provisions(actor: Actor) -> Q:
    """Everybody may read the rules of every congress."""
    return Q()


@scope("rulebook.CalendarYear", public=True)
def calendar_years(actor: Actor) -> Q:
    """Everybody may see which tables of days off are known."""
    return Q()


@scope("rulebook.CalendarDay", public=True)
def calendar_days(actor: Actor) -> Q:
    """Everybody may see the days off."""
    return Q()
