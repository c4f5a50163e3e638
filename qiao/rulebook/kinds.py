"""What a parameter's value may be: each kind checks a value and says it in words."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qiao.kernel.errors import Unfit
from qiao.kernel.policy import Words

from .periods import Period
from .trace import full_date, listed

Entry = dict[str, Any]
"""One entry of a scheme: its code, its label in both languages, and what follows from it."""


def label_of(entry: Mapping[str, Any], name: str = "label") -> str:
    """An entry's label (or help) in the present language; Chinese where there is no English."""
    english = "" if (get_language() or "zh").startswith("zh") else entry.get(f"{name}_en", "")
    return english or entry.get(name, "")


class Kind(Protocol):
    """What every kind can do."""

    def check(self, value: Any) -> None:
        """Refuse a value that is none of this kind."""

    def words(self, value: Any) -> list[str]:
        """The value as a reader of the rulebook sees it, one string a line."""


@dataclass(frozen=True)
class PeriodOf:
    """A period."""

    def check(self, value: Any) -> None:
        """Refuse what is no period."""
        Period.from_json(value)

    def words(self, value: Any) -> list[str]:
        """The period."""
        return [str(Period.from_json(value))]


@dataclass(frozen=True)
class Flag:
    """Yes or no."""

    def check(self, value: Any) -> None:
        """Refuse what is neither."""
        if not isinstance(value, bool):
            raise Unfit(_("The value must be yes or no."))

    def words(self, value: Any) -> list[str]:
        """Yes or no."""
        return [_("Yes") if value else _("No")]


@dataclass(frozen=True)
class Choice:
    """One of several codes."""

    options: Mapping[str, Words]

    def check(self, value: Any) -> None:
        """Refuse what is not offered."""
        if not isinstance(value, str) or value not in self.options:
            raise Unfit(_("“%(value)s” is not one of the values offered.") % {"value": value})

    def words(self, value: Any) -> list[str]:
        """The label of the code."""
        return [str(self.options[value])]


@dataclass(frozen=True)
class Choices:
    """Any number of several codes, each once."""

    options: Mapping[str, Words]

    def check(self, value: Any) -> None:
        """Refuse what is not offered, and repetitions."""
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value) or len(set(value)) < len(value):
            raise Unfit(_("The value must be a list in which nothing stands twice."))
        for one in value:
            Choice(self.options).check(one)

    def words(self, value: Any) -> list[str]:
        """The labels of the codes."""
        return [str(self.options[code]) for code in value] or [_("None")]


@dataclass(frozen=True)
class Scheme:
    """A list of entries with codes and labels that each congress words itself.

    ``flags`` are what follows from an entry: figures and steps go by these, never by the codes (R3.47).
    ``fixed`` are the codes where only the labels may differ.
    """

    flags: Mapping[str, Words] = field(default_factory=dict)
    fixed: frozenset[str] = frozenset()

    def check(self, value: Any) -> None:
        """Refuse entries without code or label, repeated codes, missing flags."""
        if not isinstance(value, list) or not value or not all(isinstance(entry, dict) for entry in value):
            raise Unfit(_("The value must be a list with at least one entry."))
        codes = [entry.get("code") for entry in value]
        if len(set(map(str, codes))) < len(codes):
            raise Unfit(_("A code stands twice in the list."))
        if self.fixed and set(codes) != self.fixed:
            raise Unfit(_("The list must have exactly these codes: %(codes)s.") % {"codes": ", ".join(sorted(self.fixed))})
        for entry in value:
            self._check_entry(entry)

    def _check_entry(self, entry: Entry) -> None:
        if not re.fullmatch(r"[A-Za-z0-9_]{1,40}", str(entry.get("code", ""))):
            raise Unfit(_("The code “%(code)s” must be made of letters and digits.") % {"code": entry.get("code", "")})
        texts = {"code", "label", "label_en", "help", "help_en"}
        unknown = entry.keys() - texts - set(self.flags)
        if unknown or not all(isinstance(entry[name], str) for name in texts & entry.keys()):
            raise Unfit(_("The entry “%(code)s” has something in it that does not belong there.") % {"code": entry["code"]})
        if not entry.get("label"):
            raise Unfit(_("The entry “%(code)s” needs a label.") % {"code": entry["code"]})
        if not all(isinstance(entry.get(flag), bool) for flag in self.flags):
            raise Unfit(_("The entry “%(code)s” must say yes or no to everything that may follow from it.") % {"code": entry["code"]})

    def words(self, value: Any) -> list[str]:
        """The labels, with the code where it is a letter or number people use, and what follows from the entry."""
        return [self._entry_words(entry) for entry in value]

    def _entry_words(self, entry: Entry) -> str:
        said = label_of(entry)
        if len(entry["code"]) == 1:
            said = _("%(code)s: %(label)s") % {"code": entry["code"], "label": said}
        follows = [str(words) for flag, words in self.flags.items() if entry[flag]]
        return _("%(entry)s (%(follows)s)") % {"entry": said, "follows": listed(follows)} if follows else said


@dataclass(frozen=True)
class Pattern:
    """How numbers are written, for each of several series: a text with one ``%d``."""

    series: Mapping[str, Words]

    def check(self, value: Any) -> None:
        """Refuse a pattern that cannot take exactly one number."""
        if not isinstance(value, dict) or set(value) != set(self.series):
            raise Unfit(_("There must be one pattern for each series."))
        if not all(isinstance(v, str) and v.count("%") == 1 and "%d" in v and len(v) <= 40 for v in value.values()):  # noqa: PLR2004
            raise Unfit(_("A pattern must have the place of the number in it exactly once."))

    def words(self, value: Any) -> list[str]:
        """Each series with an example."""
        return [_("%(series)s: %(example)s") % {"series": label, "example": value[key] % 12} for key, label in self.series.items()]


@dataclass(frozen=True)
class DayOf:
    """A calendar day for each of several series, or none: its ISO text, or an empty one."""

    series: Mapping[str, Words]

    def check(self, value: Any) -> None:
        """Refuse what is no day."""
        if not isinstance(value, dict) or set(value) != set(self.series):
            raise Unfit(_("There must be a day, or none, for each of the series."))
        if not all(isinstance(day, str) and (not day or _is_day(day)) for day in value.values()):
            raise Unfit(_("Enter a day of the calendar, such as 2026-06-30, or nothing."))

    def words(self, value: Any) -> list[str]:
        """Each series that has a day, with it."""
        days = {key: dt.date.fromisoformat(value[key]) for key in self.series if value[key]}
        return [_("%(series)s: %(day)s") % {"series": self.series[key], "day": full_date(day)} for key, day in days.items()] or [_("None")]


def _is_day(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def entry_of(entries: Iterable[Entry], code: str) -> Entry | None:
    """The entry of a scheme with this code."""
    return next((entry for entry in entries if entry["code"] == code), None)
