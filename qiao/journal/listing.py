"""The list of entries: the newest first, narrowed on indexes alone."""

from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from qiao.kernel.models import Entry
from qiao.ui.listing import Column, Listing, in_parts

from . import queries
from .forms import EntryFilter


def who(entry: Entry) -> str:
    """The person, where they may be named, or the system."""
    if entry.unnamed:
        return str(_("Not named: the matter is confidential"))
    return entry.user.person.name if entry.user else str(_("The system"))


def _moment(entry: Entry) -> str:
    return localtime(entry.at).isoformat(sep=" ", timespec="seconds")


JOURNAL = Listing(
    name="journal",
    columns=[
        Column("at", _("Moment"), _moment, order=("at",)),
        Column("who", _("Acted by"), who),
        Column("login", _("Sign-in name"), lambda entry: entry.user.login if entry.user and not entry.unnamed else ""),
        Column("acting_as", _("Acting as"), lambda entry: "" if entry.unnamed else entry.acting_as),
        Column("what", _("What was done"), lambda entry: queries.label_of(entry.code)),
        Column("trail", _("Object"), lambda entry: entry.trail),
        Column("note", _("Reason"), lambda entry: entry.note),
        Column("id", _("Entry"), lambda entry: entry.pk),
    ],
    filters=EntryFilter,
    narrow={
        "person": lambda rows, words: queries.by(rows, queries.people(words)),
        "code": lambda rows, code: rows.filter(code=code),
        "since": lambda rows, day: queries.within(rows, day, None),
        "until": lambda rows, day: queries.within(rows, None, day),
        "trail": lambda rows, trail: rows.filter(trail=trail),
        "congress": lambda rows, congress: rows.filter(congress_id=congress.pk),
    },
    order="-at",
    prepare=queries.unnamed,
)


def cells(entries: Any) -> Any:
    """The rows of a table for reading."""
    for entry in in_parts(entries, queries.unnamed):
        yield [str(column.value(entry)) for column in JOURNAL.columns]
