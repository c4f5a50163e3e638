"""The list of what a congress still lacks: whose it is, what is done, when it goes."""

import pytest
from django.urls import reverse
from django.utils import translation

from qiao.matters import operations as matters
from qiao.web.setting_up import checklist, steps
from tests.accounts import factories as people
from tests.congress import factories as bodies
from tests.orgs import factories as places

pytestmark = [pytest.mark.usefixtures("english"), pytest.mark.django_db, pytest.mark.capability("P1")]


@pytest.fixture
def english():
    with translation.override("en"):
        yield


def test_it_says_what_is_done_what_is_left_and_who_does_it(client):
    body = places.congress()
    post = people.post(body, "secadmin")
    client.force_login(post.user)
    client.cookies["qiao_language"] = "en"
    text = client.get(reverse("web:home")).content.decode()
    assert "Setting the congress up" in text
    assert "has no part in suggestions" not in text
    assert "Done by whoever keeps the directory" in text
    lines = {str(line["label"]): line for line in checklist(people.actor(body, "sysadmin"))}
    assert lines["Appoint the security administrator"]["done"]
    assert not lines["Open the term"]["done"]
    assert "Enter the congresses below" not in lines  # a county's deputies are elected by the voters
    bodies.term(body)
    assert {str(line["label"]): line["done"] for line in checklist(people.actor(body, "sysadmin"))}["Open the term"]


def test_it_is_nobody_elses_and_goes_when_all_is_there(world, django_assert_num_queries):
    assert checklist(world.actors["deputy"]) == checklist(world.actors["handler"]) == []
    admin = people.actor(world.congress, "sysadmin")
    people.post(world.congress, "secadmin"), people.post(world.congress, "auditadmin")
    bodies.operations.set_quota(world.term, actor=bodies.SYSTEM, electing_unit=world.mandates["deputy"].electing_unit, seats=3)
    matters.add_topic(world.congress, actor=bodies.SYSTEM, name="河道")
    with django_assert_num_queries(2):
        assert checklist(admin) == []


def test_every_step_leads_to_a_page(client):
    body = places.congress()
    bodies.term(body)
    post = people.post(body, "sysadmin")
    client.force_login(post.user)
    assert {client.get(step.page(body)).status_code for step in steps()} == {200}
