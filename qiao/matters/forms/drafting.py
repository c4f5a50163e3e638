"""What deputies write: the text of a suggestion, a file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qiao.orgs.models import Unit

from ..models import (
    Kind,
    Source,
    Suggestion,
)
from .act import long_text, offer, units_of


class DraftForm(forms.Form):
    """The suggestion itself. Everything may be empty while drafting; submitting asks for what is missing."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Kind, initial=Kind.SUGGESTION)
    title = forms.CharField(label=_("Title"), max_length=100, required=False, help_text=_("One matter, in one line: “Suggestion to …”."))
    matter = forms.CharField(
        label=_("Situation and problem"), max_length=6000, required=False, widget=long_text(8),
        help_text=_("What you saw or heard: where, since when, whom it concerns."),
    )  # fmt: skip
    proposal = forms.CharField(
        label=_("What should be done"), max_length=6000, required=False, widget=long_text(6),
        help_text=_("Concrete measures, one after the other."),
    )  # fmt: skip
    source = forms.ChoiceField(label=_("Where the idea comes from"), choices=[("", _("Not stated")), *Source.choices], required=False)
    wished_unit = forms.ModelChoiceField(
        label=_("Unit you would like to handle it"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("Leave it to the congress's staff"),
    )
    may_publish = forms.BooleanField(label=_("The text may be published"), required=False)

    def __init__(self, *args: Any, congress_id: int, **more: Any) -> None:
        super().__init__(*args, **more)
        offer(self, "wished_unit").queryset = units_of(congress_id)

    @staticmethod
    def values(suggestion: Suggestion) -> dict[str, Any]:
        """What the form shows of a draft."""
        return {name: getattr(suggestion, name) for name in DraftForm.base_fields}


class UploadForm(forms.Form):
    """One file."""

    upload = forms.FileField(label=_("File"))
