"""Before the session ends because nothing is done, the page asks; whoever answers stays, in every tab, and what was typed is kept."""

import pytest
from playwright.sync_api import expect

from .people import press, saved, sign_in, zh

pytestmark = [pytest.mark.browser, pytest.mark.capability("P3")]

MINUTES = 60_000


def test_the_page_asks_before_the_session_ends_and_takes_up_again_after_it(site, desk, settings):
    desk.clock.install()
    sign_in(desk, "deputy")
    desk.goto("/suggestions/new/")
    desk.clock.run_for(5_000)
    desk.wait_for_load_state("networkidle")  # the earlier suggestions that the page looks for count as something done
    asks = desk.locator("#q-idle")
    stay = asks.get_by_role("button", name=zh("Stay signed in"))
    desk.clock.fast_forward((settings.IDLE_MINUTES - 5) * MINUTES)
    expect(asks).to_be_hidden()
    desk.clock.fast_forward(2 * MINUTES)
    expect(stay).to_be_focused()
    desk.keyboard.press("Enter")
    expect(asks).to_be_hidden()

    other = desk.context.new_page()
    other.goto("/account/mine/")
    desk.clock.fast_forward((settings.IDLE_MINUTES - 1) * MINUTES)
    desk.context.clear_cookies(name="sessionid")
    desk.clock.fast_forward(2 * MINUTES)
    expect(asks).to_contain_text(zh("You have been signed out"))
    sign_in(other, "deputy")
    expect(asks).to_be_hidden()
    desk.get_by_label(zh("Title")).fill("关于候车亭的建议")
    desk.clock.run_for(3_000)
    saved(desk)
    press(desk, zh("Home"))
