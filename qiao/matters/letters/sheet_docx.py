"""A form to fill in as a Word document, for units that keep, finish or send it with their own office software."""

import io
from typing import Any

import docx
import segno
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.shared import Mm, Pt

from .docx import HEAD, describe, style
from .sheets import Part, Sheet

SIZE, PITCH = 12, 20
STYLES: dict[str, dict[str, Any]] = {
    "Sheet text": {"size": SIZE, "pitch": PITCH},
    "Sheet title": {"font": HEAD, "bold": True, "red": True, "size": 20, "align": "CENTER", "pitch": 28},
    "Sheet number": {"size": SIZE, "align": "CENTER", "pitch": PITCH, "after": 6},
    "Sheet heading": {"font": HEAD, "bold": True, "size": SIZE, "pitch": PITCH},
    "Sheet paragraph": {"size": SIZE, "pitch": PITCH, "indent": 2, "align": "JUSTIFY"},
    "Sheet signature": {"size": SIZE, "pitch": 30, "before": 12},
    "Sheet note": {"size": 10, "pitch": 16, "before": 12},
    "Sheet picture": {"size": SIZE, "align": "RIGHT", "pitch": PITCH},
}
"""Styles by the parts of the form, so that a unit can change a part everywhere at once."""


def sheet_docx(sheet: Sheet, unit: str) -> bytes:
    """The form of a ``unit`` as the bytes of a .docx file; what is not known yet is left to be filled in."""
    document = docx.Document()
    describe(document, sheet.title, unit)
    for name, look in STYLES.items():
        style(document, name, **look)
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Mm(22), Mm(20), Mm(22), Mm(22)
    document.add_paragraph(sheet.title, "Sheet title")
    document.add_paragraph(sheet.number, "Sheet number")
    _table(document, sheet)
    document.add_paragraph("　　".join(f"{one}：________________" for one in sheet.signatures), "Sheet signature")
    document.add_paragraph(sheet.note, "Sheet note")
    _picture(document, sheet.address)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _table(document: Any, sheet: Sheet) -> None:
    """The facts in two columns, the boxes to write in below them across both."""
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for label, text in sheet.facts:
        cells = table.add_row().cells
        for cell, words, look, width in zip(cells, (label, text.strip()), ("Sheet heading", "Sheet text"), (Mm(44), Mm(122)), strict=True):
            cell.width = width
            cell.paragraphs[0].style, cell.paragraphs[0].text = look, words
    for part in sheet.parts:
        first, last = table.add_row().cells
        _box(first.merge(last), part)


def _box(cell: Any, part: Part) -> None:
    cell.paragraphs[0].style, cell.paragraphs[0].text = "Sheet heading", part.heading
    for text in part.paragraphs:
        cell.add_paragraph(text, "Sheet paragraph")
    for _line in range(part.lines):
        cell.add_paragraph("", "Sheet text")


def _picture(document: Any, address: str) -> None:
    """The picture to scan, at the foot."""
    held = io.BytesIO()
    segno.make(address, error="m").save(held, kind="png", border=1, scale=6)
    held.seek(0)
    paragraph = document.add_paragraph(style="Sheet picture")
    paragraph.paragraph_format.line_spacing = Pt(80)
    paragraph.add_run().add_picture(held, width=Mm(24))
