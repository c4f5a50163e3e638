"""What the list of notices can be narrowed by."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ShowForm(forms.Form):
    """All notices, or only the unread ones."""

    show = forms.ChoiceField(label=_("Show"), choices=[("all", _("All notices")), ("unread", _("Unread notices"))], required=False)
