"""The process that runs background work: the library's worker, with signs of life, takeover of the dead, tries and the schedule.

A thread of its own gives the sign of life every few seconds, whatever the job is busy with, and looks at the clock and at the
others. A worker that is killed gives none, and after ``LEASE`` another takes its job over.
"""

import datetime as dt
import logging
import threading
import time
from typing import Any

from django.conf import settings
from django.db import Error, close_old_connections, connections
from django.utils import timezone
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from . import jobs, schedule
from .models import Beat

log = logging.getLogger("qiao.worker")
PAUSE = 5.0
"""Seconds after which a database that has gone is asked again."""
LONGEST = dt.timedelta(hours=2)
"""A job that takes longer hangs: its worker stops giving signs of life, and the job is taken over."""


def lease() -> dt.timedelta:
    """How old the sign of life of a living worker may be."""
    return dt.timedelta(seconds=settings.JOB_LEASE)


def living() -> list[Beat]:
    """The workers that are alive."""
    return list(Beat.objects.filter(at__gte=timezone.now() - lease()).order_by("worker"))


def take_over() -> int:
    """Free every job whose worker is dead; returns how many. A worker signs before it takes its first job."""
    alive = {beat.worker for beat in living()}
    orphans = [row for row in DBTaskResult.objects.running().order_by() if not row.worker_ids or row.worker_ids[-1] not in alive]
    return sum(jobs.taken_over(row) for row in orphans)


class Worker(db_worker.Worker):
    """Runs jobs one by one until it is told to stop; then it finishes the one it has begun."""

    def __init__(self, queues: list[str], *, name: str, batch: bool = False) -> None:
        super().__init__(
            queue_names=queues, interval=1, batch=batch, backend_name="default", startup_delay=not batch, max_tasks=None,
            worker_id=name, excluded_queue_names=[],
        )  # fmt: skip
        self._over = threading.Event()
        self._since: float | None = None

    def run(self) -> None:
        """Work, with the thread beside it."""
        self.beat()
        beside = threading.Thread(target=self._beside, name="beat", daemon=True)
        beside.start()
        try:
            while not self._ended():
                self._over.wait(PAUSE)
        finally:
            self._over.set()
            beside.join(timeout=settings.JOB_LEASE)
            Beat.objects.filter(worker=self.worker_id).delete()

    def _ended(self) -> bool:
        """Work until there is nothing more to do; False if the database was gone before, or had no room."""
        try:
            self._let_go()
            super().run()
        except Error:
            log.warning("The database does not answer, or has no room; the worker waits.", exc_info=True)
            self._since, self.running_task = None, False
            connections.close_all()
            return False
        return True

    def _let_go(self) -> None:
        """Free what this worker had in hand when the database went: it lives, so nobody else would take it over."""
        for row in DBTaskResult.objects.running():
            if row.worker_ids and row.worker_ids[-1] == self.worker_id:
                jobs.taken_over(row)

    def run_task(self, db_task_result: DBTaskResult[..., Any]) -> None:
        """One job; if it failed, its next try."""
        self._since = time.monotonic()
        super().run_task(db_task_result)
        self._since = None
        if db_task_result.status == jobs.TaskResultStatus.FAILED:
            jobs.again(db_task_result)

    def beat(self) -> None:
        """One round: a sign of life, the jobs of the dead, what the clock asks for."""
        if self._since is None or time.monotonic() - self._since < LONGEST.total_seconds():
            Beat.objects.update_or_create(worker=self.worker_id, defaults={"queues": ",".join(self.queue_names), "at": timezone.now()})
        if taken := take_over():
            log.warning("Jobs of dead workers taken over: %d", taken)
        schedule.run_due()

    def _beside(self) -> None:
        """Round after round; a database that does not answer is waited for."""
        while not self._over.wait(settings.JOB_LEASE / 6):
            try:
                close_old_connections()
                self.beat()
            except Error:
                log.warning("The database does not answer; the worker waits.", exc_info=True)
        connections.close_all()


def run(queues: list[str], *, name: str, batch: bool = False) -> None:
    """Start a worker in this process."""
    worker = Worker(queues, name=name, batch=batch)
    worker.configure_signals()
    worker.run()
