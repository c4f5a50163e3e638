"""Notices as plain e-mail."""

import logging
import smtplib
from types import TracebackType
from typing import Self

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils import translation
from django.utils.translation import gettext as _

from .models import Notice

PATIENCE = 20
"""Seconds a mail server may take to answer."""
log = logging.getLogger(__name__)


class Postman:
    """Carries many letters over one connection; says what went wrong instead of raising it.

    Once the server does not answer, the rest of the batch is not tried against it: each try would wait in vain.
    """

    def __init__(self) -> None:
        self.connection = get_connection(timeout=PATIENCE)
        self.unreachable = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            self.connection.close()
        except OSError:
            log.warning("The connection to the mail server did not close in order.")

    def send(self, notice: Notice, language: str) -> str:
        """Send one letter; returns the error, or nothing if it went out."""
        if self.unreachable:
            return self.unreachable
        try:
            self.connection.open()
            letter(notice, language, self.connection).send()
        except Exception as error:  # whatever a mail back end raises must not reach the person who acted
            said = f"{type(error).__name__}: {error}"
            log.warning("Notice %s was not sent: %s", notice.pk, said)
            if isinstance(error, smtplib.SMTPServerDisconnected | smtplib.SMTPConnectError) or (
                isinstance(error, OSError) and not isinstance(error, smtplib.SMTPException)
            ):
                self.unreachable = said
            return said
        return ""


def letter(notice: Notice, language: str, connection: object = None) -> EmailMessage:
    """The notice in plain text with the full address of its page, in the language it was written in."""
    with translation.override(language):
        parts = [
            notice.body,
            _("See it here: %(address)s") % {"address": settings.SITE_URL.rstrip("/") + notice.url},
            _("This message was sent automatically. Please do not reply to it."),
        ]
    return EmailMessage(
        subject=notice.title,
        body="\n\n".join(part for part in parts if part),
        to=[notice.user.person.email],
        connection=connection,  # type: ignore[arg-type]
        headers={"Auto-Submitted": "auto-generated"},
    )
