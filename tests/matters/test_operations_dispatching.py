"""Two hops: the congress hands it to an organ's office, which dispatches it to the departments below it (R3.24)."""

import datetime as dt

import pytest
import time_machine

from qiao.kernel.errors import NotAllowed, Unfit
from qiao.matters import operations, worklists
from qiao.matters.models import Clock, ClockKind, State, Suggestion
from qiao.matters.queries import audiences_of, dossier
from qiao.orgs import operations as orgs
from tests.world import REPLY, SYSTEM, rule

from .given import entry, fresh, refused, running, told

pytestmark = [pytest.mark.django_db, pytest.mark.capability("M1")]


def moment(day):
    return time_machine.travel(dt.datetime(2026, 3, day, 2, tzinfo=dt.UTC), tick=False)


def department(s):
    """The newest assignment on the second hop."""
    return s.assignments.filter(dispatched_from__isnull=False).latest("id")


def test_the_department_has_it_under_the_rules_and_in_the_time_of_the_first_hop(world):
    with moment(2):
        s = world.with_office()
        first, due = s.assignments.get(), s.due
    with moment(12):
        rule(world, "reply_limit", {"n": 2, "unit": "months"})
        operations.dispatch(
            first, actor=world.actors["dispatcher"], unit=world.unit, note="请认真办理。", assisting=[(world.unit2, "照明")]
        )
    s, (first, lead, helper) = fresh(s), s.assignments.order_by("id")
    assert (s.state, s.unit, s.due) == (State.DISPATCHED, world.unit, due)
    assert (first.state, first.role, first.signed_on) == ("dispatched", "coordinate", dt.date(2026, 3, 12))
    assert [(a.role, a.state, a.part, a.dispatched_from) for a in (lead, helper)] == [
        ("lead", "assigned", "", first), ("assist", "assigned", "照明", first),
    ]  # fmt: skip
    assert lead.rules["reply_limit"] == first.rules["reply_limit"]
    limit = Clock.objects.running().get(suggestion=s, kind=ClockKind.REPLY)
    assert (limit.assignment, limit.party, limit.start, limit.rules_of) == (lead, "甲市城管局", dt.date(2026, 3, 2), first.assigned_on)
    assert lead.clocks.get(kind="sign").start == dt.date(2026, 3, 12)
    assert not first.clocks.running().exists()
    assert entry("assignment.dispatch").note == "请认真办理。"
    assert (told("assigned_unit"), told("assigned_to_assist"), told("assigned")) == (
        ["liaison", "signer"],
        ["liaison2", "signer2"],
        ["deputy"],
    )


def test_the_rules_may_count_the_reply_from_the_second_hop(world):
    with moment(2):
        rule(world, "clock_from_hop", "second")
        s = world.with_office()
    with moment(12):
        operations.dispatch(s.assignments.get(), actor=world.actors["dispatcher"], unit=world.unit)
    assert department(s).clocks.get(kind="reply").start == dt.date(2026, 3, 12)


def test_an_extension_of_the_first_hop_goes_on_with_the_department(world):
    with moment(2):
        s = world.with_office()
        first = operations.sign_for(s.assignments.get(), actor=world.actors["dispatcher"])
        until = dt.date(2026, 7, 1)
        asked = operations.ask_extension(first, actor=SYSTEM, note="涉及面广。", until=until)
        operations.grant_extension(asked, actor=world.actors["clerk"], until=until)
        operations.dispatch(first, actor=world.actors["dispatcher"], unit=world.unit)
    assert running(s)["reply"] == fresh(s).due == until


def test_only_what_is_untouched_goes_to_units_below_and_to_each_once(world):
    s, dispatcher = world.with_office(), world.actors["dispatcher"]
    first = s.assignments.get()
    apart = orgs.add_unit(world.congress, actor=SYSTEM, name="甲市法院", active_from=first.assigned_on)
    for given in ({"unit": apart}, {}, {"unit": world.unit, "assisting": [(world.unit, "")]}):
        with refused(Unfit):
            operations.dispatch(first, actor=dispatcher, **given)
    for name in ("clerk", "liaison", "signer", "deputy", "leader"):
        with refused(NotAllowed):
            operations.dispatch(first, actor=world.actors[name], unit=world.unit)
    operations.object_to_unit(first, actor=world.actors["deputy"], note="应由法院办理。")
    with refused(Unfit):
        operations.dispatch(first, actor=dispatcher, unit=world.unit)


def test_the_department_signs_and_answers_and_the_office_hears(world):
    s = world.dispatched()
    handed = operations.sign_for(department(s), actor=world.actors["liaison"])
    assert fresh(s).state == State.HANDLING
    operations.record_contact(handed, actor=world.actors["handler"], mode="phone", on=handed.assigned_on, who="代表", content="已说明。")
    reply = operations.draft_reply(handed, actor=world.actors["handler"], **REPLY)
    operations.request_approval(reply, actor=world.actors["handler"])
    operations.issue(reply, actor=world.actors["signer"], document_no="测函〔2026〕1号")
    assert fresh(s).state == State.REPLIED
    assert told("reply_issued_staff") == ["clerk", "dispatcher"]
    s = operations.evaluate(fresh(s), actor=world.actors["deputy"], ratings=world.ratings("satisfied"))
    assert {a.state for a in s.assignments.all()} == {"closed"}


def test_the_office_decides_on_the_return_and_names_the_department_that_takes_over(world):
    with moment(2):
        s = world.dispatched()
        asked = operations.request_return(department(s), actor=world.actors["liaison"], note="不属我局职责。", wished_unit=world.unit2)
    assert told("return_requested") == ["dispatcher"]
    with refused(NotAllowed):
        operations.grant_return(asked, actor=world.actors["clerk"], unit=world.unit2)
    with moment(9):
        for unit in (None, world.unit, world.office):
            with refused(Unfit):
                operations.grant_return(asked, actor=world.actors["dispatcher"], unit=unit)
        operations.grant_return(asked, actor=world.actors["dispatcher"], unit=world.unit2, note="同意调整。")
    s, taken = fresh(s), department(s)
    assert (taken.unit, taken.role, taken.dispatched_from.unit) == (world.unit2, "sole", world.office)
    assert (s.state, s.unit) == (State.DISPATCHED, world.unit2)
    assert (taken.clocks.get(kind="reply").start, taken.clocks.get(kind="sign").start) == (dt.date(2026, 3, 2), dt.date(2026, 3, 9))
    assert not Clock.objects.running().filter(assignment=asked).exists()


def test_a_deputys_objection_to_a_department_names_another_of_the_same_office(world):
    s = world.dispatched()
    objection = operations.object_to_unit(department(s), actor=world.actors["deputy"], note="路灯属教育局。")
    operations.uphold_objection(objection, actor=world.actors["clerk"], note="有理。", unit=world.unit2)
    assert (fresh(s).unit, fresh(s).state, department(s).unit) == (world.unit2, State.DISPATCHED, world.unit2)


def test_the_office_sees_all_below_it_and_is_told_when_it_is_late(world):
    s, direct = world.dispatched(), world.assigned()
    dispatcher = world.actors["dispatcher"]
    seen = Suggestion.objects.visible_to(dispatcher)
    assert set(seen) == {s, direct}
    assert {f"u{unit.pk}" for unit in (world.unit, world.unit2, world.office)} == set(audiences_of(dispatcher))
    assert not Suggestion.objects.visible_to(world.actors["liaison2"]).exists()
    counted = worklists.counts(dispatcher)
    assert (counted["dispatch"], counted["handling"], counted["overdue"]) == (0, 2, 0)
    with time_machine.travel(dt.datetime.combine(s.due + dt.timedelta(days=5), dt.time(2), dt.UTC), tick=False):
        operations.remind_due()
        assert "dispatcher" in told("remind_reply")
        counted = worklists.counts(dispatcher)
        assert (counted["unsigned"], counted["overdue"]) == (2, 2)


def test_what_is_handled_together_is_dispatched_together(world):
    world.with_office()
    one, other = world.together()
    operations.assign(one, actor=world.actors["clerk"], unit=world.office)
    operations.dispatch(one.assignments.get(), actor=world.actors["dispatcher"], unit=world.unit)
    assert fresh(other).state == State.DISPATCHED


def test_the_office_dispatches_on_a_page_and_offers_its_departments_alone(world, login):
    s, page = world.with_office(), login("dispatcher")
    address = f"/assignments/{s.assignments.get().pk}/dispatch/"
    assert address in page.get(f"/suggestions/{s.pk}/").content.decode()
    shown = page.get(address).content.decode()
    assert "甲市教育局" in shown
    assert "甲市人民政府办公室</option>" not in shown
    assert page.post(address, {"unit": world.unit.pk, "further_1": world.unit2.pk}).status_code == 302
    asked = operations.request_return(department(s), actor=world.actors["liaison2"], note="不属我局职责。")
    assert f"/assignments/{asked.pk}/grant_return/" in page.get(f"/suggestions/{s.pk}/").content.decode()
    assert "dispatched by 甲市人民政府办公室" in login("deputy").get(f"/suggestions/{s.pk}/").content.decode()


def test_the_office_dispatches_through_the_api(world, login):
    s, page = world.with_office(), login("dispatcher")
    said = page.post(f"/api/v1/suggestions/{s.pk}/dispatch", {"unit": world.unit.pk}, content_type="application/json").json()
    assert (said["state"], said["unit_name"]) == ("dispatched", world.unit.name)
    assert login("clerk").post(f"/api/v1/suggestions/{s.pk}/dispatch", {}, content_type="application/json").status_code == 404


# --- the office takes it back -----------------------------------------------------------------------------------------------------


def test_the_office_takes_back_what_it_dispatched_and_has_it_in_the_time_of_the_first_hop(world):
    with moment(2):
        world.with_office()
        s = world.dispatched(unit=world.unit, assisting=[(world.unit2, "照明")])
        due = s.due
        operations.sign_for(s.assignments.get(unit=world.unit), actor=world.actors["liaison"])
    with moment(9):
        first = s.assignments.get(unit=world.office)
        operations.recall(first, actor=world.actors["dispatcher"], note="应由教育局主办。")
    s, (first, lead, helper) = fresh(s), s.assignments.order_by("id")
    assert (s.state, s.unit, s.due) == (State.HANDLING, world.office, due)
    assert (first.state, first.role) == ("handling", "sole")
    assert (lead.state, lead.taken_away, lead.return_reason, helper.state) == ("returned", True, "应由教育局主办。", "closed")
    assert set(running(s)) == {"reply", "contact"}
    assert not Clock.objects.running().filter(assignment__in=[lead, helper]).exists()
    assert (told("recalled"), told("recalled_signers")) == (["handler", "handler2", "liaison", "liaison2", "signer", "signer2"], ["deputy"])
    assert entry("assignment.recall").note == "应由教育局主办。"
    with moment(10):
        operations.dispatch(first, actor=world.actors["dispatcher"], unit=world.unit2)
    assert (fresh(s).unit, fresh(s).due, running(s)["reply"]) == (world.unit2, due, due)


def test_what_a_department_has_answered_stays_and_so_does_what_has_no_reason(world, english):
    world.with_office()
    s = world.dispatched(separate=[(world.unit, "路灯检修"), (world.unit2, "校门口照明")])
    office = s.assignments.get(unit=world.office)
    with refused(Unfit, "reason"):
        operations.recall(office, actor=world.actors["dispatcher"], note=" ")
    for name in ("clerk", "liaison", "deputy"):
        with refused(NotAllowed):
            operations.recall(office, actor=world.actors[name], note="……")
    operations.sign_for(s.assignments.get(unit=world.unit), actor=world.actors["liaison"])
    world.answer_part(s)
    with refused(Unfit, "answered already"):
        operations.recall(office, actor=world.actors["dispatcher"], note="分错了。")


def test_what_is_handled_together_comes_back_together_and_the_page_tells_why(world, login):
    world.with_office()
    one, other = world.together()
    operations.assign(one, actor=world.actors["clerk"], unit=world.office)
    operations.dispatch(one.assignments.get(), actor=world.actors["dispatcher"], unit=world.unit)
    page, office = login("dispatcher"), one.assignments.get(unit=world.office)
    assert f"/assignments/{office.pk}/recall/" in page.get(f"/suggestions/{one.pk}/").content.decode()
    assert page.post(f"/assignments/{office.pk}/recall/", {"note": "应由教育局办理。"}).status_code == 302
    assert (fresh(one).unit, fresh(other).unit) == (world.office, world.office)
    text = page.get(f"/suggestions/{one.pk}/").content.decode()
    assert "took it back from 甲市城管局" in text
    assert "应由教育局办理。" in text


def test_the_time_comes_back_with_all_that_moved_it_in_the_departments_hands(world):
    until = dt.date(2026, 8, 3)
    with moment(2):
        s = world.dispatched()
        handed = operations.sign_for(department(s), actor=world.actors["liaison"])
        asked = operations.ask_extension(handed, actor=world.actors["handler"], note="涉及面广。", until=until)
        operations.grant_extension(asked, actor=world.actors["clerk"], until=until)
    with moment(13):
        operations.recall(s.assignments.get(unit=world.office), actor=world.actors["dispatcher"], note="应由教育局主办。")
    assert running(fresh(s))["reply"] == fresh(s).due == until


def test_what_was_answered_and_is_handled_again_is_not_taken_back_nor_with_others(world):
    world.with_office()
    one, other = world.together()
    operations.assign(one, actor=world.actors["clerk"], unit=world.office)
    operations.dispatch(one.assignments.get(), actor=world.actors["dispatcher"], unit=world.unit)
    operations.sign_for(department(other), actor=world.actors["liaison"])
    world.answer_part(fresh(other))
    rated = {"ratings": world.ratings("dissatisfied"), "reason": "只修了一半。"}
    operations.evaluate(fresh(other), actor=world.actors["deputy"], **rated)
    operations.order_rehandling(fresh(other), actor=world.actors["clerk"], note="请全部修好。")
    with refused(NotAllowed):
        operations.recall(other.assignments.get(unit=world.office), actor=world.actors["dispatcher"], note="分错了。")
    operations.recall(one.assignments.get(unit=world.office), actor=world.actors["dispatcher"], note="分错了。")
    assert (fresh(one).unit, fresh(other).unit, fresh(other).state) == (world.office, world.unit, State.REHANDLING)


def test_an_objection_to_another_unit_still_waits(world):
    with moment(2):
        world.with_office()
        s = operations.assign(
            world.registered(), actor=world.actors["clerk"], separate=[(world.office, "路灯检修"), (world.unit2, "校门口照明")]
        )
        asked = {"note": "路灯由教育局出资建设。", "wished_unit": world.unit}
        raised = operations.object_to_unit(s.assignments.get(unit=world.unit2), actor=world.actors["deputy"], **asked)
        operations.dispatch(s.assignments.get(unit=world.office), actor=world.actors["dispatcher"], unit=world.unit)
        operations.recall(s.assignments.get(unit=world.office), actor=world.actors["dispatcher"], note="分错了。")
    raised.refresh_from_db()
    assert raised.state == "raised"
    assert "objection" in running(s)


def test_each_objection_has_a_time_of_its_own(world):
    with moment(2):
        parts = [(world.unit, "路灯检修"), (world.unit2, "校门口照明")]
        s = operations.assign(world.registered(), actor=world.actors["clerk"], separate=parts)
    raised = []
    for day, unit in ((3, world.unit), (5, world.unit2)):
        with moment(day):
            assignment = s.assignments.get(unit=unit)
            raised.append(operations.object_to_unit(assignment, actor=world.actors["deputy"], note="不属其职责。"))
    later = Clock.objects.filter(suggestion=s, kind="objection").latest("start").due
    with moment(6):
        operations.keep_unit(raised[0], actor=world.actors["clerk"], note="属其职责。")
    assert running(s)["objection"] == later
    assert list(Clock.objects.filter(suggestion=s, kind="objection").order_by("start").values_list("met", flat=True)) == [True, False]


# --- more time --------------------------------------------------------------------------------------------------------------------


def test_where_the_rules_leave_it_to_whoever_dispatched_the_office_decides_on_more_time(world, login):
    until = dt.date(2026, 8, 3)
    with moment(2):
        rule(world, "extension_by", "office")
        s = world.dispatched()
        handed = operations.sign_for(department(s), actor=world.actors["liaison"])
        asked = operations.ask_extension(handed, actor=world.actors["handler"], note="涉及面广。", until=until)
        assert told("extension_requested") == ["dispatcher"]
        for name in ("clerk", "leader", "handler"):
            with refused(NotAllowed):
                operations.grant_extension(asked, actor=world.actors[name], until=until)
        office, clerk = world.actors["dispatcher"], world.actors["clerk"]
        assert [dossier(fresh(s), one).extension_for(one) for one in (office, clerk)] == [asked, None]
        counted = [worklists.counts(one)["extensions"] for one in (office, clerk)]
        assert counted == [1, 0]
        assert f"/extensions/{asked.pk}/grant/" in login("dispatcher").get(f"/suggestions/{s.pk}/").content.decode()
        operations.grant_extension(asked, actor=office, until=until)
        assert fresh(s).due == until
        direct = operations.sign_for(world.assigned().assignments.get(), actor=world.actors["liaison"])
        asked = operations.ask_extension(direct, actor=world.actors["handler"], note="涉及面广。", until=until)
        assert (asked.office, told("extension_requested")) == (None, ["clerk"])
