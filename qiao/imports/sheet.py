"""Reads an uploaded table, .xlsx or .csv, into rows of text; refuses with a sentence what cannot be read safely."""

import csv
import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from qiao.kernel.errors import Unfit

SIZE_LIMIT = 20 * 1024 * 1024
ROW_LIMIT = 100_000
COLUMN_LIMIT = 100
CELL_LIMIT = 12_000
"""Characters; the longest text that a table may hold is a reply."""
UNPACKED_LIMIT = 200 * 1024 * 1024
MEMBER_LIMIT = 500
ENCODINGS = ("utf-8-sig", "gb18030")
BROKEN = (CalamineError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, KeyError)
FORMULA_MARKS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")

UTF_16 = (b"\xff\xfe", b"\xfe\xff")
"""How the “Unicode text” of spreadsheet programs begins."""
_BELOW = rb"""(?!100000")[1-9]\d{5,}\""""
_OPEN = rb"""[^>]*(?<!/)>"""
FAR = re.compile(
    rb"""r="(?:(?:[A-Z]+%b|(?:[A-Z]{3,}|[D-Z][A-Z]|C[W-Z])\d+")%b|%b%b(?:(?!</(?:\w+:)?row\b).)*?<(?:\w+:)?(?:v|is|f)\b)"""
    % (_BELOW, _OPEN, _BELOW, _OPEN),
    re.DOTALL,
)
"""A cell with something in it, below row 100,000 or right of the hundredth column: by its own name, or by that of its row."""
ODD = re.compile(rb"""r(?:\s+=|=\s|='|="[A-Z]*[a-z])""")
NAME = re.compile(rb"""\br\s*=\s*["']([A-Za-z]*\d+)["']""")
"""How no spreadsheet program writes the name of a cell, though it may be read; and a name however written."""

Rows = list[tuple[int, list[str]]]


@dataclass(frozen=True)
class Sheet:
    """What a file holds: its rows that are not blank, each with the number a spreadsheet program shows beside it."""

    rows: Rows


def read(name: str, content: bytes) -> Sheet:
    """The rows of an uploaded file."""
    if len(content) > SIZE_LIMIT:
        raise Unfit(too_large())
    if not content.strip():
        raise Unfit(_("The file is empty."))
    kind = name.lower().rpartition(".")[2]
    if kind == "xlsx":
        return Sheet(_kept(_from_xlsx(content)))
    if kind == "csv":
        return Sheet(_kept(_from_csv(content)))
    raise Unfit(_("Only .xlsx and .csv files can be read. Save the table as one of these and upload it again."))


def too_large() -> str:
    """The sentence about a file over the limit."""
    return _("The file is larger than %(size)s MB.") % {"size": SIZE_LIMIT // 1024 // 1024}


def _kept(cells: Iterable[list[Any]]) -> Rows:
    """The rows with something in them, as text, within the limits."""
    rows: Rows = []
    for number, row in enumerate(cells, start=1):
        if number > ROW_LIMIT:
            raise Unfit(_("The table has more than %(limit)s rows. Divide it into several files.") % {"limit": ROW_LIMIT})
        texts = [as_text(cell) for cell in row]
        while texts and not texts[-1]:
            texts.pop()
        if len(texts) > COLUMN_LIMIT:
            raise Unfit(_("Row %(row)s has more than %(limit)s columns.") % {"row": number, "limit": COLUMN_LIMIT})
        if any(len(text) > CELL_LIMIT for text in texts):
            raise Unfit(_("A cell of row %(row)s is longer than %(limit)s characters.") % {"row": number, "limit": CELL_LIMIT})
        if texts:
            rows.append((number, texts))
    return rows


def as_text(cell: Any) -> str:
    """A cell as a person would write it: numbers without “.0”, days as 2023-01-05, formulas as the text they are."""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        cell = cell.date() if cell.time() == dt.time() else cell
    text = str(cell).replace("\x00", "").strip()
    # The mark that keeps an export's cell from being taken for a formula is not part of what was written.
    return text[1:] if text[:1] == "'" and text[1:2] in FORMULA_MARKS else text


def _from_csv(content: bytes) -> Iterable[list[str]]:
    text = _decoded(content)
    if "\x00" in text:
        raise Unfit(_("This is not a table of text. Save it as .xlsx, or as .csv in UTF-8, and upload it again."))
    head = text.split("\n", 1)[0]
    delimiter = max(",\t;", key=head.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise Unfit(_("The file cannot be read as .csv: %(error)s") % {"error": error}) from error


def _decoded(content: bytes) -> str:
    for encoding in ["utf-16"] if content.startswith(UTF_16) else ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unfit(_("The characters of the file cannot be read. Save it as .xlsx, or as .csv in UTF-8, and upload it again."))


def _from_xlsx(content: bytes) -> Iterable[list[Any]]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(_measured(content)))
        if not book.sheet_names:
            raise Unfit(_("The workbook has no sheet."))
        sheet = book.get_sheet_by_index(0)
        if sheet.total_height > ROW_LIMIT or sheet.total_width > COLUMN_LIMIT * 10:
            raise Unfit(_("The table has more than %(limit)s rows. Divide it into several files.") % {"limit": ROW_LIMIT})
        return sheet.to_python(skip_empty_area=False)
    except Unfit:
        raise
    except BaseException as error:
        if isinstance(error, BROKEN) or type(error).__name__ == "PanicException":  # the reader's own, which is no Exception
            raise Unfit(_("The file cannot be read as .xlsx: it is damaged or locked with a password.")) from error
        raise


def _measured(content: bytes) -> bytes:
    """The workbook packed anew from what was really read of it, so that no file can unpack to more than it says."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        members = packed.infolist()
        if len(members) > MEMBER_LIMIT or sum(member.file_size for member in members) > UNPACKED_LIMIT:
            raise Unfit(_("The workbook unpacks to more than can be read. Copy the table into a new workbook and try again."))
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as plain:
            for member in members:
                part = packed.read(member)
                _near(part)
                plain.writestr(member.filename, part)
    return held.getvalue()


def _near(part: bytes) -> None:
    """The reader holds every cell up to the last: one far out in a file of a few bytes would fill the memory."""
    plain = NAME.sub(lambda name: b'r="%b"' % name[1].upper(), part) if ODD.search(part) else part
    if FAR.search(plain):
        said = {"rows": ROW_LIMIT, "columns": COLUMN_LIMIT}
        raise Unfit(
            _("Something stands below row %(rows)s or right of column %(columns)s. Copy the table into a new workbook and try again.")
            % said
        )
