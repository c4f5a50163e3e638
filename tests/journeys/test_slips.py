"""An administrator opens accounts from a table and prints slips; somebody new activates an account on a telephone and signs in."""

import csv
import io

import pytest
from playwright.sync_api import expect

from .conftest import DESK, PHONE
from .people import press, sign_in, zh

pytestmark = [pytest.mark.browser, pytest.mark.capability("R5")]
PASSWORD = "Qiaonan-2026-chuntian"


def table():
    held = io.StringIO()
    csv.writer(held).writerows([["登录名", "姓名"], ["qiuyun", "秋云"], ["xiaqing", "夏青"], ["张 三", "张三"]])
    return {"name": "accounts.csv", "mimeType": "text/csv", "buffer": held.getvalue().encode()}


def test_accounts_come_from_a_table_and_are_activated_by_slips(site, visit):
    desk = visit(DESK)
    sign_in(desk, "sysadmin")
    desk.goto("/account/slips/")
    press(desk, zh("Open many accounts"))
    desk.locator("input[type=file]").set_input_files(table())
    press(desk, zh("Upload and look at it"))
    expect(
        desk.get_by_text(zh("“%(text)s” cannot be a sign-in name. Use letters, digits, dots and hyphens.") % {"text": "张 三"})
    ).to_be_visible()
    press(desk, zh("Confirm"))
    desk.get_by_role("dialog").get_by_role("button", name=zh("Confirm")).click()
    expect(desk.locator("[data-messages]")).to_be_visible()
    desk.goto("/account/slips/")
    expect(desk.get_by_role("link", name="秋云")).to_be_visible()
    desk.get_by_label(zh("Reason")).fill("换届后首次登录")
    press(desk, zh("Make slips for those chosen"))
    slip = desk.locator("[data-slip]").filter(has_text="秋云")
    expect(slip).to_contain_text("qiuyun")
    code = slip.locator("code").inner_text()

    phone = visit(PHONE)
    phone.goto("/account/sign-in/")
    press(phone, zh("First time here, with a slip? Activate your account"))
    phone.get_by_label(zh("Sign-in name")).fill("qiuyun")
    phone.get_by_label(zh("One-time code")).fill(code)
    phone.get_by_label(zh("New password"), exact=False).first.fill(PASSWORD)
    phone.get_by_label(zh("New password once more")).fill(PASSWORD)
    press(phone, zh("Set the password"))
    phone.get_by_label(zh("Sign-in name")).fill("qiuyun")
    phone.get_by_label(zh("Password")).fill(PASSWORD)
    phone.locator("main").get_by_role("button", name=zh("Sign in"), exact=True).click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("秋云")
