import datetime as dt
import json

import pytest
from django.utils.translation import override

from qiao.rulebook.catalogue import CATALOGUE
from qiao.rulebook.periods import Period
from qiao.rulebook.rules import Rules, default_entry

from .factories import shipped_calendar

CALENDAR = shipped_calendar()
START = dt.date(2026, 3, 2)


def rules(**values):
    entries = {key: default_entry(key) for key in CATALOGUE}
    return Rules({**entries, **{key: {"value": value, "source": "某条例"} for key, value in values.items()}})


def test_a_snapshot_survives_json():
    kept = rules(reply_limit={"n": 2, "unit": "months"})
    assert Rules.from_json(json.loads(json.dumps(kept.to_json()))) == kept


def test_rules_answer_by_type():
    asked = rules(contact_required=False)
    assert asked.period("reply_limit") == Period(3, "months")
    assert asked.flag("contact_required") is False
    assert asked.flag("rehandle_auto") is True
    assert asked["silence_policy"] == "exclude"
    assert asked.source("contact_required") == "某条例"
    assert asked.entry("result_scheme", "B")["creates_commitment"] is True
    assert asked.entry("result_scheme", "Z") is None


def test_a_snapshot_older_than_a_parameter_answers_with_its_default():
    old = Rules.from_json({"reply_limit": {"value": {"n": 2, "unit": "months"}, "source": "某条例"}})
    assert old.period("reply_limit").n == 2
    assert old.period("sign_limit") == Period(7, "days")
    assert old.source("sign_limit")


def test_the_snapshot_cites_the_law_in_the_same_language_whoever_takes_it():
    with override("en"):
        english = rules().to_json()
    with override("zh-hans"):
        assert english == rules().to_json()


@pytest.mark.capability("T3")
def test_a_clock_starts_with_the_event_its_rule_names():
    def first(reckoning):
        return reckoning.lines[0].params["event"]

    assert first(rules().reckon("reply_limit", START, CALENDAR)) == "assigned"
    assert first(rules().reckon("evaluation_limit", START, CALENDAR)) == "replied"
    assert first(rules().reckon("return_limit", START, CALENDAR)) == "assigned"
    assert first(rules(return_from="received").reckon("return_limit", START, CALENDAR)) == "received"
    assert first(rules().reckon("reply_limit", START, CALENDAR, event="returned")) == "returned"


@pytest.mark.capability("T3")
def test_whether_a_last_day_moves_is_a_rule_of_the_congress():
    start = dt.date(2025, 7, 2)
    assert rules().reckon("reply_limit", start, CALENDAR).due == dt.date(2025, 10, 9)
    assert rules(last_day_off="stays").reckon("reply_limit", start, CALENDAR).due == dt.date(2025, 10, 2)
