"""Sentences are compared in English, the language of the sources."""

import pytest
from django.utils import translation

from tests.accounts import factories as people
from tests.congress import factories as bodies
from tests.imports.factories import reads_english
from tests.orgs import factories as places


@pytest.fixture
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def body():
    return places.congress()


@pytest.fixture
def term(body):
    return bodies.term(body)


@pytest.fixture
def clerk(body):
    return reads_english(people.actor(body))
