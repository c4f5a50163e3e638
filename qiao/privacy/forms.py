"""What is asked before a protected value is shown, and of a correction."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Asked, CorrectionState, Purpose


class OpenForm(forms.Form):
    """What for, and the reason in a sentence."""

    purpose = forms.ChoiceField(label=_("What do you need it for?"), choices=Purpose.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Reason"),
        max_length=500,
        help_text=_("The person concerned and the auditors read it, with your name."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AskForm(forms.Form):
    """What is wrong, what it should be, and why."""

    column = forms.ChoiceField(label=_("What is wrong"), choices=Asked.choices)
    wish = forms.CharField(label=_("What it should be"), max_length=100, help_text=_("A date like 1980-05-01."))
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class RefuseForm(forms.Form):
    """Why it stays as it is."""

    note = forms.CharField(label=_("Reason"), max_length=500, help_text=_("The person reads it."), widget=forms.Textarea(attrs={"rows": 3}))


class CorrectionFilter(forms.Form):
    """By where they stand."""

    state = forms.ChoiceField(label=_("State"), choices=[("", _("All")), *CorrectionState.choices], required=False)


class HoldForm(forms.Form):
    """Why data are kept beyond their term, or are no longer."""

    note = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class HoldFilter(forms.Form):
    """Those that hold, or those that have ended."""

    state = forms.ChoiceField(label=_("State"), choices=[("", _("All")), ("now", _("On hold")), ("ended", _("Ended"))], required=False)
