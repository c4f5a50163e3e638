"""Reads: the rules of a congress on a day, the rulebook as pages show it, the tables of days off."""

import datetime as dt
import time
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from qiao.orgs.models import Congress

from .catalogue import CATALOGUE
from .clocks import Calendar, Mark
from .models import CalendarDay, CalendarDraft, CalendarYear, Provision
from .presets import Table
from .rules import Rules, default_entry

KEPT_SECONDS = 60
"""How long a process may go on with tables that another process has changed."""


def rules_for(congress: Congress, on: dt.date) -> Rules:
    """The rules of a congress on a day: its provisions, and the catalogue's defaults where it has none. One query."""
    own = Provision.objects.filter(congress=congress).on(on).values_list("key", "value", "source")
    defaults = {key: default_entry(key) for key in CATALOGUE}
    return Rules(defaults | {key: {"value": value, "source": source} for key, value, source in own if key in CATALOGUE})


def values_of(key: str, congresses: Iterable[int], on: dt.date) -> dict[int, Any]:
    """The value of one parameter in each of many congresses on a day. One query."""
    wanted = set(congresses)
    own = dict(Provision.objects.filter(congress__in=wanted, key=key).on(on).values_list("congress", "value")) if wanted else {}
    return {congress: own.get(congress, CATALOGUE[key].default) for congress in wanted}


def own_rules(congress: Congress, on: dt.date) -> dict[str, tuple[Any, str]]:
    """What the congress itself has laid down for a day: key → value and source."""
    return {p.key: (p.value, p.source) for p in Provision.objects.filter(congress=congress).on(on)}


def known_tables() -> dict[int, Table]:
    """The tables of days off that are known, by year."""
    years = CalendarYear.objects.prefetch_related("days")
    return {y.year: Table(y.year, y.source, y.published_on, tuple((d.day, d.off, d.name) for d in y.days.all())) for y in years}


def calendar_with(draft: CalendarDraft) -> Calendar:
    """The tables as they would be with a draft in the place of its year's."""
    known = calendar()
    replaced = set(CalendarDay.objects.filter(year__year=draft.year).values_list("day", flat=True))
    days = {day: mark for day, mark in known.days.items() if day not in replaced}
    return Calendar(known.years | {draft.year}, days | {day: Mark(off, name) for day, off, name in draft.rows})


_held: tuple[float, Calendar] | None = None


def calendar() -> Calendar:
    """The tables of days off that are known. One query, then kept in the process for a while.

    What a transaction reads is kept only once it has committed: until then it may see what never comes to be.
    """
    held = _held
    if held and time.monotonic() - held[0] < KEPT_SECONDS:
        return held[1]
    rows = CalendarDay.objects.values_list("year__year", "day", "off", "name")
    read = [(year, day, Mark(off, name)) for year, day, off, name in rows]
    found = Calendar(frozenset(year for year, _day, _mark in read), {day: mark for _year, day, mark in read})
    at = time.monotonic()
    transaction.on_commit(lambda: _keep(at, found))
    return found


def _keep(at: float, found: Calendar) -> None:
    global _held  # noqa: PLW0603 -- the one place that remembers
    if at > _forgotten:
        _held = (at, found)


_forgotten = 0.0


def forget_calendar() -> None:
    """Read the tables anew next time: they have changed."""
    global _held, _forgotten  # noqa: PLW0603
    _held, _forgotten = None, time.monotonic()
