"""Invented examples of everything the design system has, for the page that shows it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

RATINGS = [
    ("satisfied", gettext_lazy("Satisfied")),
    ("understood", gettext_lazy("Basically satisfied")),
    ("dissatisfied", gettext_lazy("Not satisfied")),
]


class Example(forms.Form):
    """One field of every kind."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=40, help_text=gettext_lazy("One matter, one suggestion."))
    text = forms.CharField(
        label=gettext_lazy("What is the matter, and what should be done?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("The cause first, then what you propose."),
    )
    field = forms.ChoiceField(
        label=gettext_lazy("Field"), choices=[("", "—"), ("city", gettext_lazy("City and traffic")), ("school", gettext_lazy("Schooling"))]
    )
    by = forms.DateField(label=gettext_lazy("Wanted by"), required=False)
    number = forms.IntegerField(label=gettext_lazy("Households concerned"), required=False, min_value=1)
    contact = forms.MultipleChoiceField(
        label=gettext_lazy("How shall the department talk with you?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("visit", gettext_lazy("On the spot")), ("phone", gettext_lazy("By telephone"))],
    )
    open = forms.ChoiceField(
        label=gettext_lazy("May it be published?"),
        widget=forms.RadioSelect,
        choices=[("yes", gettext_lazy("Yes, in full")), ("no", gettext_lazy("No"))],
    )
    rating = forms.ChoiceField(label=gettext_lazy("How do you find the answer?"), widget=forms.RadioSelect, choices=RATINGS)
    paper = forms.FileField(label=gettext_lazy("Enclosure"), required=False)
    agreed = forms.BooleanField(label=gettext_lazy("The other signatories have agreed to this text."))


@dataclass(frozen=True)
class Here:
    """A page of a list, as the pager wants it."""

    number: int = 2
    has_previous: bool = True
    has_next: bool = True
    previous_url: str = "?page=1"
    next_url: str = "?page=3"


def _rows() -> list[dict[str, Any]]:
    today = timezone.localdate()
    return [
        {
            "number": "2026-017",
            "title": _("A lift for the footbridge at Renmin Road"),
            "unit": _("Traffic commission"),
            "due": today + timedelta(days=24),
        },
        {
            "number": "2026-042",
            "title": _("More places to charge electric bicycles in old quarters"),
            "unit": _("Housing bureau"),
            "due": today + timedelta(days=2),
        },
        {
            "number": "2026-063",
            "title": _("School buses for the two villages beyond the reservoir"),
            "unit": _("Education bureau"),
            "due": today - timedelta(days=3),
        },
    ]


def forms_and_dates() -> dict[str, Any]:
    """Forms as they are filled in and as they go wrong, and dates near and far."""
    today = timezone.localdate()
    return {
        "form": Example(initial={"title": _("A lift for the footbridge at Renmin Road")}),
        "narrowing": Example(prefix="narrow"),
        "wrong": Example({"title": "", "rating": "satisfied"}, prefix="wrong"),
        "rows": _rows(),
        "here": Here(),
        "today": today,
        "now": timezone.now(),
        "soon": today + timedelta(days=2),
        "later": today + timedelta(days=24),
        "past": today - timedelta(days=3),
        "hints": {
            "satisfied": _("The matter is solved, or a date is set for it."),
            "dissatisfied": _("It is handled again within a month."),
        },
    }


def lists() -> dict[str, Any]:
    """Stages, bars, headings, chips, files, tabs and crumbs."""
    return {
        "steps": [
            {"label": _("Handed in"), "state": "done", "note": _("12 January")},
            {"label": _("Examined"), "state": "done", "note": _("15 January")},
            {"label": _("In hand"), "state": "current", "note": _("Traffic commission")},
            {"label": _("Answered"), "state": "todo"},
            {"label": _("Assessed"), "state": "todo"},
        ],
        "bars": [
            {"label": _("City and traffic"), "value": 86, "href": "#bars"},
            {"label": _("Schooling"), "value": 54},
            {"label": _("Farming and villages"), "value": 31},
        ],
        "headings": [
            {"label": _("Number"), "url": "?order=-number", "direction": "ascending"},
            {"label": _("Title"), "url": ""},
            {"label": _("Unit"), "url": "?order=unit", "direction": ""},
            {"label": _("Answer due"), "url": "?order=due", "direction": ""},
        ],
        "chips": [{"label": _("Field: Schooling"), "url": "?"}, {"label": _("State: in hand"), "url": "?"}],
        "files": [{"name": _("Photos of the footbridge.pdf"), "url": "#upload", "size": 1_843_200, "remove_url": "#upload"}],
        "tabs": [
            {"label": _("The matter"), "url": "#tabs", "active": True},
            {"label": _("Handling"), "url": "#tabs", "count": 3},
            {"label": _("History"), "url": "#tabs", "count": 0},
        ],
        "crumbs": [{"label": _("Home"), "url": "/"}, {"label": _("Suggestions"), "url": "#crumbs"}, {"label": "2026-017"}],
        "tones": ["neutral", "info", "main", "good", "warn", "bad", "brand"],
    }
