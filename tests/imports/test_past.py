"""Suggestions of earlier years from a table: filed as they ended, clocks only where the days are known, never over what is there."""

import datetime as dt

import pytest
from django.urls import reverse

from qiao.congress.operations import convene
from qiao.kernel.models import Entry
from qiao.matters.models import Clock, Evaluation, NumberSeries, Reply, Signature, Suggestion
from qiao.matters.operations import add_topic
from qiao.notices.models import Notice
from qiao.rulebook.operations import set_provision
from qiao.search.queries import find
from tests.accounts import factories as people
from tests.congress import factories as bodies
from tests.imports.factories import bring, counts, plans_of, problems, undone, upload
from tests.orgs import factories as places
from tests.world import SYSTEM

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
HEADINGS = [
    "编号", "会次", "标题", "建议内容", "具体建议", "领衔代表", "附议代表", "内容分类", "承办单位", "状态", "提出日期", "交办日期", "答复日期", "办结日期",
    "办理结果", "答复内容", "满意度",
]  # fmt: skip
TITLE = "关于在老旧小区加装电梯的建议"
DAYS = {"提出日期": "2023-01-12", "交办日期": "2023-02-01", "答复日期": "2023-04-20", "办结日期": "2023-05-05"}


@pytest.fixture
def register(body, term):
    """A term with a session, three deputies, a unit and a topic."""
    session = convene(term, actor=SYSTEM, number=2, opens=dt.date(2023, 1, 10), closes=dt.date(2023, 1, 14))
    for card, name in (("0101", "韩秋月"), ("0102", "李春华"), ("0103", "李春华")):
        bodies.mandate(term, people.person(body, name=name), card)
    add_topic(body, actor=SYSTEM, name="城建环保")
    return session, places.unit(body, name="县住建局")


def past(number="27", **more):
    return {
        "编号": number,
        "会次": "第二次会议",
        "标题": TITLE,
        "建议内容": "六层楼没有电梯，老人下不了楼。",
        "领衔代表": "韩秋月",
        "提出日期": "2023-01-12",
    } | more


def whole(**more):
    answered = {"承办单位": "县住建局", "办理结果": "A", "答复内容": "已列入今年计划。", "满意度": "满意"}
    return past(附议代表="0102、0103", 内容分类="城建环保", **DAYS, **answered) | more


def brought(body, clerk, rows):
    return bring(body, clerk, rows, kind="suggestions", headings=HEADINGS)


def test_the_result_class_is_one_of_the_rules_at_hand_over_and_a_rating_alone_is_said_in_words(body, register, clerk):
    entry = {"code": "Z", "label": "已解决", "counts_as_resolved": True, "creates_commitment": False, "requires_due_date": False}
    set_provision(body, actor=SYSTEM, key="result_scheme", value=[entry], source="测试", valid_from=dt.date(2023, 1, 20))
    brought(body, clerk, [whole(办理结果="Z")])
    assert Reply.objects.get().result == "Z"
    assert Evaluation.objects.get().in_words == [("Overall", "Satisfied", "satisfied")]


@pytest.mark.capability("M1")
def test_one_with_all_its_days_is_filed_with_number_signers_reply_and_rating(body, register, clerk):
    told = Notice.objects.count()
    assert counts(brought(body, clerk, [whole()])) == {"add": 1}
    one = Suggestion.objects.get()
    assert (one.state, one.number, one.session, one.number_label) == ("closed", 27, register[0], "第27号")
    assert (one.unit, one.submitted_at.date(), one.replied_at.date(), one.closed_at.date()) == (
        register[1], dt.date(2023, 1, 12), dt.date(2023, 4, 20), dt.date(2023, 5, 5),
    )  # fmt: skip
    assert (Signature.objects.count(), Reply.objects.get().text, Evaluation.objects.get().rating) == (2, "已列入今年计划。", "satisfied")
    assert Notice.objects.count() == told
    assert Entry.objects.get(code="suggestion.file_past").user == clerk.user
    assert NumberSeries.objects.get(series=one.series).next == 28


@pytest.mark.capability("T3")
def test_a_clock_stands_only_where_both_days_are_known_and_none_runs(body, register, clerk):
    handed = {"承办单位": "县住建局", "交办日期": "2023-02-01", "办结日期": "2023-05-05"}
    brought(body, clerk, [whole(), past("28", 办结日期="2023-05-05"), past("29", **handed)])
    limit = Clock.objects.get()
    assert (limit.suggestion.number, limit.kind, limit.start, limit.ended_on, limit.met) == (
        27, "reply", dt.date(2023, 2, 1), dt.date(2023, 4, 20), True,
    )  # fmt: skip
    assert not Clock.objects.running().exists()


def test_one_still_to_be_assigned_waits_like_any_other(body, register, clerk):
    brought(body, clerk, [past(状态="待交办")])
    assert (Suggestion.objects.get().state, Clock.objects.count()) == ("registered", 0)


@pytest.mark.capability("M1")
def test_what_is_filed_is_never_changed_and_a_number_of_another_is_refused(body, register, clerk):
    brought(body, clerk, [whole()])
    assert counts(brought(body, clerk, [whole(建议内容="别的内容")])) == {"same": 1}
    assert Suggestion.objects.get().matter == "六层楼没有电梯，老人下不了楼。"
    said = problems(body, clerk, [whole(标题="关于修桥的建议")], kind="suggestions", headings=HEADINGS)
    assert TITLE in said["number"]
    twice = plans_of(upload(body, clerk, [past(办结日期="2023-05-05")] * 2, kind="suggestions", headings=HEADINGS))[1]
    assert set(twice.problems) == {"number"}


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"领衔代表": "李春华"}, "lead"),
        ({"领衔代表": "无此人"}, "lead"),
        ({"附议代表": "韩秋月"}, "signers"),
        ({"附议代表": "无此人"}, "signers"),
        ({"会次": "第九次会议"}, "session"),
        ({"承办单位": "无此单位"}, "unit"),
        ({"内容分类": "无此类"}, "topic"),
        ({"办结日期": "", "答复日期": ""}, "closed"),
        ({"办理结果": ""}, "result"),
        ({"编号": "甲"}, "number"),
        ({"状态": "办理中"}, "state"),
    ],
)
def test_what_is_wrong_is_said_at_its_cell(body, register, clerk, cells, column):
    assert set(problems(body, clerk, [whole(**cells)], kind="suggestions", headings=HEADINGS)) == {column}


@pytest.mark.parametrize("cells", [{"交办日期": "2023-04-30"}, {"办结日期": "2099-01-01"}, {"交办日期": ""}, {"办理结果": "Z"}])
def test_days_out_of_order_and_answers_by_nobody_are_left_out_when_written(body, register, clerk, cells):
    assert counts(brought(body, clerk, [whole(**cells), past("28", 办结日期="2023-05-05")])) == {"refuse": 1, "add": 1}
    assert Suggestion.objects.get().number == 28


@pytest.mark.capability("R5")
def test_undoing_strikes_them_out_unless_something_was_done_since(client, body, register, clerk):
    run = brought(body, clerk, [whole(), past("28", 办结日期="2023-05-05")])
    Entry.objects.create(code="suggestion.publish", via="web", trail=f"suggestion:{Suggestion.objects.get(number=28).pk}", subject=body)
    undone(run, clerk)
    assert list(Suggestion.objects.values_list("number", flat=True)) == [28]
    assert [model.objects.count() for model in (Reply, Clock, Evaluation)] == [0, 0, 0]


@pytest.mark.capability("R5")
def test_an_export_brings_the_same_again_from_nothing(client, body, register, clerk):
    def exported():
        client.cookies["qiao_language"] = "en"
        client.force_login(clerk.user)
        return b"".join(client.get(reverse("imports:export", args=["suggestions", "csv"])).streaming_content)

    run = brought(body, clerk, [whole(), past("28", 状态="待交办"), past("3", 会次="", 办结日期="2023-05-05")])
    first = exported()
    assert counts(bring(body, clerk, None, kind="suggestions", content=first)) == {"same": 3}
    undone(run, clerk)
    assert not Suggestion.objects.exists()
    assert counts(bring(body, clerk, None, kind="suggestions", content=first)) == {"add": 3}
    assert exported() == first


def test_what_is_filed_can_be_found_and_once_struck_out_no_more(body, register, clerk, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        run = brought(body, clerk, [whole()])
    pk = Suggestion.objects.get().pk
    labels = [f"c{body.pk}"]
    assert pk in find("suggestion", "加装电梯", labels).ids
    with django_capture_on_commit_callbacks(execute=True):
        undone(run, clerk)
    assert pk not in find("suggestion", "加装电梯", labels).ids
