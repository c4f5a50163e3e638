"""Reading uploaded tables, whatever program wrote them."""

import datetime as dt
import io
import re
import zipfile

import pytest

from qiao.imports import sheet
from qiao.kernel.errors import Unfit
from tests.files import factories as files
from tests.imports import factories


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_is_read_in_the_encodings_that_offices_save_it_in(encoding):
    content = "姓名,证号\r\n张桥生,0012\r\n".encode(encoding)
    assert sheet.read("代表.CSV", content).rows == [(1, ["姓名", "证号"]), (2, ["张桥生", "0012"])]


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
def test_the_unicode_text_of_spreadsheet_programs_is_read(order):
    content = "\ufeff姓名\t证号\r\n张桥生\t0012\r\n".encode(order)
    assert sheet.read("a.csv", content).rows == [(1, ["姓名", "证号"]), (2, ["张桥生", "0012"])]


@pytest.mark.parametrize("mark", [";", "\t"])
def test_csv_may_be_divided_by_semicolons_or_tabs(mark):
    assert sheet.read("a.csv", f"a{mark}b\n1{mark}2".encode()).rows == [(1, ["a", "b"]), (2, ["1", "2"])]


def test_blank_rows_are_skipped_and_the_others_keep_their_numbers():
    assert sheet.read("a.csv", b"a,b\n,\n\n1,2\n").rows == [(1, ["a", "b"]), (4, ["1", "2"])]


def test_a_workbook_gives_texts_days_and_whole_numbers():
    table = [["姓名", "证号", "日期", "电话", "比"], ["张桥生", "0012", dt.datetime(2023, 1, 5), 13800000000, 0.5]]
    assert sheet.read("a.xlsx", factories.as_xlsx(table)).rows[1] == (2, ["张桥生", "0012", "2023-01-05", "13800000000", "0.5"])


def test_formulas_are_only_text_and_the_mark_against_them_is_taken_off():
    rows = sheet.read("a.csv", "a\n'=1+1\n=HYPERLINK(1)\n'张\n".encode()).rows
    assert [cells for _n, cells in rows[1:]] == [["=1+1"], ["=HYPERLINK(1)"], ["'张"]]


def bomb():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(6):
            packed.writestr(f"xl/{number}.xml", b"0" * (40 * 1024 * 1024))
    return held.getvalue()


def many_members():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        for number in range(sheet.MEMBER_LIMIT + 1):
            packed.writestr(f"{number}", b"")
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xlsx", b"", "empty"),
        ("a.pdf", b"%PDF", "Only .xlsx and .csv"),
        ("a", b"x", "Only .xlsx and .csv"),
        ("a.xlsx", b"not a workbook", "damaged"),
        ("a.xlsx", b"PK\x03\x04broken", "damaged"),
        ("a.csv", b"\xff\xfe\xff\xff\xff", "characters"),
        ("a.csv", b"a,b\x00c\n1,2", "not a table"),
        ("a.csv", b"x" * (sheet.SIZE_LIMIT + 1), "larger than 20 MB"),
        ("a.csv", b"a\n" * (sheet.ROW_LIMIT + 1), "more than 100000 rows"),
        ("a.csv", b"a," * sheet.COLUMN_LIMIT + b"a", "more than 100 columns"),
        ("a.csv", b"a" * (sheet.CELL_LIMIT + 1), "longer than 12000 characters"),
    ],
)
def test_what_cannot_be_read_safely_is_refused_in_a_sentence(name, content, said, english):
    with pytest.raises(Unfit) as error:
        sheet.read(name, content)
    assert said in error.value.reason


@pytest.mark.parametrize("content", [bomb(), many_members()])
def test_a_workbook_that_unpacks_to_too_much_is_refused_unread(content, english):
    with pytest.raises(Unfit, match="unpacks to more"):
        sheet.read("a.xlsx", content)


def test_an_empty_zip_is_no_workbook(english):
    held = io.BytesIO()
    zipfile.ZipFile(held, "w").close()
    with pytest.raises(Unfit, match="damaged"):
        sheet.read("a.xlsx", held.getvalue())


def holding(rows):
    """A workbook with these rows as they stand in its sheet."""
    name = "xl/worksheets/sheet1.xml"
    plain = zipfile.ZipFile(io.BytesIO(files.workbook())).read(name)
    return files.with_parts(files.workbook(), {name: re.sub(b"<sheetData>.*</sheetData>", b"<sheetData>%b</sheetData>" % rows, plain)})


NEAR = b'<row r="1"><c r="A1"><v>1</v></c></row>'
FAR = {
    "at the end of the last row": b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    "far down": b'<row r="100001"><c r="A100001"><v>1</v></c></row>',
    "far to the right": b'<row r="2"><c r="CW2"><v>1</v></c></row>',
    "beyond any sheet": b'<row r="2"><c r="ZZZZZZZ99999999999"><v>1</v></c></row>',
    "by the name of its row": b'<row r="1048576"><c r="A1"/><c><v>1</v></c></row>',
    "in other quotes and letters": b"<row r='2'><c  r = 'xfd1048576'><v>1</v></c></row>",
    "under a prefix": b'<x:row r="2"><x:c r="XFD2"><x:is><x:t>a</x:t></x:is></x:c></x:row>',
}


@pytest.mark.parametrize("rows", FAR.values(), ids=FAR)
def test_one_cell_far_out_does_not_fill_the_memory(rows, english):
    with pytest.raises(Unfit, match="below row 100000 or right of column 100"):
        sheet.read("a.xlsx", holding(NEAR + rows))


def test_empty_cells_far_out_are_nothing():
    """As programs leave them behind that have once coloured a whole row."""
    blank = b'<row r="3" ht="12"><c r="XFD3" s="0"/></row><row r="1048576" ht="12.8"></row><row r="1048577"><c r="A1048577" s="0"/></row>'
    assert sheet.read("a.xlsx", holding(NEAR + blank)).rows == [(1, ["1"])]


def damaged(at):
    content = bytearray(files.workbook())
    start = content.index(at) + len(at) + 8
    content[start : start + 30] = b"\xff" * 30
    return bytes(content)


@pytest.mark.parametrize(
    "content",
    [
        damaged(b"xl/worksheets/sheet1.xml"),
        damaged(b"xl/workbook.xml"),
        files.locked_document(),
        files.with_parts(files.workbook(), {"xl/sharedStrings.xml": b""}),
        files.with_parts(files.workbook(), {"xl/sharedStrings.xml": b'<!DOCTYPE a [<!ENTITY a "b">]><sst><si><t>&a;</t></si></sst>'}),
        files.document(),
        files.archive({"a.txt": b"x"}),
        holding(b'<row r="1"><c r="A0"><v>1</v></c></row>'),
    ],
)
def test_a_damaged_or_strange_workbook_is_refused_in_a_sentence(content, english):
    with pytest.raises(Unfit, match="damaged or locked"):
        sheet.read("a.xlsx", content)


def test_what_the_reader_itself_cannot_bear_is_refused_too(english, monkeypatch):
    monkeypatch.setattr(sheet, "FAR", re.compile(b"never"))
    with pytest.raises(Unfit, match="damaged or locked"):
        sheet.read("a.xlsx", holding(NEAR + FAR["beyond any sheet"]))


def test_links_and_absolute_names_in_a_workbook_lead_nowhere():
    held = io.BytesIO(files.workbook())
    with zipfile.ZipFile(held, "a") as packed:
        link = zipfile.ZipInfo("xl/media/a")
        link.external_attr = 0o120777 << 16
        packed.writestr(link, "/etc/passwd")
        packed.writestr("/etc/cron.d/x", b"x")
        packed.writestr("../../x", b"x")
    assert sheet.read("a.xlsx", held.getvalue()).rows == [(1, ["桥"])]
