"""An installation for people in browsers: a database file of its own, the world in it, a server of its own in front.

A prepared file is copied for each module, which costs less than emptying tables after each test; SQLite whatever the rest of the
suite runs on, because what is tested here is what people see.
"""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.test import override_settings
from django.test.testcases import QuietWSGIRequestHandler

from qiao.accounts import operations as accounts
from qiao.matters import operations
from qiao.rulebook.queries import forget_calendar
from tests.world import SYSTEM, World, build_world

PASSWORD = "a-bridge-over-quiet-water"
QUICK = {"timeout": 20, "transaction_mode": "IMMEDIATE", "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=OFF"}


@dataclass
class Site:
    """Where the installation answers, and the world that lives in it."""

    address: str
    world: World


@contextmanager
def database(path: Path) -> Iterator[None]:
    """Everything, in every thread, works on this file; afterwards on what it worked on before."""
    before, held = connections.settings["default"], connections["default"]
    connections.settings["default"] = {
        **before, "ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False, "OPTIONS": QUICK
    }  # fmt: skip
    del connections["default"]
    _forget()
    try:
        yield
    finally:
        connections["default"].close()
        connections.settings["default"] = before
        connections["default"] = held
        _forget()


def _forget() -> None:
    """What a process remembers of one database is not true of another: numbers of content types, tables of days off."""
    ContentType.objects.clear_cache()
    forget_calendar()


def prepare(path: Path) -> World:
    """Fill the file that is copied: the world of the tests, where everybody has a password."""
    with database(path):
        world = build_world()
        for actor in world.actors.values():
            accounts.change_password(actor.user, actor=SYSTEM, password=PASSWORD)
        for name in ("城市管理", "教育"):
            operations.add_topic(world.congress, actor=SYSTEM, name=name)
    return world


class Kept(StaticFilesHandler):
    """Styles, scripts and fonts, which the browser keeps from page to page, as behind a server in use."""

    def serve(self, request: HttpRequest) -> HttpResponseBase:
        answer = super().serve(request)
        answer.headers["Cache-Control"] = "max-age=3600"
        return answer


@contextmanager
def served(prepared: Path, world: World, path: Path) -> Iterator[Site]:
    """A copy of the prepared file, and a server in front of it."""
    shutil.copy(prepared, path)
    with database(path), override_settings(STATICFILES_DIRS=[settings.BUILD / "static"]):
        server = ThreadedWSGIServer(("127.0.0.1", 0), QuietWSGIRequestHandler)
        server.set_app(Kept(WSGIHandler()))
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield Site(f"http://127.0.0.1:{server.server_port}", world)
        finally:
            server.shutdown()
            server.server_close()
            thread.join()
