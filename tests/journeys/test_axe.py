"""Every page of the URLconf, found with something in every state on it: no violation that axe finds, no sideways scroll in large type at 360 px.

Each page is looked at once, in turn in one language and width and then in the other, every fourth in high contrast.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client

from qiao.accounts.models import User

from .conftest import DESK
from .furnished import furnish
from .pages import BY_THE_TABLES, LOOKED_AT, NO_PAGE, pages, views

pytestmark = [pytest.mark.browser, pytest.mark.capability("P3")]

WIDE, NARROW, NARROWEST = 1280, 390, 360
AXE = Axe()
TURNS = (("zh-hans", WIDE, "normal"), ("en", NARROW, "normal"), ("en", WIDE, "normal"), ("zh-hans", NARROW, "high"))
OUT = """[...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
    .map(e => e.tagName + '.' + e.className).slice(0, 3)"""


def violations(page, where: str) -> Iterator[str]:
    """What axe finds on the page as it is shown now."""
    for found in AXE.run(page).response["violations"]:
        for node in found["nodes"][:3]:
            yield f"{where}: {found['id']} {node['target']} {node['html'][:160]}"


def narrow(page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})


def sideways(page, where: str) -> Iterator[str]:
    """What stands out at the side in large type on the narrowest telephone."""
    narrow(page, NARROWEST)
    page.evaluate("document.documentElement.dataset.type = 'large'")
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        yield f"{where} at {NARROWEST} px in large type: {page.evaluate(OUT)}"


def enter(page, site, role: str) -> None:
    """Be somebody of the world from now on, or nobody."""
    page.context.clear_cookies()
    if role:
        client = Client()
        client.force_login(User.objects.get(pk=site.world.actors[role].user.pk))  # as it stands since it has a password
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site.address}])


def looks(page, site, address: str, turn: int) -> Iterator[str]:
    """What is wrong with a page in its language, width and contrast."""
    status, _, path = address.rpartition(" ")
    language, width, contrast = TURNS[turn % len(TURNS)]
    cookies: list[Any] = [
        {"name": f"qiao_{name}", "value": value, "url": site.address} for name, value in (("language", language), ("contrast", contrast))
    ]
    page.context.add_cookies(cookies)
    narrow(page, width)
    answer = page.goto(path)
    where = f"{language} {width} {path}"
    if answer.status != int(status or 200) or answer.request.redirected_from:
        yield f"{where}: {answer.status} at {page.url}"
        return
    if page.locator("h1").count() != 1:
        yield f"{where}: {page.locator('h1').count()} h1"
    yield from violations(page, where)
    yield from sideways(page, where)


def test_every_page_is_accessible(site, visit):
    page = visit(DESK, reduced_motion="reduce")
    found, turn, faults = pages(site.world, furnish(site.world)), 0, []
    for role, addresses in found.items():
        enter(page, site, role)
        for address in addresses:
            faults += [f"{role} {fault}" for fault in looks(page, site, address, turn)]
            turn += 1
    assert not faults, "\n".join(faults)


def test_every_view_is_looked_at_or_is_no_page():
    named = {name for part in (LOOKED_AT, NO_PAGE) for names in part.values() for name in names.split()} | BY_THE_TABLES
    assert set(views()) == named


def test_the_guards_see(desk):
    desk.goto("/open/")
    assert list(violations(desk, "")) == list(sideways(desk, "")) == []
    desk.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<input><p>wide</p>')")
    desk.evaluate("document.querySelector('main > p').style.width = '500px'")
    assert any("label" in fault for fault in violations(desk, ""))
    assert list(sideways(desk, ""))
