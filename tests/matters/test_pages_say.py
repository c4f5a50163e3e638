"""What pages tell their readers at the right place: reasons, rules, what was raised before."""

import re

import pytest

from qiao.matters import operations
from qiao.matters.models import Clock, ClockKind
from qiao.web.menu import menu_for
from tests.world import TEXT, rule

pytestmark = [pytest.mark.django_db, pytest.mark.capability("M1")]


def test_a_request_for_return_stands_at_the_top_with_its_reason_and_the_unit_proposed(world, login):
    s = world.return_requested()
    said = login("clerk").get(f"/suggestions/{s.pk}/").context["headline"]
    assert str(world.unit) in said.title
    assert "不属我局职责。" in said.text
    assert str(world.unit2) in said.text


def test_the_public_is_not_told_that_a_unit_asks_for_return(world, client):
    s = world.return_requested()
    operations.publish(s.__class__.objects.get(pk=s.pk), actor=world.actors["clerk"], publicity="full")
    assert "不属我局职责。" not in client.get(f"/open/{s.pk}/").content.decode()


@pytest.mark.parametrize(("ratings", "many"), [(["dissatisfied"], 1), (["dissatisfied", "basically_satisfied"], 2)])
def test_the_form_of_evaluation_says_which_ratings_need_a_reason(world, login, ratings, many):
    rule(world, "reason_required_on", ratings)
    form = login("deputy").get(f"/suggestions/{world.replied().pk}/evaluate/").context["form"]
    words = re.split("[：:、，,。.] ?", str(form.fields["note"].help_text))
    assert sum(label in words for _code, label in form.scale) == many


def test_the_second_clock_says_that_staff_ordered_it(world):
    reckoning = Clock.objects.get(suggestion=world.rehandling(), kind=ClockKind.REHANDLE).reckoning
    assert reckoning.lines[0].params["event"] == "ordered"


def test_ones_own_draft_was_never_raised_before(world, login):
    world.draft()
    asked = {"title": TEXT["title"], "matter": TEXT["matter"]}
    assert login("deputy").get("/suggestions/similar/", asked).context["cards"] == []


@pytest.mark.parametrize("path", ["/assignments/1/sign_for/", "/replies/1/revise/", "/clocks/1/", "/suggestions/1/"])
def test_what_belongs_to_a_suggestion_lies_under_suggestions_in_the_menu(world, path):
    active = [entry["url"] for entry in menu_for(world.actors["handler"], path) if entry["active"]]
    assert active == ["/suggestions/"]
