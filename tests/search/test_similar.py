"""Earlier texts on the same matter."""

from collections import defaultdict

import pytest

from qiao.search.operations import index_many
from qiao.search.queries import similar

from .factories import real, row

pytestmark = pytest.mark.django_db

EARLIER = [
    row(
        1,
        "关于治理老旧小区停车难的建议",
        "老旧小区停车位不足，夜间车辆占用消防通道。建议利用空地建设立体停车设施。",
        audience=["c1", "open"],
    ),
    row(2, "关于加强电动自行车充电管理的建议", "居民把电动自行车推上楼充电，引发火灾。建议在小区建设集中充电设施。", audience=["c1"]),
    row(3, "关于保护古井古树的建议", "村中古井年久失修。建议登记古井古树并拨付修缮资金。", audience=["c1", "u7"]),
    row(4, "关于提高乡村教师待遇的建议", "乡村学校教师流失严重。建议提高补贴，改善住房。", audience=["c1"]),
    row(5, "关于整治河道水质的建议", "河道水体发黑发臭。建议截污纳管，定期公布水质。", audience=["c1"]),
]


@pytest.fixture
def earlier():
    index_many("suggestion", EARLIER)


@pytest.mark.capability("M1")
def test_the_same_matter_in_other_words_comes_first_with_its_evidence(earlier):
    found = similar("suggestion", "我们小区晚上找不到停车位，车子堵住消防通道，希望建立体停车场。", ["c1"], title="小区停车太难")
    assert found[0].object_id == 1
    assert 0 < found[0].share <= 1
    assert {"消防通道", "停车位"} & set(found[0].words)


def test_a_word_given_as_evidence_stands_in_both_texts(earlier):
    draft = "电动自行车上楼充电很危险，应当在楼下建集中充电设施。古井也要保护。"
    text = {r["object_id"]: f"{r['title']} {r['text']}" for r in EARLIER}
    for one in similar("suggestion", draft, ["c1"]):
        assert one.words
        assert all(word in draft and word in text[one.object_id] for word in one.words)


def test_another_matter_is_not_shown(earlier):
    assert similar("suggestion", "请求延长图书馆周末开放时间", ["c1"]) == []


@pytest.mark.capability("M1")
def test_nobody_is_shown_what_is_not_for_them(earlier):
    draft = "古井古树保护修缮，老旧小区停车位"
    assert {s.object_id for s in similar("suggestion", draft, ["u7"])} == {3}
    assert {s.object_id for s in similar("suggestion", draft, ["open"])} == {1}
    assert similar("suggestion", draft, ["u8"]) == []
    assert similar("suggestion", draft, []) == []
    assert similar("news", draft, ["c1"]) == []


def test_the_draft_itself_is_left_out(earlier):
    assert 1 not in {s.object_id for s in similar("suggestion", EARLIER[0]["text"], ["c1"], exclude=[1])}


def test_the_share_of_the_same_text_is_all_of_it(earlier):
    first = similar("suggestion", EARLIER[1]["text"], ["c1"], title=EARLIER[1]["title"])[0]
    assert first.object_id == 2
    assert first.share == pytest.approx(1)


@pytest.mark.parametrize("draft", ["", "，。", "停", "'\"*--", "停" * 5000, "\x00"])
def test_too_little_or_nonsense_is_like_nothing(earlier, draft):
    similar("suggestion", draft, ["c1"])


def test_a_first_draft_in_an_empty_index_is_like_nothing():
    assert similar("suggestion", "老旧小区停车难", ["c1"]) == []


def _recall(kind, texts, wanted):
    """Of what each draft (a title and the first 120 characters) should be shown in five, the share that is."""
    index_many(kind, [row(n, title, text) for n, (title, text) in enumerate(texts.values())])
    place, names = {key: n for n, key in enumerate(texts)}, list(texts)
    shares = []
    for key, others in wanted.items():
        title, text = texts[key]
        found = {names[s.object_id] for s in similar(kind, text.strip()[:120], ["open"], exclude=[place[key]], title=title)}
        shares.append(len(found & others) / min(5, len(others)))
    return sum(shares) / len(shares)


def test_most_real_messages_on_one_matter_are_brought_together():
    texts = {message["sid"]: (message["title"], message["body"]) for message in real("messages_hot.jsonl")}
    wanted = {key: set(topic["ids"]) - {key} for topic in real("hot_topics.json") for key in topic["ids"] if key in texts}
    assert _recall("message", texts, wanted) > 0.8


def test_real_twins_among_proposals_are_found():
    proposals = real("proposals.jsonl")
    titles = defaultdict(set)
    for proposal in proposals:
        titles[proposal["title"].replace("进一步", "").replace("加强", "")].add(proposal["sid"])
    wanted = {key: keys - {key} for keys in titles.values() if len(keys) > 1 for key in keys}
    assert wanted
    assert _recall("suggestion", {p["sid"]: (p["title"], p["content"]) for p in proposals}, wanted) > 0.7
