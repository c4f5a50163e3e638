"""What the work on an import has in common: it begins with the first row, and keeps what became of a batch."""

from django.utils.module_loading import import_string

from qiao.kernel import jobs

from ..models import ImportRow, ImportRun, RunState

BATCH = 500
"""Rows in one transaction: a second or two of work that a killed job loses at most."""
GO_ON = "qiao.imports.tasks.go_on"
"""By its name: tasks are a door and call operations, never the other way."""
KEPT = ["action", "label", "changes", "notes", "problems", "made", "cells", "waits"]


def begin(run: ImportRun) -> None:
    """Let a job do the work of the state the run is in."""
    jobs.enqueue(import_string(GO_ON), run_id=run.pk)


def next_work(run: ImportRun) -> None:
    """Let the work that follows begin with the first row."""
    run.rows.update(waits=True)
    run.done = 0


def next_rows(run: ImportRun) -> list[ImportRow]:
    """The rows the work has yet to come to, in the order of the table; what came last is undone first."""
    order = "-number" if run.state == RunState.UNDOING else "number"
    return list(run.rows.filter(waits=True).order_by(order)[:BATCH])


def keep(run: ImportRun, rows: list[ImportRow]) -> None:
    """Keep what was found out about the rows, written over what there is: ``bulk_update`` would take five times as long."""
    for row in rows:
        row.waits = False
    ImportRow.objects.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=KEPT)
    run.done += len(rows)
