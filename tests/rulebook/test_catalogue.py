import pytest
from django.utils.translation import override

from qiao.kernel.errors import Unfit
from qiao.rulebook.catalogue import CATALOGUE, GROUPS
from qiao.rulebook.kinds import PeriodOf, label_of
from qiao.rulebook.periods import Period
from qiao.rulebook.trace import STARTS

RESULT = {"code": "1", "label": "已解决", "creates_commitment": False, "requires_due_date": False, "counts_as_resolved": True}


@pytest.mark.parametrize("key", CATALOGUE)
def test_every_parameter_has_a_fit_default_a_source_and_words_in_both_languages(key):
    parameter = CATALOGUE[key]
    parameter.check(parameter.default)
    assert parameter.group in GROUPS
    for language in ("en", "zh-hans"):
        with override(language):
            assert str(parameter.label)
            assert str(parameter.help).endswith((".", "。"))
            assert str(parameter.source)
            assert all(parameter.words(parameter.default))
    assert parameter.start_event in STARTS
    assert isinstance(parameter.kind, PeriodOf) or not parameter.start_event


@pytest.mark.parametrize(
    ("key", "beyond"),
    [
        ("reply_limit", Period(4, "months")),
        ("reply_limit", Period(92, "days")),
        ("reply_limit", Period(70, "working_days")),
        ("reply_limit_long", Period(7, "months")),
        ("reply_limit_long", Period(400, "days")),
    ],
)
def test_national_law_is_the_upper_bound_and_the_refusal_names_the_article(key, beyond):
    with override("en"), pytest.raises(Unfit) as said:
        CATALOGUE[key].check(beyond.to_json())
    assert "Deputies Law (2025), article 51" in said.value.reason


def test_a_congress_may_be_stricter_than_national_law():
    CATALOGUE["reply_limit"].check(Period(2, "months").to_json())
    CATALOGUE["reply_limit_long"].check(Period(4, "months").to_json())


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("reply_limit", None),
        ("reply_limit", "3 months"),
        ("contact_required", "yes"),
        ("contact_required", 1),
        ("withdrawal_rule", "nobody"),
        ("withdrawal_rule", ["lead"]),
        ("reason_required_on", "dissatisfied"),
        ("reason_required_on", ["dissatisfied", "dissatisfied"]),
        ("reason_required_on", ["angry"]),
        ("reason_required_on", [{}]),
        ("number_pattern", {"session": "第%d号"}),
        ("number_pattern", {"session": "第号", "intersession": "闭会第%d号"}),
        ("number_pattern", {"session": "第%d号%s", "intersession": "闭会第%d号"}),
        ("evaluation_dimensions", []),
        ("evaluation_dimensions", ["result"]),
        ("evaluation_dimensions", [{"code": "result", "label": ""}]),
        ("evaluation_dimensions", [{"code": "办理", "label": "办理"}]),
        ("evaluation_dimensions", [{"label": "办理"}]),
        ("evaluation_dimensions", [{"code": "a", "label": "甲"}, {"code": "a", "label": "乙"}]),
        ("evaluation_dimensions", [{"code": "a", "label": "甲", "weight": 3}]),
        ("evaluation_dimensions", [{"code": "a", "label": 7}]),
        ("evaluation_scale", [{"code": "good", "label": "好"}]),
        ("result_scheme", [{"code": "1", "label": "已解决"}]),
        ("result_scheme", [{**RESULT, "counts_as_resolved": "yes"}]),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_with_a_sentence(key, value):
    with pytest.raises(Unfit) as said:
        CATALOGUE[key].check(value)
    assert said.value.reason


def test_a_value_is_said_in_words():
    with override("en"):
        assert CATALOGUE["reply_limit"].words(Period(2, "months").to_json()) == ["2 months"]
        assert CATALOGUE["contact_required"].words(True) == ["Yes"]
        assert CATALOGUE["contact_required"].words(False) == ["No"]
        assert CATALOGUE["withdrawal_rule"].words("unanimous") == ["All who signed"]
        assert CATALOGUE["reason_required_on"].words(["dissatisfied"]) == ["Dissatisfied"]
        assert CATALOGUE["reason_required_on"].words([]) == ["None"]
        assert CATALOGUE["number_pattern"].words({"session": "第%d号", "intersession": "闭会第%d号"})[1] == "Between sessions: 闭会第12号"
        scheme = CATALOGUE["result_scheme"]
        assert scheme.words(scheme.default)[:2] == [
            "A: Solved or basically solved (counts as resolved)",
            "B: Being solved or planned (creates a commitment, needs a date)",
        ]


def test_an_entry_without_an_english_label_is_called_by_its_chinese_one():
    with override("en"):
        assert label_of({"code": "x", "label": "办理结果"}) == "办理结果"
        assert label_of({"code": "x", "label": "办理结果", "label_en": "Result"}) == "Result"
    with override("zh-hans"):
        assert label_of({"code": "x", "label": "办理结果", "label_en": "Result"}) == "办理结果"
