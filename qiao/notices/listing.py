"""The list of one's notices: unread ones first, then the newest."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from qiao.ui.listing import Column, Listing

from .forms import ShowForm
from .models import Notice


def _shown(rows: QuerySet[Notice], show: Any) -> QuerySet[Notice]:
    return rows.filter(read_at=None) if show == "unread" else rows


NOTICES = Listing(
    name="notices",
    columns=[Column("at", _("Sent"), lambda notice: notice.at, order=("is_read", "-id"))],
    filters=ShowForm,
    narrow={"show": _shown},
    order="at",
    per_page=20,
)
