"""What is exported and brought again changes nothing, and is exported as the same file; from nothing it makes the same again."""

import pytest
from django.urls import reverse

from qiao.congress import operations as congress_operations
from qiao.kernel import clock
from tests.accounts import factories as people
from tests.imports.factories import bring, counts, reads_english, row, undone
from tests.orgs import factories as places

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def exported(client, actor, kind):
    client.cookies["qiao_language"] = "en"
    client.force_login(actor.user)
    return b"".join(client.get(reverse("imports:export", args=[kind, "csv"])).streaming_content)


@pytest.fixture
def keeper(body):
    return reads_english(people.actor(body, role="sysadmin"))


@pytest.fixture
def giver(body):
    return reads_english(people.actor(body, role="secadmin"))


TABLES = {
    "deputies": (
        [row(代表团="甲团", 性别="女", 出生日期="1980-05-01", 当选日期="2022-02-01"), row("0102", "李春华", 首次当选="是")],
        ["代表证号", "姓名", "选区", "代表团", "性别", "出生日期", "当选日期", "首次当选"],
    ),
    "units": (
        [
            {"名称": "县教育局", "简称": "教育局", "职责领域": "教育", "启用日期": "2022-01-01"},
            {"名称": "县水利局", "启用日期": "2022-01-01"},
        ],
        ["名称", "简称", "职责领域", "启用日期"],
    ),
    "accounts": (
        [{"登录名": "zhangqs", "姓名": "张桥生", "邮箱": "z@example.org"}, {"登录名": "lich", "姓名": "李春华"}],
        ["登录名", "姓名", "邮箱"],
    ),
}


@pytest.mark.capability("R5")
@pytest.mark.parametrize("kind", TABLES)
def test_an_export_brings_the_same_again_from_nothing(kind, client, body, term, clerk, keeper):
    actor = keeper if kind == "accounts" else clerk
    rows, headings = TABLES[kind]
    run = bring(body, actor, rows, kind=kind, headings=headings)
    first = exported(client, actor, kind)
    assert counts(bring(body, actor, None, kind=kind, content=first)).keys() == {"same"}
    undone(run, actor)
    assert exported(client, actor, kind) != first
    assert counts(bring(body, actor, None, kind=kind, content=first))["add"] == len(rows)
    assert exported(client, actor, kind) == first


@pytest.mark.capability("R5")
def test_posts_come_out_as_they_went_in(client, body, keeper, giver):
    rows = [
        {
            "登录名": "zhangqs",
            "姓名": "张桥生",
            "角色": "unit_signer",
            "承办单位": places.unit(body).name,
            "单位职级": "head",
            "起": "2026-01-05",
        }
    ]
    bring(body, keeper, rows, kind="accounts", headings=["登录名", "姓名"])
    run = bring(body, giver, rows, kind="posts", headings=list(rows[0]))
    first = exported(client, giver, "posts")
    assert "2026-01-05" in first.decode()
    undone(run, giver)
    assert counts(bring(body, giver, None, kind="posts", content=first)) == {"add": 1}
    assert exported(client, giver, "posts") == first


@pytest.mark.capability("R5")
def test_group_members_come_out_as_they_went_in(client, body, term, clerk):
    bring(body, clerk, [row()])
    group = congress_operations.form_group(term, actor=clerk, name="第一小组", kind="area", formed_on=clock.today())
    run = bring(body, clerk, [{"小组": group.name, "证号": "0101"}], kind="group_members", headings=["小组", "证号"])
    first = exported(client, clerk, "group_members")
    undone(run, clerk)
    assert counts(bring(body, clerk, None, kind="group_members", content=first)) == {"add": 1}
    assert exported(client, clerk, "group_members") == first


@pytest.mark.capability("R5")
def test_attendance_comes_out_as_it_went_in_and_lines_without_an_answer_stay_so(client, body, term, clerk):
    bring(body, clerk, [row(), row("0102", "李春华"), row("0103", "韩秋月")])
    today = clock.today()
    session = congress_operations.convene(term, actor=clerk, number=1, opens=today, closes=today)
    congress_operations.hold_sitting(session, actor=clerk, name="第一次全体会议", kind="plenary", on=today, part=1)
    rows = [{"会议": "第一次全体会议", "证号": card, "签到": said} for card, said in (("0101", "到会"), ("0102", "缺席"))]
    empty = exported(client, clerk, "attendance")
    run = bring(body, clerk, rows, kind="attendance", headings=list(rows[0]))
    first = exported(client, clerk, "attendance")
    assert counts(bring(body, clerk, None, kind="attendance", content=first)) == {"same": 3}
    assert undone(run, clerk).rows.exclude(made=[]).count() == 0
    assert exported(client, clerk, "attendance") == empty
    assert counts(bring(body, clerk, None, kind="attendance", content=first)) == {"change": 2, "same": 1}
    assert exported(client, clerk, "attendance") == first
