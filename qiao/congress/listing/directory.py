"""The lists of units, areas, congresses and seats."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.kernel import clock
from qiao.orgs.models import Area, Congress
from qiao.orgs.queries import found_areas
from qiao.ui.cells import link
from qiao.ui.listing import Column, Listing

from ..forms import (
    AreaFilter,
    CongressFilter,
    SeatFilter,
    UnitFilter,
)
from ..models import District
from .parts import is_true, where, yes_or_no


def _to(page: str) -> Any:
    """The name of a row as the link to its page."""
    return lambda row: link(reverse(page, args=[row.pk]), row)


def _home_cell(congress: Congress) -> str:
    return link(reverse("congress:index", query={"congress": congress.pk}), congress.name)


def _area_cell(area: Any) -> str:
    """An area leads to what lies in it."""
    return link(f"?within={area.code}", area.name) if area.parts else str(area.name)


def _congress_of(area: Any) -> Any:
    """The congress of an area, or whether there could be one, as a file says it."""
    return getattr(area, "congress", None) or yes_or_no(area.has_congress)


def _congress_cell(area: Any) -> str:
    congress = getattr(area, "congress", None)
    if congress:
        return _home_cell(congress)
    return _("Not set up here") if area.has_congress else _("Has no congress")


def _units_named(rows: Any, words: str) -> Any:
    text = words.strip()
    return rows.filter(Q(name__contains=text) | Q(short_name__contains=text) | Q(credit_code__startswith=text.upper()))


def _active(rows: Any, value: str) -> Any:
    today = clock.today()
    return rows.active_on(today) if value == "yes" else rows.exclude(pk__in=rows.active_on(today).values("pk"))


UNITS = Listing(
    name="units",
    columns=[
        Column("name", gettext_lazy("Name of the unit"), lambda u: u.name, ("name",), cell=_to("congress:unit"), names_row=True),
        Column("short_name", gettext_lazy("Short name"), lambda u: u.short_name),
        Column("field", gettext_lazy("Field of work"), lambda u: u.field, ("field",)),
        Column("organ", gettext_lazy("Belongs to"), lambda u: u.organ, ("organ__name",)),
        Column("phone", gettext_lazy("Office telephone"), lambda u: u.phone, nowrap=True),
        Column("credit_code", gettext_lazy("Unified social credit code"), lambda u: u.credit_code),
        Column("active_from", gettext_lazy("Active from"), lambda u: u.active_from, ("active_from",), nowrap=True),
        Column("active_to", gettext_lazy("Active to"), lambda u: u.active_to, ("active_to",), nowrap=True),
    ],
    filters=UnitFilter,
    narrow={
        "q": _units_named,
        "field": lambda rows, words: rows.filter(field__contains=words.strip()),
        "organ": where("organ"),
        "active": _active,
    },
    order="name",
)


AREAS = Listing(
    name="areas",
    columns=[
        Column("name", gettext_lazy("Name of the area"), lambda a: a.name, ("name",), cell=_area_cell, names_row=True),
        Column("code", gettext_lazy("Code"), lambda a: a.gb_code, ("code",)),
        Column("level", gettext_lazy("Level"), lambda a: a.get_level_display()),
        Column("parts", gettext_lazy("Areas below"), lambda a: a.parts),
        Column("congress", gettext_lazy("Congress"), _congress_of, cell=_congress_cell),
        Column("valid_from", gettext_lazy("Valid from"), lambda a: a.valid_from),
        Column("valid_to", gettext_lazy("Valid to"), lambda a: a.valid_to),
    ],
    filters=AreaFilter,
    narrow={"q": lambda rows, words: found_areas(rows, words.strip()), "congress": is_true("has_congress")},
    order="code",
    per_page=50,
)


SEATS = Listing(
    name="seats",
    columns=[
        Column("name", gettext_lazy("Electing unit or electoral district"), str),
        Column("seats", gettext_lazy("Seats"), lambda s: s.seats, ("seats",)),
        Column("taken", gettext_lazy("Seats taken"), lambda s: s.taken, ("taken",)),
        Column("vacant", gettext_lazy("Vacant seats"), lambda s: s.vacant, ("vacant",)),
        Column("filling", gettext_lazy("In a by-election"), lambda s: s.filling, ("filling",)),
    ],
    filters=SeatFilter,
    narrow={
        "q": lambda rows, words: rows.filter(
            **{"name__contains" if rows.model is District else "electing_unit__name__contains": words.strip()}
        ),
        "vacant": lambda rows, value: rows.filter(vacant__gt=0) if value == "yes" else rows.filter(vacant=0),
    },
    order="-vacant",
)
"""Those with vacant seats first."""


def area_crumbs(here: Area | None, around: list[Area]) -> list[dict[str, str]]:
    """The way from the provinces down to a place, each step a link but the last."""
    links = [{"label": area.name, "url": f"?within={area.code}"} for area in around]
    return [{"label": _("Areas"), "url": "?"}, *links, {"label": here.name}] if here else []


CONGRESSES = Listing(
    name="congresses",
    columns=[
        Column("name", gettext_lazy("Congress"), lambda c: c.name, ("name",), cell=_home_cell, names_row=True),
        Column("level", gettext_lazy("Level"), lambda c: c.get_level_display()),
        Column("code", gettext_lazy("Area code"), lambda c: c.area.gb_code, ("area__code",)),
        Column("superior", gettext_lazy("Congress above"), lambda c: c.superior),
    ],
    filters=CongressFilter,
    narrow={
        "q": lambda rows, words: rows.filter(Q(name__contains=words.strip()) | Q(area__code__startswith=words.strip())),
        "level": where("level"),
    },
    order="code",
)
