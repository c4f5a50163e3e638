"""What happens after the commit: the only contact with the task library."""

from typing import Any

from django.db import transaction
from django_tasks import task
from django_tasks.base import Task

__all__ = ["enqueue", "task"]


def enqueue(job: Task[..., Any], /, **given: Any) -> None:
    """Run ``job`` once the present transaction has committed, never if it does not. Arguments: ids and plain values.

    A job that cannot be queued is written to the log: what it would have followed from is done all the same.
    """
    transaction.on_commit(lambda: job.enqueue(**given), robust=True)
