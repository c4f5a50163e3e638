"""Taking a table in: read, compared batch by batch, or given up."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.kernel import clock
from qiao.kernel.errors import NotAllowed, Unfit
from qiao.kernel.operation import Permit, operation
from qiao.kernel.policy import Actor
from qiao.orgs.models import Congress

from .. import policy, sheet
from ..flow import FLOW
from ..importer import IMPORTERS, Seen, plan_rows, understand
from ..models import ImportRow, ImportRun, RunState
from .batches import begin, keep, next_rows


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
    begin(run)
    return run


@operation(FLOW["compare"])
def compare(run: ImportRun, *, actor: Actor, seen: Seen) -> RunState:
    """Compare the next rows with the data and, by ``seen``, with the rows above; after the last one the run waits for confirmation."""
    rows = next_rows(run)
    cells = [(row.number, row.cells) for row in rows]
    plans = plan_rows(run.importer, run.importer.context(run.congress, cells, run.actor), cells, seen)
    for row, plan in zip(rows, plans, strict=True):
        row.take(plan)
    keep(run, rows)
    return RunState.READING if run.done < run.total else RunState.UPLOADED


@operation(FLOW["cancel"])
def cancel(run: ImportRun, *, actor: Actor) -> None:
    """Give the import up; its rows are not kept."""
    run.rows.all().delete()
    run.done_at = clock.now()
