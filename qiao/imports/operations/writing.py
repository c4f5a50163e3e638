"""Writing an import: the rows compared anew and done, those that only add together."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from qiao.kernel import clock
from qiao.kernel.errors import Refused
from qiao.kernel.operation import operation
from qiao.kernel.policy import Actor

from ..flow import FLOW
from ..importer import WHOLE_ROW, Action, Importer, RowPlan, plan_rows
from ..models import ImportRow, ImportRun, RunState
from .batches import begin, keep, next_rows, next_work


@operation(FLOW["confirm"])
def confirm(run: ImportRun, *, actor: Actor) -> None:
    """Let each row do what it asks; those with problems are left out."""
    run.user, run.post, run.done_at = actor.user, actor.post, clock.now()
    next_work(run)
    begin(run)


@operation(FLOW["write"])
def write(run: ImportRun, *, actor: Actor) -> RunState:
    """Do the next rows, compared anew with the data as they are at this moment."""
    rows = next_rows(run)
    plans = _written(run.importer, run, rows)
    for row, plan in zip(rows, plans, strict=True):
        row.take(plan)
        row.cells = row.cells if plan.action == Action.REFUSE else {}
        row.changes = {}
    keep(run, rows)
    return RunState.WRITING if run.done < run.total else RunState.CONFIRMED


def _written(importer: Importer, run: ImportRun, rows: list[ImportRow]) -> list[RowPlan]:
    """What became of each row; one that was to be left out when the run was confirmed is left out."""
    actor, cells = run.actor.lend(run.trail), [(row.number, row.cells) for row in rows]
    context = importer.context(run.congress, cells, run.actor)
    plans = plan_rows(importer, context, cells, {})
    for row, plan in zip(rows, plans, strict=True):
        if row.action == Action.REFUSE:
            plan.action, plan.problems = Action.REFUSE, row.problems
    new = [plan for plan in plans if plan.action == Action.ADD]
    together = importer.apply_new is not None and _apply_new(importer, new, context, actor)
    if not together:
        context = importer.context(run.congress, cells, run.actor)  # what the rows had made on their way is gone
    for plan in plans:
        alone = plan.action == Action.CHANGE or (plan.action == Action.ADD and not together)
        if alone and not _apply(importer, plan, context, actor):
            context = importer.context(run.congress, cells, run.actor)
    return plans


def _apply_new(importer: Importer, plans: list[RowPlan], context: Any, actor: Actor) -> bool:
    """All rows that add, in one go; if one of them cannot be, none is done and each is tried by itself."""
    try:
        with transaction.atomic():
            importer.apply_new(plans, context, actor)  # type: ignore[misc]
    except (Refused, ValidationError, IntegrityError):
        for plan in plans:
            plan.made = []
        return False
    return True


def _apply(importer: Importer, plan: RowPlan, context: Any, actor: Actor) -> bool:
    """One row by the operations of its domain; if one of them refuses, the row is left out with its reason."""
    try:
        with transaction.atomic():
            importer.apply(plan, context, actor)
    except Refused as refused:
        plan.refuse(WHOLE_ROW, refused.reason)
    except ValidationError as error:
        plan.refuse(WHOLE_ROW, " ".join(error.messages))
    except IntegrityError:
        plan.refuse(WHOLE_ROW, _("Somebody else has just entered the same. Upload the row again."))
    return not plan.problems
