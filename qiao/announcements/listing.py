"""The list of a congress's announcements: the newest first."""

from django import forms
from django.utils.translation import gettext_lazy as _

from qiao.ui.listing import Column, Listing


class NoFilter(forms.Form):
    """They are few: nothing to narrow by."""


ANNOUNCEMENTS = Listing(
    name="announcements", columns=[Column("at", _("Written"), lambda one: one.at, order=("id",))], filters=NoFilter, narrow={}, order="-at"
)
