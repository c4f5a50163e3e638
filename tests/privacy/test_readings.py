"""A protected value is shown for a reason, once, to those who may, so often; the person and the journal know of it."""

import json

import pytest
from django.urls import reverse

from qiao.accounts.models import Person
from qiao.congress.operations import correct_person
from qiao.kernel.errors import NotAllowed, Unfit
from qiao.kernel.models import Entry
from qiao.privacy import operations
from qiao.privacy.models import Reading

PHONE, NUMBER = "13800000099", "11010519491231002X"
GIVEN = {"purpose": "contact", "note": "约定走访时间。"}


@pytest.fixture
def person(world):
    return correct_person(world.mandates["deputy"].person, actor=world.actors["clerk"], phone=PHONE, id_number=NUMBER)


def address(person, column="phone"):
    return reverse("privacy:open", args=[person.pk, column])


def test_the_card_shows_stars_to_staff_and_the_whole_to_the_deputy(login, world, person):
    card = reverse("congress:deputy", args=[world.mandates["deputy"].pk])
    staff = login("clerk").get(card).content.decode()
    assert "138****0099" in staff
    assert "2X" in staff
    assert address(person) in staff
    assert PHONE not in staff
    assert NUMBER not in staff
    own = login("deputy").get(card).content.decode()
    assert PHONE in own
    assert NUMBER in own
    assert address(person) not in own


@pytest.mark.parametrize(("column", "value"), [("phone", PHONE), ("id_number", NUMBER)])
def test_it_is_shown_once_for_a_reason_that_is_kept(login, world, person, column, value):
    client = login("clerk")
    assert value not in client.get(address(person, column)).content.decode()
    shown = client.post(address(person, column), GIVEN)
    assert value in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]
    assert value not in client.get(address(person, column)).content.decode()
    kept = Reading.objects.get()
    assert (kept.person, kept.column, kept.user, kept.purpose, kept.note) == (
        person,
        column,
        world.actors["clerk"].user,
        "contact",
        GIVEN["note"],
    )
    entry = Entry.objects.get(code="person.open")
    assert (entry.trail, entry.congress_id, entry.note) == (f"person:{person.pk}", world.congress.pk, GIVEN["note"])
    assert value not in json.dumps(entry.changes)


@pytest.mark.parametrize(
    "given", [{}, {"purpose": "contact", "note": ""}, {"purpose": "contact", "note": "  a "}, {"purpose": "none", "note": "约定走访时间。"}]
)
def test_without_a_reason_nothing_is_shown_and_what_was_typed_stays(login, person, given):
    said = login("clerk").post(address(person), given)
    assert said.status_code == 422
    assert PHONE not in said.content.decode()
    assert Reading.objects.count() == 0


def test_only_staff_of_the_persons_congress_may(login, world, person):
    for role in ("deputy2", "handler", "other_clerk", "other_deputy"):
        assert login(role).post(address(person), GIVEN).status_code in {403, 404}, role
        with pytest.raises(NotAllowed):
            operations.open_value(person, actor=world.actors[role], column="phone", **GIVEN)
    assert Reading.objects.count() == 0


def test_no_other_column_and_no_empty_one_can_be_asked_for(login, world, person):
    client = login("clerk")
    for column in ("email", "password", "phone_hash"):
        assert client.post(address(person, column), GIVEN).status_code == 404
    empty = world.mandates["deputy2"].person
    assert client.post(address(empty), GIVEN).status_code == 404


def test_so_many_in_an_hour_and_no_more(login, world, person, settings):
    settings.READINGS_AN_HOUR = 2
    clerk = world.actors["clerk"]
    for _time in range(2):
        operations.open_value(person, actor=clerk, column="phone", **GIVEN)
    said = login("clerk").post(address(person), GIVEN)
    assert said.status_code == 422
    assert PHONE not in said.content.decode()
    assert GIVEN["note"] in said.content.decode()
    with pytest.raises(Unfit):
        operations.open_value(person, actor=clerk, column="phone", **GIVEN)


def test_the_person_sees_who_and_why_and_nobody_elses(login, world, person):
    operations.open_value(person, actor=world.actors["clerk"], column="phone", **GIVEN)
    own = login("deputy").get(reverse("privacy:mine")).content.decode()
    assert GIVEN["note"] in own
    assert world.actors["clerk"].user.person.name in own
    assert PHONE in own
    other = login("deputy2").get(reverse("privacy:mine")).content.decode()
    assert GIVEN["note"] not in other
    assert PHONE not in other
    assert list(Reading.objects.visible_to(world.actors["deputy2"])) == []


def test_a_copy_holds_ones_own_and_is_written_down(login, world, person):
    operations.open_value(person, actor=world.actors["clerk"], column="phone", **GIVEN)
    world.drafted()
    client = login("deputy")
    assert client.get(reverse("privacy:take_away", args=["json"])).status_code == 405
    copy = client.post(reverse("privacy:take_away", args=["json"]))
    held = json.loads(copy.content)
    assert (held["person"]["phone"], held["person"]["id_number"]) == (PHONE, NUMBER)
    assert held["readings"][0]["reason"] == GIVEN["note"]
    assert held["suggestions"]
    assert "attachment" in copy.headers["Content-Disposition"]
    document = client.post(reverse("privacy:take_away", args=["html"])).content.decode()
    assert PHONE in document
    assert "<script" not in document
    assert client.post(reverse("privacy:take_away", args=["exe"])).status_code == 404
    assert Entry.objects.filter(code="person.take_away", trail=f"person:{person.pk}").count() == 2


def test_nobody_takes_anothers_copy(world, person):
    with pytest.raises(NotAllowed):
        operations.take_away(person, actor=world.actors["clerk"])


def test_the_page_asks_the_same_with_many_readings(login, world, person, django_assert_max_num_queries, settings):
    settings.READINGS_AN_HOUR = 100
    for _time in range(9):
        operations.open_value(person, actor=world.actors["clerk"], column="phone", **GIVEN)
    client = login("deputy")
    with django_assert_max_num_queries(12):
        client.get(reverse("privacy:mine"))


def test_a_person_struck_out_takes_their_readings_along(world):
    from qiao.accounts.operations import add_person, strike_person  # noqa: PLC0415
    from tests.world import SYSTEM  # noqa: PLC0415

    gone = add_person(world.congress, actor=SYSTEM, name="误录者", phone=PHONE)
    operations.open_value(gone, actor=SYSTEM, column="phone", **GIVEN)
    strike_person(gone, actor=SYSTEM)
    assert not Person.objects.filter(pk=gone.pk).exists()
    assert Reading.objects.count() == 0
