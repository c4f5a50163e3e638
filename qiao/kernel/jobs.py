"""What happens after the commit: the only contact with the task library."""

import functools
from typing import Any

from django.db import transaction
from django_tasks import task
from django_tasks.base import Task

__all__ = ["enqueue", "task"]


def enqueue(job: Task[..., Any], /, **given: Any) -> None:
    """Run ``job`` once the present transaction has committed, never if it does not. Arguments: ids and plain values."""
    transaction.on_commit(functools.partial(job.enqueue, **given))
