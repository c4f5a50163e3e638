"""Tables as people upload them."""

import csv
import io

import xlsxwriter

from qiao.imports import operations
from qiao.imports.queries import counted
from qiao.imports.tasks import go_on

HEADINGS = ["代表证号", "姓名", "选区", "代表团", "性别", "出生日期", "联系电话", "代表类别", "基层代表", "首次当选", "当选日期"]


def row(card_no="0101", name="张桥生", **more):
    """One deputy by heading."""
    return {"代表证号": card_no, "姓名": name, "选区": "第一选区"} | more


def cells(rows, headings=None):
    headings = headings or [key for key in HEADINGS if any(key in each for each in rows)]
    return [headings, *[[each.get(key, "") for key in headings] for each in rows]]


def as_csv(rows, headings=None, encoding="utf-8-sig"):
    held = io.StringIO()
    csv.writer(held).writerows(cells(rows, headings))
    return held.getvalue().encode(encoding)


def as_xlsx(table, formats=None):
    """A workbook of rows of cells; numbers stay numbers, dates become the serials that spreadsheet programs write."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"strings_to_formulas": False}) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        for number, line in enumerate(table):
            for at, cell in enumerate(line):
                if hasattr(cell, "isoformat"):
                    sheet.write_datetime(number, at, cell, day)
                else:
                    sheet.write(number, at, cell)
    return held.getvalue()


def worked(run):
    """After the job has done its work."""
    go_on.call(run.pk)
    run.refresh_from_db()
    return run


def reads_english(actor):
    """Jobs speak the language of whoever brought the table."""
    actor.user.language = "en"
    actor.user.save()
    return actor


def upload(body, actor, rows, *, kind="deputies", headings=None, content=None, filename="table.csv"):
    content = content if content is not None else as_csv(rows, headings)
    return worked(operations.upload(body, actor=actor, kind=kind, filename=filename, content=content))


def confirmed(run, actor):
    return worked(operations.confirm(run, actor=actor))


def bring(body, actor, rows, **more):
    return confirmed(upload(body, actor, rows, **more), actor)


def plans_of(run):
    return [row.plan() for row in run.rows.order_by("number")]


def counts(run):
    return {action: n for action, n in counted(run).items() if n}


def problems(body, actor, rows, **more):
    """The problems of the last row."""
    return plans_of(upload(body, actor, rows, **more))[-1].problems


def undone(run, actor):
    return worked(operations.undo(run, actor=actor))
