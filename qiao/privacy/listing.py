"""The lists of requests for correction and of holds: the newest first."""

from django.utils.translation import gettext_lazy as _

from qiao.ui.listing import Column, Listing

from .forms import CorrectionFilter, HoldFilter

CORRECTIONS = Listing(
    name="corrections",
    columns=[Column("at", _("Asked at"), lambda one: one.at, order=("-id",))],
    filters=CorrectionFilter,
    narrow={"state": lambda rows, state: rows.filter(state=state)},
    order="at",
    per_page=20,
)

HOLDS = Listing(
    name="holds",
    columns=[Column("at", _("Since"), lambda one: one.at, order=("-id",))],
    filters=HoldFilter,
    narrow={"state": lambda rows, state: rows.filter(lifted_at__isnull=state == "now")},
    order="at",
    per_page=20,
)
