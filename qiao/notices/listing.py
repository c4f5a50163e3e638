"""The list of one's notices, unread ones first, then the newest; and the list of what did not go out."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from qiao.accounts.models import User
from qiao.kernel.anonymity import hidden_trails
from qiao.ui.listing import Column, Listing

from . import queries
from .forms import DeliveryFilter, ShowForm
from .models import Delivery, Notice


def to_people_named(rows: QuerySet[Delivery], name: str) -> QuerySet[Delivery]:
    """To whom a name belongs; not about matters with which they must not be named."""
    found = rows.filter(notice__user__person__name__startswith=name)
    accounts = User.objects.filter(person__name__startswith=name).values_list("pk", flat=True)
    return found.exclude(notice__trail__in=hidden_trails(set(accounts)))


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

DELIVERIES = Listing(
    name="deliveries",
    columns=[
        Column("name", _("For"), lambda one: one.recipient),
        Column("kind", _("About"), lambda one: one.kind),
        Column("channel", _("Channel"), lambda one: one.get_channel_display()),
        Column("address", _("Address"), lambda one: "" if one.is_unnamed else one.address),
        Column("state", _("State"), lambda one: one.get_state_display()),
        Column("tries", _("Tries"), lambda one: one.tries),
        Column("error", _("What went wrong"), lambda one: one.error),
        Column("at", _("Last change"), lambda one: one.at, order=("at",)),
    ],
    filters=DeliveryFilter,
    narrow={
        "state": lambda rows, state: rows.filter(state=state),
        "channel": lambda rows, channel: rows.filter(channel=channel),
        "name": to_people_named,
    },
    order="-at",
    prepare=queries.named,
)
