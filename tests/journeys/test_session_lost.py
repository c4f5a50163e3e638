"""The session ends while somebody writes: the page says that nothing is saved, and offers the text back after signing in again."""

import pytest
from playwright.sync_api import expect

from .people import press, saved, sign_in, until, zh

pytestmark = [pytest.mark.browser, pytest.mark.capability("P3")]

LATER = "后来又数了一遍：东段六盏、西段五盏。"


def not_saved(page):
    expect(page.locator("[data-autosave-state]")).to_have_attribute("data-tone", "bad")
    expect(page.locator("[data-autosave-state]")).to_contain_text(zh("Not saved yet: {reason}").split("{")[0].strip())


def lose_the_session(page):
    page.context.clear_cookies(name="sessionid")


def test_text_written_after_the_session_ended_is_offered_back(site, phone):
    draft = site.world.draft(title="关于路灯的建议")
    sign_in(phone, "deputy")
    phone.goto(f"/suggestions/{draft.pk}/edit/")
    lose_the_session(phone)
    phone.get_by_label(zh("Situation and problem")).fill(LATER)
    not_saved(phone)

    sign_in(phone, "deputy")
    phone.goto(f"/suggestions/{draft.pk}/edit/")
    expect(phone.get_by_label(zh("Situation and problem"))).not_to_have_value(LATER)
    press(phone, zh("Put it back"))
    expect(phone.get_by_label(zh("Situation and problem"))).to_have_value(LATER)
    saved(phone)
    until(phone, lambda: type(draft).objects.get(pk=draft.pk).matter == LATER)


def test_so_is_the_text_of_a_draft_that_was_begun_on_the_same_page(site, phone):
    sign_in(phone, "deputy")
    phone.goto("/suggestions/new/")
    phone.get_by_label(zh("Title")).fill("关于候车亭的建议")
    saved(phone)
    phone.wait_for_url("**/edit/")
    here = phone.url
    lose_the_session(phone)
    phone.get_by_label(zh("Situation and problem")).fill(LATER)
    not_saved(phone)

    sign_in(phone, "deputy")
    phone.goto(here)
    press(phone, zh("Put it back"))
    expect(phone.get_by_label(zh("Situation and problem"))).to_have_value(LATER)
