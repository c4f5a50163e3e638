"""Attendance at sessions and leave from them: who records and decides, what follows, and what by law ends a mandate (R5.13)."""

import datetime as dt

import pytest
from django.urls import reverse

from qiao.congress import figures, operations
from qiao.congress.models import Attendance, Leave, Mark
from qiao.imports import operations as imports
from qiao.kernel import clock
from qiao.kernel.errors import NotAllowed, Unfit, WrongState
from qiao.kernel.journal import history
from qiao.notices.models import Notice
from tests.imports.factories import worked
from tests.world import SYSTEM, rule

pytestmark = [pytest.mark.django_db, pytest.mark.capability("R5")]
DAY = dt.timedelta(days=1)
SHEET = {"kind": "plenary", "part": 1}


@pytest.fixture
def clerk(world):
    return world.actors["clerk"]


@pytest.fixture
def mandate(world):
    return world.mandates["deputy"]


def session(world, number=1, opens=None):
    """A session of three days, from today unless another day is given."""
    opens = opens or clock.today()
    return operations.convene(world.term, actor=SYSTEM, number=number, opens=opens, closes=opens + 2 * DAY)


def held(of, clerk, name="第一次全体会议", on=None):
    return operations.hold_sitting(of, actor=clerk, name=name, on=on or of.opens, **SHEET)


def mark_of(sitting, mandate):
    return Attendance.objects.get(sitting=sitting, mandate=mandate).mark


def asked(mandate, of, actor, **more):
    return operations.ask_leave(mandate, actor=actor, session=of, ground="illness", reason="住院治疗。", **more)


def missed(world, *numbers, by="deputy"):
    """Sessions that are over, each with two closed sheets on which one deputy is absent from both."""
    clerk, absent = world.actors["clerk"], world.mandates[by]
    for number in numbers:
        past = session(world, number, clock.today() - (400 - 30 * number) * DAY)
        for name in ("第一次全体会议", "第二次全体会议"):
            sitting = held(past, clerk, name)
            operations.take_attendance(sitting, actor=clerk, marks={absent.pk: "absent"}, rest="present")
            operations.close_sheet(sitting, actor=clerk)
        operations.conclude_attendance(past, actor=clerk)


def test_a_sheet_has_a_line_for_all_who_can_act_and_is_full_in_one_step(world, clerk, mandate):
    operations.suspend(world.mandates["deputy3"], actor=clerk, on=clock.today() - DAY, decided_by="credentials", ground="investigated")
    sitting = held(session(world), clerk)
    assert set(sitting.lines.values_list("mandate", flat=True)) == {world.mandates[role].pk for role in ("deputy", "deputy2")}
    with pytest.raises(Unfit):
        operations.close_sheet(sitting, actor=clerk)
    operations.take_attendance(sitting, actor=clerk, marks={mandate.pk: "absent"}, rest="present")
    assert [mark_of(sitting, world.mandates[role]) for role in ("deputy", "deputy2")] == [Mark.ABSENT, Mark.PRESENT]
    assert history(sitting).filter(code="attendance.mark").count() == 2
    closed = operations.close_sheet(sitting, actor=clerk)
    with pytest.raises(WrongState):
        operations.take_attendance(closed, actor=clerk, marks={mandate.pk: "present"})
    operations.take_attendance(operations.reopen_sheet(closed, actor=clerk, note="记错。"), actor=clerk, marks={mandate.pk: "present"})
    assert mark_of(sitting, mandate) == Mark.PRESENT


def test_whoever_works_for_a_delegation_fills_in_its_lines_and_does_not_close(world, clerk, mandate):
    other = operations.form_delegation(world.term, actor=SYSTEM, name="乙区代表团")
    operations.correct_mandate(world.mandates["deputy2"], actor=SYSTEM, delegation=other)
    sitting, delegate = held(session(world), clerk), world.actors["delegate"]
    operations.take_attendance(sitting, actor=delegate, marks={}, rest="present")
    assert (mark_of(sitting, mandate), mark_of(sitting, world.mandates["deputy2"])) == (Mark.PRESENT, "")
    with pytest.raises(Unfit):
        operations.take_attendance(sitting, actor=delegate, marks={world.mandates["deputy2"].pk: "absent"})
    with pytest.raises(NotAllowed):
        operations.close_sheet(sitting, actor=delegate)


@pytest.mark.parametrize("role", ["deputy", "leader", "other_clerk", "other_delegate", "handler"])
def test_nobody_else_records(world, clerk, role):
    sitting = held(session(world), clerk)
    with pytest.raises(NotAllowed):
        operations.take_attendance(sitting, actor=world.actors[role], marks={}, rest="present")


def test_leave_is_decided_by_whom_the_rulebook_names_and_stands_on_the_sheet(world, clerk, mandate):
    of = session(world)
    sitting = held(of, clerk)
    leave = asked(mandate, of, world.actors["deputy"])
    assert leave.approver == "chairs"
    assert {n.user_id for n in Notice.objects.filter(code="leave.ask")} == {clerk.user.pk}
    with pytest.raises(NotAllowed):
        operations.approve_leave(leave, actor=world.actors["deputy"])
    operations.approve_leave(leave, actor=clerk)
    assert mark_of(sitting, mandate) == Mark.LEAVE
    assert mark_of(held(of, clerk, "第二次全体会议"), mandate) == Mark.LEAVE
    operations.take_attendance(sitting, actor=clerk, marks={mandate.pk: "present"})
    operations.take_attendance(sitting, actor=clerk, marks={mandate.pk: "absent"})
    assert mark_of(sitting, mandate) == Mark.LEAVE, "whoever has leave is not absent without approval"
    assert Notice.objects.filter(code="leave.approve", user=world.actors["deputy"].user).count() == 1
    operations.withdraw_leave(leave, actor=world.actors["deputy"])
    assert mark_of(sitting, mandate) == ""


def test_the_head_of_the_delegation_decides_where_the_rulebook_says_so_and_never_on_the_own_leave(world, clerk, mandate):
    rule(world, "leave_approver_days", "delegation_head")
    of, head = session(world), world.mandates["deputy2"]
    operations.elect_head(mandate.delegation, actor=clerk, mandate=head, rank="head", on=clock.today())
    leave = asked(mandate, of, world.actors["deputy"], ends=of.opens)
    assert {n.user_id for n in Notice.objects.filter(code="leave.ask")} == {world.actors["deputy2"].user.pk}
    with pytest.raises(NotAllowed):
        operations.approve_leave(leave, actor=clerk)
    operations.refuse_leave(leave, actor=world.actors["deputy2"], answer="请克服困难到会。")
    own = asked(head, of, world.actors["deputy2"], ends=of.opens)
    with pytest.raises(NotAllowed):
        operations.approve_leave(own, actor=world.actors["deputy2"])
    operations.approve_leave(own, actor=clerk)


def test_leave_is_not_asked_twice_nor_for_another_nor_when_it_is_over(world, mandate):
    of, past, deputy = session(world), session(world, 2, clock.today() - 30 * DAY), world.actors["deputy"]
    asked(mandate, of, deputy, starts=of.opens, ends=of.opens)
    with pytest.raises(Unfit):
        asked(mandate, of, deputy)
    with pytest.raises(Unfit):
        asked(mandate, past, deputy)
    with pytest.raises(NotAllowed):
        asked(world.mandates["deputy2"], of, deputy)


def test_absence_from_whole_sessions_is_counted_warned_of_and_proved_before_a_mandate_ends(world, clerk, mandate):
    ended = {"on": clock.today(), "decided_by": "standing_committee", "reason": "absent"}
    missed(world, 1)
    assert [n.user_id for n in Notice.objects.filter(code="mandate.absent")] == [mandate.person.user.pk]
    with pytest.raises(Unfit, match="六十二"):
        operations.end(mandate, actor=clerk, **ended)
    missed(world, 2)
    assert len(figures.absences_of(mandate)) == 2
    assert figures.absences_of(world.mandates["deputy2"]) == []
    reported = operations.propose_end(mandate, actor=clerk, note="两次未到会。", **{**ended, "decided_by": "credentials"})
    assert reported.state == "qualified"
    assert operations.end(mandate, actor=clerk, **ended).end_reason == "absent"


def test_a_session_counts_when_it_is_concluded_and_whoever_came_once_was_there(world, clerk, mandate):
    past = session(world, 1, clock.today() - 40 * DAY)
    first, second = held(past, clerk), held(past, clerk, "第二次全体会议")
    for sitting in (first, second):
        operations.take_attendance(sitting, actor=clerk, marks={mandate.pk: "absent"}, rest="present")
    operations.close_sheet(first, actor=clerk)
    assert figures.absences_of(mandate) == []
    with pytest.raises(Unfit):
        operations.conclude_attendance(past, actor=clerk)
    operations.close_sheet(second, actor=clerk)
    assert figures.absences_of(mandate) == []
    operations.conclude_attendance(past, actor=clerk)
    assert figures.absences_of(mandate) == [past]
    with pytest.raises(Unfit):
        operations.reopen_sheet(second, actor=clerk, note="记错。")
    operations.resume_attendance(past, actor=clerk, note="记错。")
    assert figures.absences_of(mandate) == []
    operations.take_attendance(operations.reopen_sheet(second, actor=clerk, note="记错。"), actor=clerk, marks={mandate.pk: "present"})
    operations.close_sheet(second, actor=clerk)
    operations.conclude_attendance(past, actor=clerk)
    assert figures.absences_of(mandate) == []


def test_the_reason_of_a_leave_is_read_by_those_who_decide_and_stands_in_no_journal(world, clerk, mandate):
    leave = asked(mandate, session(world), world.actors["deputy"])
    assert "住院" not in str([entry.changes for entry in history(leave)])
    seeing = {role for role in world.actors if Leave.objects.visible_to(world.actors[role]).exists()}
    assert seeing == {"deputy", "clerk"} | {
        role for role in world.actors if "attendance.keep" in world.actors[role].grants and role != "other_clerk"
    }


def test_the_pages_lead_from_the_sitting_to_the_closed_sheet(world, clerk, mandate, login):
    client, of = login("clerk"), session(world)
    hold = reverse("congress:perform", args=["sitting", of.pk, "hold"])
    assert client.get(hold).status_code == 200
    assert client.post(hold, {"name": "第一次全体会议", "on": (of.closes + DAY).isoformat(), **SHEET}).status_code == 422
    assert client.post(hold, {"name": "第一次全体会议", "on": of.opens.isoformat(), **SHEET}).status_code == 302
    url = reverse("congress:sheet", args=[of.sittings.get().pk])
    assert client.get(url, {"q": mandate.person.name, "mark": "none"}).context["shown"].count == 1
    assert client.post(url, {f"mark-{mandate.pk}": "absent", "rest": "present"}).status_code == 302
    assert client.get(url, {"export": "csv"}).status_code == 200
    assert mandate.person.name in client.get(f"{url}print/").content.decode()
    assert client.post(reverse("congress:perform", args=["sitting", of.sittings.get().pk, "close"])).status_code == 302
    assert client.get(url).status_code == 200
    assert client.get(reverse("congress:leaves")).status_code == 200
    for role, status in (("deputy", 403), ("delegate", 200), ("leader", 403)):
        assert login(role).get(url).status_code == status, role


def test_a_deputy_asks_on_a_page_of_their_own_and_the_end_form_shows_what_is_counted(world, mandate, login):
    missed(world, 1)
    of = session(world, 2)
    client = login("deputy")
    page = client.get(reverse("congress:attendance")).content.decode()
    ask = reverse("congress:perform", args=["leave", mandate.pk, "ask"])
    assert ask in page
    assert client.post(ask, {"session": of.pk, "ground": "illness", "reason": ""}).status_code == 422
    assert client.post(ask, {"session": of.pk, "ground": "illness", "reason": "住院。"}).status_code == 302
    assert client.get(reverse("congress:leave", args=[mandate.leaves.get().pk])).status_code == 200
    client = login("clerk")
    assert "第一次会议" in client.get(reverse("congress:perform", args=["mandate", mandate.pk, "end"])).content.decode()
    listed = client.get(reverse("congress:attendance_deputies"), {"sessions": "1"})
    assert [row.pk for row in listed.context["shown"].rows] == [mandate.pk]


def test_a_sheet_and_its_figures_cost_the_same_at_any_length(world, clerk, login, django_assert_max_num_queries):
    client, of = login("clerk"), session(world)
    sitting = held(of, clerk)
    urls = [
        reverse("congress:sheet", args=[sitting.pk]),
        *map(reverse, ("congress:attendance", "congress:attendance_deputies", "congress:leaves")),
    ]
    for url in urls:
        client.get(url)
        with django_assert_max_num_queries(12):
            client.get(url)


def test_a_table_fills_a_sheet_refuses_leave_nobody_approved_and_is_taken_back(world, clerk, mandate):
    of = session(world)
    sitting, third = held(of, clerk), world.mandates["deputy3"]
    operations.approve_leave(asked(third, of, SYSTEM), actor=clerk)
    said = {mandate: "出席", world.mandates["deputy2"]: "请假", third: "缺席"}
    lines = [f"{sitting.name},{one.card_no},{one.person.name},{word}" for one, word in said.items()]
    content = "\n".join(["会次,代表证号,姓名,出席情况", *lines]).encode()
    run = worked(imports.upload(world.congress, actor=clerk, kind="attendance", filename="签到.csv", content=content))
    assert [row.action for row in run.rows.order_by("number")] == ["change", "refuse", "same"]
    run = worked(imports.confirm(run, actor=clerk))
    assert (mark_of(sitting, mandate), mark_of(sitting, world.mandates["deputy2"]), mark_of(sitting, third)) == ("present", "", "leave")
    worked(imports.undo(run, actor=clerk))
    assert mark_of(sitting, mandate) == ""
