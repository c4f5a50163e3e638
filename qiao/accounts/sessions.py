"""Sessions that know whose they are, so that a person can see and end their own; Django keeps them (decision 0010's successor)."""

from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.http import HttpRequest
from django.utils import timezone

SEEN_EVERY = 60
"""Seconds between two notes of when a session was last used: a write a minute, not one a page."""

ASKS_BEFORE = 180
"""Seconds before a session ends because nothing is done that the page asks whether somebody is there (WCAG 2.2.1: at least 20)."""


class SessionStore(DatabaseSessions):
    """Django's sessions in the database, in our own table, where each row has its holder."""

    @classmethod
    def get_model_class(cls) -> Any:
        """Ours, asked for late: models come after settings."""
        from .models import SignedIn  # noqa: PLC0415

        return SignedIn

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row, with holder, place and device taken from what the session holds."""
        row: Any = super().create_model_instance(data)
        row.user_id = int(data["_auth_user_id"]) if data.get("_auth_user_id") else None
        row.address, row.agent = data.get("address", ""), data.get("agent", "")
        return row


def address_of(request: HttpRequest) -> str:
    """From where a request comes: through so many proxies of ours as the settings say, else directly."""
    passed = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if settings.PROXIES and len(passed) >= settings.PROXIES:
        return str(passed[-settings.PROXIES])[:45]
    return str(request.META.get("REMOTE_ADDR", ""))[:45]


def begun(request: HttpRequest, **_more: Any) -> None:
    """Note in a new session when it was last used, from where and with what."""
    request.session["seen"] = int(timezone.now().timestamp())
    request.session["address"] = address_of(request)
    request.session["agent"] = request.META.get("HTTP_USER_AGENT", "")[:200]


def is_idle(request: HttpRequest) -> bool:
    """Whether nothing was done for too long (GB/T 22239-2019, 8.1.4.1); else notes now and then that something is."""
    now, seen = int(timezone.now().timestamp()), request.session.get("seen")
    if seen is not None and settings.IDLE_MINUTES and now - seen > 60 * settings.IDLE_MINUTES:
        return True
    if seen is None or now - seen > min(SEEN_EVERY, 6 * settings.IDLE_MINUTES):
        request.session["seen"] = now
    return False
