"""What a congress's rules change in the way of a suggestion."""

import datetime as dt

import pytest
import time_machine

from qiao.matters import operations
from qiao.matters.models import Clock, ClockKind, State
from tests.world import rule

pytestmark = [pytest.mark.django_db, pytest.mark.capability("M1")]


def test_dissatisfaction_by_itself_obliges_the_unit_where_the_rules_say_so(world):
    rule(world, "rehandle_auto", True)
    s = operations.evaluate(world.replied(), actor=world.actors["deputy"], ratings=world.ratings("dissatisfied"), note="只修了一半。")
    again = Clock.objects.running().get(suggestion=s)
    assert (s.state, again.kind, s.due) == (State.REHANDLING, ClockKind.REHANDLE, again.due)
    assert s.assignments.get().state == "handling"


def test_after_a_second_dissatisfaction_staff_decide_all_the_same(world):
    rule(world, "rehandle_auto", True)
    s = operations.evaluate(world.replied(), actor=world.actors["deputy"], ratings=world.ratings("dissatisfied"), note="只修了一半。")
    reply = operations.draft_reply(s.assignments.get(), actor=world.actors["handler"], text="再次答复。", result="A")
    operations.request_approval(reply, actor=world.actors["handler"])
    operations.issue(reply, actor=world.actors["signer"], document_no="测函〔2026〕2号")
    s.refresh_from_db()
    s = operations.evaluate(s, actor=world.actors["deputy"], ratings=world.ratings("dissatisfied"), note="还是一半。")
    assert s.state == State.DISSATISFIED


@pytest.mark.parametrize(("choice", "start"), [("restart", dt.date(2026, 3, 10)), ("original", dt.date(2026, 3, 2))])
def test_after_a_return_the_reply_clock_starts_again_or_goes_on(world, choice, start):
    with time_machine.travel(dt.datetime(2026, 3, 2, 2, tzinfo=dt.UTC), tick=False):
        rule(world, "clock_on_reassign", choice)
        s = world.return_requested()
    with time_machine.travel(dt.datetime(2026, 3, 10, 2, tzinfo=dt.UTC), tick=False):
        operations.grant_return(s.assignments.get(), actor=world.actors["clerk"])
        s.refresh_from_db()
        s = operations.assign(s, actor=world.actors["clerk"], unit=world.unit2)
    assert Clock.objects.running().get(suggestion=s, kind=ClockKind.REPLY).start == start
