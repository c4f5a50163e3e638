"""An auditor opens the journal, narrows it, reads an entry, and has it verified."""

import pytest
from playwright.sync_api import expect

from qiao.kernel import seals

from .people import press, sign_in, zh

pytestmark = pytest.mark.browser


def test_the_journal_is_narrowed_read_and_verified(site, desk):
    site.world.submitted()
    seals.seal_waiting()
    sign_in(desk, "auditor")
    press(desk, zh("Journal"))
    desk.get_by_label(zh("What was done"), exact=True).select_option("suggestion.submit")
    press(desk, zh("Show"))
    (row,) = desk.get_by_role("row").filter(has_text=zh("Sealed")).filter(has_text="suggestion:").all()
    row.get_by_role("link").first.click()
    expect(desk.get_by_role("row").filter(has_text=zh("Before")).first).to_be_visible()

    desk.goto("/journal/")
    press(desk, zh("Verify the journal: %(name)s", name=site.world.congress.name))
    expect(desk.get_by_text(zh("Verifying the journal: %(name)s", name=site.world.congress.name)).first).to_be_visible()
    expect(desk.locator(".q-tone-good")).to_be_visible()
