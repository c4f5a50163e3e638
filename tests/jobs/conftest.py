"""Jobs that wait in the database, and a worker in this process that does what waits and goes."""

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from qiao.kernel import schedule
from qiao.kernel.worker import Worker


@pytest.fixture
def queued(settings):
    """Jobs are rows from now on."""
    settings.JOBS = "database"
    settings.TASKS = {"default": {**settings.TASKS["default"], "BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def work(queued, monkeypatch):
    """Let a worker without a schedule do what waits, now or later, once."""
    monkeypatch.setattr(schedule, "LINES", [])

    def go(name="w1", at=None):
        if at is None:
            DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())
        Worker(["*"], name=name, batch=True).run()

    return go
