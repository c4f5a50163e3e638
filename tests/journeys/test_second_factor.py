"""Somebody protects their account, leaves, and comes back by password and code."""

import pytest
from playwright.sync_api import expect

from qiao.accounts import codes

from .installation import PASSWORD
from .people import press, sign_in, zh

pytestmark = pytest.mark.browser


def test_a_second_factor_is_set_up_and_asked_for_at_the_next_sign_in(site, desk):
    sign_in(desk, "clerk")
    desk.goto("/account/mine/")
    press(desk, zh("Set up the second factor"))
    secret = desk.get_by_label(zh("Or type this secret")).input_value()
    desk.get_by_label(zh("Code"), exact=False).last.fill(codes.code_now(secret))
    press(desk, zh("Confirm"))
    expect(desk.locator("[data-recovery] li")).to_have_count(codes.RECOVERY_CODES)
    recovery = desk.locator("[data-recovery] li").first.inner_text()
    press(desk, zh("I have written them down"))

    desk.locator("details[data-drop] summary").first.click()
    press(desk, zh("Sign out"))
    desk.get_by_label(zh("Sign-in name")).fill("clerk")
    desk.get_by_label(zh("Password")).fill(PASSWORD)
    desk.locator("main").get_by_role("button", name=zh("Sign in"), exact=True).click()
    expect(desk.get_by_role("heading", level=1)).to_have_text(zh("Confirm your sign-in"))
    desk.get_by_label(zh("Code"), exact=False).last.fill(recovery)
    desk.locator("main").get_by_role("button", name=zh("Sign in"), exact=True).click()
    expect(desk.locator(".q-who-name")).to_be_visible()
