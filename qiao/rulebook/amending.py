"""What gives a reckoned period another last day: a day set for all, more time granted, a pause. Pure: asks no database.

Each is one line of the trace, so that the same period can be counted again by other tables with all that was decided since.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace

from .clocks import DAY, Calendar, Reckoning, closing, settle
from .periods import DAYS, WORKING_DAYS
from .trace import Line

ENDS = {"ends", "month_end", "working_ends", "fixed", "extended", "resumed"}
"""Lines that name the end of the period before a day off moves it."""


def fixed(day: dt.date, source: str) -> Line:
    """A calendar day is set by which it must be done, by ``source``; it can only come earlier than the period ends (R3.38)."""
    return Line("fixed", {"day": day.isoformat(), "source": source})


def extended(until: dt.date, *, on: dt.date, most: Reckoning, source: str) -> Line:
    """More time was granted ``on`` a day, until ``until``, within the longer term ``most`` by ``source``."""
    said = {"on": on.isoformat(), "period": most.period.to_json(), "most": most.due.isoformat(), "source": source}
    return Line("extended", {"day": until.isoformat(), **said})


def paused(first: dt.date, last: dt.date, source: str) -> Line:
    """The days from ``first`` to ``last`` are not counted, by ``source``."""
    return Line("paused", {"first": first.isoformat(), "last": last.isoformat(), "source": source})


def amended(reckoning: Reckoning, lines: Iterable[Line], calendar: Calendar, *, moves: bool) -> Reckoning:
    """The reckoning with what was decided since, in this order; ``moves`` as in ``reckon``."""
    for line in lines:
        reckoning = AMENDS[line.code](reckoning, line, calendar, moves)
    return reckoning


def amendments(reckoning: Reckoning) -> list[Line]:
    """What was decided on a reckoning, in order."""
    return [line for line in reckoning.lines if line.code in AMENDS]


def pauses(reckoning: Reckoning) -> list[tuple[dt.date, dt.date]]:
    """The first and the last day of each pause."""
    return [(_day(line, "first"), _day(line, "last")) for line in reckoning.lines if line.code == "paused"]


def end_of(reckoning: Reckoning) -> dt.date:
    """The end of the period, before a day off moved it."""
    return _day(next(line for line in reversed(reckoning.lines) if line.code in ENDS))


def _day(line: Line, name: str = "day") -> dt.date:
    return dt.date.fromisoformat(line.params[name])


def _now(old: Reckoning, lines: list[Line], due: dt.date, seen: list[dt.date], calendar: Calendar) -> Reckoning:
    """The old trace, the new lines, the new last day; certain if the tables for the days ``seen`` are known."""
    ending = closing("extended_due", due, seen, calendar)
    return replace(old, due=due, lines=(*old.lines, *lines, *ending), provisional=bool(calendar.unknown(seen)))


def _fix(old: Reckoning, line: Line, calendar: Calendar, moves: bool) -> Reckoning:
    day = _day(line)
    due, moved, seen = settle(day, calendar, moves=moves)
    if due >= old.due:
        said = Line("fixed_later", {**line.params, "due": old.due.isoformat()})
        return replace(old, lines=(*old.lines, said))
    return _now(old, [Line("fixed", line.params), *moved], due, seen, calendar)


def _extend(old: Reckoning, line: Line, calendar: Calendar, moves: bool) -> Reckoning:
    due, moved, seen = settle(_day(line), calendar, moves=moves)
    return _now(old, [line, *moved], due, seen or [due], calendar)


def _pause(old: Reckoning, line: Line, calendar: Calendar, moves: bool) -> Reckoning:
    """So many days as the pause took from the period come after its end; before its first day there is nothing to take."""
    first, last = max(_day(line, "first"), old.start + DAY), _day(line, "last")
    days = [first + n * DAY for n in range((last - first).days + 1)]
    unit = WORKING_DAYS if old.period.unit == WORKING_DAYS else DAYS
    if unit == WORKING_DAYS:
        n = sum(not calendar.is_off(day) for day in days)
        end, seen = _working_days_after(old.due, n, calendar)
        due, seen, moved = end, [*days, *seen], list[Line]()
    else:
        n = len(days)
        end = end_of(old) + n * DAY
        due, moved, seen = settle(end, calendar, moves=moves)
    said = Line("resumed", {"day": end.isoformat(), "n": n, "unit": unit})
    return _now(old, [line, said, *moved], due, [old.due, *seen] if old.provisional else seen, calendar)


def _working_days_after(day: dt.date, n: int, calendar: Calendar) -> tuple[dt.date, list[dt.date]]:
    """The day ``n`` working days on, and the days that were looked at."""
    seen = []
    while n:
        day += DAY
        seen.append(day)
        n -= not calendar.is_off(day)
    return day, seen


AMENDS: dict[str, Callable[[Reckoning, Line, Calendar, bool], Reckoning]] = {
    "fixed": _fix,
    "fixed_later": _fix,
    "extended": _extend,
    "paused": _pause,
}
"""How each is counted, by the code of its line."""
