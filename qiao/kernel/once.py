"""A form counts once: each, as it is shown, carries a mark, and who comes second with it hears where the first went.

Two presses of a button, a reload of the answer, a telephone that sends again after a gap: without this each would make another draft,
another person, another announcement. The row is written and committed before the work begins, so that the second of two that arrive
together waits for the first.
"""

import datetime as dt
import logging
import time

from django.db import DatabaseError, IntegrityError, transaction

from . import clock
from .models import Sending

log = logging.getLogger("qiao.once")
STALE = dt.timedelta(seconds=60)
"""A first that has not ended by then never will: its server was stopped, and whoever sends again is the first."""
PATIENCE = 8.0
"""Seconds for which a second waits for the first."""
LOOKS = 0.2


def claim(key: str) -> bool:
    """Whether this is the first arrival; without a database nobody is held up by the question."""
    try:
        with transaction.atomic():
            Sending.objects.create(key=key)
        return True
    except IntegrityError:
        stale = Sending.objects.filter(key=key, location="", at__lt=clock.now() - STALE)
        return bool(stale.update(at=clock.now()))
    except DatabaseError:
        log.warning("Whether a form came before cannot be asked.", exc_info=True)
        return True


def settle(key: str, location: str) -> None:
    """The first has ended well and went on to ``location``; an empty one means that it was refused and may be sent again."""
    try:
        if location:
            Sending.objects.filter(key=key).update(location=location)
        else:
            Sending.objects.filter(key=key).delete()
    except DatabaseError:
        log.warning("That a form was dealt with cannot be kept.", exc_info=True)


def where_to(key: str) -> str | None:
    """Where the first went, waited for a while; empty if it was refused, None if it is still at it."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        row = Sending.objects.filter(key=key).first()
        if row is None or row.location:
            return row.location if row else ""
        time.sleep(LOOKS)
    return None
