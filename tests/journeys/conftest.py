"""A real Chromium, an installation for each module, and pages that fail their test when something goes wrong behind the scenes."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from .installation import Site, prepare, served
from .people import Witness

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser's driver runs a loop in the thread in which the tests read the database

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
MISSING = "There is no Chromium. Install it by: apt-get install chromium fonts-noto-cjk"
PATIENCE = 15_000
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "user_agent": "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36",
}
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The browser; without one the tests are skipped, unless the run demands it."""
    chromium = os.environ.get("QIAO_CHROMIUM") or shutil.which("chromium")
    if not chromium:
        (pytest.fail if os.environ.get("QIAO_REQUIRE_BROWSER") == "1" else pytest.skip)(MISSING)
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def prepared(migrated, tmp_path_factory, django_db_blocker):
    """The database file that is copied, and the world in it."""
    path = shutil.copy(migrated, tmp_path_factory.mktemp("prepared"))
    with django_db_blocker.unblock():
        return path, prepare(path)


@pytest.fixture(scope="module")
def site(browser, prepared, tmp_path_factory, django_db_blocker) -> Iterator[Site]:
    """The module's own installation."""
    path = tmp_path_factory.mktemp("site") / "qiao.sqlite3"
    with django_db_blocker.unblock(), served(*prepared, path) as made:
        yield made


@pytest.fixture
def visit(browser, site):
    """Open a page of the installation as somebody: ``visit(PHONE)``, ``visit(DESK, locale="en-GB")``."""
    contexts, witnesses = [], []

    def go(device: dict[str, Any], **more: Any) -> Page:
        context = browser.new_context(**{"base_url": site.address, "locale": "zh-CN", "timezone_id": "Asia/Shanghai", **device, **more})
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        witnesses.append(Witness(page))
        return page

    yield go
    for context in contexts:
        context.close()
    assert [fault for witness in witnesses for fault in witness.faults] == []


@pytest.fixture
def phone(visit) -> Page:
    """A deputy's telephone."""
    return visit(PHONE)


@pytest.fixture
def desk(visit) -> Page:
    """A screen on a desk."""
    return visit(DESK)
