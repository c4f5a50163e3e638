"""The list of requests for correction: the newest first."""

from django.utils.translation import gettext_lazy as _

from qiao.ui.listing import Column, Listing

from .forms import CorrectionFilter

CORRECTIONS = Listing(
    name="corrections",
    columns=[Column("at", _("Asked at"), lambda one: one.at, order=("-id",))],
    filters=CorrectionFilter,
    narrow={"state": lambda rows, state: rows.filter(state=state)},
    order="at",
    per_page=20,
)
