"""What happens after the commit: queueing, trying again, how far a job has come. With ``worker`` the only contact with the task library.

A job runs at least once: a worker may die after the work and before the tick in the book. So a job can be repeated without harm.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import task, task_backends
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from . import clock
from .models import Progress
from .policy import Actor, Words

__all__ = ["WAITS", "DBTaskResult", "TaskResultStatus", "begin", "ended", "enqueue", "later", "run_again", "step", "task", "waiting"]

WAITS = (dt.timedelta(seconds=30), dt.timedelta(minutes=5), dt.timedelta(minutes=30))
"""How long a job that failed waits before each further try; after the last it stays failed until somebody looks."""


def later() -> bool:
    """Whether jobs wait in the database for a worker; else they run in the process that asks for them."""
    return bool(task_backends["default"].supports_defer)


def waiting(path: str, *, priority: int) -> int:
    """How many jobs of one kind and priority could begin now."""
    return DBTaskResult.objects.ready().filter(task_path=path, priority=priority).count()


def enqueue(job: Task[..., Any], /, **given: Any) -> None:
    """Run ``job`` once the present transaction has committed, never if it does not. Arguments: ids and plain values.

    For a worker the job is a row of the same transaction: it is committed or lost together with what it follows from, even if the
    process dies in that moment. Without a worker it runs after the commit; what goes wrong there is written to the log.
    """
    if later():
        job.enqueue(**given)
    else:
        transaction.on_commit(lambda: job.enqueue(**given), robust=True)


# --- trying again -------------------------------------------------------------------------------------------------------------


def again(row: DBTaskResult[..., Any]) -> bool:
    """Let a job that failed wait for its next try; False when it has had all its tries."""
    tried = len(row.worker_ids)
    if tried > len(WAITS):
        return False
    failed = DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.FAILED)
    return bool(failed.update(status=TaskResultStatus.READY, run_after=timezone.now() + WAITS[tried - 1]))


def taken_over(row: DBTaskResult[..., Any]) -> bool:
    """Free a job whose worker is dead; a job that has outlived as many workers as it has tries stays failed, for it kills them."""
    held = DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.RUNNING, started_at=row.started_at)
    if len(row.worker_ids) > len(WAITS):
        return bool(held.update(status=TaskResultStatus.FAILED, finished_at=timezone.now(), traceback="The worker died."))
    return bool(held.update(status=TaskResultStatus.READY, run_after=timezone.now()))


def run_again(pk: Any) -> bool:
    """Give a failed job all its tries anew, beginning now; False if it is not there or not failed."""
    failed = DBTaskResult.objects.filter(pk=pk, status=TaskResultStatus.FAILED)
    return bool(failed.update(status=TaskResultStatus.READY, run_after=get_date_max(), worker_ids=[], traceback=""))


# --- how far --------------------------------------------------------------------------------------------------------------------


def begin(actor: Actor, label: Words, *, total: int = 0, url: str = "") -> Progress:
    """A record that a job for ``actor`` fills in and a page can show (``jobs/part.html``); give its id to the job."""
    return Progress.objects.create(user=actor.user, label=str(label)[:200], total=total, url=url)


def step(pk: int, *, more: int = 1, message: str = "", total: int | None = None) -> None:
    """So many more are done; outside a long transaction, else nobody sees it before the end."""
    said: dict[str, Any] = {"message": message[:500]} if message else {}
    if total is not None:
        said["total"] = total
    Progress.objects.filter(pk=pk).update(done=F("done") + more, at=clock.now(), **said)


def ended(pk: int, *, message: str = "", failed: bool = False, result: dict[str, Any] | None = None) -> None:
    """It is over: well, or with ``failed`` not."""
    state = Progress.State.FAILED if failed else Progress.State.DONE
    Progress.objects.filter(pk=pk).update(state=state, message=message[:500], result=result or {}, at=clock.now())
