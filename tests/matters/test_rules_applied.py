"""What a congress's rules change in the way of a suggestion."""

import datetime as dt
from pathlib import Path

import pytest
import time_machine

import qiao
from qiao.kernel.errors import Unfit
from qiao.matters import operations
from qiao.matters.letters.content import reply_letter
from qiao.matters.models import Clock, ClockKind, State
from qiao.rulebook.catalogue import CATALOGUE
from tests.world import rule

from .given import later, refused, told

SOURCES = [
    path for app in ("matters", "congress", "accounts", "notices", "privacy") for path in (Path(qiao.__file__).parent / app).rglob("*.py")
]

pytestmark = [pytest.mark.django_db, pytest.mark.capability("M1")]


def test_dissatisfaction_by_itself_obliges_the_unit_where_the_rules_say_so(world):
    rule(world, "rehandle_auto", True)
    s = operations.evaluate(world.replied(), actor=world.actors["deputy"], ratings=world.ratings("dissatisfied"), reason="只修了一半。")
    again = Clock.objects.running().get(suggestion=s)
    assert (s.state, again.kind, s.due) == (State.REHANDLING, ClockKind.REHANDLE, again.due)
    assert s.assignments.get().state == "handling"


def test_after_a_second_dissatisfaction_staff_decide_all_the_same(world):
    rule(world, "rehandle_auto", True)
    s = operations.evaluate(world.replied(), actor=world.actors["deputy"], ratings=world.ratings("dissatisfied"), reason="只修了一半。")
    reply = operations.draft_reply(s.assignments.get(), actor=world.actors["handler"], text="再次答复。", result="A")
    operations.request_approval(reply, actor=world.actors["handler"])
    operations.issue(reply, actor=world.actors["signer"], document_no="测函〔2026〕2号")
    s.refresh_from_db()
    s = operations.evaluate(s, actor=world.actors["deputy"], ratings=world.ratings("dissatisfied"), reason="还是一半。")
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


def test_silence_never_closes_a_suggestion_that_stays_open_by_the_rules(world):
    rule(world, "silence_policy", "pending")
    s = world.replied()
    with later(days=90), refused(Unfit):
        operations.close_unrated(s, actor=world.actors["clerk"])


def test_the_ratings_are_worded_as_the_congress_words_them(world, login):
    words = {"satisfied": "非常满意", "basically_satisfied": "可以接受", "dissatisfied": "不可接受"}
    rule(world, "evaluation_scale", [{"code": code, "label": label} for code, label in words.items()])
    s = world.replied()
    asked = login("deputy").get(f"/suggestions/{s.pk}/evaluate/").content.decode()
    assert all(label in asked for label in words.values())
    operations.evaluate(s, actor=world.actors["deputy"], ratings=world.ratings("basically_satisfied"))
    assert "可以接受" in login("clerk").get(f"/suggestions/{s.pk}/").content.decode()


@pytest.mark.parametrize(
    ("choice", "answered", "addressed"),
    [("each", ["deputy", "deputy2"], 2), ("lead_forwards_with_consent", ["deputy"], 1), ("lead_only", ["deputy"], 1)],
)
def test_joint_signers_are_answered_as_the_rules_say(world, choice, answered, addressed):
    reply = world.answered_jointly(choice)
    assert told("reply_issued") == answered
    assert len(reply_letter(reply).addressees.removesuffix("代表：").split("、")) == addressed


def test_a_rule_the_product_does_not_act_by_says_so_and_every_other_is_asked_for():
    code = "\n".join(path.read_text() for path in SOURCES)
    asked = {key for key in CATALOGUE if f'"{key}"' in code} | {"last_day_off"}  # by which the rulebook itself reckons
    assert {key for key, parameter in CATALOGUE.items() if parameter.is_applied} == asked
