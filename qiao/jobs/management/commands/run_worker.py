"""Run background work and the schedule: one process of as many as are wanted."""

import os
import socket
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.crypto import get_random_string

from qiao.kernel import worker


class Command(BaseCommand):
    help = "Runs background jobs and the schedule until it is told to stop; QIAO_JOBS must be database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--queues", default="*", help="Queues to serve, separated by commas; all by default.")
        parser.add_argument("--batch", action="store_true", help="Stop when nothing waits.")

    def handle(self, *args: Any, queues: str, batch: bool, **options: Any) -> None:
        if settings.JOBS != "database":
            raise CommandError("Jobs run in the request here (QIAO_JOBS=immediate): there is nothing for a worker to do.")
        name = f"{socket.gethostname()[:30]}-{os.getpid()}-{get_random_string(6)}"
        worker.run(queues.split(","), name=name, batch=batch)
