"""Somebody makes a passkey on their device, leaves, and comes back without a password."""

import pytest
from playwright.sync_api import expect

from .conftest import DESK
from .people import press, sign_in, zh

pytestmark = [pytest.mark.browser, pytest.mark.capability("P3")]

DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


def test_a_passkey_is_made_and_signs_in_without_a_password(site, visit, settings):
    settings.SITE_URL = site.address.replace("127.0.0.1", "localhost")  # browsers give no passkeys to bare numbers
    desk = visit(DESK, base_url=settings.SITE_URL)
    driver = desk.context.new_cdp_session(desk)
    driver.send("WebAuthn.enable")
    driver.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    sign_in(desk, "clerk")
    desk.goto("/account/mine/")
    press(desk, zh("Add a passkey"))
    desk.get_by_label(zh("Name of the device")).fill("办公室电脑")
    press(desk, zh("Add a passkey"))
    expect(desk.locator("[data-recovery] li").first).to_be_visible()
    press(desk, zh("I have written them down"))
    desk.goto("/account/mine/")
    expect(desk.get_by_role("link", name="办公室电脑")).to_be_visible()

    desk.locator("details[data-drop] summary").first.click()
    press(desk, zh("Sign out"))
    press(desk, zh("Sign in with a passkey"))
    press(desk, zh("Show the passkey"))
    expect(desk.locator(".q-who-name")).to_be_visible()
