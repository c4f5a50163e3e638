"""A deputy asks for leave on a telephone; it is approved; the sheet says so, and the rest of it is filled in by keyboard."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from qiao.congress import operations
from qiao.kernel import clock
from tests.world import SYSTEM

from .conftest import DESK, PHONE
from .people import press, sign_in, told, zh

pytestmark = [pytest.mark.browser, pytest.mark.capability("R5")]


def test_leave_is_asked_on_a_phone_approved_and_stands_on_the_sheet(site, visit):
    today = clock.today()
    operations.convene(site.world.term, actor=SYSTEM, number=70, opens=today, closes=today + dt.timedelta(days=2))
    phone = visit(PHONE)
    sign_in(phone, "deputy2")
    phone.goto("/directory/attendance/")
    press(phone, zh("Ask for leave"))
    phone.get_by_label(zh("Illness")).check()
    phone.get_by_label(zh("Reason")).fill("当日住院复查。")
    press(phone, zh("Ask for leave"))
    told(phone, zh("Your request is sent to whoever decides on it."))

    desk = visit(DESK)
    sign_in(desk, "clerk")
    desk.goto("/directory/attendance/")
    press(desk, zh("Enter a sitting"))
    press(desk, zh("Enter a sitting"))
    told(desk, zh("The sitting is entered."))
    press(desk, "第一次全体会议")
    sheet = desk.url
    desk.goto("/directory/leave/?state=asked")
    desk.locator(".q-item-link").first.click()
    expect(desk.locator("main")).to_contain_text("当日住院复查。")
    press(desk, zh("Approve the leave"))
    press(desk, zh("Approve the leave"))
    told(desk, zh("The leave is approved."))

    desk.goto(sheet)
    row = desk.locator("tr", has_text=site.world.mandates["deputy2"].person.name)
    expect(row.locator(".q-badge")).to_have_text(zh("On leave"))
    desk.keyboard.press("j")
    desk.keyboard.press("1")
    press(desk, zh("Save, and all others not recorded were present"))
    told(desk, zh("The marks are saved."))
    expect(desk.locator(".q-badge", has_text=zh("Not recorded yet"))).to_have_count(0)
    expect(row.locator(".q-badge")).to_have_text(zh("On leave"))

    phone.goto("/directory/attendance/")
    expect(phone.locator("main .q-badge").first).to_have_text(zh("Approved"))
