import datetime as dt
import json
import os
from itertools import pairwise
from pathlib import Path

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from qiao.rulebook.clocks import Calendar, Mark, Reckoning, explain, reckon
from qiao.rulebook.periods import Period, add_months
from qiao.rulebook.trace import STARTS

from .factories import shipped_calendar

pytestmark = pytest.mark.capability("T3")

CALENDAR = shipped_calendar()
DAY = dt.timedelta(days=1)
KNOWN_DAYS = st.dates(dt.date(2023, 1, 1), dt.date(2025, 12, 31))
SHORT = st.builds(Period, st.integers(1, 90), st.just("days")) | st.builds(Period, st.integers(1, 40), st.just("working_days"))
PERIODS = SHORT | st.builds(Period, st.integers(1, 9), st.just("months"))


def last(start, n, unit, calendar=CALENDAR, **more):
    return reckon(dt.date.fromisoformat(start), Period(n, unit), calendar, **more)


def codes(reckoning):
    return [line.code for line in reckoning.lines]


# --- properties ---------------------------------------------------------------------------------------------------------------


@given(KNOWN_DAYS, PERIODS)
def test_the_last_day_is_never_a_day_off(start, period):
    reckoning = reckon(start, period, CALENDAR)
    assert not CALENDAR.is_off(reckoning.due)
    assert reckoning.due > start


@given(KNOWN_DAYS, PERIODS)
def test_a_later_start_never_ends_earlier(start, period):
    assert reckon(start, period, CALENDAR).due <= reckon(start + DAY, period, CALENDAR).due


@given(KNOWN_DAYS, PERIODS)
def test_a_longer_period_never_ends_earlier(start, period):
    longer = Period(period.n + 1, period.unit)
    assert reckon(start, period, CALENDAR).due <= reckon(start, longer, CALENDAR).due


@given(KNOWN_DAYS, st.integers(1, 60))
def test_working_days_are_as_many_as_one_counts_by_hand(start, n):
    due = reckon(start, Period(n, "working_days"), CALENDAR).due
    between = [start + i * DAY for i in range(1, (due - start).days + 1)]
    off = {d for d, mark in CALENDAR.days.items() if mark.off}
    made_up = {d for d, mark in CALENDAR.days.items() if not mark.off}
    working = [d for d in between if d in made_up or (d not in off and d.isoweekday() < 6)]
    assert len(working) == n
    assert working[-1] == due


@given(KNOWN_DAYS, PERIODS)
def test_only_days_off_lie_between_the_end_of_the_period_and_the_last_day(start, period):
    if period.unit == "working_days":
        return
    end = start + period.n * DAY if period.unit == "days" else add_months(start, period.n)
    due = reckon(start, period, CALENDAR).due
    assert all(CALENDAR.is_off(end + i * DAY) for i in range((due - end).days))


@given(st.dates(dt.date(2023, 1, 1), dt.date(2027, 6, 1)), PERIODS, st.sampled_from(["en", "zh-hans"]))
def test_the_trace_ends_with_the_last_day_and_every_line_can_be_said(start, period, language):
    reckoning = reckon(start, period, CALENDAR, event="assigned")
    assert reckoning.lines[0].params["day"] == start.isoformat()
    assert reckoning.lines[-1].params["day"] == reckoning.due.isoformat()
    with override(language):
        said = explain(reckoning.lines)
    assert len(said) == len(reckoning.lines)
    assert str(reckoning.due.year) in said[-1]
    assert str(reckoning.due.day) in said[-1]
    assert not any("%(" in sentence for sentence in said)


@given(st.dates(dt.date(2023, 1, 1), dt.date(2027, 6, 1)), PERIODS)
def test_a_reckoning_survives_json(start, period):
    reckoning = reckon(start, period, CALENDAR)
    assert Reckoning.from_json(json.loads(json.dumps(reckoning.to_json()))) == reckoning


@given(st.dates(dt.date(2023, 1, 1), dt.date(2027, 6, 1)), PERIODS)
def test_a_date_is_provisional_exactly_when_a_line_names_the_missing_table(start, period):
    reckoning = reckon(start, period, CALENDAR)
    assert reckoning.provisional == ("unknown_year" in codes(reckoning)) == (reckoning.lines[-1].code == "due_provisional")


@given(st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)), PERIODS)
def test_a_date_that_is_not_provisional_stays_when_the_missing_table_comes(start, period):
    before = reckon(start, period, CALENDAR)
    new_year = {dt.date(2026, 12, 31): Mark(True, "元旦"), dt.date(2027, 1, 1): Mark(True, "元旦"), dt.date(2027, 1, 4): Mark(True, "元旦")}
    after = reckon(start, period, Calendar(CALENDAR.years | {2027}, {**CALENDAR.days, **new_year}))
    assert before.provisional or before == after


# --- cases ---------------------------------------------------------------------------------------------------------------------


def test_a_month_from_the_31st_ends_on_a_working_saturday():
    reckoning = last("2026-01-31", 1, "months")
    assert reckoning.due == dt.date(2026, 2, 28)
    assert codes(reckoning) == ["start", "month_end", "last_worked", "due"]
    assert not reckoning.provisional


def test_a_last_day_in_the_national_holiday_moves_behind_it():
    reckoning = last("2025-07-02", 3, "months", event="assigned")
    assert reckoning.due == dt.date(2025, 10, 9)
    with override("en"):
        assert reckoning.explained() == [
            "Handed over on 2 July 2025 (Wednesday); the day itself is not counted.",
            "A period of 3 months ends on 2 October 2025 (Thursday).",
            "2 October to 8 October 2025 are days off (National Day, Mid-Autumn Festival), "
            "so the last day moves to 9 October 2025 (Thursday).",
            "The last day is 9 October 2025 (Thursday); it ends at 24:00.",
        ]


def test_three_months_from_2_march_2026_end_on_2_june():
    reckoning = last("2026-03-02", 3, "months")
    assert reckoning.due == dt.date(2026, 6, 2)
    assert codes(reckoning) == ["start", "ends", "due"]


def test_a_last_day_on_a_plain_weekend_moves_to_monday():
    reckoning = last("2026-02-06", 3, "months")  # 6 May is a Wednesday
    assert reckoning.due == dt.date(2026, 5, 6)
    weekend = last("2026-03-06", 3, "months")  # 6 June is a Saturday
    assert weekend.due == dt.date(2026, 6, 8)
    with override("en"):
        assert "6 June to 7 June 2026 are days off (weekend)" in explain(weekend.lines)[2]


def test_a_single_day_off_is_spoken_of_in_the_singular():
    sunday = last("2026-03-07", 3, "months")
    with override("en"):
        assert explain(sunday.lines)[2] == "7 June 2026 (Sunday) is a day off (weekend), so the last day moves to 8 June 2026 (Monday)."


def test_working_days_name_the_holidays_between_and_the_days_worked_instead():
    reckoning = last("2026-09-18", 10, "working_days")
    # 20 September worked; 25-27 September and 1-7 October off: 20 21 22 23 24 28 29 30 Sep, 8 9 Oct
    assert reckoning.due == dt.date(2026, 10, 9)
    assert codes(reckoning) == ["start", "worked", "skipped", "skipped", "working_ends", "due"]
    with override("en"):
        said = explain(reckoning.lines)
    assert said[1] == "20 September 2026 (Sunday) is a working day by the table of days off (National Day) and is counted."
    assert said[2] == "25 September to 27 September 2026 are days off (Mid-Autumn Festival) and are not counted."
    assert said[4] == "Not counting Saturdays, Sundays and holidays, 10 working days end on 9 October 2026 (Friday)."


def test_a_period_into_a_year_without_a_table_is_provisional_and_says_which():
    reckoning = last("2026-11-24", 3, "months")
    assert reckoning.due == dt.date(2027, 2, 24)
    assert reckoning.provisional
    with override("en"):
        said = explain(reckoning.lines)
    assert "2027" in said[-2]
    assert "may still change" in said[-2]
    assert said[-1] == "For the time being the last day is 24 February 2027 (Wednesday); it ends at 24:00."


def test_a_period_that_ends_before_the_year_without_a_table_is_certain():
    assert not last("2026-09-24", 3, "months").provisional


def test_the_last_days_of_december_wait_for_the_next_years_table():
    reckoning = last("2026-09-30", 3, "months")
    assert reckoning.due == dt.date(2026, 12, 30)
    assert [line.params for line in reckoning.lines if line.code == "unknown_year"] == [{"year": 2027}]


def test_without_any_table_only_weekends_are_off():
    empty = Calendar()
    assert last("2025-07-02", 3, "months", empty).due == dt.date(2025, 10, 2)
    assert last("2026-06-05", 1, "working_days", empty).due == dt.date(2026, 6, 8)
    assert last("2026-06-05", 1, "days", empty).due == dt.date(2026, 6, 8)


def test_where_the_rulebook_says_so_the_last_day_stays_on_a_day_off():
    reckoning = last("2025-07-02", 3, "months", moves=False)
    assert reckoning.due == dt.date(2025, 10, 2)
    assert codes(reckoning) == ["start", "ends", "stays", "due"]
    assert not last("2026-11-24", 3, "months", moves=False).provisional


def test_every_event_has_its_first_line():
    with override("en"):
        said = {explain(last("2026-03-02", 1, "days", event=event).lines)[0] for event in STARTS}
    assert len(said) == len(STARTS)


def test_a_holiday_of_an_unknown_name_is_called_as_the_table_calls_it():
    day = dt.date(2015, 9, 3)
    reckoning = last("2015-09-02", 1, "days", Calendar(frozenset({2015}), {day: Mark(True, "抗战胜利纪念日")}))
    with override("en"):
        assert "抗战胜利纪念日" in explain(reckoning.lines)[2]


def test_a_run_of_days_off_over_the_new_year_names_both_years():
    days = {dt.date(2022, 12, 31) + i * DAY: Mark(True, "元旦") for i in range(3)}
    reckoning = last("2022-12-30", 1, "days", Calendar(frozenset({2022, 2023}), days))
    assert reckoning.due == dt.date(2023, 1, 3)
    with override("en"):
        assert "31 December 2022 (Saturday) to 2 January 2023 (Monday) are days off (New Year's Day)" in explain(reckoning.lines)[2]


# --- the shipped tables --------------------------------------------------------------------------------------------------------


def test_make_up_days_are_at_weekends_and_days_off_are_in_order():
    for table_year in sorted(CALENDAR.years):
        named = sorted(day for day in CALENDAR.days if day.year == table_year)
        assert all(one < other for one, other in pairwise(named))
        assert all(day.isoweekday() > 5 for day in named if not CALENDAR.days[day].off)
        assert sum(CALENDAR.days[day].off for day in named) >= 26


@pytest.mark.parametrize("year", [2023, 2024, 2025, 2026])
def test_the_shipped_tables_are_the_published_ones(year):
    folder = Path(os.environ.get("QIAO_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data")) / "calendar"
    if not folder.is_dir():
        pytest.skip("the shared data are not on this machine")
    published = json.loads((folder / f"{year}.json").read_text(encoding="utf-8"))
    ours = {day.isoformat(): mark.off for day, mark in CALENDAR.days.items() if day.year == year}
    assert ours == {**dict.fromkeys(published["holidays"], True), **dict.fromkeys(published["workdays"], False)}
