"""The rules of a congress on a day, as plain data: taken once, kept as a snapshot, asked ever after."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from django.utils.translation import override

from .catalogue import CATALOGUE
from .clocks import Calendar, Reckoning, reckon
from .kinds import Entry, entry_of
from .periods import Period


def default_entry(key: str) -> dict[str, Any]:
    """What the catalogue says of a parameter; the source in Chinese, the language the law is cited in."""
    parameter = CATALOGUE[key]
    with override("zh-hans"):
        return {"value": parameter.default, "source": str(parameter.source)}


@dataclass(frozen=True)
class Rules:
    """Every parameter's value and source. A snapshot made before a parameter existed answers with its default."""

    entries: Mapping[str, Mapping[str, Any]]

    def __getitem__(self, key: str) -> Any:
        """The value as it is stored."""
        return self._entry(key)["value"]

    def _entry(self, key: str) -> Mapping[str, Any]:
        return self.entries[key] if key in self.entries else default_entry(key)

    def source(self, key: str) -> str:
        """The regulation and article that the value comes from."""
        return str(self._entry(key)["source"])

    def period(self, key: str) -> Period:
        """A limit in time."""
        return Period.from_json(self[key])

    def flag(self, key: str) -> bool:
        """Yes or no."""
        return self[key] is True

    @property
    def moves(self) -> bool:
        """Whether a last day on a day off moves to the next working day."""
        return bool(self["last_day_off"] == "moves")

    def entry(self, key: str, code: str) -> Entry | None:
        """The entry of a scheme with this code: ``rules.entry("result_scheme", "A")``."""
        return entry_of(self[key], code)

    def reckon(self, key: str, start: dt.date, calendar: Calendar, *, event: str = "") -> Reckoning:
        """The last day by the period ``key``, counted as the rulebook counts; ``event`` if the start is not the usual one."""
        event = event or (self["return_from"] if key == "return_limit" else CATALOGUE[key].start_event)
        return reckon(start, self.period(key), calendar, event=event, moves=self.moves)

    def to_json(self) -> dict[str, Any]:
        """As the snapshot is stored."""
        return {key: dict(entry) for key, entry in self.entries.items()}

    @classmethod
    def from_json(cls, data: Mapping[str, Mapping[str, Any]]) -> Self:
        """A snapshot as it is stored."""
        return cls(data)
