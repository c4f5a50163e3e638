"""The unit's contact with the deputy: the time for the first, and the stages at which the rules ask for one (R3.32, R3.33)."""

import datetime as dt

import pytest

from qiao.kernel import clock
from qiao.kernel.errors import Unfit
from qiao.matters import operations
from tests.world import REPLY, rule

from .given import fresh, on, refused, running

pytestmark = [pytest.mark.django_db, pytest.mark.capability("M1"), pytest.mark.usefixtures("english")]

ALL = ["before", "during", "after"]


def record(world, a, **facts):
    said = {"mode": "phone", "who": "代表、经办人", "content": "已沟通。", "on": clock.today()}
    return operations.record_contact(a, actor=world.actors["handler"], **{**said, **facts})


def body(answer):
    return answer.content.decode()


@pytest.mark.capability("T3")
def test_the_first_contact_is_due_twenty_working_days_after_hand_over_and_met_on_the_day_it_took_place(world):
    with on(2026, 3, 2):
        a = world.handling().assignments.get()
    assert running(a.suggestion)["contact"] == dt.date(2026, 3, 30)
    with on(2026, 4, 1):
        record(world, a, on=dt.date(2026, 3, 27))
        record(world, a)
    first = a.clocks.get(kind="contact")
    assert (first.in_time, first.ended_on, first.party) == (True, dt.date(2026, 3, 27), "甲市城管局")


def test_a_first_contact_after_its_day_stays_on_record_as_late(world):
    with on(2026, 3, 2):
        a = world.handling().assignments.get()
    with on(2026, 3, 31):
        record(world, a)
    first = a.clocks.get(kind="contact")
    assert (first.met, first.in_time) == (True, False)


def test_the_congress_sets_the_time_for_the_first_contact(world):
    with on(2026, 3, 2):
        rule(world, "first_contact_limit", {"n": 5, "unit": "working_days"})
        assert running(world.assigned())["contact"] == dt.date(2026, 3, 9)


def test_only_the_unit_that_answers_has_the_time_and_only_its_contact_meets_it(world):
    s = world.assisted()
    assert not s.assignments.get(unit=world.unit2).clocks.filter(kind="contact").exists()
    helper = s.assignments.get(unit=world.unit2)
    said = {"mode": "phone", "who": "代表", "content": "……", "on": clock.today()}
    operations.record_contact(helper, actor=world.actors["handler2"], **said)
    assert "contact" in running(s)


def test_a_reply_without_a_contact_ends_the_time_unmet(world):
    rule(world, "contact_required", False)
    a = world.handling().assignments.get()
    reply = operations.draft_reply(a, actor=world.actors["handler"], **REPLY)
    operations.request_approval(reply, actor=world.actors["handler"])
    operations.issue(reply, actor=world.actors["signer"], document_no="1号")
    first = a.clocks.get(kind="contact")
    assert (first.met, first.ended_on) == (False, clock.today())


def test_who_was_not_contacted_in_time_stands_in_the_worklists_until_the_contact(world, login):
    def found(role, view):
        return [row.pk for row in login(role).get("/suggestions/", {"view": view}).context["list"].rows]

    with on(2026, 3, 2):
        s = world.handling()
    with on(2026, 3, 30):
        assert (found("handler", "contact"), found("clerk", "uncontacted")) == ([s.pk], [])
    with on(2026, 3, 31):
        assert found("clerk", "uncontacted") == [s.pk]
        record(world, s.assignments.get())
        assert (found("handler", "contact"), found("clerk", "uncontacted")) == ([], [])


def test_the_reply_waits_for_every_stage_the_rules_ask_for_and_says_which(world):
    rule(world, "contact_stages_required", ALL)
    a = world.handling().assignments.get()
    record(world, a, stage="before")
    record(world, a, stage="during")
    reply = operations.draft_reply(a, actor=world.actors["handler"], **REPLY)
    with refused(Unfit, "Still to be spoken about with the deputy, by this congress's rules: When handling is done."):
        operations.request_approval(reply, actor=world.actors["handler"])
    record(world, a, stage="after")
    operations.request_approval(reply, actor=world.actors["handler"])
    operations.issue(reply, actor=world.actors["signer"], document_no="1号")
    assert fresh(a.suggestion).state == "replied"


def test_a_contact_needs_its_stage_only_where_the_rules_ask_for_stages(world):
    assert record(world, world.handling().assignments.get()).stage == ""
    rule(world, "contact_stages_required", ["before"])
    a = world.handling().assignments.get()
    with refused(Unfit, "Say at which stage you spoke"):
        record(world, a)


def test_the_units_desk_shows_the_stages_as_a_checklist_and_the_form_offers_the_next(world, login):
    rule(world, "contact_stages_required", ALL)
    a = world.handling().assignments.get()
    url, handler = f"/suggestions/{a.suggestion_id}/", login("handler")
    assert handler.get(url).context["desk"]["stages"] == [
        ("Before handling", False), ("During handling", False), ("When handling is done", False)
    ]  # fmt: skip
    typed = {"mode": "phone", "on": f"{clock.today()}", "who": "代表", "content": "已沟通。"}
    refused_ = handler.post(f"/assignments/{a.pk}/record_contact/", typed)
    assert (refused_.status_code, "已沟通。" in body(refused_)) == (422, True)
    handler.post(f"/assignments/{a.pk}/record_contact/", {**typed, "stage": "before"})
    page = handler.get(url)
    assert page.context["desk"]["stages"][0] == ("Before handling", True)
    assert "During handling: not spoken yet" in body(page)
    assert handler.get(f"/assignments/{a.pk}/record_contact/").context["form"]["stage"].value() == "during"


def test_the_desk_says_by_when_the_first_contact_is_due_until_there_is_one(world, login):
    s = world.handling()
    assert "First contact by" in body(login("handler").get(f"/suggestions/{s.pk}/"))
    assert "First contact by" not in body(login("handler").get(f"/suggestions/{world.contacted().pk}/"))
