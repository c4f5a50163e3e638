"""Everything that can be done to an import: upload, confirm, cancel."""

from collections import Counter
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.kernel import clock
from qiao.kernel.errors import NotAllowed, Refused, Unfit
from qiao.kernel.operation import Permit, operation
from qiao.kernel.policy import Actor
from qiao.orgs.models import Congress

from . import policy, sheet
from .flow import FLOW
from .importer import IMPORTERS, WHOLE_ROW, Action, Importer, RowPlan, understand
from .models import ImportRun
from .queries import context_of, plans_of


@operation(Permit("import_run.upload", policy.bring, gettext_lazy("Upload a table")))
def upload(congress: Congress, *, actor: Actor, kind: str, filename: str, content: bytes) -> ImportRun:
    """Read a table and keep its rows to be looked at; nothing else is written."""
    importer = IMPORTERS.get(kind)
    if importer is None:
        raise Unfit(_("There is no import of this kind."))
    said = importer.rule(actor, congress)
    if not said:
        raise NotAllowed(said.reason, "import_run.upload")
    table = understand(importer, sheet.read(filename, content).rows)
    run = ImportRun(congress=congress, kind=kind, user=actor.user, filename=filename[-200:], rows=table.rows, unread=table.unread)
    run.full_clean()
    run.save()
    return run


@operation(FLOW["confirm"])
def confirm(run: ImportRun, *, actor: Actor) -> None:
    """Do what each row asks, planned anew against the data as they are now; rows with problems are left out."""
    context = context_of(run)
    plans = plans_of(run, context)
    for plan in plans:
        if plan.action in {Action.ADD, Action.CHANGE} and not _apply(run.importer, plan, context, actor):
            context = context_of(run)  # what the refused row had made on its way is gone
    run.counts = dict(Counter(str(plan.action) for plan in plans))
    run.outcome = [[plan.number, str(plan.action), plan.label, plan.problems] for plan in plans]
    left_out: list[Any] = [[plan.number, plan.cells] for plan in plans if plan.action == Action.REFUSE]
    run.rows = left_out
    run.done_at = clock.now()


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
    run.rows = []
    run.done_at = clock.now()
