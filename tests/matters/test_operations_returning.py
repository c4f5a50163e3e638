"""Asking for return, deciding on it, how often and from when; the congress's own time to assign anew; the way between units."""

import datetime as dt

import pytest

from qiao.kernel.errors import NotAllowed, Unfit, WrongState
from qiao.kernel.models import Entry
from qiao.matters import operations
from qiao.matters.flow import ASSIGNMENT
from qiao.matters.models import Assignment, Clock, State
from tests.world import rule

from .given import entry, fresh, on, refused, running, told, verbs

pytestmark = [pytest.mark.django_db, pytest.mark.capability("M1"), pytest.mark.usefixtures("english")]


def test_asking_for_return_says_why_and_who_and_the_reply_clock_goes_on(world):
    s = world.return_requested()
    a = s.assignments.get()
    assert (a.state, a.return_reason, a.wished_unit, fresh(s).state) == ("return_requested", "不属我局职责。", world.unit2, State.ASSIGNED)
    assert set(running(s)) == {"sign", "contact", "reply"}
    assert (entry("assignment.request_return").note, told("return_requested")) == ("不属我局职责。", ["clerk"])


def test_a_return_needs_its_reason_and_another_unit(world):
    a = world.assigned().assignments.get()
    with refused(Unfit, "Give the reason"):
        operations.request_return(a, actor=world.actors["liaison"], note=" ")
    with refused(Unfit, "another unit than your own"):
        operations.request_return(a, actor=world.actors["liaison"], note="……", wished_unit=world.unit)


def test_after_the_limit_a_return_is_refused(world):
    with on(2026, 3, 2):
        a = operations.assign(world.registered(), actor=world.actors["clerk"], unit=world.unit).assignments.get()
    with on(2026, 3, 17), refused(Unfit, "has passed"):
        operations.request_return(a, actor=world.actors["liaison"], note="……")
    with on(2026, 3, 16):
        assert operations.request_return(a, actor=world.actors["liaison"], note="……").state == "return_requested"


def test_a_granted_return_takes_the_suggestion_back(world):
    s = world.return_requested()
    a = operations.grant_return(s.assignments.get(), actor=world.actors["clerk"], note="同意。")
    s = fresh(s)
    assert (a.state, a.decision, s.state, s.unit, s.due, set(running(s))) == (
        "returned",
        "同意。",
        State.REGISTERED,
        None,
        None,
        {"reassign"},
    )
    assert told("return_decided") == ["liaison", "signer"]
    assert entry("suggestion.take_back").because == "assignment.grant_return"


def test_another_unit_begins_with_new_clocks_and_the_old_ones_stay_on_record(world):
    with on(2026, 3, 2):
        s = world.return_requested()
        operations.grant_return(s.assignments.get(), actor=world.actors["clerk"])
    with on(2026, 3, 9):
        s = operations.assign(fresh(s), actor=world.actors["clerk"], unit=world.unit2)
    assert (s.due, s.unit) == (dt.date(2026, 6, 9), world.unit2)
    assert running(s) == {
        "sign": dt.date(2026, 3, 16),
        "return": dt.date(2026, 3, 23),
        "contact": dt.date(2026, 4, 7),
        "reply": dt.date(2026, 6, 9),
    }
    assert s.clocks.exclude(assignment=None).count() == 8
    assert s.clocks.get(kind="reassign").in_time
    assert list(s.assignments.values_list("unit__name", "state")) == [("甲市城管局", "returned"), ("甲市教育局", "assigned")]
    assert s.current_assignment.unit == world.unit2


@pytest.mark.capability("T3")
def test_a_congress_may_let_the_reply_clock_go_on_after_a_return(world):
    with on(2026, 3, 2):
        rule(world, "clock_on_reassign", "original")
        s = world.return_requested()
        operations.grant_return(s.assignments.get(), actor=world.actors["clerk"])
    with on(2026, 3, 9):
        s = operations.assign(fresh(s), actor=world.actors["clerk"], unit=world.unit2)
    assert running(s) == {
        "sign": dt.date(2026, 3, 16),
        "return": dt.date(2026, 3, 23),
        "contact": dt.date(2026, 4, 7),
        "reply": dt.date(2026, 6, 2),
    }
    assert s.due == dt.date(2026, 6, 2)


def test_a_refused_return_leaves_it_with_the_unit_which_cannot_ask_again(world):
    s = world.return_requested()
    due = fresh(s).due
    a = operations.refuse_return(s.assignments.get(), actor=world.actors["clerk"], note="属你局职责。")
    assert (a.state, a.decision, fresh(s).due, told("return_decided")) == ("assigned", "属你局职责。", due, ["liaison", "signer"])
    with refused(Unfit, "has passed"):
        operations.request_return(a, actor=world.actors["liaison"], note="再请。")
    assert operations.sign_for(a, actor=world.actors["liaison"]).state == "handling"


def test_a_return_is_decided_once_and_by_the_congresss_staff(world):
    a = world.return_requested().assignments.get()
    with refused(Unfit, "Give the reason"):
        operations.refuse_return(a, actor=world.actors["clerk"], note="")
    for role in ("liaison", "liaison2", "leader", "other_clerk", "deputy"):
        with refused(NotAllowed):
            operations.grant_return(a, actor=world.actors[role])
        with refused(NotAllowed):
            operations.refuse_return(a, actor=world.actors[role], note="……")
    operations.grant_return(a, actor=world.actors["clerk"])
    with refused(WrongState):
        operations.refuse_return(a, actor=world.actors["clerk"], note="……")


# --- counted from receipt ---------------------------------------------------------------------------------------------------------


def from_receipt(world):
    """The congress counts the time for return from signing for; handed over on Monday 2 March."""
    with on(2026, 3, 2):
        rule(world, "return_from", "received")
        return operations.assign(world.registered(), actor=world.actors["clerk"], unit=world.unit).assignments.get()


def sign(world, a, *day):
    with on(*day):
        return operations.sign_for(a, actor=world.actors["liaison"])


@pytest.mark.capability("T3")
def test_counted_from_receipt_the_time_begins_with_signing_and_at_the_latest_with_the_last_day_for_it(world):
    a = from_receipt(world)
    assert running(a.suggestion)["return"] == dt.date(2026, 3, 23)  # ten working days from 9 March
    assert "Taken as received on 9 March 2026" in a.clocks.get(kind="return").reckoning.explained()[0]
    sign(world, a, 2026, 3, 4)
    assert running(a.suggestion)["return"] == dt.date(2026, 3, 18)
    assert "Signed for on 4 March 2026" in a.clocks.get(kind="return").reckoning.explained()[0]


def test_who_signs_late_has_no_more_time_to_return(world):
    a = from_receipt(world)
    sign(world, a, 2026, 3, 13)
    assert running(a.suggestion)["return"] == dt.date(2026, 3, 23)


def test_a_unit_that_has_signed_returns_it_all_the_same_and_it_is_assigned_anew(world):
    a = sign(world, from_receipt(world), 2026, 3, 4)
    with on(2026, 3, 18):
        a = operations.return_signed(a, actor=world.actors["liaison"], note="不属我局职责。")
        assert (a.state, fresh(a.suggestion).state, told("return_requested")) == ("return_requested", State.HANDLING, ["clerk"])
        operations.grant_return(a, actor=world.actors["clerk"])
        s = operations.assign(fresh(a.suggestion), actor=world.actors["clerk"], unit=world.unit2)
    assert (s.state, s.unit) == (State.ASSIGNED, world.unit2)


def test_a_refused_return_leaves_a_signed_suggestion_being_handled(world):
    a = sign(world, from_receipt(world), 2026, 3, 4)
    with on(2026, 3, 5):
        a = operations.return_signed(a, actor=world.actors["liaison"], note="不属我局职责。")
        a = operations.refuse_return(a, actor=world.actors["clerk"], note="属你局职责。")
        assert (a.state, fresh(a.suggestion).state) == ("handling", State.HANDLING)
        with refused(Unfit, "has passed"):
            operations.return_signed(a, actor=world.actors["liaison"], note="再请。")


def test_what_was_signed_is_not_returned_too_late_or_once_an_answer_is_begun(world):
    a = sign(world, from_receipt(world), 2026, 3, 4)
    with on(2026, 3, 19), refused(Unfit, "has passed"):
        operations.return_signed(a, actor=world.actors["liaison"], note="……")
    with on(2026, 3, 18):
        operations.draft_reply(a, actor=world.actors["handler"], text="……", result="A")
        with refused(Unfit, "begun its answer"):
            operations.return_signed(a, actor=world.actors["liaison"], note="……")


def test_only_the_receivers_return_what_was_signed_and_only_where_receipt_counts(world):
    a = sign(world, from_receipt(world), 2026, 3, 4)
    open_to = {role for role, actor in world.actors.items() if "return_signed" in verbs(ASSIGNMENT, actor, a)}
    assert open_to == {"liaison", "signer"}
    rule(world, "return_from", "assigned")
    other = world.handling().assignments.get()
    with refused(NotAllowed, "no longer return it"):
        operations.return_signed(other, actor=world.actors["liaison"], note="……")


def test_a_request_for_more_time_falls_away_with_a_granted_return(world):
    rule(world, "return_from", "received")
    a = world.extension_requested().assignments.get()
    operations.return_signed(a, actor=world.actors["liaison"], note="不属我局职责。")
    operations.grant_return(a, actor=world.actors["clerk"])
    assert a.extensions.get().state == "lapsed"


def test_a_chance_to_return_that_was_not_used_makes_nobody_late(world):
    a = sign(world, from_receipt(world), 2026, 3, 4)
    clock = Clock.objects.get(assignment=a, kind="return")
    with on(2026, 3, 18):
        assert not clock.is_forgone
    with on(2026, 3, 19):
        assert clock.is_forgone


# --- late, and how often ------------------------------------------------------------------------------------------------------------


def test_where_the_rules_hear_an_explanation_a_late_return_needs_one_and_says_it(world):
    with on(2026, 3, 2):
        rule(world, "late_return_policy", "explain")
        a = operations.assign(world.registered(), actor=world.actors["clerk"], unit=world.unit).assignments.get()
    with on(2026, 3, 17):
        with refused(Unfit, "Say why your unit asks only now"):
            operations.request_return(a, actor=world.actors["liaison"], note="不属我局职责。", late_explanation=" ")
        a = operations.request_return(a, actor=world.actors["liaison"], note="不属我局职责。", late_explanation="机构改革，职责刚划转。")
    assert (a.state, a.late_explanation, a.return_asked_on) == ("return_requested", "机构改革，职责刚划转。", dt.date(2026, 3, 17))


def test_what_is_asked_in_time_keeps_no_explanation(world):
    rule(world, "late_return_policy", "explain")
    a = world.assigned().assignments.get()
    a = operations.request_return(a, actor=world.actors["liaison"], note="……", late_explanation="……")
    assert a.late_explanation == ""


def returned_on(world, s, unit, role):
    """Handed to a unit, which gives it back."""
    s = operations.assign(s, actor=world.actors["clerk"], unit=unit)
    a = s.assignments.latest("id")
    operations.request_return(a, actor=world.actors[role], note=f"不属{unit}职责。")
    operations.grant_return(a, actor=world.actors["clerk"], note="同意。")
    return fresh(s)


def test_after_so_many_returns_as_the_rules_allow_no_unit_passes_it_on(world):
    rule(world, "return_max_times", "1")
    s = returned_on(world, world.registered(), world.unit, "liaison")
    a = operations.assign(s, actor=world.actors["clerk"], unit=world.unit2).assignments.latest("id")
    with refused(Unfit, "returned once at most"):
        operations.request_return(a, actor=world.actors["liaison2"], note="也不属我局职责。")
    other = world.assigned().assignments.get()
    assert operations.request_return(other, actor=world.actors["liaison"], note="……").state == "return_requested"


def test_an_assisting_unit_drops_out_however_often_the_suggestion_was_returned(world):
    rule(world, "return_max_times", "1")
    s = returned_on(world, world.registered(), world.unit, "liaison")
    s = operations.assign(s, actor=world.actors["clerk"], unit=world.unit, assisting=[(world.unit2, "")])
    a = s.assignments.get(unit=world.unit2)
    assert operations.request_return(a, actor=world.actors["liaison2"], note="……").state == "return_requested"


# --- the congress's own time, and the way between units -----------------------------------------------------------------------------


@pytest.mark.capability("T3")
def test_a_granted_return_starts_the_congresss_own_time_which_ends_with_assigning_anew(world):
    with on(2026, 3, 2):
        rule(world, "reassign_limit", {"n": 5, "unit": "working_days"})
        s = returned_on(world, world.registered(), world.unit, "liaison")
    limit = s.clocks.get(kind="reassign")
    assert (limit.due, limit.party, limit.ended_on) == (dt.date(2026, 3, 9), "甲市人大", None)
    assert "The return was granted on 2 March 2026" in limit.reckoning.explained()[0]
    with on(2026, 3, 6):
        operations.assign(s, actor=world.actors["clerk"], unit=world.unit2)
    limit.refresh_from_db()
    assert (limit.in_time, limit.ended_on) == (True, dt.date(2026, 3, 6))


def test_when_an_assisting_unit_drops_out_nothing_is_to_be_assigned_anew(world):
    s = operations.assign(world.registered(), actor=world.actors["clerk"], unit=world.unit, assisting=[(world.unit2, "")])
    a = operations.request_return(s.assignments.get(unit=world.unit2), actor=world.actors["liaison2"], note="……")
    operations.grant_return(a, actor=world.actors["clerk"])
    assert "reassign" not in running(s)


def test_the_page_tells_the_way_between_units_to_everybody_who_sees_it(world, login):
    s = returned_on(world, world.registered(), world.unit, "liaison")
    page = login("deputy").get(f"/suggestions/{s.pk}/").content.decode()
    assert "The way between the units" in page
    assert "must assign it anew by" in page
    s = returned_on(world, s, world.unit2, "liaison2")
    operations.assign(s, actor=world.actors["clerk"], unit=world.unit)
    for role in ("deputy", "clerk", "liaison"):
        page = login(role).get(f"/suggestions/{s.pk}/").content.decode()
        for words in (
            "The way between the units",
            "甲市城管局 gave it back",
            "甲市教育局 gave it back",
            "不属甲市教育局职责。",
            "Now with 甲市城管局",
        ):
            assert words in page


def test_what_was_never_returned_tells_no_way(world, login):
    assert 'id="passes"' not in login("clerk").get(f"/suggestions/{world.assigned().pk}/").content.decode()


def test_staff_find_what_was_returned_twice(world, login):
    once, twice = returned_on(world, world.registered(), world.unit, "liaison"), world.passed_on()
    found = login("clerk").get("/suggestions/", {"view": "passed"}).context["list"].rows
    assert [row.pk for row in found] == [twice.pk]
    assert once.pk != twice.pk


def test_assigning_anew_too_late_stands_among_the_overdue(world, login):
    with on(2026, 3, 2):
        s = returned_on(world, world.registered(), world.unit, "liaison")
    with on(2026, 3, 31):
        assert [row.pk for row in login("clerk").get("/suggestions/", {"view": "late"}).context["list"].rows] == [s.pk]


def test_the_form_asks_why_so_late_only_when_it_is_late(world, login):
    with on(2026, 3, 2):
        rule(world, "late_return_policy", "explain")
        a = operations.assign(world.registered(), actor=world.actors["clerk"], unit=world.unit).assignments.get()
        assert "Why your unit asks only now" not in login("liaison").get(f"/assignments/{a.pk}/request_return/").content.decode()
    with on(2026, 3, 20):
        client = login("liaison")
        assert "Why your unit asks only now" in client.get(f"/assignments/{a.pk}/request_return/").content.decode()
        asked = client.post(f"/assignments/{a.pk}/request_return/", {"note": "不属我局职责。", "late_explanation": ""})
        assert (asked.status_code, "不属我局职责。" in asked.content.decode()) == (422, True)
        client.post(f"/assignments/{a.pk}/request_return/", {"note": "不属我局职责。", "late_explanation": "刚划转。"})
    assert Assignment.objects.get(pk=a.pk).late_explanation == "刚划转。"
    assert Entry.objects.filter(code="assignment.request_return").count() == 1
