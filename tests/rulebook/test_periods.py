import datetime as dt

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from qiao.kernel.errors import Unfit
from qiao.rulebook.periods import MOST, Period, add_months

PERIODS = st.builds(Period, st.integers(1, MOST), st.sampled_from(["days", "working_days", "months"]))


@given(PERIODS)
def test_a_period_survives_json(period):
    assert Period.from_json(period.to_json()) == period


@given(PERIODS, st.sampled_from(["en", "zh-hans"]))
def test_a_period_is_read_back_as_it_is_written_in_english(period, language):
    with override("en"):
        assert Period.parse(str(period)) == period
    with override(language):
        assert str(period)


@pytest.mark.parametrize(
    ("typed", "period"),
    [
        ("3 months", Period(3, "months")),
        ("1 month", Period(1, "months")),
        ("10 working days", Period(10, "working_days")),
        ("7个工作日", Period(7, "working_days")),
        ("7 工作日", Period(7, "working_days")),
        (" 5日 ", Period(5, "days")),
        ("15天", Period(15, "days")),
        ("3个月", Period(3, "months")),
    ],
)
def test_people_write_periods_in_both_languages(typed, period):
    assert Period.parse(typed) == period


@pytest.mark.parametrize("typed", ["", "three months", "0 days", "-3 days", "3", "3 weeks", "1000 days", "3 months and a day", "３ months"])
def test_what_is_no_period_is_refused_with_a_sentence(typed):
    with pytest.raises(Unfit) as said:
        Period.parse(typed)
    assert said.value.reason


@pytest.mark.parametrize(
    "data", [None, 3, "3 months", {}, {"n": 3}, {"n": True, "unit": "days"}, {"n": 1.5, "unit": "days"}, {"n": 1, "unit": "weeks"}]
)
def test_what_is_stored_wrongly_is_refused(data):
    with pytest.raises(Unfit):
        Period.from_json(data)


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2025-11-30", 3, "2026-02-28"),
        ("2025-12-31", 2, "2026-02-28"),
        ("2026-02-28", 1, "2026-03-28"),
        ("2026-08-15", 6, "2027-02-15"),
        ("2026-12-01", 1, "2027-01-01"),
    ],
)
def test_months_end_on_the_corresponding_day_or_the_last_of_the_month(start, n, end):
    assert add_months(dt.date.fromisoformat(start), n) == dt.date.fromisoformat(end)


@pytest.mark.parametrize(
    ("period", "within"),
    [
        (Period(3, "months"), True),
        (Period(2, "months"), True),
        (Period(4, "months"), False),
        (Period(89, "days"), True),
        (Period(90, "days"), False),
        (Period(30, "working_days"), True),
        (Period(60, "working_days"), False),
    ],
)
def test_a_period_in_another_unit_is_within_three_months_only_if_it_always_is(period, within):
    assert period.never_exceeds(Period(3, "months")) is within
