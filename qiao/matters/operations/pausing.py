"""Pausing a time limit, letting it go on, setting a day that comes before it: the congress's side decides, for a reason on record."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.kernel import clock as time
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import Permit, operation
from qiao.kernel.policy import Actor
from qiao.rulebook.amending import amended, fixed
from qiao.rulebook.queries import calendar
from qiao.rulebook.trace import full_date

from .. import clock_notices, policy
from ..models import AT_ONCE, Clock, Pause
from .clocks import end_pause
from .extending import move_due


@operation(Permit("clock.pause", policy.pauser, gettext_lazy("Pause the time limit")))
def pause_clock(limit: Clock, *, actor: Actor, note: str, source: str) -> None:
    """From today on no day counts until it goes on; ``source`` is the decision or provision. Nobody is reminded meanwhile."""
    today = time.today()
    made = Pause(clock=limit, since=today, reason=note, source=source)
    made.full_clean()
    made.save()
    limit.paused_on = today
    clock_notices.clock_paused(made, actor)


@operation(Permit("clock.resume", policy.resumer, gettext_lazy("Let the time limit go on")))
def resume_clock(limit: Clock, *, actor: Actor, note: str = "") -> None:
    """Today counts again; the last day comes later by the days of the pause, and its reminders begin anew."""
    end_pause(limit)
    limit.remind_on = AT_ONCE
    clock_notices.clock_resumed(limit, actor)


@operation(Permit("clock.bring_forward", policy.bringer_forward, gettext_lazy("Set an earlier day")))
def bring_forward(limit: Clock, *, actor: Actor, day: dt.date, source: str, note: str) -> None:
    """Set a calendar day by which the reply is due; ``source`` says by what decision. It can only come earlier (R3.38)."""
    said = {"day": full_date(day), "due": full_date(limit.due), "source": limit.rule_words}
    if day >= limit.due:
        raise Unfit(_("%(day)s is not earlier than %(due)s, the last day by %(source)s; a day that is set can only come earlier.") % said)
    if day <= time.today():
        raise Unfit(_("%(day)s is no day to come.") % said)
    days = calendar()
    if limit.rules.moves and days.is_off(day):
        raise Unfit(_("%(day)s is a day off; choose a working day.") % said)
    was = limit.due
    fresh = amended(limit.reckoning, [fixed(day, source)], days, moves=limit.rules.moves)
    limit.due, limit.reckoning_data, limit.remind_on = fresh.due, fresh.to_json(), AT_ONCE
    limit.save(update_fields=["due"])
    move_due(limit.suggestion, actor=actor.lend("clock.bring_forward"))
    clock_notices.brought_forward(limit, was, source, note, actor)
