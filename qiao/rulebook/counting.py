"""A period of working days counted off day by day, in runs: what counts with its numbers, what does not with the reason. Pure."""

import datetime as dt
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from .amending import pauses
from .clocks import DAY, Calendar, Reckoning
from .periods import WORKING_DAYS
from .trace import PAUSE, names_of, span


@dataclass
class Run:
    """Days in a row that count, with the number of the first and the last, or that do not (``number`` 0) and why."""

    first: dt.date
    last: dt.date
    number: int = 0
    to: int = 0
    names: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        said = {"span": span(self.first, self.last), "n": self.number, "to": self.to}
        if not self.number:
            return _("%(span)s: not counted (%(names)s)") % {**said, "names": names_of(self.names)}
        return (_("%(span)s: day %(n)d") if self.number == self.to else _("%(span)s: days %(n)d to %(to)d")) % said


def runs(reckoning: Reckoning, calendar: Calendar) -> list[Run]:
    """How a period of working days was counted; nothing for other periods, nor where the tables known today count otherwise."""
    if reckoning.period.unit != WORKING_DAYS:
        return []
    ends = [line.params["day"] for line in reckoning.lines if line.code in {"working_ends", "resumed"}]
    end = dt.date.fromisoformat(ends[-1])
    found: list[Run] = []
    day, number = reckoning.start, 0
    while number < reckoning.period.n and day < end:
        day += DAY
        paused = any(first <= day <= last for first, last in pauses(reckoning))
        off = paused or calendar.is_off(day)
        number += not off
        _add(found, day, 0 if off else number, PAUSE if paused else "", calendar)
    return found if day == end and number == reckoning.period.n else []


def _add(found: list[Run], day: dt.date, number: int, why: str, calendar: Calendar) -> None:
    """One more day, in the run before it if it is of the same sort."""
    mark = calendar.day(day)
    name = why or (mark.name if mark else "")
    if not found or bool(found[-1].number) != bool(number) or (PAUSE in found[-1].names) != (why == PAUSE):
        found.append(Run(day, day, number))
    run = found[-1]
    run.last, run.to = day, number
    if not number and name and name not in run.names:
        run.names.append(name)
