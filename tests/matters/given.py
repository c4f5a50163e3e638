"""What tests of operations ask again and again: the line in the journal, who was told, and that a refusal wrote nothing."""

import datetime as dt
from contextlib import contextmanager

import pytest

from qiao.kernel import clock
from qiao.kernel.errors import Refused
from qiao.kernel.models import Entry
from qiao.matters.models import (
    Addressee,
    Assignment,
    Attachment,
    Clock,
    Contact,
    Countersignature,
    Deliberation,
    Discussion,
    Evaluation,
    Extension,
    FaceReply,
    NumberSeries,
    Objection,
    Opinion,
    Redaction,
    Reply,
    Signature,
    Suggestion,
    TextVersion,
)
from qiao.notices.models import Delivery, Notice

TABLES = [
    Suggestion, Signature, Discussion, TextVersion, Assignment, Contact, Reply, Countersignature, Addressee, FaceReply, Opinion, Evaluation, Deliberation, Clock, Extension, Objection, Attachment, Redaction, NumberSeries, Notice, Delivery, Entry,
]  # fmt: skip
ABROAD = dt.timezone(dt.timedelta(hours=8))


def at(year, month, day, hour=9):
    """A moment where the congress sits."""
    return dt.datetime(year, month, day, hour, tzinfo=ABROAD)


def on(year, month, day):
    """Let everything inside happen on a day."""
    return clock.pretend(at(year, month, day))


def later(**span):
    """Let everything inside happen so much later than now."""
    return clock.pretend(clock.now() + dt.timedelta(**span))


def rows():
    """All that is written down of suggestions."""
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in TABLES}


@contextmanager
def refused(kind, match=None):
    """The operation inside is refused in this way, with a reason, and nothing of it stays."""
    before = rows()
    with pytest.raises(kind, match=match) as said:
        yield said
    assert rows() == before
    if isinstance(said.value, Refused):
        assert said.value.reason


def entry(code):
    """The newest line of the journal with this code."""
    return Entry.objects.filter(code=code).latest("id")


def running(s):
    """The clocks that run, by kind: until when."""
    return dict(Clock.objects.running().filter(suggestion=s).values_list("kind", "due"))


def fresh(s):
    return Suggestion.objects.get(pk=s.pk)


def told(name):
    """The logins of those who were told, in order, by the newest notices of this name."""
    newest = Notice.objects.filter(code=f"suggestion.{name}").order_by("-id").values_list("at", "trail").first()
    if newest is None:
        return []
    found = Notice.objects.filter(code=f"suggestion.{name}", at=newest[0], trail=newest[1])
    return sorted(found.values_list("user__login", flat=True))


def verbs(flow, actor, subject):
    """The steps open to somebody now."""
    return {step.verb for step in flow.open_to(actor, subject)}
