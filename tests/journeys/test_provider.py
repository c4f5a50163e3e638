"""A member of staff signs in by the installation's identity provider, as a browser goes through it."""

import pytest
from playwright.sync_api import expect

from tests.accounts.provider import CLIENT, running

from .people import zh

pytestmark = [pytest.mark.browser, pytest.mark.capability("P3")]


def test_staff_sign_in_at_the_provider_and_come_back(site, desk, settings):
    with running({"u-9": "clerk"}) as address:
        settings.OIDC_ISSUER = address
        for name, value in CLIENT.items():
            setattr(settings, name, value)
        desk.goto("/account/sign-in/")
        desk.get_by_role("link", name=CLIENT["OIDC_NAME"]).click()
        desk.wait_for_url(f"{address}/**")
        desk.get_by_role("button", name="u-9").click()
        expect(desk.locator(".q-who-name")).to_be_visible()
        desk.goto("/account/mine/")
        expect(desk.get_by_role("button", name=zh("Disconnect"))).to_be_visible()
