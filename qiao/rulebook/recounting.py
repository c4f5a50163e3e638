"""A reckoning made anew by other tables of days off; what was decided in between stays. Pure: asks no database."""

import datetime as dt
from dataclasses import replace

from .clocks import Calendar, Reckoning, reckon
from .ladder import working_day_from
from .trace import Line


def recounted(old: Reckoning, calendar: Calendar, *, moves: bool) -> Reckoning:
    """The same start and period counted by ``calendar``; more time that was granted stays granted, until a working day."""
    fresh = reckon(old.start, old.period, calendar, event=old.lines[0].params["event"], moves=moves)
    granted = next((line for line in old.lines if line.code == "extended"), None)
    if granted:
        fresh = _with_more_time(fresh, granted, calendar, moves=moves)
    kept = tuple(line for line in old.lines if line.code == "recounted")
    return replace(fresh, lines=(*fresh.lines, *kept))


def _with_more_time(fresh: Reckoning, granted: Line, calendar: Calendar, *, moves: bool) -> Reckoning:
    until = dt.date.fromisoformat(granted.params["day"])
    due = working_day_from(until, calendar) if moves else until
    missing = calendar.unknown([due])
    unknown = [Line("unknown_year", {"year": year}) for year in missing]
    last = Line("extended_due_provisional" if missing else "extended_due", {"day": due.isoformat()})
    return replace(fresh, due=due, lines=(*fresh.lines, granted, *unknown, last), provisional=bool(missing))


def told(fresh: Reckoning, was: dt.date, *, on: dt.date, year: int, source: str) -> Reckoning:
    """With the line that says why the date is another than before, where it is."""
    if fresh.due == was:
        return fresh
    said = {"on": on.isoformat(), "year": year, "source": source, "old": was.isoformat(), "day": fresh.due.isoformat()}
    return replace(fresh, lines=(*fresh.lines, Line("recounted", said)))
