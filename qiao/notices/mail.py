"""Notices as plain e-mail.

A letter is sent once unless the worker dies between the server's yes and the line we write about it; then it goes a second time, under
the same number (``Message-ID``), by which a mailbox knows it.
"""

import logging
import smtplib
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qiao.accounts.models import User

from .carrier import Failure
from .masking import masked
from .models import Digest, Notice

NO_SUCH_ADDRESS = 500
"""From here on the answers of a mail server are final (RFC 5321, 4.2.1)."""
MOST_LINES = 50
"""Notices a daily letter names; the rest is counted."""
log = logging.getLogger(__name__)


class Postman:
    """Carries many letters over one connection; says what went wrong instead of raising it.

    Once the server does not answer, the rest of the batch is not tried against it: each try would wait in vain. A server that only
    hangs up is called again for the next letter.
    """

    def __init__(self) -> None:
        self.connection = get_connection()
        self.unreachable: Failure | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._hang_up()

    def carry(self, notice: Notice, address: str, language: str) -> Failure | None:
        """Send a notice as a letter of its own."""
        return self.send(letter(notice, language))

    def send(self, written: EmailMessage) -> Failure | None:
        """Send one letter; None if it went out."""
        if self.unreachable:
            return self.unreachable
        try:
            self.connection.open()
        except Exception as error:  # whatever a mail back end raises must not reach the person who acted
            self.unreachable = _failure(written, error)
            return self.unreachable
        try:
            written.connection = self.connection
            written.send()
        except Exception as error:
            failure = _failure(written, error)
            if not isinstance(error, smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused):
                self._hang_up()
                self.unreachable = None if _only_hung_up(error) else failure
            return failure
        return None

    def _hang_up(self) -> None:
        try:
            self.connection.close()
        except OSError:
            log.warning("The connection to the mail server did not close in order.")


def _only_hung_up(error: Exception) -> bool:
    """Whether the server has closed the line, rather than kept silent; ``smtplib`` calls both disconnected."""
    return isinstance(error, smtplib.SMTPServerDisconnected) and not isinstance(error.__context__, TimeoutError)


def _failure(written: EmailMessage, error: Exception) -> Failure:
    """Why a letter did not go out; for good if the server knows no such address."""
    codes = [code for code, _said in error.recipients.values()] if isinstance(error, smtplib.SMTPRecipientsRefused) else []
    said = masked(f"{type(error).__name__}: {error}")
    log.warning("%s was not sent: %s", written.extra_headers.get("Message-ID", "A letter"), said)
    return Failure(said, refused=bool(codes) and min(codes) >= NO_SUCH_ADDRESS)


def letter(notice: Notice, language: str) -> EmailMessage:
    """The notice in plain text with the full address of its page, in the language it was written in."""
    with translation.override(language):
        parts = [
            notice.body,
            _("See it here: %(address)s") % {"address": site(notice.url)},
            _("This message was sent automatically. Please do not reply to it."),
            _choose(),
        ]
    return _written(f"notice.{notice.pk}", notice.user, notice.title, parts)


def digest(of: Digest, user: User, notices: list[Notice], language: str) -> EmailMessage:
    """The daily letter: a line for each unread notice, and where to read them."""
    with translation.override(language):
        title = ngettext("%(n)s unread notice", "%(n)s unread notices", len(notices)) % {"n": len(notices)}
        lines = [f"{number}. {notice.title}\n   {site(notice.url)}" for number, notice in enumerate(notices[:MOST_LINES], start=1)]
        parts = [
            _("What has been told you since the last daily letter and is still unread:"),
            *lines,
            _("And %(n)s more.") % {"n": len(notices) - MOST_LINES} if len(notices) > MOST_LINES else "",
            _("See it here: %(address)s") % {"address": site(reverse("notices:index"))},
            _choose(),
        ]
    return _written(f"digest.{of.pk}", user, title, parts)


def site(path: str) -> str:
    """The full address of a page."""
    return settings.SITE_URL.rstrip("/") + path


def _choose() -> str:
    return _("Choose what reaches you by e-mail: %(address)s") % {"address": site(reverse("notices:preferences"))}


def _written(name: str, user: User, title: str, parts: list[str]) -> EmailMessage:
    """A letter; its number is the same at every try, so that a mailbox that has it keeps one."""
    return EmailMessage(
        subject=title,
        body="\n\n".join(part for part in parts if part),
        to=[user.person.email],
        headers={"Auto-Submitted": "auto-generated", "Message-ID": f"<{name}@{urlsplit(settings.SITE_URL).hostname or 'qiao'}>"},
    )
