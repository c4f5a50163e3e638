"""Seed facts: rules of named places as their regulations have them, and the tables of days off."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from .catalogue import CATALOGUE
from .kinds import PeriodOf
from .periods import Period
from .schemes import DIMENSIONS, REASONS

SEED = Path(__file__).parent / "seed"


@dataclass(frozen=True)
class Entry:
    """One value of a preset, with the regulation and article it comes from."""

    key: str
    value: Any
    source: str


@dataclass(frozen=True)
class Table:
    """One year's table of days off: each day in order, with whether it is off, and the holiday it belongs to."""

    year: int
    source: str
    published_on: dt.date
    days: tuple[tuple[dt.date, bool, str], ...]


@cache
def _read(name: str) -> dict[Any, Any]:
    return dict(yaml.safe_load((SEED / name).read_text(encoding="utf-8")))


def names() -> dict[str, str]:
    """The presets there are: key and name of the place."""
    return {key: preset["name"] for key, preset in _read("presets.yaml").items()}


def load(preset: str) -> list[Entry]:
    """The values of a preset as they are stored."""
    data = _read("presets.yaml")[preset]
    regulation = data["regulation"]
    entries = []
    for key, (value, where) in data["provisions"].items():
        article = f"第{where}条" if isinstance(where, int) else ""
        source = f"{regulation}{article}" if isinstance(where, int) or not where else str(where)
        entries.append(Entry(key, _stored(key, value), source))
    return entries


def missing(preset: str, own: Mapping[str, tuple[Any, str]]) -> list[Entry]:
    """The values of a preset that a congress, of which ``own`` is what it has laid down, does not have with this source yet."""
    return [entry for entry in load(preset) if own.get(entry.key) != (entry.value, entry.source)]


def _stored(key: str, value: Any) -> Any:
    """A value as the seed writes it briefly, made into the one that is stored."""
    if isinstance(CATALOGUE[key].kind, PeriodOf):
        return Period.parse(value).to_json()
    if key == "rejection_reasons":
        return [REASONS[code] for code in value]
    if key == "evaluation_dimensions":
        return [DIMENSIONS[code] for code in value]
    return value


def tables() -> list[Table]:
    """The tables of days off that come with the product."""
    return [
        Table(year, data["source"], data["published_on"], tuple(sorted(_days(year, data))))
        for year, data in sorted(_read("calendar.yaml").items())
    ]


def _days(year: int, data: dict[str, Any]) -> Iterator[tuple[dt.date, bool, str]]:
    """Each day of a table, from its ranges."""
    for name, first, last in data["days_off"]:
        day, end = (dt.date.fromisoformat(f"{year}-{text}") for text in (first, last))
        while day <= end:
            yield day, True, name
            day += dt.timedelta(days=1)
    for name, *days in data["make_up"]:
        for text in days:
            yield dt.date.fromisoformat(f"{year}-{text}"), False, name
