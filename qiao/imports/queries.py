"""What an import would do."""

from collections import Counter
from typing import Any

from .importer import Action, RowPlan, plan_rows
from .models import ImportRun, RunState


def plans_of(run: ImportRun, context: Any = None) -> list[RowPlan]:
    """What each row would do if it were confirmed now."""
    return plan_rows(run.importer, context or context_of(run), run.table())


def context_of(run: ImportRun) -> Any:
    """What the rows of a run are compared with, as it is now."""
    return run.importer.context(run.congress, run.table())


def told_of(run: ImportRun) -> list[RowPlan]:
    """Each row of a run: what it would do or, once confirmed, what became of it."""
    if run.state == RunState.UPLOADED:
        return plans_of(run)
    kept = dict(run.table())
    return [RowPlan(number, kept.get(number, {}), action, label, problems=problems) for number, action, label, problems in run.outcome]


def counted(plans: list[RowPlan]) -> list[tuple[Any, int]]:
    """How many rows each action has, in the order they are spoken of."""
    counts = Counter(str(plan.action) for plan in plans)
    return [(action, counts[action]) for action in Action]
