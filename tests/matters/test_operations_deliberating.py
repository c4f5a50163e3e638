"""What follows when the deputy is dissatisfied a second time (section 3.12)."""

import datetime as dt

import pytest

from qiao.kernel import clock
from qiao.kernel.errors import NotAllowed, Unfit, WrongState
from qiao.matters import operations
from qiao.matters.models import Deliberation, State
from tests.world import rule

from .given import entry, on, refused, told

pytestmark = [pytest.mark.django_db, pytest.mark.capability("M1"), pytest.mark.usefixtures("english")]

EVERYBODY = ["deputy", "handler", "liaison", "signer"]


def call(world, s, **other):
    called = {"form": "joint_meeting", "on": clock.today(), "who": "代表、城管局"} | other
    return operations.convene(s, actor=world.actors["clerk"], **called)


def conclude(world, s, outcome="rehandling", note="一个月内逐盏更换。"):
    return operations.conclude(s, actor=world.actors["clerk"], outcome=outcome, note=note)


def test_a_second_dissatisfaction_is_taken_to_deliberation_and_everybody_hears_of_it(world):
    with on(2026, 3, 2):
        s = call(world, world.dissatisfied_again(), form="expert_assessment", on=dt.date(2026, 3, 9), who="专家三名")
    made = Deliberation.objects.get(reply__assignment__suggestion=s)
    assert (s.state, made.form, made.on, made.reply.round, made.opinion) == (
        State.ESCALATED, "expert_assessment", dt.date(2026, 3, 9), 2, ""
    )  # fmt: skip
    assert told("convened") == EVERYBODY
    said = world.actors["deputy"].user.notices.latest("id").body
    assert all(words in said for words in ("专家评估", "2026年3月9日", "专家三名"))


def test_a_first_dissatisfaction_is_not_yet_taken_to_deliberation(world):
    s = world.dissatisfied()
    with refused(NotAllowed):
        call(world, s)
    with refused(WrongState):
        conclude(world, s)


def test_convening_is_the_staffs_in_a_form_of_the_rules_for_a_day_to_come(world):
    s = world.dissatisfied_again()
    for role in ("deputy", "handler", "leader", "other_clerk"):
        with refused(NotAllowed):
            operations.convene(s, actor=world.actors[role], form="joint_meeting", on=clock.today(), who="代表")
    with refused(Unfit):
        call(world, s, on=clock.today() - dt.timedelta(days=1))
    with refused(Unfit):
        call(world, s, form="close_explained_somehow")


def test_the_rules_say_which_forms_there_are_and_the_page_offers_these_alone(world, login):
    rule(world, "second_dissatisfied_action", ["expert_assessment"])
    s = world.dissatisfied_again()
    with refused(Unfit):
        call(world, s, form="joint_meeting")
    with refused(Unfit, match="not closed"):
        operations.close_explained(s, actor=world.actors["clerk"], note="已尽力。")
    asked = login("clerk").get(f"/suggestions/{s.pk}/convene/").content.decode()
    assert ("expert_assessment" in asked, "joint_meeting" in asked) == (True, False)


def test_after_a_first_dissatisfaction_closing_with_an_explanation_stays_the_staffs(world):
    rule(world, "second_dissatisfied_action", ["expert_assessment"])
    assert operations.close_explained(world.dissatisfied(), actor=world.actors["clerk"], note="超出职权。").state == State.CLOSED


def test_beyond_the_rules_number_it_is_not_simply_handled_again(world):
    rule(world, "max_rehandle", "1")
    s = world.dissatisfied_again()
    with refused(Unfit):
        operations.order_rehandling(s, actor=world.actors["clerk"], note="再办。")
    assert conclude(world, call(world, s)).state == State.REHANDLING, "the opinion may have it handled again all the same"


def test_up_to_the_rules_number_it_is_simply_handled_again(world):
    rule(world, "max_rehandle", "2")
    s = operations.order_rehandling(world.dissatisfied_again(), actor=world.actors["clerk"], note="再办。")
    assert s.state == State.REHANDLING


def test_by_the_opinion_the_unit_handles_it_again_in_a_time_of_its_own(world):
    with on(2026, 3, 2):
        s = call(world, world.dissatisfied_again(), on=dt.date(2026, 3, 9))
        with refused(Unfit, match="2026"):
            conclude(world, s)
    with on(2026, 3, 10):
        s = conclude(world, s)
    made = Deliberation.objects.get(reply__assignment__suggestion=s)
    assert (s.state, s.due, s.assignments.get().state) == (State.REHANDLING, dt.date(2026, 6, 10), "handling")
    assert (made.opinion, bool(made.concluded_at), entry("suggestion.conclude").note) == ("一个月内逐盏更换。", True, "一个月内逐盏更换。")
    assert told("rehandling_ordered") == EVERYBODY


def test_by_the_opinion_it_is_closed_and_all_read_why(world):
    s = conclude(world, world.escalated(), "closed_explained", "线路改造明年实施。")
    assert (s.state, s.assignments.get().state, bool(s.closed_at)) == (State.CLOSED, "closed", True)
    assert told("closed_explained") == EVERYBODY
    assert world.actors["handler"].user.notices.latest("id").body.endswith("线路改造明年实施。")


def test_the_opinion_needs_words_an_outcome_and_the_congresss_staff(world):
    s = world.escalated()
    with refused(Unfit):
        conclude(world, s, note=" ")
    with refused(Unfit):
        conclude(world, s, outcome="forgotten")
    for role in ("deputy", "handler", "leader", "other_clerk"):
        with refused(NotAllowed):
            operations.conclude(s, actor=world.actors[role], outcome="rehandling", note="……")


def test_the_page_the_worklist_and_the_public_say_where_it_is(world, login):
    s = operations.publish(world.escalated(), actor=world.actors["clerk"], publicity="full")
    for role in ("clerk", "handler", "deputy"):
        seen = login(role).get(f"/suggestions/{s.pk}/").content.decode()
        assert all(words in seen for words in ("Being deliberated on", "Joint meeting of deputy and unit", "专家两名", "Not recorded yet."))
    for role in ("clerk", "handler"):
        assert s.title in login(role).get("/suggestions/?view=escalated").content.decode()
    public = login("anonymous").get(f"/open/{s.pk}/").content.decode()
    assert "a meeting or assessment is to settle it" in public
    assert "专家两名" not in public


def test_the_opinion_is_recorded_on_its_page(world, login):
    s, clerk = world.escalated(), login("clerk")
    address = f"/suggestions/{s.pk}/conclude/"
    assert clerk.post(address, {"note": "分两期更换。"}).status_code == 422
    assert clerk.post(address, {"note": "分两期更换。", "outcome": "rehandling"}).status_code == 302
    assert "分两期更换。" in clerk.get(f"/suggestions/{s.pk}/").content.decode()
