"""How a body is made up as of a day, and the roster by profession."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from qiao.accounts.models import Sex
from qiao.kernel import clock
from qiao.kernel.policy import Actor

from ..models import (
    Category,
    Mandate,
    Term,
)
from .mandates import held_on

HAN = ("", "汉族", "汉")
"""Ethnicities that do not count as a minority; an empty one is not known."""


BANDS = ((0, 29), (30, 39), (40, 49), (50, 59), (60, 200))


UNKNOWN = "unknown"


def years_before(day: dt.date, years: int) -> dt.date:
    """The same day so many years earlier; 29 February becomes 28 February, and nothing lies before the first day there is."""
    if day.year <= years:
        return dt.date.min
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def of_age(band: str, day: dt.date) -> Q:
    """Persons whose age on a day lies in a band like ``30-39``; ``unknown`` for those without a date of birth."""
    if band == UNKNOWN:
        return Q(person__born_on=None)
    youngest, oldest = (int(part) for part in band.split("-"))
    return Q(person__born_on__lte=years_before(day, youngest), person__born_on__gt=years_before(day, oldest + 1))


def is_minority() -> Q:
    """Persons of an ethnic minority."""
    return ~Q(person__ethnicity__in=HAN)


@dataclass(frozen=True)
class Share:
    """One number of the structure: what is counted, how many, and the filter of the list that holds exactly these."""

    key: str
    value: Any
    count: int


@dataclass(frozen=True)
class Structure:
    """How a congress was made up on a day."""

    term: Term
    day: dt.date
    total: int
    women: int
    minority: int
    grassroots: int
    first_term: int
    categories: list[Share]
    parties: list[Share]
    ages: list[Share]
    ethnicities: list[Share]
    educations: list[Share]

    @property
    def vacancies(self) -> int:
        """Seats nobody held."""
        return max(self.term.seats - self.total, 0)


def structure_of(term: Term, day: dt.date, actor: Actor) -> Structure:
    """The numbers of a term as of a day (R5.4), each of them the length of a list of deputies."""
    rows = list(
        Mandate.objects.visible_to(actor)
        .filter(held_on(day), term=term)
        .values_list(
            "person__sex",
            "person__ethnicity",
            "grassroots",
            "first_term",
            "category",
            "person__party",
            "person__born_on",
            "person__education",
        )
    )
    categories = Counter(row[4] for row in rows)
    ages = Counter(_band(row[6], day) for row in rows)
    return Structure(
        term=term,
        day=day,
        total=len(rows),
        women=sum(row[0] == Sex.FEMALE for row in rows),
        minority=sum(row[1] not in HAN for row in rows),
        grassroots=sum(row[2] for row in rows),
        first_term=sum(row[3] for row in rows),
        categories=[Share("category", value, categories[value]) for value in Category.values if categories[value]],
        parties=_most_first("party", [row[5] for row in rows]),
        ages=[Share("age", band, ages[band]) for band in (*band_names(), UNKNOWN) if ages[band]],
        ethnicities=_most_first("ethnicity", ["汉族" if row[1] == "汉" else row[1] for row in rows]),
        educations=_most_first("education", [row[7] for row in rows]),
    )


def _most_first(key: str, values: list[str]) -> list[Share]:
    """How often each value occurs, the most frequent first; an empty one is not known, and last."""
    counted = Counter(values)
    order = sorted(counted, key=lambda value: (not value, -counted[value], value))
    return [Share(key, value or UNKNOWN, counted[value]) for value in order]


def band_names() -> list[str]:
    """The age bands, youngest first."""
    return [f"{youngest}-{oldest}" for youngest, oldest in BANDS]


def _band(born: dt.date | None, day: dt.date) -> str:
    if born is None:
        return UNKNOWN
    age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    return next((f"{low}-{high}" for low, high in BANDS if low <= age <= high), UNKNOWN)


def by_profession(term: Term, actor: Actor) -> list[Share]:
    """How many deputies of a term are at home in each profession today, the most first; those of whom it is not known last. One query."""
    rows = Mandate.objects.visible_to(actor).filter(held_on(clock.today()), term=term).order_by()
    counted = rows.values_list("profession").annotate(n=Count("pk")).order_by("-n", "profession")
    shares = [Share("profession", value or UNKNOWN, n) for value, n in counted]
    return sorted(shares, key=lambda share: share.value == UNKNOWN)
