"""How words in cells become values."""

import datetime as dt

import pytest

from qiao.accounts.models import Sex
from qiao.congress.importers.deputies.columns import term_number
from qiao.imports import parsers


@pytest.mark.parametrize(
    "text",
    ["2023-01-05", "2023-1-5", "2023/1/5", "2023.1.5", "2023年1月5日", "2023年01月05", "20230105", "44931", "2023-01-05 00:00:00"],
)
def test_a_day_may_be_written_as_people_and_programs_write_it(text):
    assert parsers.day(text) == dt.date(2023, 1, 5)


@pytest.mark.parametrize("text", ["2023-13-05", "2023-02-30", "去年", "5/1/23", "1", "999999"])
def test_what_is_no_day_is_said(text, english):
    with pytest.raises(parsers.Problem, match="is not a date"):
        parsers.day(text)


@pytest.mark.parametrize(("text", "value"), [("是", True), ("Yes", True), ("1", True), ("否", False), ("no", False), ("0", False)])
def test_yes_and_no_in_both_languages(text, value):
    assert parsers.yes_no(text) is value


def test_neither_yes_nor_no_is_said(english):
    with pytest.raises(parsers.Problem, match="neither yes nor no"):
        parsers.yes_no("也许")


def test_a_choice_by_value_label_or_usual_word(english):
    parse = parsers.one_of(Sex.choices, {"男": Sex.MALE, "女": Sex.FEMALE})
    assert [parse(text) for text in ("女", "Female", "female", "2")] == [Sex.FEMALE] * 4
    with pytest.raises(parsers.Problem, match="is not one of: .*Male"):
        parse("公")


@pytest.mark.parametrize(("text", "number"), [("15", 15), ("第十五届", 15), ("十五届", 15), ("第15届", 15), ("三", 3)])
def test_a_term_by_its_number_in_either_script(text, number):
    assert term_number(text) == number


@pytest.mark.parametrize("text", ["届", "0", "一百", "本届"])
def test_what_is_no_term_is_said(text, english):
    with pytest.raises(parsers.Problem, match="number of a term"):
        term_number(text)


@pytest.mark.parametrize("text", ["13800000000", "010-1234 5678", "+86 10 12345678", "（0411）123456"])
def test_telephone_numbers(text):
    assert parsers.phone(text) == text


@pytest.mark.parametrize("text", ["张三", "12", "1;2;3"])
def test_what_is_no_telephone_number(text, english):
    with pytest.raises(parsers.Problem, match="telephone"):
        parsers.phone(text)


def test_an_email_address_is_checked(english):
    assert parsers.email("a@b.cn") == "a@b.cn"
    with pytest.raises(parsers.Problem, match="e-mail"):
        parsers.email("a@")
