"""Taking an import back: what it added many at a time, what it changed row by row; what cannot be stays and says why."""

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.utils.translation import gettext as _

from qiao.kernel import clock
from qiao.kernel.errors import Refused, Unfit
from qiao.kernel.operation import operation
from qiao.kernel.policy import Actor

from ..flow import FLOW
from ..importer import Importer
from ..models import ImportRow, ImportRun, RunState
from .batches import begin, keep, next_rows, next_work


@operation(FLOW["undo"])
def undo(run: ImportRun, *, actor: Actor) -> None:
    """Take back what the rows wrote, within a day; what something else depends on by now, or somebody has changed since, stays."""
    if run.undo_until is None or clock.now() > run.undo_until:
        raise Unfit(_("An import can be undone within a day after it was confirmed."))
    next_work(run)
    begin(run)


@operation(FLOW["unwrite"])
def unwrite(run: ImportRun, *, actor: Actor) -> RunState:
    """Take back the next rows; one that cannot be says why."""
    rows, system = next_rows(run), run.actor.lend(run.trail)
    struck = _struck_together(run, [row for row in rows if _only_added(row)], system)
    for row in rows:
        said = "" if row.number in struck else _taken_back(run.importer, row, system)
        row.notes = [said] if said else row.notes
        row.made = row.made if said else []
    keep(run, rows)
    return RunState.UNDOING if run.done < run.total else RunState.UNDONE


def _only_added(row: ImportRow) -> bool:
    """Whether the row made something and changed nothing that was there."""
    return bool(row.made) and all("before" not in made for made in row.made)


def _struck_together(run: ImportRun, rows: Sequence[ImportRow], actor: Actor) -> set[int]:
    """Strike out what many rows added; the numbers of the rows of which nothing is left. Those on which something depends are left out."""
    strike, left = run.importer.strike_new, list(rows)
    while strike is not None and left:
        made: dict[str, list[int]] = {}
        for row in left:
            for one in row.made:
                made.setdefault(one["model"], []).append(one["pk"])
        try:
            with transaction.atomic():
                strike(made, run.congress, actor)
            return {row.number for row in left}
        except Refused:
            break
        except models.ProtectedError as error:
            needed = _needed(error.protected_objects)
            fewer = [row for row in left if not any((one["model"], one["pk"]) in needed for one in row.made)]
            left = fewer if len(fewer) < len(left) else []
    return set()


def _needed(protected: Any) -> set[tuple[str, int]]:
    """What the objects point to that keep something from being struck out."""
    return {
        (field.related_model._meta.label, getattr(one, field.attname))
        for one in protected
        for field in one._meta.concrete_fields
        if field.is_relation
    }


def _taken_back(importer: Importer, row: ImportRow, actor: Actor) -> str:
    """Take back what one row made, the last first; the reason if that cannot be."""
    try:
        with transaction.atomic():
            for made in reversed(row.made):
                _take_back(importer, made, actor)
    except Refused as refused:
        return str(refused.reason)
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
