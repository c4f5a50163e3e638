"""A reckoning made anew by other tables of days off; what was decided in between stays. Pure: asks no database."""

import datetime as dt
from dataclasses import replace

from .amending import amended, amendments
from .clocks import Calendar, Reckoning, reckon
from .trace import Line


def recounted(old: Reckoning, calendar: Calendar, *, moves: bool, start: dt.date | None = None, event: str = "") -> Reckoning:
    """The same start and period counted by ``calendar``, with all that was decided since: a day set, more time, pauses.

    ``start`` and its ``event``, where the period turns out to have begun on another day.
    """
    event = event or old.lines[0].params["event"]
    fresh = amended(reckon(start or old.start, old.period, calendar, event=event, moves=moves), amendments(old), calendar, moves=moves)
    kept = tuple(line for line in old.lines if line.code == "recounted")
    return replace(fresh, lines=(*fresh.lines, *kept))


def told(fresh: Reckoning, was: dt.date, *, on: dt.date, year: int, source: str) -> Reckoning:
    """With the line that says why the date is another than before, where it is."""
    if fresh.due == was:
        return fresh
    said = {"on": on.isoformat(), "year": year, "source": source, "old": was.isoformat(), "day": fresh.due.isoformat()}
    return replace(fresh, lines=(*fresh.lines, Line("recounted", said)))
