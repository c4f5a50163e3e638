"""Starting and ending legal clocks; called by the operations that a rule names as their start or end."""

import datetime as dt
from copy import copy

from django.db.models import Min

from qiao.kernel import clock as time
from qiao.rulebook.clocks import Reckoning
from qiao.rulebook.queries import calendar
from qiao.rulebook.rules import Rules

from ..models import AT_ONCE, Assignment, Clock, ClockKind, Suggestion


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
    return Clock.objects.create(
        congress_id=suggestion.congress_id, suggestion=suggestion, assignment=assignment, kind=kind, party=party, start=start,
        due=reckoning.due, reckoning_data=reckoning.to_json(), source=rules.source(rule),
    )  # fmt: skip


def recount(assignment: Assignment, kind: ClockKind, rule: str, day: dt.date, *, event: str) -> None:
    """Let a unit's running clock count from an earlier ``day`` than it was begun with, because what starts it has happened."""
    running = Clock.objects.running().filter(assignment=assignment, kind=kind, start__gt=day)
    reckoning = assignment.rules.reckon(rule, day, calendar(), event=event)
    running.update(start=day, due=reckoning.due, reckoning_data=reckoning.to_json(), remind_on=AT_ONCE)


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
    running.update(ended_on=on or time.today(), met=met)


def reply_due(suggestion: Suggestion) -> dt.date | None:
    """The earliest last day of its running reply clocks."""
    running = Clock.objects.running().filter(suggestion=suggestion, kind__in=[ClockKind.REPLY, ClockKind.REHANDLE])
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


def set_reckoning(limit: Clock, reckoning: Reckoning) -> None:
    """Give a clock another last day with its reasons; its reminders begin anew."""
    Clock.objects.filter(pk=limit.pk).update(due=reckoning.due, reckoning_data=reckoning.to_json(), remind_on=AT_ONCE)
