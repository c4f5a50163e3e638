"""A journal with some entries, and hands that reach around its guard, as somebody with the database in their hands would."""

import pytest
from django.db import connection

from qiao.kernel import guard, seals
from qiao.kernel.models import Seal
from qiao.matters import operations
from tests.world import TEXT


@pytest.fixture
def sealed(world):
    """The world's journal, sealed in batches of ten; returns the congress's number."""
    world.closed()
    operations.draft(world.other, actor=world.actors["other_deputy"], **TEXT)  # another's entry between ours
    world.draft()
    before, seals.BATCH = seals.BATCH, 10
    try:
        seals.seal_waiting()
    finally:
        seals.BATCH = before
    assert Seal.objects.filter(congress_id=world.congress.pk).count() > 2
    return world.congress.pk


@pytest.fixture
def tamper(sealed):
    """Take the guard away and run a statement."""

    def go(statement, *values):
        with connection.cursor() as cursor:
            for lift in guard.lifted(connection.vendor):
                cursor.execute(lift)
            cursor.execute(statement, values)

    return go
