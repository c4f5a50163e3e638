"""A congress with three people: one who acts, one who reads Chinese, one who reads English."""

import copy
from pathlib import Path

import pytest

from . import factories as given


@pytest.fixture(autouse=True)
def texts(settings):
    """The tests' own notice texts, and the folder of static files that the middleware looks for."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [*templates[0].get("DIRS", []), Path(__file__).parent / "templates"]
    settings.TEMPLATES = templates


@pytest.fixture
def congress(db):
    return given.congress()


@pytest.fixture
def clerk(congress):
    return given.member(congress, "clerk")


@pytest.fixture
def wang(congress):
    return given.member(congress, "wang")


@pytest.fixture
def smith(congress):
    return given.member(congress, "smith", language="en")
