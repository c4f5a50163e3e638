"""Cells of lists: a component is drawn once for all rows that show the same, in each language apart."""

import datetime as dt

import pytest
from django.utils.html import conditional_escape
from django.utils.translation import override

from qiao.ui import cells

pytestmark = pytest.mark.django_db


def test_a_component_is_drawn_with_its_words_and_once_for_the_same() -> None:
    cells._drawn.cache_clear()
    first = cells.drawn("badge", "Open & new", tone="good")
    assert "Open &amp; new" in first
    assert conditional_escape(first) == first, "a table shows the component, not its source"
    assert "q-tone-good" in first
    assert cells.drawn("badge", "Open & new", tone="good") is first
    assert "q-tone-bad" in cells.drawn("badge", "Open & new", tone="bad")


def test_each_language_has_its_own() -> None:
    day = dt.date(2026, 3, 2)
    with override("en"):
        english = cells.drawn("due", date=day, today=dt.date(2026, 3, 1))
    with override("zh-hans"):
        chinese = cells.drawn("due", date=day, today=dt.date(2026, 3, 1))
    assert "1 day left" in english
    assert "1 day left" not in chinese
    assert "月" in chinese


def test_a_link_is_safe() -> None:
    assert cells.link("/a/", "<b>") == '<a href="/a/">&lt;b&gt;</a>'
