"""The workbooks handed out: the empty template with its explanation, and the rows left out with their reasons."""

import io
from collections.abc import Iterable
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from .importer import WHOLE_ROW, Importer, RowPlan

TEXT = {"num_format": "@"}
"""Cells that keep what is typed: no lost leading zeros, no dates turned into numbers."""


def template(importer: Importer) -> bytes:
    """An empty table with the headings, and a second sheet that explains each column with an example."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold, text = book.add_format({"bold": True, "text_wrap": True}), book.add_format(TEXT)
        table = book.add_worksheet(_("Table"))
        table.freeze_panes(1, 0)
        table.set_column(0, len(importer.columns) - 1, 18, text)
        _write(table, 0, [str(column.heading) for column in importer.columns], bold)
        about = book.add_worksheet(_("Explanation"))
        about.set_column(0, 3, 32, book.add_format({"text_wrap": True}))
        _write(about, 0, [_("Column"), _("Required"), _("What to write"), _("Example")], bold)
        for number, row in enumerate(explained(importer), start=1):
            _write(about, number, [row["heading"], _("Yes") if row["required"] else _("No"), row["help"], row["example"]])
    return held.getvalue()


def explained(importer: Importer) -> list[dict[str, Any]]:
    """Each column in words, for the page and the template."""
    return [
        {"heading": str(column.heading), "required": column.required, "help": str(column.help), "example": column.example}
        for column in importer.columns
    ]


def left_out(importer: Importer, plans: Iterable[RowPlan]) -> bytes:
    """The rows with problems as they were, the cells at fault marked, and the reasons beside them; fit to be mended and uploaded."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold, text = book.add_format({"bold": True}), book.add_format(TEXT)
        bad = book.add_format({**TEXT, "bg_color": "#fbe3df"})
        sheet = book.add_worksheet(_("Table"))
        sheet.freeze_panes(1, 0)
        keys = [column.key for column in importer.columns]
        sheet.set_column(0, len(keys) - 1, 18, text)
        sheet.set_column(len(keys), len(keys), 60)
        _write(sheet, 0, [*(str(column.heading) for column in importer.columns), _("Why it was left out"), _("Row in the file")], bold)
        for number, plan in enumerate(plans, start=1):
            for at, key in enumerate(keys):
                sheet.write_string(number, at, plan.cells.get(key, ""), bad if key in plan.problems else text)
            sheet.write_string(number, len(keys), reasons(importer, plan))
            sheet.write_string(number, len(keys) + 1, str(plan.number))
    return held.getvalue()


def reasons(importer: Importer, plan: RowPlan) -> str:
    """All problems of a row in one line, each with its column."""
    headings = {column.key: str(column.heading) for column in importer.columns}
    return " ".join(reason if key == WHOLE_ROW else f"[{headings.get(key, key)}] {reason}" for key, reason in plan.problems.items())


def _write(sheet: Any, number: int, cells: list[str], shape: Any = None) -> None:
    for at, cell in enumerate(cells):
        sheet.write_string(number, at, cell, shape)
