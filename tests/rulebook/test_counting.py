"""Working days counted off day by day: every day once, each with its number or its reason."""

import datetime as dt

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from qiao.rulebook.clocks import DAY, reckon
from qiao.rulebook.counting import runs
from qiao.rulebook.periods import Period

from .factories import shipped_calendar

pytestmark = pytest.mark.capability("T3")

CALENDAR = shipped_calendar()


@given(st.dates(dt.date(2023, 1, 1), dt.date(2025, 12, 31)), st.integers(1, 40))
def test_the_runs_hold_every_day_after_the_start_once_and_number_as_many_as_the_period_has(start, n):
    reckoning = reckon(start, Period(n, "working_days"), CALENDAR)
    found = runs(reckoning, CALENDAR)
    days = [run.first + k * DAY for run in found for k in range((run.last - run.first).days + 1)]
    assert days == [start + k * DAY for k in range(1, (reckoning.due - start).days + 1)]
    numbers = [number for run in found if run.number for number in range(run.number, run.to + 1)]
    assert numbers == list(range(1, n + 1))


def test_they_say_in_words_what_counts_and_why_not():
    found = runs(reckon(dt.date(2025, 9, 28), Period(5, "working_days"), CALENDAR), CALENDAR)
    with override("en"):
        assert [str(run) for run in found] == [
            "29 September to 30 September 2025: days 1 to 2",
            "1 October to 8 October 2025: not counted (National Day, Mid-Autumn Festival)",
            "9 October to 11 October 2025: days 3 to 5",
        ]


def test_what_was_counted_by_other_tables_and_what_is_no_period_of_working_days_is_not_counted_off():
    assert runs(reckon(dt.date(2026, 3, 2), Period(3, "months"), CALENDAR), CALENDAR) == []
    known = reckon(dt.date(2025, 9, 28), Period(5, "working_days"), CALENDAR)
    assert runs(known, type(CALENDAR)()) == []
