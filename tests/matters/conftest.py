"""A suggestion in every state, sentences in English."""

import copy

import pytest
from django.utils import translation

from qiao.matters.models import State


@pytest.fixture(scope="module")
def _brought(_built):
    """A suggestion in every state, for files that only look at them."""
    return {state: getattr(_built, state)() for state in State.values}


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
