"""Rules are public; who may change them."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qiao.kernel.policy import Actor, permission, rule, scope
from qiao.orgs.models import Congress
from qiao.orgs.policy import is_of_own_congress

change = permission("rulebook.change", _("Change the rulebook"))


@rule(_("This rule has begun to hold already. Set a new value from today or a later day instead."))
def is_open_to_change(actor: Actor, provision: Any) -> bool:
    """The first day of the provision is not over, so nothing that was handed over on an earlier day stands on it."""
    return bool(provision.is_open_to_change)


@rule(_("This value holds no longer, or was withdrawn."))
def is_lasting(actor: Actor, provision: Any) -> bool:
    """The provision holds today or will hold."""
    return bool(provision.is_lasting)


@rule(_("This value has no end that could be taken back. If another one follows it, withdraw that change."))
def is_ending(actor: Actor, provision: Any) -> bool:
    """The provision still holds and was ended by itself, without another that begins on the day."""
    return bool(provision.is_lasting and provision.valid_to and not provision.next_day_has_its_own())


@rule(_("The tables of days off hold for every congress here; the topmost congress publishes them."))
def is_of_topmost(actor: Actor, subject: Any) -> bool:
    """The actor acts for a congress that has none above it here."""
    return Congress.objects.filter(pk__in=actor.congresses, superior=None).exists()


keep_tables = change & is_of_topmost
keep_rulebook = change & is_of_own_congress
keep_open_change = keep_rulebook & is_open_to_change
keep_lasting = keep_rulebook & is_lasting
keep_ending = keep_rulebook & is_ending


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


@scope("rulebook.CalendarDraft")
def calendar_drafts(actor: Actor) -> Q:
    """Those who may change rules may look at what is being prepared."""
    return Q() if actor.is_system or "rulebook.change" in actor.grants else Q(pk__in=())
