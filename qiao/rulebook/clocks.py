"""When a period ends, and why: counted as the Civil Code counts (articles 201 to 203, R3.38). Pure: asks no database."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .periods import DAYS, WORKING_DAYS, Period, add_months
from .trace import Line, explain

__all__ = ["Calendar", "Line", "Mark", "Reckoning", "closing", "explain", "reckon", "settle"]

DAY = dt.timedelta(days=1)
SATURDAY = 5


class Mark(NamedTuple):
    """What a table says of a day: off or, for a make-up day at a weekend, working; and for which holiday."""

    off: bool
    name: str


@dataclass(frozen=True)
class Calendar:
    """The tables of days off that are known: their years, and the days they name."""

    years: frozenset[int] = frozenset()
    days: Mapping[dt.date, Mark] = field(default_factory=dict)

    def published(self, year: int) -> bool:
        """Whether the table of a year is known."""
        return year in self.years

    def day(self, day: dt.date) -> Mark | None:
        """What the tables say of a day, if anything."""
        return self.days.get(day)

    def is_off(self, day: dt.date) -> bool:
        """Whether nobody works on a day: by the table if it names the day, else by the week."""
        mark = self.days.get(day)
        return mark.off if mark else day.weekday() >= SATURDAY

    def unknown(self, days: Iterable[dt.date]) -> list[int]:
        """The years whose tables these days depend on and that are not known."""
        return sorted({year for day in days for year in _tables_of(day) if not self.published(year)})


def _tables_of(day: dt.date) -> tuple[int, ...]:
    """The years whose table may name a day: the holiday of 1 January can reach back to 29 December."""
    return (day.year, day.year + 1) if (day.month, day.day) >= (12, 29) else (day.year,)


@dataclass(frozen=True)
class Reckoning:
    """The last day of a period, and the lines that say how it was found; provisional while a table is missing."""

    start: dt.date
    due: dt.date
    period: Period
    lines: tuple[Line, ...]
    provisional: bool

    def to_json(self) -> dict[str, Any]:
        """As it is stored with the clock it belongs to."""
        return {
            "start": self.start.isoformat(),
            "due": self.due.isoformat(),
            "period": self.period.to_json(),
            "lines": [line.to_json() for line in self.lines],
            "provisional": self.provisional,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Reckoning":
        """A reckoning as it is stored."""
        return cls(
            start=dt.date.fromisoformat(data["start"]),
            due=dt.date.fromisoformat(data["due"]),
            period=Period.from_json(data["period"]),
            lines=tuple(Line.from_json(line) for line in data["lines"]),
            provisional=data["provisional"],
        )

    def explained(self) -> list[str]:
        """Why it is this day, in the present language."""
        return explain(self.lines)


def reckon(start: dt.date, period: Period, calendar: Calendar, *, event: str = "", moves: bool = True) -> Reckoning:
    """The last day of ``period`` after ``start``, with its reasons.

    ``event`` names what happened on the start day (``trace.STARTS``). ``moves`` says whether a last day that falls on a
    day off moves to the next working day: the Civil Code does so, and public law by analogy only (R3.38).
    """
    first = Line("start", {"event": event, "day": start.isoformat()})
    if period.unit == WORKING_DAYS:
        due, lines, seen = _count_working(start, period, calendar)
    else:
        due, lines, seen = _count_plain(start, period, calendar, moves=moves)
    return Reckoning(start, due, period, (first, *lines, *closing("due", due, seen, calendar)), bool(calendar.unknown(seen)))


def closing(code: str, due: dt.date, seen: Iterable[dt.date], calendar: Calendar) -> list[Line]:
    """The lines that end a trace: the years whose tables are missing for the days ``seen``, and the last day."""
    missing = calendar.unknown(seen)
    last = Line(f"{code}_provisional" if missing else code, {"day": due.isoformat()})
    return [*(Line("unknown_year", {"year": year}) for year in missing), last]


Counted = tuple[dt.date, list[Line], list[dt.date]]
"""A last day, the lines that explain it, and the days whose being off or not mattered."""


def _count_plain(start: dt.date, period: Period, calendar: Calendar, *, moves: bool) -> Counted:
    """Days or months: the start day is not counted, and a last day that is off may move (articles 201 to 203)."""
    end = start + period.n * DAY if period.unit == DAYS else add_months(start, period.n)
    short = period.unit != DAYS and end.day != start.day
    lines = [Line("month_end" if short else "ends", {"period": period.to_json(), "day": end.isoformat()})]
    due, moved, seen = settle(end, calendar, moves=moves)
    return due, [*lines, *moved], seen


def settle(end: dt.date, calendar: Calendar, *, moves: bool) -> Counted:
    """The day itself if people work on it; else the next working day, unless the rulebook says that a last day stays (article 203)."""
    mark = calendar.day(end)
    if not calendar.is_off(end):
        said = [Line("last_worked", {"day": end.isoformat(), "names": [mark.name]})] if mark else []
        return end, said, [end] if moves else []
    if not moves:
        return end, [Line("stays", {"day": end.isoformat(), "names": _names([end], calendar)})], []
    run = list(_off_from(end, calendar))
    due = run[-1] + DAY
    return due, [Line("moved", {**_stretch(run, calendar), "day": due.isoformat()})], [*run, due]


def _count_working(start: dt.date, period: Period, calendar: Calendar) -> Counted:
    """Working days: only these count, so the last is one by itself."""
    day, left, seen = start, period.n, []
    while left:
        day += DAY
        seen.append(day)
        left -= not calendar.is_off(day)
    lines: list[Line] = []
    run: list[dt.date] = []
    for each in seen:
        mark = calendar.day(each)
        if mark and mark.off:
            run.append(each)
            continue
        if run:
            lines.append(Line("skipped", _stretch(run, calendar)))
            run = []
        if mark:
            lines.append(Line("worked", {"day": each.isoformat(), "names": [mark.name]}))
    lines.append(Line("working_ends", {"period": period.to_json(), "day": day.isoformat()}))
    return day, lines, seen


def _off_from(day: dt.date, calendar: Calendar) -> Iterator[dt.date]:
    """The unbroken days off beginning with ``day``."""
    while calendar.is_off(day):
        yield day
        day += DAY


def _stretch(run: list[dt.date], calendar: Calendar) -> dict[str, Any]:
    """A run of days off as a line speaks of it."""
    return {"first": run[0].isoformat(), "last": run[-1].isoformat(), "names": _names(run, calendar)}


def _names(run: list[dt.date], calendar: Calendar) -> list[str]:
    """The holidays a run of days belongs to, each once, in order; none for a plain weekend."""
    return list(dict.fromkeys(mark.name for day in run if (mark := calendar.day(day)) and mark.off))
