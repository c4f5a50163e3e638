"""The one list: columns, filters, search, order, paging, export. Sixty pages, one behaviour."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any
from urllib.parse import urlencode

import xlsxwriter
from django import forms
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.utils.encoding import iri_to_uri
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from qiao.kernel.policy import Words

COUNT_LIMIT = 1_000
"""Beyond this a list says “more than” instead of counting: a count must not cost more than the page."""
PAGE_LIMIT = 200
EXPORT_LIMIT = 100_000
PART = 2_000
NOWRAP = SafeString(' class="whitespace-nowrap"')


@dataclass(frozen=True)
class Column:
    """One column: its key in the address, its heading, what an export writes, the fields it orders by, and whether rows without
    a value come last whichever way.

    A page shows the value too, or what ``cell`` makes of the row (``ui/cells.py``); ``names_row`` marks the cell that says which
    row it is, ``nowrap`` one that is kept on a line, ``in_files_only`` one that a page says otherwise.
    """

    key: str
    label: Words
    value: Callable[[Any], Any]
    order: tuple[str, ...] = ()
    blanks_last: bool = False
    cell: Callable[[Any], Any] | None = None
    names_row: bool = False
    nowrap: bool = False
    in_files_only: bool = False

    @property
    def frame(self) -> tuple[str, str]:
        """What stands before and behind each cell; on a phone, where there are no headings, a cell says itself what it is."""
        if self.names_row:
            return '<th scope="row">', "</th>"
        return format_html('<td data-label="{}"{}>', str(self.label), NOWRAP if self.nowrap else ""), "</td>"


@dataclass(frozen=True)
class Listing:
    """What a list page is made of; ``show`` turns a request and the rows one may see into what is shown.

    ``narrow`` says for each field of the ``filters`` form how a given value narrows the rows.
    """

    name: str
    columns: list[Column]
    filters: type[forms.Form]
    narrow: dict[str, Callable[[Any, Any], Any]]
    order: str
    per_page: int = 25
    prepare: Callable[[Iterable[Any]], list[Any]] = list
    """What is asked at once about the rows of a page, or of each part of a file, before they are shown."""

    def show(self, request: HttpRequest, rows: QuerySet[Any], **form_args: Any) -> "Shown":
        """Narrow, order and cut ``rows`` as the address asks; what it asks wrongly is said by the form and left out."""
        form = self.filters(request.GET or None, **form_args)
        form.is_valid()
        given = {k: v for k, v in getattr(form, "cleaned_data", {}).items() if v not in (None, "", [], False) and k in self.narrow}
        for key, value in given.items():
            rows = self.narrow[key](rows, value)
        return Shown(self, request.GET, rows, form, given)


def in_parts(rows: Iterable[Any], prepare: Callable[[Iterable[Any]], list[Any]]) -> Iterator[Any]:
    """The rows of a long file one by one, prepared so many at a time that it is never held whole."""
    waiting = iter(rows)
    while part := prepare(islice(waiting, PART)):
        yield from part


@dataclass
class Shown:
    """A list as one request sees it."""

    listing: Listing
    query: QueryDict
    found: QuerySet[Any]
    form: forms.Form
    given: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def order(self) -> tuple[Column, bool]:
        """The column ordered by, and whether downwards."""
        wanted = self.query.get("order", self.listing.order)
        by_key = {c.key: c for c in self.listing.columns if c.order}
        key = wanted.removeprefix("-")
        if key not in by_key:
            wanted = self.listing.order
            key = wanted.removeprefix("-")
        return by_key[key], wanted.startswith("-")

    @cached_property
    def ordered(self) -> QuerySet[Any]:
        """All rows found, in order."""
        column, down = self.order
        if column.blanks_last:
            keys: list[Any] = [F(name).desc(nulls_last=True) if down else F(name).asc(nulls_last=True) for name in column.order]
        else:
            keys = [name.removeprefix("-") if down and name.startswith("-") else f"-{name}" if down else name for name in column.order]
        return self.found.order_by(*keys, "-pk" if down else "pk")

    @cached_property
    def number(self) -> int:
        """The page asked for, from 1."""
        wanted = self.query.get("page", "1")
        return min(max(int(wanted), 1), PAGE_LIMIT) if wanted.isdecimal() and len(wanted) < 7 else 1  # noqa: PLR2004

    @cached_property
    def _cut(self) -> list[Any]:
        start = (self.number - 1) * self.listing.per_page
        return self.listing.prepare(self.ordered[start : start + self.listing.per_page + 1])

    @property
    def rows(self) -> list[Any]:
        """The rows of this page."""
        return self._cut[: self.listing.per_page]

    @property
    def columns(self) -> list[Column]:
        """The columns of the page."""
        return [column for column in self.listing.columns if not column.in_files_only]

    @property
    def body(self) -> str:
        """The rows of this page as the HTML of a table's body."""
        columns = [(*column.frame, column.cell or column.value) for column in self.columns]

        def cells(row: Any) -> Iterator[str]:
            for before, behind, ask in columns:
                value = ask(row)
                yield f"{before}{'' if value is None else conditional_escape(value)}{behind}"

        return SafeString("".join(f"<tr>{''.join(cells(row))}</tr>" for row in self.rows))

    @cached_property
    def count(self) -> int:
        """How many rows there are, counted no further than one past the limit."""
        if self.number == 1 and not self.has_next:
            return len(self.rows)
        return self.found.order_by()[: COUNT_LIMIT + 1].count()

    @property
    def has_more(self) -> bool:
        """Whether there are more rows than are counted."""
        return self.count > COUNT_LIMIT

    @property
    def count_limit(self) -> int:
        return COUNT_LIMIT

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_next(self) -> bool:
        return len(self._cut) > self.listing.per_page and self.number < PAGE_LIMIT

    @property
    def previous_url(self) -> str:
        return self.url(page=self.number - 1)

    @property
    def next_url(self) -> str:
        return self.url(page=self.number + 1)

    def url(self, **changes: Any) -> str:
        """This list's address with some of its parameters changed or, with None, left out."""
        query = {key: self.query.getlist(key) for key in self.query if self.query.get(key)}
        query.update({key: [value] for key, value in changes.items()})
        return "?" + urlencode({k: [x for x in v if x is not None] for k, v in query.items() if v != [None]}, doseq=True)

    @property
    def headings(self) -> list[dict[str, Any]]:
        """Each column's heading and, where it can be ordered by, the address that does."""
        now, down = self.order
        return [
            {
                "key": c.key,
                "label": c.label,
                "url": self.url(order=f"-{c.key}" if c is now and not down else c.key, page=None) if c.order else "",
                "direction": ("descending" if down else "ascending") if c is now else "",
            }
            for c in self.columns
        ]

    @property
    def chips(self) -> list[dict[str, str]]:
        """Each filter in force, in words, with the address that takes it off."""
        return [
            {
                "label": _("%(field)s: %(value)s") % {"field": self.form.fields[key].label, "value": self._in_words(key, value)},
                "url": self.url(**{key: None}, page=None),
            }
            for key, value in self.given.items()
        ]

    def _in_words(self, key: str, value: Any) -> str:
        if hasattr(value, "pk"):
            return str(value)
        choices = dict(getattr(self.form.fields[key], "choices", ()) or ())
        return str(choices.get(value, value))

    @property
    def export(self) -> str:
        """The kind of file asked for instead of a page, or nothing."""
        wanted = self.query.get("export", "")
        return wanted if wanted in EXPORTS else ""

    @property
    def exports(self) -> list[dict[str, str]]:
        return [{"label": kind.upper(), "url": self.url(export=kind, page=None)} for kind in EXPORTS]

    def _cells(self) -> Iterator[list[str]]:
        for row in in_parts(self.ordered[:EXPORT_LIMIT].iterator(chunk_size=PART), self.listing.prepare):
            yield ["" if (value := c.value(row)) is None else str(value) for c in self.listing.columns]

    def download(self) -> HttpResponse | StreamingHttpResponse:
        """All rows found, as the file asked for."""
        return EXPORTS[self.export](self.listing.name, [str(c.label) for c in self.listing.columns], self._cells())


def _attachment(response: Any, name: str) -> Any:
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{iri_to_uri(name)}"
    return response


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, value: str) -> str:
        """Hand back one line."""
        return value


FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet program may take for the beginning of a formula, East Asian ones the wide marks as well."""


def safe_cell(value: str) -> str:
    """A cell that no spreadsheet program takes for a formula."""
    return f"'{value}" if value.startswith(FORMULA_MARKS) else value


def _streamed(lines: Iterator[str], content_type: str) -> StreamingHttpResponse:
    """Lines sent one by one, in the reader's language: they are written when the middleware that knows it has left."""
    language = get_language()

    def spoken() -> Iterator[str]:
        with override(language):
            yield from lines

    return StreamingHttpResponse(spoken(), content_type=content_type)


def streamed_file(lines: Iterator[str], name: str, content_type: str) -> StreamingHttpResponse:
    """A file of lines to take away, sent one by one."""
    return _attachment(_streamed(lines, content_type), name)


def as_csv(name: str, heading: list[str], cells: Iterable[list[str]]) -> StreamingHttpResponse:
    """A CSV file, line by line; with the mark that lets spreadsheet programs read Chinese."""
    write = csv.writer(_Echo()).writerow

    def lines() -> Iterator[str]:
        yield "\ufeff"
        yield write(heading)
        for row in cells:
            yield write([safe_cell(value) for value in row])

    return _attachment(_streamed(lines(), "text/csv; charset=utf-8"), f"{name}.csv")


def as_xlsx(name: str, heading: list[str], cells: Iterable[list[str]]) -> HttpResponse:
    """An Excel workbook with one sheet; every cell is text."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        for column, label in enumerate(heading):
            sheet.write_string(0, column, label, bold)
            sheet.set_column(column, column, 18)
        for number, row in enumerate(cells, start=1):
            for column, value in enumerate(row):
                sheet.write_string(number, column, value)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _attachment(HttpResponse(held.getvalue(), content_type=kind), f"{name}.xlsx")


def as_json(name: str, heading: list[str], cells: Iterable[list[str]]) -> StreamingHttpResponse:
    """A JSON list of objects, one a row, keyed by the headings."""

    def lines() -> Iterator[str]:
        yield "["
        for number, row in enumerate(cells):
            yield ("," if number else "") + "\n" + json.dumps(dict(zip(heading, row, strict=True)), ensure_ascii=False)
        yield "\n]\n"

    return _attachment(_streamed(lines(), "application/json"), f"{name}.json")


EXPORTS: dict[str, Callable[[str, list[str], Iterable[list[str]]], Any]] = {"csv": as_csv, "xlsx": as_xlsx, "json": as_json}
