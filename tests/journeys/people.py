"""What people do in a browser, whoever they are; and what they would not notice but a test must."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import translation
from PIL import Image
from playwright.sync_api import ConsoleMessage, Locator, Page, Response, expect

from qiao.matters.models import State

from .installation import PASSWORD

REFUSED, BROKEN = 400, 500
PARTS = {"stylesheet", "script", "image", "font"}
CHINESE = "zh-hans"


class Witness:
    """Collects what went wrong without anybody seeing it: errors of scripts, of the content policy, of the server, missing files."""

    def __init__(self, page: Page) -> None:
        self.faults: list[str] = []
        self.page = page
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.faults.append(f"script at {page.url}: {error}"))
        page.on("response", self._answered)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith("Failed to load resource"):  # the answers are looked at below
            self.faults.append(f"console at {self.page.url}: {message.text}")

    def _answered(self, response: Response) -> None:
        missing = response.status >= REFUSED and response.request.resource_type in PARTS
        if missing or response.status >= BROKEN:
            self.faults.append(f"{response.status}: {response.url}")


def zh(text: str, **values: Any) -> str:
    """A sentence of the sources as a Chinese reader sees it."""
    with translation.override(CHINESE):
        said = translation.gettext(text)
    return said % values if values else said


def sign_in(page: Page, login: str) -> None:
    """By name and password, on the sign-in page."""
    page.goto("/account/sign-in/")
    page.get_by_label(zh("Sign-in name")).fill(login)
    page.get_by_label(zh("Password")).fill(PASSWORD)
    page.get_by_role("button", name=zh("Sign in"), exact=True).click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text(zh("Sign in"))


def press(page: Page | Locator, name: str) -> None:
    """Press the button, or the link that leads to a page, of this name."""
    page.get_by_role("button", name=name, exact=True).or_(page.get_by_role("link", name=name, exact=True)).first.click()


def told(page: Page, words: str) -> None:
    """The page says at its top that it is done."""
    expect(page.locator("[data-messages]")).to_contain_text(words)


def stands_at(page: Page, state: State) -> None:
    """The badge beside the title names this state."""
    with translation.override(CHINESE):
        expect(page.locator(".q-heading-more .q-badge").first).to_have_text(str(state.label))


def until(page: Page, true: Callable[[], bool]) -> None:
    """Wait for what the page does by itself."""
    for _moment in range(100):
        if true():
            return
        page.wait_for_timeout(100)
    pytest.fail("It did not happen within ten seconds.")


def saved(page: Page) -> None:
    """The page says that what was typed is kept."""
    expect(page.locator("[data-autosave-state]")).to_contain_text(zh("Saved at {time}.").split("{")[0].strip())


def picture() -> bytes:
    """A small PNG."""
    held = io.BytesIO()
    Image.new("RGB", (64, 48), "#a6321f").save(held, "PNG")
    return held.getvalue()
