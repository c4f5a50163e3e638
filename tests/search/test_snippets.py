"""The part of a text that shows why it was found."""

from qiao.search.snippets import snippet


def test_what_was_asked_for_is_marked():
    assert snippet("关于解决停车难的建议", "停车") == "关于解决<mark>停车</mark>难的建议"


def test_only_the_part_around_the_first_match_is_shown():
    shown = snippet("前" * 200 + "停车" + "后" * 200, "停车", width=20)
    assert shown.startswith("…前")
    assert shown.endswith("后…")
    assert "<mark>停车</mark>" in shown
    assert len(shown) == 20 + 2 + len("<mark></mark>")


def test_without_a_match_the_beginning_is_shown():
    assert snippet("关于停车的建议", "河道", width=4) == "关于停车…"


def test_markup_in_the_text_or_in_the_question_stays_text():
    shown = snippet("<script>alert(1)</script>停车 & 停放", "停车 <b> script")
    assert "<script" not in shown
    assert "&lt;<mark>script</mark>&gt;" in shown
    assert "<mark>停车</mark> &amp; 停放" in shown


def test_full_width_and_capitals_are_marked_as_they_are_written():
    assert snippet("建设５Ｇ基站，推广Wi-Fi", "5g wi") == "建设<mark>５Ｇ</mark>基站，推广<mark>Wi</mark>-Fi"


def test_overlapping_words_are_marked_once():
    assert snippet("老旧小区停车难", "停车难 停车 车难") == "老旧小区<mark>停车难</mark>"


def test_an_empty_text_shows_nothing():
    assert snippet("", "停车") == ""
