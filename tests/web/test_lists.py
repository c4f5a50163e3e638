"""What every list of the product keeps: as many queries for many rows as for one."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from qiao.config.settings import ROOT
from qiao.notices.models import Delivery, Notice
from qiao.ui.listing import Shown

pytestmark = pytest.mark.django_db

LISTS = {
    "suggestions": ("clerk", "matters:index"),
    "published-suggestions": ("anonymous", "matters:public"),
    "deputies": ("clerk", "congress:deputies"),
    "cards": ("clerk", "congress:cards"),
    "units": ("clerk", "congress:units"),
    "congresses": ("clerk", "congress:congresses"),
    "notices": ("deputy", "notices:index"),
    "deliveries": ("clerk", "notices:deliveries"),
    "accounts": ("sysadmin", "accounts:people"),
    "posts": ("secadmin", "accounts:posts"),
    "journal": ("auditor", "journal:index"),
}
"""Each list with who reads it and where."""

ELSEWHERE = {
    "jobs": "tests/jobs/test_views.py",
    "areas": "tests/congress/test_views.py",
    "seats": "tests/congress/test_by_elections.py",
    "attendance": "tests/congress/test_attendance.py",
    "attendance-of-deputies": "tests/congress/test_attendance.py",
    "groups": "tests/congress/test_groups.py",
    "group-members": "tests/congress/test_groups.py",
    "announcements": "tests/announcements/test_announcements.py",
}
"""Lists whose rows need a set-up of their own, with the tests that count their queries."""

SHORT = {"leaves", "corrections", "holds", "slips"}
"""Not asked here: lists of a handful of rows."""


@pytest.fixture
def full(world):
    """A world in which each list has two rows at least."""
    for _ in range(2):
        world.closed()
        world.published()
    world.handling()
    for notice in Notice.objects.filter(user=world.actors["deputy"].user)[:2]:
        Delivery.objects.update_or_create(notice=notice, channel="mail", defaults={"state": "failed"})
    return world


def asked(login, client, name, **query):
    """The answer, and the statements it took."""
    role, place = LISTS[name]
    reader = client if role == "anonymous" else login(role)
    with CaptureQueriesContext(connection) as held:
        answer = reader.get(reverse(place), query)
    assert answer.status_code == 200, (name, query, answer.status_code)
    return answer, [one["sql"] for one in held.captured_queries]


def shown(answer):
    """The list of a page."""
    return next(value for part in answer.context for value in part.flatten().values() if isinstance(value, Shown))


def test_every_list_is_asked_here_or_where_it_says():
    sources = "\n".join(path.read_text() for path in (ROOT / "qiao").rglob("*.py"))
    declared = set(re.findall(r'Listing\(\s*name="([\w-]+)"', sources))
    assert declared == set(LISTS) | set(ELSEWHERE) | SHORT
    assert {where for where in ELSEWHERE.values() if not (ROOT / where).exists()} == set()


@pytest.mark.parametrize("name", LISTS)
def test_a_page_of_many_rows_asks_no_more_than_a_page_of_one(full, login, client, name, monkeypatch):
    asked(login, client, name)  # the first look fills what is kept in the process
    answer, many = asked(login, client, name)
    assert len(shown(answer).rows) > 1, "nothing to compare"
    monkeypatch.setattr(Shown, "rows", property(lambda self: self._cut[:1]))
    plain = Shown._cut.func
    monkeypatch.setattr(Shown, "_cut", property(lambda self: plain(self)[:1]))
    _answer, one = asked(login, client, name)
    assert len(many) <= len(one) + 1, "\n".join(many)
