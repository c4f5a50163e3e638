"""Reminding of last days by the congress's ladder: on working days, each reminder once, however often the job runs (chapter 15)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.kernel import clock as time
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import Permit, each, operation
from qiao.kernel.policy import Actor, is_system
from qiao.rulebook.clocks import Calendar
from qiao.rulebook.ladder import WEEKLY, Rung, next_day, reached
from qiao.rulebook.queries import calendar

from .. import clock_notices
from ..models import Clock, ClockKind, Held, Reminder, share_rules

BATCH = 200
"""Clocks one background job looks at."""
LADDERS = {
    ClockKind.RECEIPT: "receipt_reminders",
    ClockKind.HAND_OVER: "hand_over_reminders",
    ClockKind.SIGN: "sign_reminders",
    ClockKind.RETURN: "return_reminders",
    ClockKind.REASSIGN: "reassign_reminders",
    ClockKind.CONTACT: "contact_reminders",
    ClockKind.OBJECTION: "objection_reminders",
    ClockKind.ASSIST: "assist_reminders",
    ClockKind.REDO: "assist_reminders",
    ClockKind.REPLY: "reply_reminders",
    ClockKind.REHANDLE: "reply_reminders",
    ClockKind.EVALUATION: "evaluation_reminders",
}
"""The rule that says when somebody is reminded of a duty."""

Said = set[tuple[dt.date, str, dt.date]]
"""Reminders that went out: the last day they spoke of, their rung and its day."""


def _rules(limit: Clock) -> list[str]:
    return list(limit.rules[LADDERS[ClockKind(limit.kind)]])


def _open(limit: Clock, said: Said, days: Calendar) -> list[Rung]:
    """The reminders whose day has come and that did not go out yet."""
    daily = limit.rules.period("overdue_daily")
    rungs = reached(limit.start, limit.due, _rules(limit), days, time.today(), daily=daily)
    return [rung for rung in rungs if (limit.due, rung.rule, rung.day) not in said]


def _next(limit: Clock, days: Calendar) -> dt.date | None:
    daily = limit.rules.period("overdue_daily")
    return next_day(limit.start, limit.due, _rules(limit), days, time.today(), daily=daily)


@operation(Permit("clock.remind", is_system, gettext_lazy("Remind of the last day")))
def remind(limit: Clock, *, actor: Actor) -> None:
    """Remind once: of several reminders that were missed the last one says it all, and the others count as given."""
    days = calendar()
    said = set(limit.reminders.values_list("due", "rule", "day"))
    waiting = _open(limit, said, days)
    if limit.ended_on or limit.paused_on or not waiting:
        raise Unfit(_("There is nothing to remind of."))
    told = clock_notices.reminded(limit, actor, today=time.today(), escalates=waiting[-1].rule == WEEKLY)
    Reminder.objects.bulk_create(
        [Reminder(clock=limit, due=limit.due, rule=rung.rule, day=rung.day, told=told if rung is waiting[-1] else 0) for rung in waiting]
    )
    limit.remind_on = _next(limit, days)


def remind_due(after: int = 0) -> int:
    """Look at the next clocks behind ``after`` whose day has come; the last one looked at, or 0 when there are no more."""
    days = calendar()
    limits = list(
        Clock.objects.to_remind(time.today()).filter(pk__gt=after).select_related("assignment", "congress").order_by("pk")[:BATCH]
    )
    share_rules(limits, Held())
    said: dict[int, Said] = defaultdict(set)
    for pk, *rung in Reminder.objects.filter(clock__in=limits).values_list("clock", "due", "rule", "day"):
        said[pk].add((rung[0], rung[1], rung[2]))
    waiting = [limit for limit in limits if _open(limit, said[limit.pk], days)]
    _put_off([limit for limit in limits if limit not in waiting], days)
    each(remind, waiting, actor=Actor.system("the day of a reminder has come"))
    return limits[-1].pk if len(limits) == BATCH else 0


def _put_off(limits: Iterable[Clock], days: Calendar) -> None:
    """Look at these again on their next day; one whose date has moved meanwhile is looked at again at once."""
    by_day: dict[dt.date | None, list[Clock]] = defaultdict(list)
    for limit in limits:
        by_day[_next(limit, days)].append(limit)
    for day, some in by_day.items():
        for due in {limit.due for limit in some}:
            Clock.objects.filter(pk__in=[limit.pk for limit in some if limit.due == due], due=due).update(remind_on=day)
