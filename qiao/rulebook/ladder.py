"""On which days somebody is reminded of a last day: rungs counted from it, each on a working day. Pure: asks no database."""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import count, takewhile
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from qiao.kernel.policy import Words

from .clocks import DAY, Calendar, reckon
from .periods import Period

MIDDLE, LAST, AFTER, DAILY = "middle", "0", "after", "daily"
WEEKLY = "weekly"
"""What daily reminders become when they have gone on for long enough; nobody chooses it."""
WEEK = 7 * DAY

RUNGS: dict[str, Words] = {
    MIDDLE: _("when half the time is over"),
    "30": _("30 days before"),
    "20": _("20 days before"),
    "15": _("15 days before"),
    "10": _("10 days before"),
    "7": _("7 days before"),
    "5": _("5 days before"),
    "3": _("3 days before"),
    "2": _("2 days before"),
    "1": _("1 day before"),
    LAST: _("on the last day"),
    AFTER: _("on the first working day after the last day"),
    DAILY: _("on every working day after the last day, in time once a week"),
}
"""The reminders a congress may choose from; a number is so many days before the last day."""


class Rung(NamedTuple):
    """One reminder: by which rule, and on which day."""

    rule: str
    day: dt.date


def working_day_before(day: dt.date, calendar: Calendar) -> dt.date:
    """The day itself if people work on it, else the last working day before it."""
    while calendar.is_off(day):
        day -= DAY
    return day


def working_day_from(day: dt.date, calendar: Calendar) -> dt.date:
    """The day itself if people work on it, else the next working day."""
    while calendar.is_off(day):
        day += DAY
    return day


def ladder(start: dt.date, due: dt.date, rules: Iterable[str], calendar: Calendar) -> list[Rung]:
    """The reminders on fixed days, in order; none before the period has begun, and what would fall on a day off comes earlier.

    What goes on every day after the last (``DAILY``) is no fixed day: ``reached`` and ``next_day`` answer for it.
    """
    found = (Rung(rule, _day_of(rule, start, due, calendar)) for rule in rules if rule != DAILY)
    return sorted((rung for rung in found if rung.day > start), key=lambda rung: (rung.day, rung.rule))


def _day_of(rule: str, start: dt.date, due: dt.date, calendar: Calendar) -> dt.date:
    if rule == AFTER:
        return working_day_from(due + DAY, calendar)
    before = (due - start) // 2 if rule == MIDDLE else int(rule) * DAY
    return working_day_before(due - before, calendar)


def reached(  # noqa: D417
    start: dt.date, due: dt.date, rules: Iterable[str], calendar: Calendar, today: dt.date, *, daily: Period | None = None
) -> list[Rung]:
    """The reminders whose day has come by ``today``; of the daily or weekly ones the newest alone, for those before it say the same.

    ``daily`` is how long after the last day they are daily; from then on they go once a week, and without it never.
    """
    chosen = list(rules)
    rungs = [rung for rung in ladder(start, due, chosen, calendar) if rung.day <= today]
    if DAILY not in chosen or today <= due:
        return rungs
    slow = _slow_from(due, daily, calendar)
    if slow is None or today <= slow:
        return rungs if calendar.is_off(today) else [*rungs, Rung(DAILY, today)]
    weekly = list(takewhile(lambda day: day <= today, _weekly(slow, calendar)))
    return [*rungs, Rung(WEEKLY, weekly[-1])] if weekly else rungs


def next_day(  # noqa: D417
    start: dt.date, due: dt.date, rules: Iterable[str], calendar: Calendar, today: dt.date, *, daily: Period | None = None
) -> dt.date | None:
    """The next day after ``today`` on which somebody is to be reminded; None if there is none any more. ``daily`` as in ``reached``."""
    chosen = list(rules)
    days = [rung.day for rung in ladder(start, due, chosen, calendar) if rung.day > today]
    if DAILY in chosen:
        slow, tomorrow = _slow_from(due, daily, calendar), working_day_from(max(today, due) + DAY, calendar)
        days.append(tomorrow if slow is None or tomorrow <= slow else next(day for day in _weekly(slow, calendar) if day > today))
    return min(days, default=None)


def _slow_from(due: dt.date, daily: Period | None, calendar: Calendar) -> dt.date | None:
    """The last day of daily reminders."""
    return reckon(due, daily, calendar).due if daily else None


def _weekly(slow: dt.date, calendar: Calendar) -> Iterator[dt.date]:
    """The days of the weekly reminders, without end."""
    return (working_day_from(slow + n * WEEK, calendar) for n in count(1))
