"""The lead deputy's objection to the unit, and its answer: the unit stays, or another is named (R3.27)."""

import datetime as dt

import pytest

from qiao.kernel.errors import NotAllowed, Unfit, WrongState
from qiao.matters import operations
from qiao.matters.models import Objection, State
from tests.world import rule

from .given import entry, fresh, on, refused, running, told

pytestmark = [pytest.mark.django_db, pytest.mark.capability("M1"), pytest.mark.usefixtures("english")]


def body(answer):
    return answer.content.decode()


def raised(world):
    return world.objected().assignments.get().objection


def test_the_lead_deputy_objects_with_a_reason_and_staff_must_answer_in_time(world):
    with on(2026, 3, 2):
        made = raised(world)
    s = made.assignment.suggestion
    assert (made.state, made.reason, made.wished_unit, fresh(s).state) == ("raised", "路灯由教育局出资建设。", world.unit2, State.ASSIGNED)
    assert (entry("assignment.object").trail, told("objected")) == (f"suggestion:{s.pk}", ["clerk"])
    assert running(s)["objection"] == dt.date(2026, 3, 16)
    assert "The deputy objected on 2 March 2026" in s.clocks.get(kind="objection").reckoning.explained()[0]


def test_an_objection_needs_its_reason_and_another_unit(world):
    a = world.assigned().assignments.get()
    with refused(Unfit, "Give the reason"):
        operations.object_to_unit(a, actor=world.actors["deputy"], note=" ")
    with refused(Unfit, "another unit than the one that has it"):
        operations.object_to_unit(a, actor=world.actors["deputy"], note="……", wished_unit=world.unit)


def test_the_deputy_objects_only_in_the_time_the_rules_give(world):
    with on(2026, 3, 2):
        rule(world, "objection_limit", {"n": 5, "unit": "working_days"})
        a = operations.assign(world.registered(), actor=world.actors["clerk"], unit=world.unit).assignments.get()
    with on(2026, 3, 10), refused(NotAllowed, "time to object to the unit has passed"):
        operations.object_to_unit(a, actor=world.actors["deputy"], note="……")
    with on(2026, 3, 9):
        assert operations.object_to_unit(a, actor=world.actors["deputy"], note="……").state == "raised"


@pytest.mark.parametrize("role", ["deputy2", "clerk", "liaison", "other_deputy"])
def test_only_the_lead_deputy_objects(world, role):
    a = world.assigned().assignments.get()
    with refused(NotAllowed):
        operations.object_to_unit(a, actor=world.actors[role], note="……")


def test_one_objects_once_and_not_to_a_unit_that_only_assists_or_has_answered(world):
    a = raised(world).assignment
    with refused(NotAllowed, "objected to this unit already"):
        operations.object_to_unit(a, actor=world.actors["deputy"], note="……")
    helper = world.assisted().assignments.get(role="assist")
    with refused(NotAllowed):
        operations.object_to_unit(helper, actor=world.actors["deputy"], note="……")
    answered = world.replied().assignments.get()
    with refused(WrongState):
        operations.object_to_unit(answered, actor=world.actors["deputy"], note="……")


def test_a_unit_that_stays_is_explained_and_goes_on(world):
    o = raised(world)
    with refused(Unfit, "Give the reason"):
        operations.keep_unit(o, actor=world.actors["clerk"], note="")
    o = operations.keep_unit(o, actor=world.actors["clerk"], note="三定方案规定由城管局管护。")
    s = fresh(o.assignment.suggestion)
    assert (o.state, o.answer, s.state, s.unit) == ("kept", "三定方案规定由城管局管护。", State.ASSIGNED, world.unit)
    assert (s.clocks.get(kind="objection").in_time, told("objection_answered"), told("taken_away")) == (True, ["deputy"], [])


def test_an_upheld_objection_takes_it_from_the_unit_to_be_assigned_anew(world):
    with on(2026, 3, 2):
        o = operations.uphold_objection(raised(world), actor=world.actors["clerk"], note="代表意见成立。")
    s = fresh(o.assignment.suggestion)
    a = s.assignments.get()
    assert (o.state, s.state, s.unit, a.state, a.taken_away, a.state_label) == (
        "upheld",
        State.REGISTERED,
        None,
        "returned",
        True,
        "Taken away",
    )
    assert (set(running(s)), told("objection_answered"), told("taken_away")) == ({"reassign"}, ["deputy"], ["handler", "liaison", "signer"])
    assert "The objection was accepted on 2 March 2026" in s.clocks.get(kind="reassign").reckoning.explained()[0]
    assert operations.assign(s, actor=world.actors["clerk"], unit=world.unit2).unit == world.unit2


def test_what_was_taken_away_does_not_count_as_given_back(world, login):
    rule(world, "return_max_times", "1")
    o = operations.uphold_objection(raised(world), actor=world.actors["clerk"], note="代表意见成立。")
    s = operations.assign(fresh(o.assignment.suggestion), actor=world.actors["clerk"], unit=world.unit2)
    a = s.assignments.latest("id")
    assert operations.request_return(a, actor=world.actors["liaison2"], note="不属我局职责。").state == "return_requested"
    operations.grant_return(a, actor=world.actors["clerk"])
    assert list(login("clerk").get("/suggestions/", {"view": "passed"}).context["list"].rows) == []


def test_even_what_is_being_answered_is_taken_away_and_the_same_unit_begins_afresh(world):
    a = world.drafted().assignments.get()
    o = operations.object_to_unit(a, actor=world.actors["deputy"], note="……")
    operations.uphold_objection(o, actor=world.actors["clerk"], note="代表意见成立。")
    s = operations.assign(fresh(a.suggestion), actor=world.actors["clerk"], unit=world.unit)
    again = operations.sign_for(s.assignments.latest("id"), actor=world.actors["liaison"])
    assert operations.draft_reply(again, actor=world.actors["handler"], text="……", result="A").round == 1


@pytest.mark.parametrize("role", ["deputy", "leader", "liaison", "other_clerk", "sysadmin"])
def test_only_the_congresss_staff_answer(world, role):
    o = raised(world)
    for run in (operations.keep_unit, operations.uphold_objection):
        with refused(NotAllowed):
            run(o, actor=world.actors[role], note="……")


def test_an_objection_falls_away_with_a_return_a_withdrawal_or_the_reply(world):
    back = raised(world)
    operations.request_return(back.assignment, actor=world.actors["liaison"], note="……")
    operations.grant_return(back.assignment, actor=world.actors["clerk"])
    gone = raised(world)
    operations.withdraw(gone.assignment.suggestion, actor=world.actors["deputy"], note="……")
    reply = world.approval().assignments.get().replies.get()
    late = operations.object_to_unit(reply.assignment, actor=world.actors["deputy"], note="……")
    operations.issue(reply, actor=world.actors["signer"], document_no="1号")
    for one in (back, gone, late):
        one.refresh_from_db()
        assert (one.state, "objection" in running(one.assignment.suggestion)) == ("lapsed", False)


def test_the_way_through_the_pages(world, login):
    s = world.assigned()
    a, page = s.assignments.get(), f"/suggestions/{s.pk}/"
    assert f"/assignments/{a.pk}/object/" in body(login("deputy").get(page))
    empty = login("deputy").post(f"/assignments/{a.pk}/object/", {"note": "", "wished_unit": world.unit2.pk})
    assert (empty.status_code, f'value="{world.unit2.pk}" selected' in body(empty)) == (422, True)
    assert login("deputy").post(f"/assignments/{a.pk}/object/", {"note": "由教育局建设。"}).status_code == 302
    assert f"/assignments/{a.pk}/object/" not in body(login("deputy").get(page))
    rows = login("clerk").get("/suggestions/", {"view": "objections"}).context["list"].rows
    assert [row.pk for row in rows] == [s.pk]
    o = Objection.objects.get()
    assert f"/objections/{o.pk}/uphold/" in body(login("clerk").get(page))
    login("clerk").post(f"/objections/{o.pk}/uphold/", {"note": "代表意见成立。"})
    shown = body(login("deputy").get(page))
    assert "Another unit is named" in shown
    assert "代表意见成立。" in shown
    assert "Taken from 甲市城管局: the deputy objected" in shown
