"""The world, built once for each file of tests and given back to it untouched before every test."""

import copy

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import translation

from qiao.matters.models import State
from tests.world import World, build_world


@pytest.fixture(scope="module")
def _built(django_db_setup, django_db_blocker):
    """Kept in a transaction that a whole file shares; each test has its own inside it."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("seed_roles", verbosity=0)
        call_command("seed_rulebook", verbosity=0)
        yield build_world()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def _brought(_built):
    """A suggestion in every state, for files that only look at them."""
    return {state: getattr(_built, state)() for state in State.values}


@pytest.fixture
def world(_built, db) -> World:
    """Two cities' congresses with deputies, staff and units; the second is there to be kept out."""
    return copy.deepcopy(_built)


@pytest.fixture
def everywhere(_brought, db):
    """A suggestion in every state."""
    return copy.deepcopy(_brought)


@pytest.fixture
def english():
    """What people are told, in the language of the source."""
    with translation.override("en"):
        yield


@pytest.fixture
def login(client, world):
    """Sign a role of the world in, reading English: ``login("clerk")`` gives the client."""
    client.cookies["qiao_language"] = "en"

    def go(role):
        if role == "anonymous":
            client.logout()
            client.cookies["qiao_language"] = "en"
        else:
            client.force_login(world.actors[role].user)
        return client

    return go
