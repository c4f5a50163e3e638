"""Who may pause a time limit, let it go on, and set a day that comes before it."""

from django.utils.translation import gettext_lazy as _

from qiao.kernel.policy import Actor, rule

from ..models import Clock, ClockKind
from .permissions import assign, supervise


@rule(_("This suggestion belongs to another congress."))
def is_of_own_congress(actor: Actor, limit: Clock) -> bool:
    """The time limit belongs to a suggestion of the congress acted for."""
    return limit.congress_id in actor.congresses


@rule(_("This time limit no longer runs."))
def is_running(actor: Actor, limit: Clock) -> bool:
    """The duty is still open."""
    return limit.ended_on is None


@rule(_("This time limit is paused."))
def is_ticking(actor: Actor, limit: Clock) -> bool:
    """It is not paused."""
    return limit.paused_on is None


@rule(_("This time limit is not paused."))
def is_paused(actor: Actor, limit: Clock) -> bool:
    """It is paused."""
    return limit.paused_on is not None


@rule(_("Its last day is over; a pause gives no time back."))
def is_in_time(actor: Actor, limit: Clock) -> bool:
    """Its last day is not over."""
    return not limit.is_overdue


@rule(_("By this congress's rules this time limit is not paused."))
def is_pausable(actor: Actor, limit: Clock) -> bool:
    """The rulebook names the duty among those whose time may be paused."""
    return limit.kind in limit.rules["pausable"]


@rule(_("By this congress's rules somebody else decides on pauses."))
def assigning_side_pauses(actor: Actor, limit: Clock) -> bool:
    """The rulebook leaves pauses to whoever hands suggestions over."""
    return bool(limit.rules["pause_by"] == "assign")


@rule(_("By this congress's rules somebody else decides on pauses."))
def supervising_side_pauses(actor: Actor, limit: Clock) -> bool:
    """The rulebook leaves pauses to whoever sees to the handling."""
    return bool(limit.rules["pause_by"] == "supervise")


@rule(_("Only the time for the first reply can be shortened by a day that is set."))
def is_of_reply(actor: Actor, limit: Clock) -> bool:
    """It is the time for the first reply."""
    return limit.kind == ClockKind.REPLY


decides_pauses = is_of_own_congress & ((assign & assigning_side_pauses) | (supervise & supervising_side_pauses))
pauser = is_running & is_ticking & is_pausable & is_in_time & decides_pauses
resumer = is_running & is_paused & decides_pauses
bringer_forward = assign & is_of_own_congress & is_of_reply & is_running & is_in_time
