"""Everything that can be done to an import: upload, compare, confirm, write, cancel, undo. What takes time goes batch by batch.

Each batch is one transaction that leaves its rows marked as done: a job that is killed is followed by another that goes on where
the first one was (``tasks.go_on``).
"""

from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.kernel import clock, jobs
from qiao.kernel.errors import NotAllowed, Refused, Unfit
from qiao.kernel.operation import Permit, operation
from qiao.kernel.policy import Actor
from qiao.orgs.models import Congress

from . import policy, sheet
from .flow import FLOW
from .importer import IMPORTERS, WHOLE_ROW, Action, Importer, RowPlan, Seen, plan_rows, understand
from .models import ImportRow, ImportRun, RunState
from .queries import next_rows

BATCH = 500
"""Rows in one transaction: a second or two of work that a killed job loses at most."""
GO_ON = "qiao.imports.tasks.go_on"
"""By its name: tasks are a door and call operations, never the other way."""
KEPT = ["action", "label", "changes", "notes", "problems", "made", "cells", "waits"]


@operation(Permit("import_run.upload", policy.bring, gettext_lazy("Upload a table")))
def upload(congress: Congress, *, actor: Actor, kind: str, filename: str, content: bytes) -> ImportRun:
    """Read a table and keep its rows to be compared and looked at; nothing else is written."""
    importer = IMPORTERS.get(kind)
    if importer is None:
        raise Unfit(_("There is no import of this kind."))
    said = importer.rule(actor, congress)
    if not said:
        raise NotAllowed(said.reason, "import_run.upload")
    table = understand(importer, sheet.read(filename, content).rows)
    run = ImportRun(
        congress=congress, kind=kind, user=actor.user, post=actor.post, filename=filename[-200:], unread=table.unread,
        columns=table.columns, total=len(table.rows),
    )  # fmt: skip
    run.full_clean()
    run.save()
    ImportRow.objects.bulk_create((ImportRow(run=run, number=number, cells=cells) for number, cells in table.rows), batch_size=2000)
    _begin(run)
    return run


def _begin(run: ImportRun) -> None:
    """Let a job do the work of the state the run is in."""
    jobs.enqueue(import_string(GO_ON), run_id=run.pk)


def _next(run: ImportRun) -> None:
    """Let the work that follows begin with the first row."""
    run.rows.update(waits=True)
    run.done = 0


def _keep(run: ImportRun, rows: list[ImportRow]) -> None:
    """Keep what was found out about the rows, written over what there is: ``bulk_update`` would take five times as long."""
    for row in rows:
        row.waits = False
    ImportRow.objects.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=KEPT)
    run.done += len(rows)


@operation(FLOW["compare"])
def compare(run: ImportRun, *, actor: Actor, seen: Seen) -> RunState:
    """Compare the next rows with the data and, by ``seen``, with the rows above; after the last one the run waits for confirmation."""
    rows = next_rows(run, BATCH)
    cells = [(row.number, row.cells) for row in rows]
    plans = plan_rows(run.importer, run.importer.context(run.congress, cells, run.actor), cells, seen)
    for row, plan in zip(rows, plans, strict=True):
        row.take(plan)
    _keep(run, rows)
    return RunState.READING if run.done < run.total else RunState.UPLOADED


@operation(FLOW["confirm"])
def confirm(run: ImportRun, *, actor: Actor) -> None:
    """Let each row do what it asks; those with problems are left out."""
    run.user, run.post, run.done_at = actor.user, actor.post, clock.now()
    _next(run)
    _begin(run)


@operation(FLOW["write"])
def write(run: ImportRun, *, actor: Actor) -> RunState:
    """Do the next rows, compared anew with the data as they are at this moment."""
    rows = next_rows(run, BATCH)
    plans = _written(run.importer, run, rows)
    for row, plan in zip(rows, plans, strict=True):
        row.take(plan)
        row.cells = row.cells if plan.action == Action.REFUSE else {}
        row.changes = {}
    _keep(run, rows)
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


@operation(FLOW["cancel"])
def cancel(run: ImportRun, *, actor: Actor) -> None:
    """Give the import up; its rows are not kept."""
    run.rows.all().delete()
    run.done_at = clock.now()


@operation(FLOW["undo"])
def undo(run: ImportRun, *, actor: Actor) -> None:
    """Take back what the rows wrote, within a day; what something else depends on by now, or somebody has changed since, stays."""
    if run.undo_until is None or clock.now() > run.undo_until:
        raise Unfit(_("An import can be undone within a day after it was confirmed."))
    _next(run)
    _begin(run)


@operation(FLOW["unwrite"])
def unwrite(run: ImportRun, *, actor: Actor) -> RunState:
    """Take back the next rows, each by itself; one that cannot be says why."""
    rows = next_rows(run, BATCH)
    for row in rows:
        said = _taken_back(run.importer, row, run.actor.lend(run.trail))
        row.notes = [said] if said else row.notes
        row.made = row.made if said else []
    _keep(run, rows)
    return RunState.UNDOING if run.done < run.total else RunState.UNDONE


def _taken_back(importer: Importer, row: ImportRow, actor: Actor) -> str:
    """Take back what one row made, the last first; the reason if that cannot be."""
    try:
        with transaction.atomic():
            for made in reversed(row.made):
                _take_back(importer, made, actor)
    except Refused as refused:
        return refused.reason
    except models.ProtectedError:
        return _("Not undone: something else depends on it by now.")
    return ""


def _take_back(importer: Importer, made: dict[str, Any], actor: Actor) -> None:
    model: Any = apps.get_model(made["model"])
    held = model._default_manager.filter(pk=made["pk"]).first()
    if held is None:
        return
    if "before" not in made:
        importer.strike[made["model"]](held, actor=actor)
        return
    fields = {f.attname: f for f in model._meta.concrete_fields}
    before, after = ({name: fields[name].to_python(value) for name, value in made[which].items()} for which in ("before", "after"))
    if any(getattr(held, name) != value for name, value in after.items()):
        raise Unfit(_("Not undone: it has been changed since."))
    importer.correct[made["model"]](held, actor=actor, **before)
