"""What is asked before a protected value is shown."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Purpose


class OpenForm(forms.Form):
    """What for, and the reason in a sentence."""

    purpose = forms.ChoiceField(label=_("What do you need it for?"), choices=Purpose.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Reason"),
        max_length=500,
        help_text=_("The person concerned and the auditors read it, with your name."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
