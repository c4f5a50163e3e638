"""What is asked when a view is saved."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SaveForm(forms.Form):
    """A name for the list, and for whom."""

    name = forms.CharField(label=_("Name of the view"), max_length=40, help_text=_("What it shows, in a few words: “Overdue, transport”."))
    shared = forms.BooleanField(
        label=_("Also for my colleagues"),
        required=False,
        help_text=_(
            "Everybody of the same unit, or of the same role in the congress, finds it here. Each sees in it only what they may see."
        ),
    )
    address = forms.CharField(widget=forms.HiddenInput, max_length=1400)
