"""What people choose and type on the pages of the rulebook; whether it is fit, the operations say."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qiao.kernel import clock

from . import presets
from .catalogue import CATALOGUE, GROUPS, Parameter
from .faces import face_of
from .models import Provision

SHOW = {
    "": _("All rules"),
    "own": _("Laid down by the congress itself"),
    "default": _("Left to the national default"),
    "coming": _("With a change to come"),
    "recorded": _("On record only"),
}
"""What the list of rules can be narrowed to."""


def day_field(label: Any, **more: Any) -> forms.DateField:
    """A day, chosen from a calendar."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


def reason_field() -> forms.CharField:
    """Why; it stays readable in the history of the rule."""
    return forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody who may read the rulebook reads it in the history of the rule."),
    )  # fmt: skip


def _places() -> list[tuple[str, str]]:
    return list(presets.names().items())


class ReadForm(forms.Form):
    """What of the rulebook is shown, and as of which day."""

    congress = forms.IntegerField(required=False, widget=forms.HiddenInput)
    q = forms.CharField(label=_("Words"), max_length=60, required=False)
    group = forms.ChoiceField(label=_("Group of rules"), required=False)
    show = forms.ChoiceField(label=_("Which rules"), required=False, choices=list(SHOW.items()))
    against = forms.ChoiceField(label=_("Only what differs from"), required=False)
    on = day_field(_("As of"), required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        group: Any = self.fields["group"]
        group.choices = [("", _("All groups")), *GROUPS.items()]
        against: Any = self.fields["against"]
        against.choices = [("", "—"), *_places()]

    def given(self, name: str) -> Any:
        """What was chosen, if it was fit."""
        self.is_valid()
        return getattr(self, "cleaned_data", {}).get(name) or ""


class ValueForm(forms.Form):
    """A new value of a parameter: the fields of its kind, then where it comes from and why."""

    source = forms.CharField(
        label=_("Source"),
        max_length=200,
        help_text=_("The regulation with its article, or the decision: who took it, when, document number."),
    )
    reason = reason_field()

    def __init__(self, *args: Any, parameter: Parameter, value: Any, **more: Any) -> None:
        self.face = face_of(parameter.kind, value)
        more["initial"] = self.face.initial | more.get("initial", {})
        super().__init__(*args, **more)
        asked = {name: field for part in self.face.parts for name, field in part.fields.items()}
        self.fields = asked | self.fields

    def groups(self) -> list[dict[str, Any]]:
        """The fields of the value, some of them under a legend."""
        return [
            {"legend": part.legend, "fields": [self[name] for name in part.fields if not self[name].is_hidden]}
            for part in self.face.parts
        ]  # fmt: skip

    def others(self) -> list[Any]:
        """The fields beside the value."""
        return [self[name] for name in self.fields if name in self.base_fields]

    def given(self) -> dict[str, Any]:
        """What the operation is called with."""
        return {"value": self.face.read(self.cleaned_data)} | {name: self.cleaned_data[name] for name in self.base_fields}


class SetForm(ValueForm):
    """A new value, with the day from which it holds."""

    valid_from = day_field(_("Holds from"), help_text=_("Today or later. It holds for what is handed over from that day on."))
    field_order = ("valid_from", "source", "reason")


class ActForm(forms.Form):
    """A form for one verb on one provision."""

    def __init__(self, *args: Any, subject: Provision, **more: Any) -> None:
        self.subject = subject
        super().__init__(*args, **more)

    def given(self) -> dict[str, Any]:
        """What the operation is called with."""
        return self.cleaned_data


class NoteForm(ActForm):
    """A reason."""

    note = reason_field()


class EndForm(ActForm):
    """The first day on which the value holds no longer, and why."""

    on = day_field(_("Holds no longer from"))
    note = reason_field()

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["on"].initial = clock.today()


class CorrectForm(ValueForm):
    """A value that was entered wrongly."""

    def __init__(self, *args: Any, subject: Provision, **more: Any) -> None:
        self.subject = subject
        more["initial"] = {"source": subject.source, "reason": subject.reason} | more.get("initial", {})
        super().__init__(*args, parameter=CATALOGUE[subject.key], value=subject.value, **more)


class PlaceForm(forms.Form):
    """The place whose rules stand beside one's own."""

    congress = forms.IntegerField(required=False, widget=forms.HiddenInput)
    preset = forms.ChoiceField(label=_("Compare with"))
    show = forms.ChoiceField(
        label=_("Which rules"), required=False, choices=[("", _("Those that differ")), ("all", _("All that the place lays down"))]
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        preset: Any = self.fields["preset"]
        preset.choices = _places()

    def given(self) -> tuple[str, bool]:
        """The place, the first one if none is chosen; and whether what does not differ is shown too."""
        self.is_valid()
        chosen = getattr(self, "cleaned_data", {})
        return chosen.get("preset") or _places()[0][0], chosen.get("show") == "all"


class AdoptForm(forms.Form):
    """Which rules of another place are adopted, from which day, and why."""

    keys = forms.MultipleChoiceField(
        label=_("Rules"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("Only those that are not laid down so already.")
    )
    on = day_field(_("Holds from"), help_text=_("Today or later. It holds for what is handed over from that day on."))
    note = reason_field()

    def __init__(self, *args: Any, pairs: list[Any], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["on"].initial = clock.today()
        asked: Any = self.fields["keys"]
        asked.choices = [(pair.parameter.key, pair.parameter.label) for pair in pairs]
        asked.initial = [pair.parameter.key for pair in pairs if pair.differs]
