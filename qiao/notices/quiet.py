"""Quiet hours: whether a moment lies in them, and when they end. They may pass midnight."""

import datetime as dt
from dataclasses import dataclass
from typing import Self

from django.utils import timezone


@dataclass(frozen=True)
class Hours:
    """From one time of the day to another, in the congress's own time."""

    begin: dt.time
    end: dt.time

    @classmethod
    def of(cls, code: str) -> Self | None:
        """Those of the rulebook's ``21-8``; None for ``none``."""
        if code == "none":
            return None
        begin, end = code.split("-")
        return cls(dt.time(int(begin)), dt.time(int(end)))

    def end_after(self, moment: dt.datetime) -> dt.datetime | None:
        """When the quiet in which ``moment`` lies is over; None if it does not lie in it."""
        local = timezone.localtime(moment)
        at = local.time()
        if self.begin < self.end:
            inside, over = self.begin <= at < self.end, local.date()
        else:
            inside = at >= self.begin or at < self.end
            over = local.date() if at < self.end else local.date() + dt.timedelta(days=1)
        return dt.datetime.combine(over, self.end, tzinfo=local.tzinfo) if inside else None
