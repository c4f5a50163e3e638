"""Open the evaluations whose seal has ended: for a timer, every morning."""

from typing import Any

from django.core.management.base import BaseCommand

from qiao.matters.operations import open_due


class Command(BaseCommand):
    help = "Opens every evaluation whose last day under seal is over, so that the unit reads it and what the rating means comes about."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{open_due()} evaluations opened.")
