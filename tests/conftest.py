"""People, actors, signing in, and a suggestion in any state — reached by operations, so that no test builds what the product cannot."""

import copy
import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import hypothesis
import pytest
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from qiao.kernel import guard
from qiao.matters.queries import forget_publishing
from qiao.rulebook.queries import forget_calendar

from .architecture.sources import ROOT
from .world import World, build_world

hypothesis.settings.register_profile("qiao", deadline=None)  # a busy machine is no counterexample
hypothesis.settings.load_profile("qiao")


@pytest.fixture(autouse=True)
def _nothing_kept():
    """The tables of days off, and which congresses publish, are cached in the process; a test must not see another's."""
    forget_calendar()
    forget_publishing()
    yield
    forget_calendar()
    forget_publishing()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, tmp_path_factory):
    """The tests' database; on SQLite a copy of it is laid aside before anything is written. There is none where no test of the run has the mark."""
    path = tmp_path_factory.mktemp("migrated") / "qiao.sqlite3"
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite" and MigrationRecorder(connection).has_table():
            with closing(sqlite3.connect(path)) as file:
                connection.connection.backup(file)
    return path


@pytest.fixture(scope="session")
def migrated(django_db_setup):
    """A file of SQLite with every table and nobody in them, to be copied for an installation of a test's own."""
    if not django_db_setup.exists():
        env = {**os.environ, "QIAO_DATABASE": f"sqlite:///{django_db_setup}"}
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=env, check=True)  # noqa: S603
    return django_db_setup


@pytest.fixture(scope="session", autouse=True)
def _journal_can_be_emptied():
    """Between tests that commit, the tables are emptied: the journal's guard is lifted for it and set again by what follows every migration."""
    operations = type(connection.ops)
    empty = operations.sql_flush

    def lifted(self, style, tables, **more):
        return guard.lifted(self.connection.vendor) + empty(self, style, tables, **more)

    operations.sql_flush = lifted
    yield
    operations.sql_flush = empty


@pytest.fixture(scope="module")
def _built(django_db_setup, django_db_blocker):
    """Kept in a transaction that a whole file shares; each test has its own inside it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


@pytest.fixture
def world(_built, db) -> World:
    """Two cities' congresses with deputies, staff and units; the second is there to be kept out. Built once a file, untouched before each test."""
    return copy.deepcopy(_built)


@pytest.fixture
def own_world(db) -> World:
    """The same, made for one test: a file in which some tests commit has this one for its ``world``."""
    return build_world()


@pytest.fixture
def login(client, world):
    """Sign a role of the world in: ``login("clerk")`` gives the client."""

    def go(role):
        client.force_login(world.actors[role].user)
        return client

    return go
