"""People, actors, signing in, and a suggestion in any state — reached by operations, so that no test builds what the product cannot."""

import hypothesis
import pytest
from django.core.management import call_command
from django.db import connection

from qiao.kernel import guard
from qiao.rulebook.queries import forget_calendar

from .world import World, build_world

hypothesis.settings.register_profile("qiao", deadline=None)  # a busy machine is no counterexample
hypothesis.settings.load_profile("qiao")


@pytest.fixture(autouse=True)
def _calendar_not_kept():
    """The tables of days off are cached in the process; a test must not see another's."""
    forget_calendar()
    yield
    forget_calendar()


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


@pytest.fixture
def world(db) -> World:
    """Two cities' congresses with deputies, staff and units; the second is there to be kept out."""
    call_command("seed_roles", verbosity=0)
    call_command("seed_rulebook", verbosity=0)
    return build_world()


@pytest.fixture
def login(client, world):
    """Sign a role of the world in: ``login("clerk")`` gives the client."""

    def go(role):
        client.force_login(world.actors[role].user)
        return client

    return go
