"""Every page of the URLconf, with something in every state on it: no violation that axe finds, nothing said on the console, no sideways scroll.

Each page is drawn once, in turn in one language and width and then in the other, every fourth in high contrast; afterwards it is
narrowed to 360 px, in normal and in large type. The frame is looked at with the first pages of each role.
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

WIDE, NARROW = 1280, 360
AXE = Axe().axe_script
RUN = """frame => axe.run(frame ? document : {exclude: ['header', 'footer', '.q-bottom']}, {resultTypes: ['violations'], preload: false})
    .then(said => said.violations.flatMap(one => one.nodes.slice(0, 3).map(node => `${one.id} ${node.target} ${node.html.slice(0, 160)}`)))"""
"""Nothing is fetched anew and nothing but the faults sent back: half the time."""
TURNS = (("zh-hans", WIDE, "normal"), ("en", NARROW, "normal"), ("en", WIDE, "normal"), ("zh-hans", NARROW, "high"))
OUT = """() => ['normal', 'large'].flatMap(type => {
    document.documentElement.dataset.type = type;
    if (document.documentElement.scrollWidth <= innerWidth) return [];
    return [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
        .map(e => `in ${type} type ${e.tagName}.${e.className}`).slice(0, 3)
})"""


def violations(page, where: str, *, frame: bool = True) -> Iterator[str]:
    """What axe finds on the page as it is shown now, with the bars above and below it or without."""
    for said in page.evaluate(RUN, frame):
        yield f"{where}: {said}"


def narrow(page, width: int) -> None:
    if page.viewport_size["width"] != width:
        page.set_viewport_size({"width": width, "height": 844})


def sideways(page, where: str) -> Iterator[str]:
    """What stands out at the side on the narrowest telephone, in normal and in large type."""
    narrow(page, NARROW)
    for out in page.evaluate(OUT):
        yield f"{where} at {NARROW} px {out}"


def entered(visit, site, role: str) -> Any:
    """A page with axe in it, of somebody of the world or of nobody."""
    page = visit(DESK, reduced_motion="reduce")
    page.add_init_script(AXE)
    if role:
        client = Client()
        client.force_login(User.objects.get(pk=site.world.actors[role].user.pk))  # as it stands since it has a password
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site.address}])
    return page


def looks(page, site, address: str, turn: int, *, frame: bool) -> Iterator[str]:
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
    yield from violations(page, where, frame=frame)
    yield from sideways(page, where)


def test_every_page_is_accessible(site, visit):
    found, turn, faults = pages(site.world, furnish(site.world)), 0, []
    for role, addresses in found.items():
        page = entered(visit, site, role)
        for number, address in enumerate(addresses):
            faults += [f"{role} {fault}" for fault in looks(page, site, address, turn, frame=number < len(TURNS))]
            turn += 1
        page.close()
    assert not faults, "\n".join(faults)


def test_every_view_is_looked_at_or_is_no_page():
    named = {name for part in (LOOKED_AT, NO_PAGE) for names in part.values() for name in names.split()} | BY_THE_TABLES
    assert set(views()) == named


def test_the_guards_see(desk):
    desk.add_init_script(AXE)
    desk.goto("/open/")
    assert list(violations(desk, "")) == list(sideways(desk, "")) == []
    desk.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<input><p>wide</p>')")
    desk.evaluate("document.querySelector('main > p').style.width = '500px'")
    assert any("label" in fault for fault in violations(desk, ""))
    assert list(sideways(desk, ""))
