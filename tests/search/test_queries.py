"""Who finds what."""

import pytest

from qiao.search.operations import index_many
from qiao.search.queries import Hits, find

from .factories import indexed, real, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def three():
    indexed(11, "关于解决老旧小区停车难的建议", "电动自行车充电不便。", audience=["c1", "u7"])
    indexed(12, "关于保护古井的建议", "村里的老井年久失修，停车也难。", audience=["c1"])
    indexed(13, "关于建设5G基站的建议", "河道水质。", audience=["c2", "open"])


@pytest.mark.capability("M1")
@pytest.mark.parametrize(
    ("typed", "found"),
    [("停车", [12, 11]), ("停车难", [11]), ("电动自行车", [11]), ("5g", [13]), ("５Ｇ 基站", [13]), ("井", [12]), ("难", [12, 11])]
    + [("建议", [13, 12, 11]), ("停车 充电", [11]), ("停车 基站", []), ("井的", [12]), ("不便村里", [])],
)
def test_words_of_any_length_are_found_newest_first(three, typed, found):
    assert find("suggestion", typed, ["c1", "c2"]) == Hits(found, False)


@pytest.mark.capability("M1")
@pytest.mark.parametrize(
    ("audiences", "found"),
    [(["u7"], [11]), (["c1"], [12, 11]), (["c2"], [13]), (["open", "u7"], [13, 11]), (["u70"], []), (["u"], []), ([""], []), ([], [])],
)
def test_nobody_finds_what_is_not_for_them(three, audiences, found):
    assert find("suggestion", "建议", audiences).ids == found


def test_another_kind_is_another_index(three):
    indexed(11, "停车难新闻", kind="news", audience=["open"])
    assert find("news", "停车难", ["open"]).ids == [11]
    assert find("suggestion", "停车难", ["open"]).ids == []


def test_few_visible_documents_are_found_among_many_newer_ones():
    indexed(1, "关于停车的建议", audience=["c1", "u7"])
    index_many("suggestion", [row(n, "关于停车的建议", audience=["c1"]) for n in range(2, 60)])
    assert find("suggestion", "停车", ["u7"], limit=5) == Hits([1], False)


def test_the_newest_come_first_however_far_back_the_rest_lies():
    index_many("suggestion", [row(n, "古井" if n % 700 == 1 else "停车") for n in range(1, 3001)])
    assert find("suggestion", "停车", ["open"], limit=3) == Hits([3000, 2999, 2998], True)
    assert find("suggestion", "古井", ["open"], limit=2) == Hits([2801, 2101], True)
    assert find("suggestion", "古井", ["open"]) == Hits([2801, 2101, 1401, 701, 1], False)


def test_more_than_asked_for_is_said(three):
    assert find("suggestion", "建议", ["c1", "c2"], limit=2) == Hits([13, 12], True)
    assert find("suggestion", "建议", ["c1", "c2"], limit=3) == Hits([13, 12, 11], False)


@pytest.mark.parametrize("typed", ["", "  ", "，。！", "%_*", "🙂"])
def test_a_question_without_words_is_not_understood(three, typed):
    assert find("suggestion", typed, ["c1"]) == Hits([], False, understood=False)


@pytest.mark.parametrize(
    "typed",
    [
        '停车" OR "古井',
        "停车' | '古井",
        "停车难 OR 古井",
        "terms:停车*",
        "NEAR(停车 古井)",
        "停车'; DROP TABLE search_document;--",
        "停车:* & !古井",
    ]
    + ["\\", "停车\x00古井", "\ud800停车古井", "(" * 500, "停" * 5000, " ".join(["停车", "古井"] * 2000)],
)
def test_nothing_typed_can_be_a_command(three, typed):
    find("suggestion", typed, ["c1", "c2"])
    assert find("suggestion", "古井", ["c1"]).ids == [12]


def test_words_that_look_like_operators_are_words(three):
    assert find("suggestion", "停车 OR 古井", ["c1", "c2"]).ids == []


@pytest.mark.parametrize("token", ['c1" OR "c2', "c1' | 'c2", "C1", "c 1"])
def test_an_audience_that_is_none_is_refused(three, token):
    with pytest.raises(ValueError, match="not an audience"):
        find("suggestion", "建议", [token])
    with pytest.raises(ValueError, match="not an audience"):
        indexed(14, "关于停车的建议", audience=[token])


def test_a_changed_text_is_found_by_its_new_words_alone_and_keeps_its_place(three):
    indexed(11, "关于修缮祠堂的建议", audience=["c1"])
    assert find("suggestion", "停车难", ["c1"]).ids == []
    assert find("suggestion", "祠堂", ["c1"]).ids == [11]
    assert find("suggestion", "祠堂", ["u7"]).ids == []
    assert find("suggestion", "建议", ["c1"]).ids == [12, 11]


def test_a_very_long_text_is_indexed():
    indexed(1, "关于停车的建议", "甲乙丙丁" * 30_000 + " ".join(f"w{n:060d}" for n in range(20_000)))
    assert find("suggestion", "丙丁甲乙", ["open"]).ids == [1]


@pytest.mark.capability("M1")
def test_every_word_of_real_titles_finds_exactly_what_reading_them_all_finds():
    titles = [proposal["title"] for proposal in real("proposals.jsonl")][:400]
    index_many("suggestion", [row(n, title) for n, title in enumerate(titles)])
    typed = {title[at : at + size] for title in titles[::4] for size, at in ((1, 4), (2, 6), (2, 11), (3, 8), (4, 5), (5, 9))}
    for word in typed:
        if word.isalpha() and not word.isascii() and all("一" <= one <= "鿿" for one in word):
            expected = [n for n, title in enumerate(titles) if word in title]
            assert sorted(find("suggestion", word, ["open"]).ids) == expected, word
