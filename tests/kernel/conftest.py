import pytest

from qiao.kernel.models import Entry

from . import factories


@pytest.fixture
def congress(db):
    return factories.congress()


@pytest.fixture
def run(congress):
    return factories.run(congress)


@pytest.fixture
def actor(congress):
    return factories.actor(congress)


@pytest.fixture
def stranger(congress):
    return factories.actor(congress, login="li", grants=factories.FORBIDDEN)


@pytest.fixture
def entries(congress, actor, stranger, run):
    """The journal's lines from now on, oldest first."""
    last = Entry.objects.latest("pk").pk
    return lambda: list(Entry.objects.filter(pk__gt=last).order_by("pk"))
