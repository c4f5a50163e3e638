"""Registering with a number, returning for correction, not accepting."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from qiao.congress import operations as body
from qiao.kernel.errors import NotAllowed, Unfit, WrongState
from qiao.matters import operations
from qiao.matters.models import NumberSeries, State
from tests.world import SYSTEM, rule

from .given import entry, on, refused, told

pytestmark = [pytest.mark.django_db, pytest.mark.capability("M1"), pytest.mark.usefixtures("english")]


def test_registering_gives_number_topic_and_moment_and_tells_the_signers(world):
    topic = operations.add_topic(world.congress, actor=SYSTEM, name="城市管理")
    s = operations.register(world.submitted(), actor=world.actors["clerk"], topic=topic)
    line = entry("suggestion.register")
    assert (s.state, s.number, s.number_label, s.topic) == (State.REGISTERED, 1, "闭会第1号", topic)
    assert s.registered_at is not None
    assert line.acting_as == str(world.actors["clerk"].post)
    assert line.changes["number"] == [None, 1]
    assert told("registered") == ["deputy"]


def test_every_joint_signer_hears_the_number(world):
    operations.register(operations.submit(world.signed_jointly(), actor=world.actors["deputy"]), actor=world.actors["clerk"])
    assert told("registered") == ["deputy", "deputy2"]


def test_numbers_run_without_gaps_for_each_session_and_between_sessions(world):
    for number, month in ((1, 2), (2, 3)):
        opens = dt.date(2026, month, 2)
        body.convene(world.term, actor=SYSTEM, number=number, opens=opens, closes=opens + dt.timedelta(days=4))
    submitted = {}
    for month, day in ((2, 3), (2, 4), (3, 3), (4, 3), (5, 3), (2, 5)):
        with on(2026, month, day):
            submitted[month, day] = world.submitted()
    refused_one = submitted.pop((2, 4))
    operations.refuse(refused_one, actor=world.actors["clerk"], ground="personal", note="属个人事项。")
    labels = [operations.register(s, actor=world.actors["clerk"]).number_label for s in submitted.values()]
    assert labels == ["第1号", "第1号", "闭会第1号", "闭会第2号", "第2号"]
    assert NumberSeries.objects.filter(congress=world.congress).count() == 3


def test_a_registration_that_fails_uses_no_number(world):
    topic = operations.add_topic(world.other, actor=SYSTEM, name="外地")
    s = world.submitted()
    with refused(Unfit, "another congress"):
        operations.register(s, actor=world.actors["clerk"], topic=topic)
    assert operations.register(s, actor=world.actors["clerk"]).number == 1


def test_another_congress_has_numbers_of_its_own(world):
    world.registered()
    elsewhere = operations.draft(world.other, actor=world.actors["other_deputy"], title="题", matter="事", proposal="办")
    operations.submit(elsewhere, actor=world.actors["other_deputy"])
    assert operations.register(elsewhere, actor=world.actors["other_clerk"]).number == 1


def test_a_congress_writes_its_numbers_its_own_way(world):
    rule(world, "number_pattern", {"session": "建字第%d号", "intersession": "闭建字第%d号"})
    assert world.registered().number_label == "闭建字第1号"


@pytest.mark.parametrize("role", ["deputy", "handler", "leader", "sysadmin", "other_clerk"])
def test_only_the_congresss_staff_check(world, role):
    s = world.submitted()
    for run, given in (
        (operations.register, {}),
        (operations.give_back, {"note": "……"}),
        (operations.refuse, {"note": "……", "ground": "personal"}),
    ):
        with refused(NotAllowed):
            run(s, actor=world.actors[role], **given)


@pytest.mark.parametrize("state", ["draft", "registered", "returned", "withdrawn"])
def test_only_what_is_submitted_is_checked(world, state):
    s = getattr(world, state)()
    with refused(WrongState):
        operations.register(s, actor=world.actors["clerk"])
    with refused(WrongState):
        operations.give_back(s, actor=world.actors["clerk"], note="……")


def test_a_return_carries_its_reason_to_the_lead_deputy(world):
    s = operations.give_back(world.submitted(), actor=world.actors["clerk"], note="请写明地点。")
    assert (s.state, entry("suggestion.give_back").note, told("given_back")) == (State.RETURNED, "请写明地点。", ["deputy"])
    assert world.actors["deputy"].user.notices.latest("id").body.endswith("请写明地点。")


@pytest.mark.parametrize("note", ["", "   "])
def test_a_return_without_a_reason_is_refused(world, note):
    s = world.submitted()
    with refused(Unfit, "Give the reason"):
        operations.give_back(s, actor=world.actors["clerk"], note=note)


def test_not_accepting_names_a_ground_and_a_reason(world):
    s = operations.refuse(world.submitted(), actor=world.actors["clerk"], ground="personal", note="属个人事项。")
    assert (s.state, s.number, entry("suggestion.refuse").note, told("refused")) == (State.NOT_ACCEPTED, None, "属个人事项。", ["deputy"])
    assert s.closed_at


@pytest.mark.parametrize(("ground", "note"), [("tender", "……"), ("", "……"), ("personal", " ")])
def test_a_ground_outside_the_congresss_list_or_no_reason_is_refused(world, ground, note):
    s = world.submitted()
    with refused(Unfit):
        operations.refuse(s, actor=world.actors["clerk"], ground=ground, note=note)


def test_topics_are_added_once_by_those_who_keep_the_directory(world):
    operations.add_topic(world.congress, actor=world.actors["clerk"], name="教育")
    with refused(ValidationError):
        operations.add_topic(world.congress, actor=world.actors["clerk"], name="教育")
    with refused(NotAllowed):
        operations.add_topic(world.congress, actor=world.actors["other_clerk"], name="卫生")
