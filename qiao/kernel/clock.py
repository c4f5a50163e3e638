"""What time it is: the one place that asks, so that tests and the demonstration can answer."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

_pretended: ContextVar[dt.datetime | None] = ContextVar("pretended", default=None)


def now() -> dt.datetime:
    """This moment, aware."""
    return _pretended.get() or timezone.now()


def today() -> dt.date:
    """The legal day where the congress sits (``TIME_ZONE``); a deadline's day ends at 24:00 of it."""
    return timezone.localdate(now())


def day_of(moment: dt.datetime) -> dt.date:
    """The legal day on which something happened: a moment comes back from the database in UTC."""
    return timezone.localdate(moment)


def begins(day: dt.date) -> dt.datetime:
    """The first moment of a legal day: to compare moments with, where an index holds them."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


@contextmanager
def pretend(at: dt.datetime) -> Iterator[None]:
    """Let everything inside happen at ``at``: history for the demonstration, dates for the tests."""
    token = _pretended.set(at)
    try:
        yield
    finally:
        _pretended.reset(token)
