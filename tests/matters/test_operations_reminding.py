"""Reminders: on the days of the ladder, each once, to the people of chapter 15, however often or seldom the job runs."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qiao.kernel.errors import NotAllowed, Unfit
from qiao.matters import operations, tasks
from qiao.matters.models import Clock, Reminder
from qiao.matters.operations import reminding
from qiao.notices.models import Notice
from tests.world import SYSTEM, rule

from .given import entry, on, refused, told

pytestmark = [pytest.mark.django_db, pytest.mark.capability("T3"), pytest.mark.usefixtures("english")]


def run(*day):
    """The day's job, as the schedule runs it."""
    with on(*day):
        tasks.remind.call()


def said(kind=None):
    """What was reminded of, as (rung, day)."""
    found = Reminder.objects.filter(told__gt=0)
    found = found.filter(clock__kind=kind) if kind else found
    return [(rule, f"{day:%m-%d}") for rule, day in found.order_by("day", "id").values_list("rule", "day")]


@pytest.fixture
def handed(world):
    """Handed over on 2 March 2026 and signed for; the reply is due on 2 June."""
    with on(2026, 3, 2):
        return world.handling().assignments.get()


def every_day(first, last):
    while first <= last:
        run(first.year, first.month, first.day)
        first += dt.timedelta(days=1)


def test_the_unit_is_reminded_of_the_reply_on_the_ladder_and_after_the_last_day_the_staff_with_it(handed):
    every_day(dt.date(2026, 4, 28), dt.date(2026, 6, 1))
    assert said("reply") == [("30", "04-30"), ("15", "05-18"), ("7", "05-26"), ("3", "05-29"), ("1", "06-01")]
    assert told("remind_reply") == ["handler", "liaison", "signer"]
    every_day(dt.date(2026, 6, 2), dt.date(2026, 6, 8))
    assert said("reply")[5:] == [("daily", "06-03"), ("daily", "06-04"), ("daily", "06-05"), ("daily", "06-08")]
    assert told("remind_reply") == ["clerk", "handler", "liaison", "signer"]
    newest = Notice.objects.filter(code="suggestion.remind_reply").latest("id")
    assert newest.title == "答复已逾期"


def test_the_job_run_twice_reminds_once(handed):
    run(2026, 5, 26)
    before = Notice.objects.count()
    run(2026, 5, 26)
    Clock.objects.update(remind_on=dt.date(1970, 1, 1))
    run(2026, 5, 26)
    assert Notice.objects.count() == before
    assert said("reply") == [("7", "05-26")]


def test_days_that_were_missed_are_caught_up_with_by_one_reminder(handed):
    run(2026, 5, 27)
    assert said("reply") == [("7", "05-26")]
    assert list(Reminder.objects.filter(clock__kind="reply").values_list("rule", "told")) == [("30", 0), ("15", 0), ("7", 3)]
    assert entry("clock.remind").congress_id == handed.suggestion.congress_id


def test_what_is_answered_is_not_reminded_of(world):
    with on(2026, 3, 2):
        world.closed()
    every_day(dt.date(2026, 5, 25), dt.date(2026, 6, 5))
    assert said() == []


def test_a_last_day_that_has_moved_has_its_own_reminders(world, handed):
    run(2026, 5, 26)
    with on(2026, 5, 27):
        asked = operations.ask_extension(handed, actor=world.actors["handler"], note="需现场勘察。", until=dt.date(2026, 7, 1))
        operations.grant_extension(asked, actor=world.actors["clerk"], until=dt.date(2026, 7, 1))
    every_day(dt.date(2026, 5, 28), dt.date(2026, 6, 24))
    assert said("reply") == [("7", "05-26"), ("30", "06-01"), ("15", "06-16"), ("7", "06-24")]


def test_signing_and_the_time_for_return_are_reminded_of_each_to_its_people(world):
    with on(2026, 3, 2):
        world.assigned()
    every_day(dt.date(2026, 3, 3), dt.date(2026, 3, 16))
    assert said("sign") == [("1", "03-06"), *[("daily", f"03-{n:02d}") for n in (10, 11, 12, 13, 16)]]
    assert said("return") == [("0", "03-16")]
    assert told("remind_sign") == ["clerk", "liaison", "signer"]
    assert told("remind_return") == ["liaison", "signer"]


def test_a_unit_that_asks_for_return_is_not_reminded_to_sign(world):
    with on(2026, 3, 2):
        world.return_requested()
    run(2026, 3, 6)
    assert told("remind_sign") == []
    run(2026, 3, 10)
    assert told("remind_sign") == ["clerk"]


def test_an_assisting_unit_is_reminded_alone_and_from_the_last_day_on_with_the_lead_unit_and_the_staff(world):
    with on(2026, 3, 2):
        world.assisted()
    every_day(dt.date(2026, 4, 24), dt.date(2026, 4, 30))
    assert said("assist") == [("7", "04-29"), ("1", "04-30")]
    assert told("remind_assist") == ["handler2", "liaison2", "signer2"]
    every_day(dt.date(2026, 5, 1), dt.date(2026, 5, 8))
    assert said("assist")[2:] == [("0", "05-06"), ("after", "05-07")]
    assert told("remind_assist") == ["clerk", "handler", "handler2", "liaison", "liaison2", "signer2"]


def test_the_deputy_is_reminded_to_evaluate_in_the_middle_before_the_end_and_after(world):
    with on(2026, 3, 2):
        world.replied()
    every_day(dt.date(2026, 3, 3), dt.date(2026, 4, 3))
    assert said() == [("middle", "03-16"), ("3", "03-27"), ("after", "03-31")]
    assert told("remind_evaluation") == ["deputy"]


def test_the_congress_chooses_its_ladder(world):
    with on(2026, 3, 2):
        rule(world, "reply_reminders", ["5"])
        world.handling()
    every_day(dt.date(2026, 5, 20), dt.date(2026, 6, 5))
    assert said("reply") == [("5", "05-28")]
    assert Clock.objects.get(kind="reply").remind_on is None


def test_nobody_reminds_by_hand_and_nothing_is_said_when_there_is_nothing(world, handed):
    limit = handed.clocks.get(kind="reply")
    with on(2026, 5, 26), refused(NotAllowed):
        operations.remind(limit, actor=world.actors["clerk"])
    with on(2026, 3, 3), refused(Unfit):
        operations.remind(limit, actor=SYSTEM)


def test_the_unit_does_not_learn_whether_the_deputy_is_reminded(world):
    with on(2026, 3, 2):
        world.replied()
    run(2026, 3, 16)
    assert not Reminder.objects.visible_to(world.actors["handler"]).exists()
    assert Reminder.objects.visible_to(world.actors["deputy"]).count() == 1
    assert not Reminder.objects.visible_to(world.actors["other_clerk"]).exists()


def test_many_clocks_are_looked_at_in_portions_one_after_the_other(world, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(reminding, "BATCH", 3)
    with on(2026, 3, 2):
        for n in range(3):
            world.assigned(title=f"关于第{n}条路的建议")
    with on(2026, 3, 6), django_capture_on_commit_callbacks(execute=True):
        tasks.remind.call()
    assert Reminder.objects.filter(told__gt=0).count() == 3
    assert not Clock.objects.to_remind(dt.date(2026, 3, 6)).exists()


def test_a_day_without_reminders_asks_as_much_for_nine_suggestions_as_for_two(world):
    def asked(n):
        with on(2026, 3, 2):
            for k in range(n):
                world.assigned(title=f"关于{n}之{k}的建议")
        with on(2026, 3, 3), CaptureQueriesContext(connection) as queries:
            operations.remind_due()
        return len(queries)

    assert asked(2) == asked(9)


def test_the_congress_s_own_duties_are_reminded_of_too(world):
    with on(2026, 3, 2):
        world.submitted()
    every_day(dt.date(2026, 3, 3), dt.date(2026, 3, 10))
    assert said("receipt") == [("1", "03-06"), ("daily", "03-10")]
    assert told("remind_duty") == ["clerk"]
    every_day(dt.date(2026, 3, 11), dt.date(2026, 3, 13))
    assert said("hand_over") == [("3", "03-13")]
    newest = Notice.objects.filter(code="suggestion.remind_duty").latest("id")
    assert newest.title == "交办：2026年3月16日前"


def test_what_was_returned_what_is_objected_to_and_the_first_contact_have_their_reminders(world):
    with on(2026, 3, 2):
        operations.grant_return(world.return_requested().assignments.get(), actor=world.actors["clerk"])
        world.objected(title="关于另一条路的建议")
    every_day(dt.date(2026, 3, 12), dt.date(2026, 3, 17))
    assert said("reassign") == said("objection") == [("3", "03-13"), ("daily", "03-17")]
    every_day(dt.date(2026, 3, 24), dt.date(2026, 3, 31))
    assert said("contact") == [("5", "03-25"), ("1", "03-27"), ("after", "03-31")]


def test_what_stays_overdue_is_said_once_a_week_and_to_the_leaders_where_the_rules_say_so(world, handed):
    run(2026, 6, 16)
    assert told("remind_reply") == ["clerk", "handler", "liaison", "signer"]
    run(2026, 6, 22)
    assert said("reply")[-1] == ("daily", "06-16")
    run(2026, 6, 23)
    assert said("reply")[-1] == ("weekly", "06-23")
    assert told("remind_reply") == ["clerk", "handler", "leader", "liaison", "signer"]
