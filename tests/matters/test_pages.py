"""The pages of every state and role: they open for those who see it, offer what is open, and every count is the length of its list."""

import datetime as dt
import html

import pytest

from qiao.kernel import clock
from qiao.matters import operations
from qiao.matters.models import Suggestion
from tests.world import rule

from .given import on

pytestmark = [pytest.mark.django_db, pytest.mark.capability("M1")]


def body(answer):
    return html.unescape(answer.content.decode())


@pytest.mark.parametrize("role", ["deputy", "clerk", "leader", "handler", "signer"])
def test_every_page_of_every_state_opens_for_those_who_see_it(world, everywhere, login, role):
    client = login(role)
    for s in everywhere.values():
        seen = Suggestion.objects.visible_to(world.actors[role]).filter(pk=s.pk).exists()
        assert client.get(f"/suggestions/{s.pk}/").status_code == (200 if seen else 404)


def test_the_page_offers_what_is_open_and_nothing_else(world, everywhere, login):
    def offered(role, state):
        context = login(role).get(f"/suggestions/{everywhere[state].pk}/").context
        return {act["url"].rstrip("/").split("/")[-1] for act in [*context["acts"], *context["links"]]}

    assert offered("deputy", "draft") == {"edit", "invite", "submit", "discard"}
    assert offered("deputy", "replied") == {"consent", "evaluate"}
    assert offered("clerk", "submitted") == {"receive", "register", "give_back", "refuse", "withdraw_on_paper"}
    assert offered("leader", "submitted") == set()
    assert offered("handler", "handling") == {"draft_reply", "record_contact", "record_face_reply", "ask_extension"}
    assert offered("liaison", "assigned") == {"sign_for", "request_return"}


# --- home ----------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def busy(world, everywhere):
    """Something in every part of every worklist."""
    with on(2026, 1, 5):
        for late in (world.registered, world.assigned, world.handling, world.replied):
            late()
    (
        world.return_requested(),
        world.extension_requested(),
        world.approval(),
        world.signed_jointly(),
        world.sealed(),
        world.passed_on(),
        world.objected(),
        world.split_asked(),
        world.paused(),
    )
    rule(world, "confidential_on_request", False)
    operations.ask_confidentiality(world.submitted(), actor=world.actors["deputy"], reason="担心报复。")
    led = operations.assign(world.registered(), actor=world.actors["clerk"], unit=world.unit2, assisting=[(world.unit, "")])
    operations.sign_for(led.assignments.get(unit=world.unit), actor=world.actors["liaison"])
    for days in (0, 5):
        with clock.pretend(clock.now() - dt.timedelta(days=90)):
            s = world.handling()
        Suggestion.objects.filter(pk=s.pk).update(due=clock.today() + dt.timedelta(days=days))  # as another calendar would have it
    return world


@pytest.mark.parametrize(
    "role",
    [
        "deputy",
        "deputy2",
        "deputy3",
        "clerk",
        "leader",
        "liaison",
        "handler",
        "signer",
        "handler2",
        "other_clerk",
        "other_deputy",
        "sysadmin",
    ],
)
def test_every_count_at_home_is_the_length_of_its_list(busy, login, role):
    client = login(role)
    for card in client.get("/").context["cards"]:
        found = client.get(card["url"]).context["list"]
        assert (card["view"].key, card["count"]) == (card["view"].key, len(found.rows))


def test_no_part_of_the_staffs_worklist_is_forgotten(busy, login):
    counts = {card["view"].key: card["count"] for card in login("clerk").get("/").context["cards"]}
    assert all(counts.values()), counts


def test_no_part_of_the_units_inbox_is_forgotten(busy, login):
    counts = {card["view"].key: card["count"] for card in login("handler").get("/").context["cards"]}
    assert all(counts.values()), counts


# --- refusals ---------------------------------------------------------------------------------------------------------------------


def test_a_refusal_is_a_page_with_its_reason(world, everywhere, login):
    answer = login("leader").get(f"/suggestions/{everywhere['submitted'].pk}/register/")
    assert answer.status_code == 403
    assert "Your post does not include this." in body(answer)


def test_what_has_moved_on_says_where_it_is(world, everywhere, login):
    answer = login("clerk").post(f"/suggestions/{everywhere['handling'].pk}/register/")
    assert answer.status_code == 409
    assert "Being handled" in body(answer)
