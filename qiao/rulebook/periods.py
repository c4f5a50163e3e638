"""Periods as laws write them: three months, ten working days, seven days."""

import datetime as dt
import re
from calendar import monthrange
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.kernel.errors import Unfit

DAYS, WORKING_DAYS, MONTHS = "days", "working_days", "months"
MOST = 400
"""No clock of a congress is longer; a larger number is a slip of the keyboard."""

_WORDS = {
    DAYS: (gettext_lazy("1 day"), gettext_lazy("%(n)d days")),
    WORKING_DAYS: (gettext_lazy("1 working day"), gettext_lazy("%(n)d working days")),
    MONTHS: (gettext_lazy("1 month"), gettext_lazy("%(n)d months")),
}
_TYPED = {
    DAYS: r"days?|日|天",
    WORKING_DAYS: r"working[ _]days?|个?工作日",
    MONTHS: r"months?|个?月",
}


def add_months(day: dt.date, n: int) -> dt.date:
    """The corresponding day ``n`` months on, or the last day of that month where there is none (Civil Code, article 202)."""
    years, month0 = divmod(day.month - 1 + n, 12)
    year, month = day.year + years, month0 + 1
    return dt.date(year, month, min(day.day, monthrange(year, month)[1]))


def words_of(n: int, unit: str) -> str:
    """So many days, working days or months, in the present language."""
    one, many = _WORDS[unit]
    return str(one) if n == 1 else str(many) % {"n": n}


@dataclass(frozen=True)
class Period:
    """So many days, working days or months."""

    n: int
    unit: str

    def __post_init__(self) -> None:
        whole = isinstance(self.n, int) and not isinstance(self.n, bool)
        if self.unit not in _WORDS or not whole or not 1 <= self.n <= MOST:
            raise Unfit(_("A period is a whole number from 1 to %(most)d of days, working days or months.") % {"most": MOST})

    def __str__(self) -> str:
        return words_of(self.n, self.unit)

    @classmethod
    def parse(cls, typed: str) -> "Period":
        """A period as people write it: “3 months”, “10 working days”, “7个工作日”."""
        for unit, words in _TYPED.items():
            if found := re.fullmatch(rf"\s*([0-9]{{1,3}})\s*(?:{words})\s*", typed):
                return cls(int(found[1]), unit)
        raise Unfit(_("“%(typed)s” is not a period. Write for example “3 months” or “7 working days”.") % {"typed": typed})

    @classmethod
    def from_json(cls, data: Any) -> "Period":
        """A period as it is stored."""
        if not isinstance(data, dict) or set(data) != {"n", "unit"}:
            raise Unfit(_("A period is a whole number from 1 to %(most)d of days, working days or months.") % {"most": MOST})
        return cls(data["n"], data["unit"])

    def to_json(self) -> dict[str, Any]:
        """As it is stored."""
        return {"n": self.n, "unit": self.unit}

    def never_exceeds(self, limit: "Period") -> bool:
        """Whether this period cannot end later than ``limit``, whatever day both start on."""
        if self.unit == limit.unit:
            return self.n <= limit.n
        return self._longest() <= limit._shortest()

    def _longest(self) -> int:
        """An upper bound of its length in calendar days."""
        if self.unit == MONTHS:
            return max((add_months(start, self.n) - start).days for start in _starts())
        return self.n if self.unit == DAYS else self.n * 2 + 10  # two weekends and the longest holiday in any ten working days

    def _shortest(self) -> int:
        """A lower bound of its length in calendar days."""
        return min((add_months(start, self.n) - start).days for start in _starts()) if self.unit == MONTHS else self.n


def _starts() -> list[dt.date]:
    """Firsts of months over four years, one of them a leap year: every length a number of months can have."""
    return [dt.date(year, month, 1) for year in range(2021, 2025) for month in range(1, 13)]
