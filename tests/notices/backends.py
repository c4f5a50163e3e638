"""Mail servers as they can be: refusing one address, or not there at all."""

import smtplib
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend


class Picky(EmailBackend):
    """Knows no ``refused``, and has no time for ``busy``."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        (to,) = messages[0].to
        if "refused" in to:
            raise smtplib.SMTPRecipientsRefused({to: (550, b"No such user")})
        if "busy" in to:
            raise smtplib.SMTPRecipientsRefused({to: (450, b"Mailbox busy")})
        return super().send_messages(messages)


class Absent(EmailBackend):
    """Does not answer; counts how often it was tried."""

    tried = 0

    def open(self) -> None:
        type(self).tried += 1
        raise ConnectionRefusedError("Connection refused")
