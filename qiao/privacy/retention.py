"""What is deleted or cleared when its term is over: one row a kind. What stands in no row is an archive or the journal and stays."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from qiao.accounts.models import FailedSignIn, Person, Post
from qiao.congress.models import Leave, Mandate
from qiao.imports.models import ImportRow
from qiao.kernel import clock
from qiao.kernel.policy import Words
from qiao.notices.models import Notice
from qiao.orgs.models import Congress
from qiao.rulebook.periods import add_months
from qiao.rulebook.queries import values_of
from qiao.rulebook.rules import Rules

from .models import Correction, Hold, Reading

CONTACT = ("phone", "id_number", "email")
OF_INSTALLATION = {"KEEP_NOTICES_MONTHS": settings.KEEP_NOTICES_MONTHS, "KEEP_FAILURES_MONTHS": settings.KEEP_FAILURES_MONTHS}
Due = QuerySet[Any]


@dataclass(frozen=True)
class Kind:
    """One kind of data: since when its term runs, what happens at its end, and which rows of a congress began it before a day.

    ``term`` names the parameter of the rulebook, or the setting of an installation.
    """

    key: str
    label: Words
    since: Words
    fate: Words
    term: str
    due: Callable[[Congress, dt.date], Due]

    @property
    def is_installations(self) -> bool:
        """Whether it belongs to no congress."""
        return self.term in OF_INSTALLATION


def _former(congress: Congress, before: dt.date) -> Due:
    """People of a congress whose last mandate and post anywhere ended before a day, with something left to clear, and not on hold."""
    mandates, posts = Mandate.objects.filter(person=OuterRef("pk")), Post.objects.filter(user__person=OuterRef("pk"))
    theirs = Exists(mandates.filter(congress=congress)) | Exists(posts.filter(congress=congress))
    going_on = Exists(mandates.filter(Q(ended_on=None) | Q(ended_on__gte=before))) | Exists(
        posts.filter(Q(ends=None) | Q(ends__gte=before))
    )
    held = Exists(Hold.objects.filter(person=OuterRef("pk"), lifted_at=None))
    left = ~Q(phone_hash="") | ~Q(id_number_hash="") | ~Q(email="")
    return Person.objects.filter(theirs, left).exclude(going_on).exclude(held).order_by("pk")


def still_wanted(people: list[Person]) -> set[int]:
    """Of former people, those whose data another congress they were of keeps for longer."""
    ends: dict[tuple[int, int], dt.date] = {}
    for person, congress, ended in [
        *Mandate.objects.filter(person__in=people).values_list("person", "congress", "ended_on"),
        *Post.objects.filter(user__person__in=people).values_list("user__person", "congress", "ends"),
    ]:
        if ended is not None:
            ends[person, congress] = max(ended, ends.get((person, congress), ended))
    months = values_of("keep_contact", {congress for _person, congress in ends}, clock.today())
    return {person for (person, congress), ended in ends.items() if ended >= add_months(clock.today(), -int(months[congress]))}


KINDS = [
    Kind(
        "contact", _("Telephone, e-mail and identity number"), _("End of the last mandate and post"), _("Cleared; the name stays"),
        "keep_contact", _former,
    ),
    Kind(
        "leave", _("Reasons for leave"), _("Last day of the session"), _("Cleared; the decision stays"), "keep_leave_reason",
        lambda congress, before: Leave.objects.filter(session__congress=congress, session__closes__lt=before).exclude(reason=""),
    ),
    Kind(
        "import", _("Rows of uploaded tables"), _("Decision on the import"), _("Deleted; what they brought stays"), "keep_import_rows",
        lambda congress, before: ImportRow.objects.filter(run__congress=congress, run__done_at__lt=clock.begins(before)),
    ),
    Kind(
        "reading", _("Who read protected values"), _("The reading"), _("Deleted; the journal keeps that it happened"), "keep_readings",
        lambda congress, before: Reading.objects.filter(congress=congress, at__lt=clock.begins(before)),
    ),
    Kind(
        "correction", _("Requests for correction"), _("The decision"), _("Deleted"), "keep_corrections",
        lambda congress, before: Correction.objects.filter(congress=congress, decided_at__lt=clock.begins(before)),
    ),
    Kind(
        "notice", _("Notices and the log of their sending"), _("Day of the notice, once it was read"), _("Deleted"), "KEEP_NOTICES_MONTHS",
        lambda _congress, before: Notice.objects.filter(at__lt=clock.begins(before)).exclude(read_at=None),
    ),
    Kind(
        "failure", _("Failed sign-ins"), _("The try"), _("Deleted"), "KEEP_FAILURES_MONTHS",
        lambda _congress, before: FailedSignIn.objects.filter(at__lt=clock.begins(before)),
    ),
]  # fmt: skip

BY_KEY = {kind.key: kind for kind in KINDS}


def months_of(kind: Kind, rules: Rules) -> int:
    """How many months data of a kind are kept by the rules of a congress, or by the settings of the installation."""
    return OF_INSTALLATION.get(kind.term) or int(rules[kind.term])


def due(kind: Kind, congress: Congress, rules: Rules, on: dt.date | None = None) -> Due:
    """What is due for disposal on a day, today unless another is given, the oldest first."""
    before = add_months(on or clock.today(), -months_of(kind, rules))
    return kind.due(congress, before).order_by("pk")
