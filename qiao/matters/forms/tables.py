"""A table of days off as people upload it: day, off or working, holiday."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.imports import parsers, sheet
from qiao.kernel.errors import Unfit
from qiao.rulebook.models import CalendarDay

from .act import day_field, long_text

OFF = {"休", "休息", "放假", "节假日", "off"}
WORKING = {"班", "上班", "调休", "补班", "working"}
CELLS = 3


HEADING = ["日期", "休或班", "节日"]


def written(days: Iterable[CalendarDay]) -> Iterator[list[str]]:
    """Days of a table as the rows of a file that ``read_days`` understands."""
    return ([day.day.isoformat(), "休" if day.off else "班", day.name] for day in days)


def read_days(name: str, content: bytes) -> list[tuple[dt.date, bool, str]]:
    """The days of an uploaded table; a first row of headings is passed over."""
    rows = sheet.read(name, content).rows
    return [_row(number, cells) for n, (number, cells) in enumerate(rows) if n or any(char.isdigit() for char in cells[0])]


def _row(number: int, cells: list[str]) -> tuple[dt.date, bool, str]:
    said = {"row": number}
    if len(cells) < CELLS or not cells[2]:
        raise Unfit(_("Row %(row)s needs three cells: the day, “休” or “班”, and the holiday.") % said)
    kind = cells[1].lower()
    if kind not in OFF | WORKING:
        raise Unfit(_("Row %(row)s: write “休” for a day off or “班” for a working day.") % said)
    try:
        return parsers.day(cells[0]), kind in OFF, cells[2][:40]
    except (Unfit, ValueError) as error:
        raise Unfit(_("Row %(row)s: “%(day)s” is not a day. Write it as 2027-02-06.") % {**said, "day": cells[0]}) from error


class TableForm(forms.Form):
    """The notice and its days."""

    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=2000, max_value=2100)
    source = forms.CharField(
        label=gettext_lazy("Source"), max_length=200, help_text=gettext_lazy("Title and number of the State Council's notice.")
    )
    published_on = day_field(gettext_lazy("Published on"))
    file = forms.FileField(
        label=gettext_lazy("Table"),
        help_text=gettext_lazy("An .xlsx or .csv file with three columns: the day, “休” (off) or “班” (working), the holiday."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def clean(self) -> dict[str, Any]:
        """The days, if the file can be understood."""
        given = super().clean() or {}
        file = given.pop("file", None)
        if file is None:
            return given
        try:
            if (file.size or 0) > sheet.SIZE_LIMIT:
                raise Unfit(sheet.too_large())
            given["days"] = read_days(file.name or "", file.read())
        except Unfit as said:
            self.add_error("file", said.reason)
        return given


class PublishTableForm(forms.Form):
    """Why the table is published or replaced."""

    note = forms.CharField(label=gettext_lazy("Reason"), max_length=1000, widget=long_text())
