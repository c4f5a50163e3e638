"""The lists of deputies and of their cards."""

import dataclasses
import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.ui.cells import drawn, link
from qiao.ui.listing import Column, Listing
from qiao.ui.templatetags.ui import day

from ..forms import (
    CardFilter,
    DeputyFilter,
)
from ..models import EXERCISED, HELD, District, Mandate, MandateState
from ..queries import UNKNOWN, held_on, is_minority, of_age
from .parts import deputies_named, is_true, seat_of, where, yes_or_no


def _elected_by(rows: Any, seat: Any) -> Any:
    return rows.filter(district=seat) if isinstance(seat, District) else rows.filter(electing_unit=seat)


def _in_state(rows: Any, state: str) -> Any:
    """By the state that everybody reads: a mandate about whose end is being decided is in office until then."""
    if state == MandateState.QUALIFIED:
        return rows.filter(state__in=EXERCISED, suspended_on=None)
    return rows.filter(state__in=HELD, suspended_on__isnull=False) if state == MandateState.SUSPENDED else rows.filter(state=state)


TONES = {MandateState.QUALIFIED: "good", MandateState.SUSPENDED: "warn", MandateState.ELECTED: "warn"}


def _named(page: str) -> Column:
    """The name of a deputy, on a page as the link to one of the mandate."""
    label, order = gettext_lazy("Name"), ("person__pinyin", "person__name")
    cell = lambda mandate: link(reverse(page, args=[mandate.pk]), mandate.person.name)  # noqa: E731
    return Column("name", label, lambda m: m.person.name, order, cell=cell, names_row=True)


def _seat_cell(mandate: Mandate) -> str:
    """Who elected a deputy, in short."""
    return str(mandate.district or mandate.electing_unit.short_name)  # type: ignore[union-attr]


SEAT = Column("seat", gettext_lazy("Electing unit or electoral district"), seat_of, cell=_seat_cell)


def _card_cell(mandate: Any) -> str:
    """The day since which the card counts, or that there is none."""
    return day(mandate.card_from) if mandate.card_from else drawn("badge", _("No card"), tone="warn")


def _state_cell(mandate: Mandate) -> str:
    return drawn("badge", mandate.public_state.label, tone=TONES.get(mandate.public_state, "neutral"))


ETHNICITY = {UNKNOWN: ("",), "汉族": ("汉族", "汉")}
"""How an ethnicity may be written in the table that was imported."""

DEPUTIES = Listing(
    name="deputies",
    columns=[
        _named("congress:deputy"),
        Column("card_no", gettext_lazy("Deputy card number"), lambda m: m.card_no, ("card_no",)),
        Column("sex", gettext_lazy("Sex"), lambda m: m.person.get_sex_display(), ("person__sex",)),
        dataclasses.replace(SEAT, order=("district__name", "electing_unit__area__code")),
        Column("delegation", gettext_lazy("Delegation"), lambda m: m.delegation, ("delegation__name",)),
        Column("category", gettext_lazy("Category"), lambda m: m.get_category_display(), ("category",)),
        Column("work_unit", gettext_lazy("Workplace"), lambda m: m.person.work_unit),
        Column("state", gettext_lazy("State"), lambda m: m.public_state.label, ("state",), cell=_state_cell),
    ],
    filters=DeputyFilter,
    narrow={
        "q": deputies_named,
        "delegation": where("delegation"),
        "seat": _elected_by,
        "category": where("category"),
        "sex": where("person__sex"),
        "grassroots": is_true("grassroots"),
        "first_term": is_true("first_term"),
        "state": _in_state,
        "on": lambda rows, day: rows.filter(held_on(day)),
        "minority": lambda rows, value: rows.filter(is_minority() if value == "yes" else ~is_minority()),
        "profession": lambda rows, value: rows.filter(profession="" if value == UNKNOWN else value),
        "ethnicity": lambda rows, value: rows.filter(person__ethnicity__in=ETHNICITY.get(value, (value,))),
        "education": lambda rows, value: rows.filter(person__education="" if value == UNKNOWN else value),
        "party": lambda rows, value: rows.filter(person__party="" if value == UNKNOWN else value),
    },
    order="card_no",
)
"""In the order of the card numbers."""


MORE_OF_A_DEPUTY = [
    Column("term", gettext_lazy("Term"), lambda m: m.term),
    Column("ethnicity", gettext_lazy("Ethnicity"), lambda m: m.person.ethnicity),
    Column("party", gettext_lazy("Political affiliation"), lambda m: m.person.party),
    Column("education", gettext_lazy("Education"), lambda m: m.person.education),
    Column("job_title", gettext_lazy("Position"), lambda m: m.person.job_title),
    Column("profession", gettext_lazy("Profession"), lambda m: m.profession),
    Column("grassroots", gettext_lazy("Grassroots deputy"), lambda m: yes_or_no(m.grassroots)),
    Column("first_term", gettext_lazy("First term"), lambda m: yes_or_no(m.first_term)),
    Column("elected_on", gettext_lazy("Elected on"), lambda m: m.elected_on),
]
"""What a file holds besides: public facts only, under headings that the import reads back."""


def deputies_list(day: dt.date, *, whole: bool) -> Listing:
    """The list of deputies with ages as of a day; ``whole`` with every column that a file gets."""
    narrow = DEPUTIES.narrow | {"age": lambda rows, band: rows.filter(of_age(band, day))}
    columns = DEPUTIES.columns + (MORE_OF_A_DEPUTY if whole else [])
    return dataclasses.replace(DEPUTIES, narrow=narrow, columns=columns)


CARDS = Listing(
    name="cards",
    columns=[
        _named("congress:card"),
        Column("card_no", gettext_lazy("Deputy card number"), lambda m: m.card_no, ("card_no",)),
        SEAT,
        Column("delegation", gettext_lazy("Delegation"), lambda m: m.delegation, ("delegation__name",)),
        Column("issued_on", gettext_lazy("Card valid from"), lambda m: m.card_from, ("card_from",), True, _card_cell),
    ],
    filters=CardFilter,
    narrow={
        "q": deputies_named,
        "delegation": where("delegation"),
        "card": lambda rows, value: rows.filter(card_from__isnull=value == "no"),
    },
    order="card_no",
    per_page=50,
)
"""Deputies in office, each with the day since which the present card counts."""


CARDS_A_PAGE = 8


PRINTED = dataclasses.replace(CARDS, per_page=10 * CARDS_A_PAGE)
"""The same for paper: ten sheets at a time."""
