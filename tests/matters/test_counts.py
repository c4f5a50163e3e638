"""Statements that are written once: what is kept is what is asked."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qiao.kernel import statements
from qiao.matters import worklists

pytestmark = pytest.mark.django_db


def test_what_is_found_is_asked_anew(world):
    clerk = world.actors["clerk"]
    before = worklists.counts(clerk)["check"]
    world.submitted()
    assert worklists.counts(clerk)["check"] == before + 1


def test_who_sees_no_suggestion_counts_none(world):
    world.submitted()
    for role in ("sysadmin", "secadmin", "auditadmin"):
        assert set(worklists.counts(world.actors[role]).values()) <= {0}, role


def test_each_person_and_post_has_a_statement_of_its_own(world):
    world.submitted()
    assert worklists.counts(world.actors["clerk"])["check"] == 1
    assert worklists.counts(world.actors["other_clerk"])["check"] == 0


def test_writing_a_statement_asks_nothing(world):
    for role, actor in world.actors.items():
        with CaptureQueriesContext(connection) as held:
            worklists.counts.build(actor).query.sql_with_params()
        assert len(held) == 0, role


def test_no_more_are_kept_than_may_be(world, monkeypatch):
    monkeypatch.setattr(statements, "MOST_KEPT", 2)
    counts = statements.Kept(worklists.counts.build)
    for role in ("clerk", "deputy", "handler", "clerk"):
        assert counts(world.actors[role]) == worklists.counts(world.actors[role])
    assert len(counts.written) <= 2
