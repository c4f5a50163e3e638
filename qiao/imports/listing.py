"""The rows of an import as a page shows them: filtered by what they would do, cut into pages, problems at their cells."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from .forms import RowFilter
from .importer import WHOLE_ROW, Action, Importer, RowPlan
from .models import ImportRun
from .queries import counted

PER_PAGE = 50


@dataclass
class Preview:
    """One page of an import's rows; speaks like a page of a list."""

    run: ImportRun
    query: QueryDict

    @property
    def importer(self) -> Importer:
        """What the table means."""
        return self.run.importer

    @cached_property
    def form(self) -> RowFilter:
        """The filter, bound to the address."""
        form = RowFilter(self.query)
        form.is_valid()
        return form

    @cached_property
    def action(self) -> str:
        """Rows of which action are shown; all if empty."""
        return str(self.form.cleaned_data.get("action", ""))

    @property
    def count(self) -> int:
        """How many rows were found."""
        return int(self.counts.get(self.action, 0)) if self.action else self.run.total

    @property
    def has_more(self) -> bool:
        """All rows are counted."""
        return False

    @cached_property
    def number(self) -> int:
        """The page asked for, from 1 to the last."""
        wanted = self.query.get("page", "1")
        last = max(1, -(-self.count // PER_PAGE))
        return min(max(int(wanted), 1), last) if wanted.isdecimal() and len(wanted) < 7 else 1  # noqa: PLR2004

    @property
    def has_previous(self) -> bool:
        """Whether there is a page before."""
        return self.number > 1

    @property
    def has_next(self) -> bool:
        """Whether there is a page after."""
        return self.number * PER_PAGE < self.count

    @property
    def previous_url(self) -> str:
        """The page before."""
        return self._url(page=self.number - 1)

    @property
    def next_url(self) -> str:
        """The page after."""
        return self._url(page=self.number + 1)

    def _url(self, **changes: Any) -> str:
        return "?" + urlencode({key: value for key, value in ({"action": self.action} | changes).items() if value})

    @property
    def tabs(self) -> list[dict[str, Any]]:
        """All rows, and those of each action, with their numbers."""
        every: list[Any] = [("", self.run.total), *self.counts.items()]
        labels = dict(self.form.fields["action"].choices)  # type: ignore[attr-defined]
        return [
            {
                "label": labels[str(action)],
                "count": count,
                "url": f"?action={action}" if action else "?",
                "active": str(action) == self.action,
            }
            for action, count in every
        ]

    @cached_property
    def counts(self) -> dict[Any, int]:
        """How many rows each action has."""
        return counted(self.run)

    @property
    def writes(self) -> int:
        """How many rows would be written."""
        return self.counts[Action.ADD] + self.counts[Action.CHANGE]

    @property
    def refused(self) -> int:
        """How many rows are left out."""
        return self.counts[Action.REFUSE]

    @cached_property
    def plans(self) -> list[RowPlan]:
        """The rows of this page as they were compared."""
        rows = self.run.rows.filter(**({"action": self.action} if self.action else {})).order_by("number")
        start = (self.number - 1) * PER_PAGE
        return [row.plan() for row in rows[start : start + PER_PAGE]]

    @property
    def columns(self) -> list[Any]:
        """The columns that the table has, or that a row of this page misses; none once no row of the page has its cells."""
        missed = {key for plan in self.plans for key in plan.problems}
        kept = set(self.run.columns) if any(plan.cells for plan in self.plans) else set()
        return [column for column in self.importer.columns if column.key in kept | missed]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows of this page, each cell with its old value or its problem."""
        return [self._row(plan) for plan in self.plans]

    def _row(self, plan: RowPlan) -> dict[str, Any]:
        cells = [
            {
                "heading": column.heading,
                "text": plan.cells.get(column.key, ""),
                "old": plan.changes[column.key][0] if column.key in plan.changes else None,
                "problem": plan.problems.get(column.key, ""),
            }
            for column in self.columns
        ]
        notes = [*plan.notes, *([plan.problems[WHOLE_ROW]] if WHOLE_ROW in plan.problems else [])]
        return {
            "number": plan.number,
            "action": plan.action,
            "says": Action(plan.action).label,
            "label": plan.label,
            "cells": cells,
            "notes": notes,
        }
