"""Starting and ending legal clocks; called by the operations that a rule names as their start or end."""

import datetime as dt
from copy import copy

from django.db.models import Min

from qiao.kernel import clock as time
from qiao.rulebook.amending import amended, fixed, paused
from qiao.rulebook.clocks import DAY, Reckoning
from qiao.rulebook.queries import calendar
from qiao.rulebook.recounting import recounted
from qiao.rulebook.rules import Rules

from ..models import AT_ONCE, REPLY_KINDS, Assignment, Clock, ClockKind, Suggestion
from ..models.clock import ClockQuerySet


def start_clock(  # noqa: D417
    suggestion: Suggestion,
    kind: ClockKind,
    rule: str,
    rules: Rules,
    *,
    party: str,
    start: dt.date,
    event: str = "",
    assignment: Assignment | None = None,
) -> Clock:
    """Let a party's period begin: ``rule`` names the entry of ``rules`` that says how long; the start day is not counted
    (R3.38). ``event`` says what happened on that day where it is not what the rule usually counts from.
    """
    reckoning = rules.reckon(rule, start, calendar(), event=event)
    if kind == ClockKind.REPLY:
        reckoning = _by_day_set(reckoning, suggestion, rules)
    return Clock.objects.create(
        congress_id=suggestion.congress_id, suggestion=suggestion, assignment=assignment, kind=kind, party=party, start=start,
        due=reckoning.due, reckoning_data=reckoning.to_json(), source=rules.source(rule),
    )  # fmt: skip


def _by_day_set(reckoning: Reckoning, suggestion: Suggestion, rules: Rules) -> Reckoning:
    """The calendar day by which the congress wants its replies, where it has set one that is still to come."""
    day = rules["fixed_due_date"]["session" if suggestion.session_id else "between"]
    if not day or dt.date.fromisoformat(day) <= time.today():
        return reckoning
    set_for_all = fixed(dt.date.fromisoformat(day), rules.source("fixed_due_date"))
    return amended(reckoning, [set_for_all], calendar(), moves=rules.moves)


def recount(assignment: Assignment, kind: ClockKind, day: dt.date, *, event: str) -> None:
    """Let a unit's running clock count from an earlier ``day`` than it was begun with, because what starts it has happened."""
    for limit in Clock.objects.running().filter(assignment=assignment, kind=kind, start__gt=day):
        reckoning = recounted(limit.reckoning, calendar(), moves=assignment.rules.moves, start=day, event=event)
        Clock.objects.filter(pk=limit.pk).update(start=day)
        set_reckoning(limit, reckoning)


def end_clocks(
    suggestion: Suggestion, *kinds: ClockKind, met: bool, assignment: Assignment | None = None, on: dt.date | None = None
) -> None:
    """Let the running clocks of these kinds end today, the duty done (``met``) or fallen away; all kinds when none is named.

    ``on`` is the day on which it was done, where it is only put on record today.
    With an ``assignment`` only that unit's end: each unit has its own.
    """
    running = Clock.objects.running().filter(suggestion=suggestion)
    if assignment:
        running = running.filter(assignment=assignment)
    if kinds:
        running = running.filter(kind__in=kinds)
    _end(running, on or time.today(), met=met)


def end_clock(limit: Clock, *, met: bool) -> None:
    """Let one running clock end today, where others of its kind go on."""
    _end(Clock.objects.filter(pk=limit.pk), time.today(), met=met)


def _end(running: ClockQuerySet, on: dt.date, *, met: bool) -> None:
    for limit in running.paused():
        end_pause(limit)
        limit.save(update_fields=["due", "reckoning_data", "paused_on"])
    running.update(ended_on=on, met=met)


def reply_due(suggestion: Suggestion) -> dt.date | None:
    """The earliest last day of its running reply clocks."""
    running = Clock.objects.running().filter(suggestion=suggestion, kind__in=REPLY_KINDS)
    due: dt.date | None = running.aggregate(first=Min("due"))["first"]
    return due


def hand_on(limit: Clock, assignment: Assignment) -> Clock:
    """The same period for another unit, with all that has moved its date; the first one's is left as it is."""
    made = copy(limit)
    made.pk, made._state.adding = None, True
    made.assignment, made.party = assignment, assignment.unit.name
    made.ended_on, made.met, made.remind_on = None, False, AT_ONCE
    made.save()
    return made


def end_pause(limit: Clock) -> None:
    """Let a paused clock go on today: what the pause took from its period comes after its end. The caller saves it."""
    pause, today = limit.pauses.get(until=None), time.today()
    pause.until = today
    pause.save(update_fields=["until"])
    if today > pause.since:
        line = paused(pause.since, today - DAY, pause.source)
        fresh = amended(limit.reckoning, [line], calendar(), moves=limit.rules.moves)
        limit.due, limit.reckoning_data = fresh.due, fresh.to_json()
    limit.paused_on = None


def set_reckoning(limit: Clock, reckoning: Reckoning) -> None:
    """Give a clock another last day with its reasons; its reminders begin anew."""
    Clock.objects.filter(pk=limit.pk).update(due=reckoning.due, reckoning_data=reckoning.to_json(), remind_on=AT_ONCE)
