"""The directory of deputies: read it, and fill it from a table in two steps."""

import io

import pytest
import xlsxwriter
from playwright.sync_api import expect

from qiao.congress.models import Mandate

from .people import press, sign_in, told, zh

pytestmark = [pytest.mark.browser, pytest.mark.capability("R5")]

HEAD = ["代表证号", "姓名", "选举单位", "性别", "出生日期", "民族"]
ROWS = [
    ["0901", "安渡河", "甲区人大", "女", "1984-03-05", "汉族"],
    ["0902", "白岸柳", "甲区人大", "男", "1979-13-40", "汉族"],
    ["0903", "岑石桥", "甲区人大", "男", "1990-07-21", "壮族"],
]


def table() -> dict:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([HEAD, *ROWS]):
            sheet.write_row(number, 0, row)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return {"name": "代表名册.xlsx", "mimeType": kind, "buffer": held.getvalue()}


def test_a_deputy_is_found_and_has_a_card(site, desk):
    sign_in(desk, "clerk")
    person = site.world.mandates["deputy"].person
    desk.goto("/directory/deputies/")
    desk.get_by_role("link", name=person.name, exact=True).click()
    expect(desk.get_by_role("heading", level=1)).to_have_text(person.name)
    expect(desk.get_by_text(site.world.mandates["deputy"].card_no, exact=True)).to_be_visible()


def upload(page):
    page.goto("/imports/deputies/")
    page.get_by_label(zh("Table")).set_input_files(table())
    press(page, zh("Upload and look at it"))
    told(page, zh("Read. Nothing is written yet: look at the rows, then confirm."))


def confirm(page):
    press(page, zh("Confirm"))
    page.get_by_role("dialog").get_by_role("button", name=zh("Confirm")).click()


@pytest.mark.capability("P5")
def test_a_table_is_looked_at_before_anything_is_written_and_never_doubles(site, desk):
    before = Mandate.objects.count()
    sign_in(desk, "clerk")
    upload(desk)
    wrong = desk.get_by_role("row").filter(has_text="白岸柳")
    expect(wrong.locator(".q-tone-bad").first).to_be_visible()
    expect(wrong.get_by_text("1979-13-40").first).to_be_visible()
    assert Mandate.objects.count() == before

    confirm(desk)
    told(desk, zh("The import is done."))
    assert Mandate.objects.count() == before + 2

    upload(desk)
    expect(desk.get_by_role("button", name=zh("Confirm"), exact=True)).to_have_count(0)
    assert Mandate.objects.count() == before + 2
