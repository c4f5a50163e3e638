"""How a value of each kind is typed: which fields ask for it, and the value they make. Whether it is fit, the catalogue says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.kernel.policy import Words

from .kinds import Choice, Choices, DayOf, Entry, Flag, Kind, Pattern, PeriodOf, Scheme, entry_of, label_of
from .periods import DAYS, MONTHS, MOST, WORKING_DAYS

NEW_VALUE = gettext_lazy("New value")
SPARE_ROWS = 3
"""How many entries can be added to a scheme at a time."""


@dataclass(frozen=True)
class Part:
    """Some fields under a legend of their own; without one they stand alone."""

    fields: dict[str, forms.Field]
    legend: Words = ""


@dataclass(frozen=True)
class Face:
    """The parts that ask for a value, what stands in them at first, and how an answer becomes a value."""

    parts: list[Part]
    read: Callable[[Mapping[str, Any]], Any]
    initial: dict[str, Any] = field(default_factory=dict)


def _period(kind: PeriodOf, value: Any) -> Face:
    """A number and its unit."""
    units = [(DAYS, _("days")), (WORKING_DAYS, _("working days")), (MONTHS, _("months"))]
    fields: dict[str, forms.Field] = {
        "n": forms.IntegerField(label=gettext_lazy("How long"), min_value=1, max_value=MOST),
        "unit": forms.ChoiceField(label=gettext_lazy("Counted in"), choices=units),
    }
    return Face([Part(fields)], lambda given: {"n": given["n"], "unit": given["unit"]}, dict(value))


def _flag(kind: Flag, value: Any) -> Face:
    """Yes or no, side by side."""
    asked = forms.ChoiceField(label=NEW_VALUE, choices=[("yes", _("Yes")), ("no", _("No"))], widget=forms.RadioSelect)
    return Face([Part({"value": asked})], lambda given: given["value"] == "yes", {"value": "yes" if value else "no"})


def _choice(kind: Choice, value: Any) -> Face:
    """One of several."""
    asked = forms.ChoiceField(label=NEW_VALUE, choices=list(kind.options.items()), widget=forms.RadioSelect)
    return Face([Part({"value": asked})], lambda given: given["value"], {"value": value})


def _choices(kind: Choices, value: Any) -> Face:
    """Any of several, or none."""
    boxes = forms.CheckboxSelectMultiple
    asked = forms.MultipleChoiceField(label=NEW_VALUE, choices=list(kind.options.items()), widget=boxes, required=False)
    return Face([Part({"value": asked})], lambda given: list(given["value"]), {"value": value})


def _pattern(kind: Pattern, value: Any) -> Face:
    """A text for each series."""
    help_text = _("Write %(mark)s where the number stands.") % {"mark": "%d"}
    series: Mapping[str, Any] = kind.series
    fields: dict[str, forms.Field] = {
        f"series_{code}": forms.CharField(label=label, max_length=40, help_text=help_text) for code, label in series.items()
    }
    return Face(
        [Part(fields)], lambda given: {code: given[f"series_{code}"] for code in kind.series},
        {f"series_{code}": value[code] for code in kind.series if code in value},
    )  # fmt: skip


def _days(kind: DayOf, value: Any) -> Face:
    """A day for each series, or none."""
    series: Mapping[str, Any] = kind.series
    fields: dict[str, forms.Field] = {
        f"day_{code}": forms.DateField(label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        for code, label in series.items()
    }
    return Face(
        [Part(fields)], lambda given: {code: day.isoformat() if (day := given[f"day_{code}"]) else "" for code in kind.series},
        {f"day_{code}": value[code] for code in kind.series if code in value},
    )  # fmt: skip


def _scheme(kind: Scheme, value: Any) -> Face:
    """A row for each entry and some empty ones; an entry without a label is left out."""
    rows: list[Entry] = [*value, *({} for _n in range(0 if kind.fixed else SPARE_ROWS))]
    parts = [Part(_row(kind, n, entry), label_of(entry) or _("One more entry")) for n, entry in enumerate(rows)]
    names = ["code", "label", "label_en", *kind.flags]
    initial = {f"row{n}_{name}": entry[name] for n, entry in enumerate(rows) for name in names if name in entry}

    def read(given: Mapping[str, Any]) -> list[Entry]:
        typed = [{name: given.get(f"row{n}_{name}") for name in names} for n in range(len(rows))]
        return [_entry(kind, value, row) for row in typed if row["label"]]

    return Face(parts, read, initial)


def _row(kind: Scheme, n: int, entry: Entry) -> dict[str, forms.Field]:
    """The fields of one entry; the code of one that is there already stays, because matters under way name it."""
    spare = not entry
    code = forms.CharField(label=gettext_lazy("Code"), max_length=40, required=not spare, help_text=_("Letters and digits."))
    if not spare:
        code.widget = forms.HiddenInput()
    label = forms.CharField(
        label=gettext_lazy("Label"), max_length=200, required=bool(kind.fixed),
        help_text="" if kind.fixed else _("Without a label the entry is left out."),
    )  # fmt: skip
    english = forms.CharField(label=gettext_lazy("Label in English"), max_length=200, required=False)
    follows: Mapping[str, Any] = kind.flags
    flags = {flag: forms.BooleanField(label=words, required=False) for flag, words in follows.items()}
    fields: dict[str, forms.Field] = {"code": code, "label": label, "label_en": english, **flags}
    return {f"row{n}_{name}": asked for name, asked in fields.items()}


def _entry(kind: Scheme, value: Any, row: dict[str, Any]) -> Entry:
    """An entry as it is stored; what was not asked for, such as its help, stays."""
    entry = dict(entry_of(value, row["code"]) or {}) | {"code": row["code"], "label": row["label"], "label_en": row["label_en"]}
    entry |= {flag: bool(row[flag]) for flag in kind.flags}
    return {name: given for name, given in entry.items() if name != "label_en" or given}


FACES: dict[type, Callable[[Any, Any], Face]] = {
    PeriodOf: _period,
    Flag: _flag,
    Choice: _choice,
    Choices: _choices,
    Pattern: _pattern,
    DayOf: _days,
    Scheme: _scheme,
}
"""A new kind brings its face along."""


def face_of(kind: Kind, value: Any) -> Face:
    """How a value of a kind is typed, beginning with the present one."""
    return FACES[type(kind)](kind, value)
