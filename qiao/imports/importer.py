"""What one kind of table means: its columns, what each row would do, and how it is done."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.kernel import journal
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import Operation
from qiao.kernel.policy import Actor, Rule, Words
from qiao.kernel.protected import Encoder, FingerprintField

from .parsers import Masked, Parse, Problem, in_each_language

HEADING_ROWS = 5
"""A table may have a title above its headings; they are looked for in this many rows."""
WHOLE_ROW = ""
"""The place of a problem that no single column has."""

Cells = list[tuple[int, dict[str, str]]]
"""Rows as read: the number a spreadsheet program shows, and the cells by column."""


class Action(models.TextChoices):
    """What a row would do."""

    ADD = "add", gettext_lazy("Added")
    CHANGE = "change", gettext_lazy("Changed")
    SAME = "same", gettext_lazy("Unchanged")
    REFUSE = "refuse", gettext_lazy("Left out")


@dataclass(frozen=True)
class Field:
    """One column: its key, its heading, how its cells are read, and what the template says about it."""

    key: str
    heading: Words
    parse: Parse
    required: bool = False
    help: Words = ""
    example: str = ""
    also: tuple[str, ...] = ()
    """Other headings that offices write for it."""

    def headings(self) -> set[str]:
        """Every heading by which the column is known."""
        return {_plain(text) for text in (*in_each_language(lambda: str(self.heading)), *self.also, self.key)}


@dataclass
class RowPlan:
    """What one row of the file would do, and why not."""

    number: int
    cells: dict[str, str]
    action: str = Action.SAME
    label: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    changes: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Old and new words by column, for a row that changes something."""
    notes: list[str] = field(default_factory=list)
    problems: dict[str, str] = field(default_factory=dict)
    target: Any = None
    """What the row changes, found while planning."""
    made: list[dict[str, Any]] = field(default_factory=list)
    """What writing the row made or changed, so that it can be undone."""

    def refuse(self, key: str, reason: str) -> None:
        """Leave the row out because of one of its cells."""
        self.action = Action.REFUSE
        self.problems.setdefault(key, str(reason))

    def open_masks(self, target: models.Model | None) -> None:
        """Take out masked cells that stand for what is there already; refuse those that would overwrite a value by its stars."""
        for key, value in [(key, value) for key, value in self.facts.items() if isinstance(value, Masked)]:
            del self.facts[key]
            if target is None or str(getattr(target, key)) != value:
                self.refuse(key, _("Stars stand here in place of the number. Write the whole number, or leave the cell empty."))

    def compare(self, now: dict[str, Any], show: Callable[[str, Any], str]) -> None:
        """Note as changes the facts of the row that differ from what there is."""
        for key, value in now.items():
            if key in self.facts and self.facts[key] != value:
                self.changes[key] = (show(key, value), self.cells.get(key, ""))

    def made_new(self, obj: models.Model | type[models.Model], pk: int | None = None) -> None:
        """Note an object that writing the row has made, by itself or by its model and key."""
        self.made.append({"model": obj._meta.label, "pk": pk or obj.pk})

    def made_other(self, old: models.Model, new: models.Model) -> None:
        """Note what writing the row has changed of an object: each value before and after."""
        before, after = stored(old), stored(new)
        changed = [name for name in after if before[name] != after[name]]
        if changed:
            values = {"before": {name: before[name] for name in changed}, "after": {name: after[name] for name in changed}}
            self.made.append({"model": new._meta.label, "pk": new.pk, **values})


def stored(obj: models.Model) -> dict[str, Any]:
    """The values of an object as they can be kept in a row: days as text, what it points to as its key, what is protected encrypted."""
    kept = {f.attname for f in obj._meta.concrete_fields if not isinstance(f, FingerprintField)}
    return dict(json.loads(json.dumps({name: value for name, value in journal.facts(obj).items() if name in kept}, cls=Encoder)))


@dataclass(frozen=True)
class Importer:
    """A kind of table. ``context`` reads what a batch of rows is compared with; ``plan`` decides a row; ``apply`` does it.

    ``apply_new`` does many rows that only add, all or none of them, and ``strike_new`` takes back what such rows of a congress made,
    by model and key, all or none; where there is none they are done one by one. ``strike`` and ``correct`` are, by model, the
    operations that take back what a row made and set back what it changed. ``dump`` gives the congress's present entries as rows of
    the same table.
    """

    kind: str
    label: Words
    about: Words
    columns: tuple[Field, ...]
    rule: Rule
    context: Callable[[Any, "Cells", Actor], Any]
    plan: Callable[[RowPlan, Any], None]
    apply: Callable[[RowPlan, Any, Actor], Any]
    identity: Callable[[dict[str, Any]], dict[str, Any]]
    """By column, what may stand only once in a file."""
    back: str
    """Name of the page whose list the rows go to."""
    strike: Mapping[str, Operation]
    correct: Mapping[str, Operation]
    dump: Callable[[Any], Iterable[dict[str, str]]]
    apply_new: Callable[[list[RowPlan], Any, Actor], None] | None = None
    strike_new: Callable[[Mapping[str, list[int]], Any, Actor], None] | None = None
    limit: int = 100_000


IMPORTERS: dict[str, Importer] = {}
"""Filled by the apps that declare a kind of table."""


def declare(importer: Importer) -> Importer:
    """Make a kind of table known."""
    if importer.kind in IMPORTERS:
        raise ValueError(f"importer {importer.kind!r} declared twice")
    IMPORTERS[importer.kind] = importer
    return importer


def _plain(heading: str) -> str:
    return "".join(heading.split()).strip("*＊").lower()


@dataclass(frozen=True)
class Table:
    """A sheet whose columns are known: for each row the cells by column key, the columns it has, and the headings nobody reads."""

    rows: Cells
    columns: list[str]
    unread: list[str]


def understand(importer: Importer, rows: list[tuple[int, list[str]]]) -> Table:
    """Find the headings and give every cell its column; Unfit when a required column is missing."""
    known = {heading: column.key for column in importer.columns for heading in column.headings()}
    needed = {column.key for column in importer.columns if column.required}

    def keys(cells: list[str]) -> list[str]:
        return [known.get(_plain(cell), "") for cell in cells]

    at = next((n for n, (_row, cells) in enumerate(rows[:HEADING_ROWS]) if needed <= set(keys(cells))), None)
    if at is None:
        raise Unfit(_missing(importer, {key for _row, cells in rows[:HEADING_ROWS] for key in keys(cells)}))
    heading = rows[at][1]
    order = keys(heading)
    _refuse_twice(importer, order)
    body = rows[at + 1 :]
    if not body:
        raise Unfit(_("There is no row below the headings."))
    if len(body) > importer.limit:
        raise Unfit(
            _("The table has %(count)s rows; at most %(limit)s can be imported at once.") % {"count": len(body), "limit": importer.limit}
        )
    table = [(number, {key: cell for key, cell in zip(order, cells, strict=False) if key and cell}) for number, cells in body]
    unread = [cell for cell, key in zip(heading, order, strict=True) if cell and not key]
    return Table([row for row in table if row[1]], [key for key in order if key], unread)


def _missing(importer: Importer, found: set[str]) -> str:
    absent = [str(column.heading) for column in importer.columns if column.required and column.key not in found]
    if not absent:
        return _("The headings must stand together in one of the first %(count)s rows.") % {"count": HEADING_ROWS}
    return _("Required columns are missing: %(names)s. Download the template and compare the headings.") % {"names": "、".join(absent)}


def _refuse_twice(importer: Importer, order: list[str]) -> None:
    twice = [str(column.heading) for column in importer.columns if order.count(column.key) > 1]
    if twice:
        raise Unfit(_("These columns stand there twice: %(names)s.") % {"names": "、".join(twice)})


Seen = dict[tuple[str, Any], int]
"""What has stood in the rows so far and may stand only once, with the first row it stood in."""


def plan_rows(importer: Importer, context: Any, rows: Cells, seen: Seen) -> list[RowPlan]:
    """What each row would do now, compared with the data as they are and with the rows above."""
    plans = []
    for number, cells in rows:
        plan = RowPlan(number, cells)
        _parse(importer, plan)
        if not plan.problems:
            _compare(importer, plan, seen)
        if not plan.problems:
            importer.plan(plan, context)
        plans.append(plan)
    return plans


def look_over(importer: Importer, rows: Cells, seen: Seen) -> None:
    """Remember of rows that were compared before what may stand only once."""
    for number, cells in rows:
        plan = RowPlan(number, cells)
        _parse(importer, plan)
        if not plan.problems:
            _compare(importer, plan, seen)


def _parse(importer: Importer, plan: RowPlan) -> None:
    """Read the cells; an empty one says nothing, so nothing is emptied by an import."""
    for column in importer.columns:
        text = plan.cells.get(column.key, "")
        if not text:
            if column.required:
                plan.refuse(column.key, _("This cell must not be empty."))
            continue
        try:
            plan.facts[column.key] = column.parse(text)
        except Problem as problem:
            plan.refuse(column.key, str(problem))


def _compare(importer: Importer, plan: RowPlan, seen: Seen) -> None:
    """Refuse what already stood in a row above."""
    for key, value in importer.identity(plan.facts).items():
        first = seen.setdefault((key, value), plan.number)
        if first != plan.number:
            plan.refuse(key, _("The same as in row %(row)s.") % {"row": first})
