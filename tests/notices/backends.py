"""Mail servers as they can be: refusing one address, or not there at all."""

import smtplib
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend


class Picky(EmailBackend):
    """Refuses letters to one address."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        if any("refused" in to for message in messages for to in message.to):
            raise smtplib.SMTPRecipientsRefused({"refused@example.cn": (550, b"No such user")})
        return super().send_messages(messages)


class Absent(EmailBackend):
    """Does not answer; counts how often it was tried."""

    tried = 0

    def open(self) -> None:
        type(self).tried += 1
        raise ConnectionRefusedError("Connection refused")
