"""A deputy shows the card on a telephone; whoever scans it reads that it is valid, and later that it is not."""

import pytest
from playwright.sync_api import expect

from qiao.congress.cards import token_of
from qiao.congress.models import DeputyCard

from .conftest import DESK, PHONE
from .people import press, sign_in, told, zh

pytestmark = [pytest.mark.browser, pytest.mark.capability("R5")]


def test_a_card_is_issued_shown_scanned_and_withdrawn(site, visit):
    mandate = site.world.mandates["deputy2"]
    desk = visit(DESK)
    sign_in(desk, "clerk")
    desk.goto("/directory/deputies/")
    press(desk, zh("Deputy cards"))
    press(desk, zh("Issue cards to all who have none"))
    press(desk, zh("Issue cards to all who have none"))
    told(desk, zh("The cards are issued."))
    press(desk, zh("Print these cards"))
    expect(desk.locator(".q-idcard")).to_have_count(3)

    phone = visit(PHONE)
    sign_in(phone, "deputy2")
    phone.goto("/directory/cards/mine/")
    expect(phone.locator(".q-idcard-code")).to_be_visible()
    expect(phone.locator(".q-heading-more .q-badge")).to_have_text(zh("Valid today"))

    address = f"/directory/cards/check/{token_of(DeputyCard.objects.get(mandate=mandate))}/"
    passer_by = visit(PHONE)
    passer_by.goto(address)
    expect(passer_by.locator(".q-heading-more .q-badge")).to_have_text(zh("Valid today"))
    expect(passer_by.locator("main")).to_contain_text(mandate.person.name)

    desk.goto(f"/directory/deputies/{mandate.pk}/card/")
    press(desk, zh("Withdraw the card"))
    desk.get_by_label(zh("Lost")).check()
    press(desk, zh("Withdraw the card"))
    told(desk, zh("The card is withdrawn."))
    passer_by.reload()
    expect(passer_by.locator(".q-heading-more .q-badge")).to_have_text(zh("Not valid"))
