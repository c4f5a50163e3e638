"""Run what the schedule says is due: for a timer, every five minutes, where no worker runs."""

from typing import Any

from django.core.management.base import BaseCommand

from qiao.kernel import schedule


class Command(BaseCommand):
    help = "Runs (or, with a worker, queues) every line of the schedule that is due and has not been run."

    def handle(self, *args: Any, **options: Any) -> None:
        names = schedule.run_due()
        self.stdout.write("\n".join(names) if names else "Nothing is due.")
