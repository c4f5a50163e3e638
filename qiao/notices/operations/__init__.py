"""Telling people, sending what was told, choosing how one is told, and marking it as read."""

from .choosing import prefer
from .digesting import begin_digests, queue_digests, send_digests
from .reading import mark_all_read, mark_read
from .resending import resend
from .sending import BATCH, MOST, deliver, refill, send_waiting
from .telling import announce, reword, tell

__all__ = [
    "BATCH", "MOST", "announce", "begin_digests", "deliver", "mark_all_read", "mark_read", "prefer", "queue_digests", "refill", "resend",
    "reword", "send_digests", "send_waiting", "tell",
]  # fmt: skip
