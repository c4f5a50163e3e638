"""A deputy resigns, the seat falls vacant, a by-election fills it: the deputy, the staff and the public in their browsers."""

import pytest
from playwright.sync_api import expect

from qiao.congress import operations
from qiao.congress.models import Mandate
from qiao.kernel import clock
from tests.world import SYSTEM

from .people import press, sign_in, told, zh

pytestmark = [pytest.mark.browser, pytest.mark.capability("R5")]


def record(page, mandate, step, said):
    page.goto(f"/directory/deputies/{mandate.pk}/")
    press(page, zh(step))
    press(page, zh(step))
    told(page, zh(said))


def test_a_resignation_leaves_a_seat_that_a_by_election_fills(site, phone, visit):
    mandate = site.world.mandates["deputy3"]
    operations.set_quota(site.world.term, actor=SYSTEM, electing_unit=mandate.electing_unit, seats=3)
    sign_in(phone, "deputy3")
    phone.goto(f"/directory/deputies/{mandate.pk}/")
    press(phone, zh("Submit a resignation"))
    phone.get_by_label(zh("Text of the resignation")).fill("因工作调离，请求辞去代表职务。")
    press(phone, zh("Submit a resignation"))
    told(phone, zh("The resignation is submitted."))

    desk = visit({"viewport": {"width": 1280, "height": 900}})
    sign_in(desk, "clerk")
    record(desk, mandate, "Accept the resignation", "The resignation is accepted; the seat is vacant.")
    desk.goto("/directory/vacancies/")
    press(desk, zh("Open a by-election"))
    desk.get_by_label(zh("Day of the vote")).fill(clock.today().isoformat())
    press(desk, zh("Open a by-election"))
    told(desk, zh("The by-election is open."))
    desk.get_by_role("link", name=mandate.electing_unit.name, exact=True).first.click()
    press(desk, zh("Enter who was elected"))
    desk.get_by_label(zh("Name"), exact=False).first.fill("陆新民")
    desk.get_by_label(zh("Deputy card number")).fill("B001")
    press(desk, zh("Enter who was elected"))
    told(desk, zh("Entered. The mandate begins when the election is found valid."))
    new = Mandate.objects.get(card_no="B001")
    record(desk, new, "Confirm the mandate", "The mandate is confirmed.")
    expect(desk.locator(".q-heading-more .q-badge").first).to_have_text(zh("In office"))
