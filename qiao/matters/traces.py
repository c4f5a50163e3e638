"""The whole trace of a suggestion's clocks: each step in words, and how the days were counted off (T3)."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Prefetch

from qiao.kernel.policy import Actor
from qiao.rulebook.clocks import explain
from qiao.rulebook.counting import Run, runs
from qiao.rulebook.periods import Period
from qiao.rulebook.queries import calendar

from .models import Clock, Reminder, Suggestion


@dataclass(frozen=True)
class Trace:
    """One clock as the page of all dates shows it; ``rules_of`` is the day whose rules it runs by."""

    clock: Clock
    period: Period
    lines: list[str]
    runs: list[Run]
    reminders: list[Reminder]
    rules_of: dt.date


def traces(suggestion: Suggestion, actor: Actor) -> list[Trace]:
    """Every clock of a suggestion with its trace, in the order in which they began. Two queries."""
    given = Reminder.objects.visible_to(actor).filter(told__gt=0)
    clocks = suggestion.clocks.select_related("assignment__dispatched_from").prefetch_related(Prefetch("reminders", given, to_attr="given"))
    days = calendar()
    return [_trace(one, runs(one.reckoning, days)) for one in clocks]


def _trace(one: Clock, counted: list[Run]) -> Trace:
    reckoning = one.reckoning
    return Trace(one, reckoning.period, explain(reckoning.lines), counted, list(getattr(one, "given", [])), one.rules_of)
