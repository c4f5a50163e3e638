"""A congress, somebody in it, and an empty place for files."""

import pytest

from . import factories as given


@pytest.fixture
def shelf(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def actor(db, shelf):
    return given.member(given.congress())


@pytest.fixture
def kept(shelf):
    """The files that lie there now."""
    return lambda: [path for path in shelf.rglob("*") if path.is_file()]
