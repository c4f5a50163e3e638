"""What the journal can be narrowed by, and what taking it away asks for."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.kernel.operation import OPERATIONS
from qiao.orgs.models import Congress


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"})


def _codes() -> list[tuple[str, str]]:
    """Everything that can be done, by its words; where two share a word the code tells them apart."""
    labels = sorted((str(run.guard.label), code) for code, run in OPERATIONS.items())
    return [("", _("All")), *((code, f"{label} · {code}") for label, code in labels)]


class EntryFilter(forms.Form):
    """Person, deed, period, object, and for those who see them all the congress."""

    person = forms.CharField(
        label=gettext_lazy("Acted by"), required=False, max_length=60, help_text=gettext_lazy("Name or sign-in name, in full")
    )
    code = forms.ChoiceField(label=gettext_lazy("What was done"), required=False)
    since = forms.DateField(label=gettext_lazy("From"), required=False, widget=_day())
    until = forms.DateField(label=gettext_lazy("To"), required=False, widget=_day())
    trail = forms.RegexField(
        r"^[a-z]+:\d{1,18}$",
        label=gettext_lazy("Object"),
        required=False,
        help_text=gettext_lazy("As it stands in the list: noun and number"),
    )
    congress = forms.ModelChoiceField(
        Congress.objects.none(), label=gettext_lazy("Congress"), required=False, empty_label=gettext_lazy("All")
    )

    def __init__(self, *args: Any, congresses: Any = None, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["code"].choices = _codes()  # type: ignore[attr-defined]
        if congresses is None:
            del self.fields["congress"]
        else:
            self.fields["congress"].queryset = congresses  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        return _in_order(super().clean() or {})


def _in_order(given: dict[str, Any]) -> dict[str, Any]:
    since, until = given.get("since"), given.get("until")
    if since and until and until < since:
        raise ValidationError(_("The period must end after it begins."))
    return given


class ExportForm(forms.Form):
    """Which journal, which period, as what, and why."""

    journal = forms.TypedChoiceField(label=gettext_lazy("Journal"), coerce=int)
    since = forms.DateField(label=gettext_lazy("From"), widget=_day())
    until = forms.DateField(label=gettext_lazy("To"), widget=_day())
    kind = forms.ChoiceField(
        label=gettext_lazy("File"),
        choices=[
            ("jsonl", gettext_lazy("Evidence, with seals and signature (JSON lines)")),
            ("xlsx", gettext_lazy("Table for reading (Excel)")),
            ("csv", gettext_lazy("Table for reading (CSV)")),
        ],
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, journals: list[tuple[int, str]], today: dt.date, **more: Any) -> None:
        more["initial"] = {"since": today.replace(day=1), "until": today}
        super().__init__(*args, **more)
        self.fields["journal"].choices = journals  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        return _in_order(super().clean() or {})
