"""What deputies write: the text of a suggestion, a file."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qiao.congress.models import Delegation
from qiao.kernel import clock
from qiao.orgs.models import Unit

from ..models import (
    Kind,
    Source,
    Suggestion,
)
from .act import ActForm, day_field, long_text, offer, units_of


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

    def __init__(self, *args: Any, congress_id: int, delegation: Delegation | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        if delegation:
            self.fields["for_delegation"] = forms.BooleanField(
                label=gettext("In the name of %(delegation)s") % {"delegation": delegation}, required=False,
                help_text=gettext("It is discussed in the delegation first; you sign for it as its head, while the session sits."),
            )  # fmt: skip
        offer(self, "wished_unit").queryset = units_of(congress_id)

    @staticmethod
    def values(suggestion: Suggestion) -> dict[str, Any]:
        """What the form shows of a draft."""
        return {name: getattr(suggestion, name) for name in DraftForm.base_fields}


class DiscussionForm(ActForm):
    """How the delegation discussed the text."""

    on = day_field(_("Day"))
    present = forms.IntegerField(label=_("Deputies present"), min_value=1, max_value=3000)
    in_favour = forms.IntegerField(label=_("In favour"), min_value=0, max_value=3000)
    against = forms.IntegerField(label=_("Against"), min_value=0, max_value=3000, initial=0)
    summary = forms.CharField(label=_("What was said"), max_length=2000, required=False, widget=long_text())

    def prepare(self) -> None:
        known = getattr(self.subject, "discussion", None)
        self.fields["on"].initial = clock.today()
        for name, field in self.fields.items():
            field.initial = getattr(known, name) if known else field.initial


class UploadForm(forms.Form):
    """One file."""

    upload = forms.FileField(label=_("File"))
