"""How far an import is, and what of it is shown."""

from typing import Any

from django.db.models import Count

from .importer import Action, Seen, look_over
from .models import ImportRun

BATCH = 1_000


def seen_in(run: ImportRun) -> Seen:
    """What the rows compared so far hold that may stand only once: for a job that goes on with another's work."""
    seen: Seen = {}
    compared = run.rows.filter(waits=False).order_by("number").values_list("number", "cells")
    look_over(run.importer, list(compared.iterator(BATCH)), seen)
    return seen


def counted(run: ImportRun) -> dict[Any, int]:
    """How many rows each action has, in the order they are spoken of."""
    counts = dict(run.rows.order_by().values_list("action").annotate(Count("id")))
    return {action: counts.get(action, 0) for action in Action}
