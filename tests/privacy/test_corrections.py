"""A person asks, the staff of that congress answer; the directory changes by its own operation."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from qiao.accounts.models import Person
from qiao.kernel.errors import NotAllowed, Unfit, WrongState
from qiao.kernel.models import Entry
from qiao.notices.models import Notice
from qiao.privacy import operations
from qiao.privacy.models import Correction

PHONE = "13900000055"


@pytest.fixture
def person(world):
    return world.mandates["deputy"].person


@pytest.fixture
def asked(world, person):
    return operations.ask_correction(person, actor=world.actors["deputy"], column="phone", wish=PHONE, reason="换了号码。")


def test_what_is_accepted_stands_in_the_directory_and_the_person_is_told(world, asked, person):
    operations.accept_correction(asked, actor=world.actors["clerk"])
    assert Person.objects.get(pk=person.pk).phone.plain == PHONE
    changed = Entry.objects.get(code="person.correct")
    assert (changed.user, changed.because) == (world.actors["clerk"].user, "correction.accept")
    assert PHONE not in str(list(Entry.objects.values_list("changes", "note")))
    assert Notice.objects.filter(user=world.actors["deputy"].user, code="correction.accept").count() == 1
    assert Notice.objects.filter(user=world.actors["clerk"].user, code="correction.ask").count() == 1
    with pytest.raises(WrongState):
        operations.refuse_correction(asked, actor=world.actors["clerk"], note="不符。")


def test_what_is_refused_stays_with_the_reason(login, world, asked, person):
    with pytest.raises(Unfit):
        operations.refuse_correction(asked, actor=world.actors["clerk"], note=" ")
    operations.refuse_correction(asked, actor=world.actors["clerk"], note="与登记材料不符。")
    assert not Person.objects.get(pk=person.pk).phone
    assert "与登记材料不符。" in login("deputy").get(reverse("privacy:mine")).content.decode()


def test_nobody_asks_for_another_and_only_the_congresss_staff_decide(login, world, asked, person):
    with pytest.raises(NotAllowed):
        operations.ask_correction(person, actor=world.actors["deputy2"], column="phone", wish=PHONE)
    for role in ("deputy", "deputy2", "handler", "other_clerk"):
        with pytest.raises(NotAllowed):
            operations.accept_correction(asked, actor=world.actors[role])
    assert login("other_clerk").get(reverse("privacy:correction", args=[asked.pk])).status_code == 404
    assert login("deputy2").get(reverse("privacy:correction", args=[asked.pk])).status_code == 404
    assert login("deputy").get(reverse("privacy:corrections")).status_code == 403


@pytest.mark.parametrize(("column", "wish"), [("born_on", "昨天"), ("email", "不是邮箱"), ("id_number", "123"), ("name", "长" * 61)])
def test_what_cannot_stand_there_is_refused_with_what_was_typed(login, world, person, column, wish):
    with pytest.raises(ValidationError):
        operations.ask_correction(person, actor=world.actors["deputy"], column=column, wish=wish)
    said = login("deputy").post(reverse("privacy:ask"), {"column": column, "wish": wish})
    assert said.status_code == 422
    assert wish in said.content.decode()
    assert Correction.objects.count() == 0


def test_one_request_at_a_time_and_none_for_what_stands_there(world, asked, person):
    with pytest.raises(ValidationError):
        operations.ask_correction(person, actor=world.actors["deputy"], column="phone", wish="13900000056")
    with pytest.raises(Unfit):
        operations.ask_correction(person, actor=world.actors["deputy"], column="name", wish=person.name)


def test_the_pages_from_asking_to_the_answer(login, world, person):
    login("deputy").post(reverse("privacy:ask"), {"column": "phone", "wish": PHONE})
    made = Correction.objects.get()
    client = login("clerk")
    here = reverse("privacy:correction", args=[made.pk])
    assert here in client.get(reverse("privacy:corrections")).content.decode()
    assert PHONE in client.get(here).content.decode()
    assert client.post(here, {"note": ""}).status_code == 422
    assert client.post(here, {"decision": "accept"}).status_code == 302
    assert client.post(here, {"decision": "accept"}).status_code == 409
    assert Person.objects.get(pk=person.pk).phone.plain == PHONE


def test_the_list_asks_as_much_with_nine_as_with_two(login, world, django_assert_num_queries, django_assert_max_num_queries):
    actor, person = world.actors["deputy"], world.mandates["deputy"].person
    given = {
        "party": "群众",
        "education": "大专",
        "work_unit": "甲厂",
        "job_title": "工人",
        "phone": PHONE,
        "email": "a@example.org",
        "born_on": "1980-05-01",
        "ethnicity": "汉族",
        "name": "甲",
    }
    client = login("clerk")
    for column, wish in given.items():
        operations.ask_correction(person, actor=actor, column=column, wish=wish)
    with django_assert_max_num_queries(12):
        assert len(client.get(reverse("privacy:corrections")).context["shown"].rows) == 9
