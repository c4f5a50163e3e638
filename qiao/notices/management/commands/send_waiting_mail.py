"""Send the mail that did not go out: for a timer, every quarter of an hour."""

from typing import Any

from django.core.management.base import BaseCommand

from qiao.notices.operations import send_waiting


class Command(BaseCommand):
    help = "Sends the e-mail that has been waiting for more than a quarter of an hour, up to three times each."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{send_waiting()} waiting messages taken up.")
