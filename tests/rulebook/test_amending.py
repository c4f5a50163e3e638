"""Days set, more time and pauses: what they do to a last day, whatever the period, and that the trace can be counted again."""

import datetime as dt

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from qiao.rulebook.amending import amended, extended, fixed, paused
from qiao.rulebook.clocks import DAY, Calendar, reckon
from qiao.rulebook.counting import runs
from qiao.rulebook.periods import Period
from qiao.rulebook.recounting import recounted

from .factories import shipped_calendar

pytestmark = pytest.mark.capability("T3")

CALENDAR = shipped_calendar()
STARTS = st.dates(dt.date(2023, 1, 1), dt.date(2025, 6, 30))
PERIODS = st.builds(Period, st.integers(2, 60), st.sampled_from(["days", "working_days"])) | st.builds(
    Period, st.integers(1, 6), st.just("months")
)
few = settings(max_examples=40)


def with_pause(old, after, length):
    """Paused so many days after the start, for so many days, but not when its last day is over."""
    first = min(old.start + after * DAY, old.due)
    return amended(old, [paused(first, first + (length - 1) * DAY, "测试")], CALENDAR, moves=True)


@few
@given(STARTS, PERIODS, st.integers(1, 90), st.integers(1, 60))
def test_a_pause_never_brings_the_last_day_forward_and_a_longer_one_never_ends_earlier(start, period, after, length):
    old = reckon(start, period, CALENDAR)
    one, longer = with_pause(old, after, length), with_pause(old, after, length + 1)
    assert old.due <= one.due <= longer.due
    assert not CALENDAR.is_off(one.due)
    if period.unit != "working_days":
        assert one.due >= old.due + length * DAY - 10 * DAY  # the longest holiday a last day may have moved over


@few
@given(STARTS, st.integers(2, 40), st.integers(1, 60), st.integers(1, 40))
def test_the_working_days_outside_the_pause_are_as_many_as_the_period_has(start, n, after, length):
    old = reckon(start, Period(n, "working_days"), CALENDAR)
    new = with_pause(old, after, length)
    first = min(start + after * DAY, old.due)
    days = [start + k * DAY for k in range(1, (new.due - start).days + 1)]
    counted = [day for day in days if not CALENDAR.is_off(day) and not first <= day < first + length * DAY]
    assert (len(counted), counted[-1]) == (n, new.due)
    numbered = [k for run in runs(new, CALENDAR) if run.number for k in range(run.number, run.to + 1)]
    assert numbered == list(range(1, n + 1))


@few
@given(STARTS, PERIODS, st.integers(-20, 300))
def test_a_day_that_is_set_never_comes_later_than_the_period_ends(start, period, away):
    old = reckon(start, period, CALENDAR)
    day = start + away * DAY
    new = amended(old, [fixed(day, "测试")], CALENDAR, moves=True)
    assert new.due <= old.due
    assert new.lines[: len(old.lines)] == old.lines
    assert new.due == old.due or "fixed" in [line.code for line in new.lines]


@few
@given(STARTS, PERIODS, st.integers(1, 60), st.integers(1, 30), st.integers(1, 100), st.sampled_from(["en", "zh-hans"]))
def test_counted_again_by_the_same_tables_all_that_was_decided_stays_and_can_be_said(start, period, after, length, more, language):
    most = reckon(start, Period(12, "months"), CALENDAR)
    new = with_pause(amended(reckon(start, period, CALENDAR), [fixed(start + 200 * DAY, "甲")], CALENDAR, moves=True), after, length)
    granted = extended(new.due + more * DAY, on=start, most=most, source="乙")
    new = amended(new, [granted], CALENDAR, moves=True)
    assert recounted(new, CALENDAR, moves=True) == new
    with override(language):
        assert all(new.explained())


def test_a_pause_into_a_year_without_a_table_makes_the_date_provisional():
    known = Calendar(frozenset({2026}), {})
    old = reckon(dt.date(2026, 11, 2), Period(20, "working_days"), known)
    new = amended(old, [paused(dt.date(2026, 11, 20), dt.date(2026, 12, 31), "测试")], known, moves=True)
    assert (old.provisional, new.provisional) == (False, True)
    assert new.lines[-1].code == "extended_due_provisional"


def test_where_last_days_stay_a_pause_adds_its_days_and_nothing_moves():
    old = reckon(dt.date(2026, 3, 2), Period(10, "days"), CALENDAR, moves=False)
    new = amended(old, [paused(dt.date(2026, 3, 5), dt.date(2026, 3, 6), "测试")], CALENDAR, moves=False)
    assert (old.due, new.due) == (dt.date(2026, 3, 12), dt.date(2026, 3, 14))
    with override("en"):
        assert new.explained()[-4:] == [
            "Paused by 测试; not counted: 5 March to 6 March 2026.",
            "The pause took 2 days from the period, which now ends on 14 March 2026 (Saturday).",
            "14 March 2026 (Saturday) is a day off (weekend); by the rulebook the last day does not move.",
            "The last day is now 14 March 2026 (Saturday); it ends at 24:00.",
        ]
