"""The days of reminders: counted from the last day, on working days, none lost and none twice."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiao.rulebook.ladder import AFTER, DAILY, LAST, MIDDLE, RUNGS, WEEKLY, ladder, next_day, reached
from qiao.rulebook.periods import Period

from .factories import shipped_calendar

pytestmark = pytest.mark.capability("T3")

CALENDAR = shipped_calendar()
DAY = dt.timedelta(days=1)
STARTS = st.dates(dt.date(2023, 1, 1), dt.date(2025, 12, 31))
LENGTHS = st.integers(1, 200)
CHOSEN = st.lists(st.sampled_from(list(RUNGS)), unique=True)


@given(STARTS, LENGTHS, CHOSEN)
def test_a_reminder_falls_on_a_working_day_after_the_start(start, length, chosen):
    for rung in ladder(start, start + length * DAY, chosen, CALENDAR):
        assert rung.day > start
        assert not CALENDAR.is_off(rung.day)


@given(STARTS, LENGTHS, CHOSEN)
def test_going_from_day_to_day_gives_every_rung_once_and_the_daily_one_on_each_working_day_after(start, length, chosen):
    due, said, day = start + length * DAY, [], start
    until = due + 30 * DAY
    while day and day <= until:
        said += [rung for rung in reached(start, due, chosen, CALENDAR, day) if rung not in said]
        day = next_day(start, due, chosen, CALENDAR, day)
    late = [due + n * DAY for n in range(1, 31)]
    daily = [d for d in late if DAILY in chosen and not CALENDAR.is_off(d)]
    assert sorted(r.day for r in said if r.rule == DAILY) == daily
    assert sorted(r for r in said if r.rule != DAILY) == sorted(r for r in ladder(start, due, chosen, CALENDAR) if r.day <= until)


def test_what_would_fall_on_the_spring_festival_comes_on_the_last_working_day_before():
    rungs = ladder(dt.date(2025, 11, 28), dt.date(2026, 2, 28), ["7", "3", LAST], CALENDAR)
    assert [(rule, day.isoformat()) for rule, day in rungs] == [("7", "2026-02-14"), ("3", "2026-02-25"), (LAST, "2026-02-28")]


def test_the_middle_and_the_day_after():
    rungs = ladder(dt.date(2026, 3, 2), dt.date(2026, 3, 30), [AFTER, MIDDLE], CALENDAR)
    assert [(rule, day.isoformat()) for rule, day in rungs] == [(MIDDLE, "2026-03-16"), (AFTER, "2026-03-31")]


def test_a_rung_longer_than_the_period_is_left_out():
    assert ladder(dt.date(2026, 3, 2), dt.date(2026, 3, 9), ["30", "7"], CALENDAR) == []


def test_daily_reminders_become_weekly_and_never_end():
    due, ten = dt.date(2026, 6, 2), Period(10, "working_days")
    said, day = [], due
    while day <= dt.date(2026, 7, 10):
        said += [rung for rung in reached(dt.date(2026, 3, 2), due, [DAILY], CALENDAR, day, daily=ten) if rung not in said]
        day = next_day(dt.date(2026, 3, 2), due, [DAILY], CALENDAR, day, daily=ten)
    assert [rung.day for rung in said if rung.rule == DAILY] == [dt.date(2026, 6, n) for n in (3, 4, 5, 8, 9, 10, 11, 12, 15, 16)]
    assert [rung.day.isoformat() for rung in said if rung.rule == WEEKLY] == ["2026-06-23", "2026-06-30", "2026-07-07"]
    missed = reached(dt.date(2026, 3, 2), due, [DAILY], CALENDAR, dt.date(2026, 7, 10), daily=ten)
    assert [(rung.rule, rung.day.isoformat()) for rung in missed] == [(WEEKLY, "2026-07-07")]
