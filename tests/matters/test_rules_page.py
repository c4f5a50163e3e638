"""A suggestion keeps the rules it was handed over under, and its page says so."""

import pytest
from django.urls import reverse

from tests.world import rule

pytestmark = [pytest.mark.django_db, pytest.mark.capability("P5"), pytest.mark.capability("M1")]


@pytest.fixture
def handed(world):
    """Handed over, and then the rulebook is changed."""
    assignment = world.assigned().assignments.get()
    rule(world, "reply_limit", {"n": 2, "unit": "months"})
    return assignment


@pytest.mark.parametrize("role", ["deputy", "clerk", "handler"])
def test_those_who_see_the_suggestion_read_its_rules_and_what_has_changed_since(handed, login, role):
    client = login(role)
    client.cookies["qiao_language"] = "en"
    address = reverse("matters:rules", args=[handed.pk])
    assert address in client.get(reverse("matters:detail", args=[handed.suggestion_id])).content.decode()
    answer = client.get(address)
    assert answer.context["changed"] == 1
    changed = client.get(address, {"show": "changed"})
    (only,) = [kept for chapter in changed.context["chapters"] for kept in chapter.lines]
    assert (only.parameter.key, only.value["n"], only.now.value["n"]) == ("reply_limit", 3, 2)


def test_others_do_not_learn_that_it_exists(handed, login):
    assert login("handler2").get(reverse("matters:rules", args=[handed.pk])).status_code == 404


def test_the_page_asks_few_queries(handed, login, django_assert_max_num_queries):
    client = login("clerk")
    address = reverse("matters:rules", args=[handed.pk])
    client.get(address)
    with django_assert_max_num_queries(12):
        client.get(address)
