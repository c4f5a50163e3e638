"""Periodic work: lines of cron and task, each moment run once however many workers look at the clock."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from cronsim import CronSim
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks.base import Task

from . import clock, jobs
from .models import Tick
from .policy import Words

LINES: list["Every"] = []
"""The lines in force; filled from ``web/schedule.py`` and nowhere else."""


@dataclass(frozen=True)
class Every:
    """One line: when (cron, five fields, in the legal time of the congress), what, and what it is called."""

    cron: str
    task: Task[..., Any]
    label: Words

    @property
    def name(self) -> str:
        """By what the line's runs are known; a changed time does not make it another line."""
        return self.task.module_path

    def last_due(self, now: dt.datetime) -> dt.datetime:
        """The latest moment up to ``now`` at which it was due."""
        local = timezone.localtime(now).replace(second=0, microsecond=0) + dt.timedelta(minutes=1)
        return next(CronSim(self.cron, local, reverse=True))

    def next_due(self, now: dt.datetime) -> dt.datetime:
        """The first moment after ``now`` at which it will be due."""
        return next(CronSim(self.cron, timezone.localtime(now)))


def run_due(lines: list[Every] | None = None) -> list[str]:
    """Queue every line that is due and nobody has queued yet; returns their names.

    After a pause a line is run once for all the moments missed: what it does is to catch up with what waits.
    """
    return [line.name for line in (LINES if lines is None else lines) if _taken(line, line.last_due(clock.now()))]


def _taken(line: Every, due: dt.datetime) -> bool:
    """Write the row of this moment and queue the job with it, both or neither; False if another worker was first."""
    if Tick.objects.filter(name=line.name, due=due).exists():
        return False
    try:
        with transaction.atomic():
            Tick.objects.create(name=line.name, due=due)
            jobs.enqueue(line.task)
    except IntegrityError:
        return False
    return True
