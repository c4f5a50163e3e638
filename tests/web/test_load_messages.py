"""Loading citizens' messages with their answers: what becomes of each, what is refused, and that repeating changes nothing."""

import datetime as dt
import json
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from qiao.kernel import clock
from qiao.kernel.models import Entry
from qiao.matters.models import Evaluation, Reply, Suggestion
from qiao.web.messages_file import ASKED_AT_LEAST, Bad, moment, read

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "messages_replies.jsonl"

MESSAGES = [
    {
        "sid": "a-1", "time": "2026/3/2 9:32:09", "title": "灯芯路路灯不亮", "reply_time": "2026/3/20 10:00:00",
        "body": "灯芯路的路灯坏了半年。希望尽快修好。", "reply": "您好，经城管局核实，路灯已于3月18日全部修复。",
    },
    {
        "sid": "a-2", "time": "2019/3/2 9:32:09", "title": "学校门口拥堵", "reply_time": "2019/3/20",
        "body": "放学时校门口车辆乱停。", "reply": "您好，学校已错时放学，并划出临时停车位。",
    },
    {
        "sid": "a-3", "time": "下周一", "title": "垃圾桶太少", "reply_time": "", "body": "公园里找不到垃圾桶，建议增设。", "reply": "已增设十二处。",
    },
]  # fmt: skip


@pytest.fixture(autouse=True)
def _demonstration(settings):
    """Walking invents what people did, so only the demonstration does it."""
    settings.DEMO = True


@pytest.fixture
def file(tmp_path):
    """The invented messages as JSON Lines."""
    path = tmp_path / "messages.jsonl"
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in MESSAGES), encoding="utf-8")
    return path


def load(path, *more, congress="9801"):
    out, err = StringIO(), StringIO()
    call_command("load_messages", path, *more, congress=congress, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def states():
    return Counter(Suggestion.objects.values_list("state", flat=True))


def test_each_message_becomes_a_registered_suggestion_of_the_deputies_in_turn(world, file):
    out, err = load(file)
    assert "3 loaded" in out
    assert err == ""
    assert states() == {"registered": 3}
    assert len(set(Suggestion.objects.values_list("lead", flat=True))) == 3
    first = Suggestion.objects.earliest("pk")
    assert (first.title, first.matter, first.proposal) == ("灯芯路路灯不亮", MESSAGES[0]["body"], "希望尽快修好。")
    assert first.source == "visit"


def test_a_message_that_asks_for_nothing_gets_a_sentence_that_asks_for_handling(world, file):
    load(file)
    assert Suggestion.objects.get(title="学校门口拥堵").proposal == ASKED_AT_LEAST


def test_outside_the_demonstration_nothing_is_walked(world, file, settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="QIAO_DEMO"):
        load(file, "--walk")
    assert not Suggestion.objects.exists()


def test_walked_messages_are_answered_by_a_unit_with_the_real_words_and_rated(world, file):
    world.actors["signer2"].post.user.posts.update(ends=clock.today())
    out, err = load(file, "--walk")
    assert (out, err) == ("3 loaded\n", "")
    assert states() == {"closed": 3}
    assert set(Reply.objects.values_list("text", flat=True)) == {one["reply"] for one in MESSAGES}
    assert set(Evaluation.objects.values_list("rating", flat=True)) == {"satisfied"}
    assert set(Suggestion.objects.values_list("unit", flat=True)) == {world.unit.pk}  # the only one with a signer


def test_it_happens_on_the_messages_own_days_where_these_lie_in_the_running_term(world, file):
    load(file, "--walk")
    told = Suggestion.objects.get(title="灯芯路路灯不亮")
    assert timezone.localtime(told.created_at).date() == dt.date(2026, 3, 2)
    assert timezone.localtime(told.replied_at).date() == dt.date(2026, 3, 20)
    today = timezone.localdate()
    for title in ("学校门口拥堵", "垃圾桶太少"):  # before the term, and no date at all
        assert timezone.localtime(Suggestion.objects.get(title=title).created_at).date() == today


def test_an_earlier_day_can_be_declared_believable(world, file):
    load(file, "--since", "2010-01-01")
    assert timezone.localtime(Suggestion.objects.get(title="学校门口拥堵").created_at).date() == dt.date(2019, 3, 2)


def test_loading_twice_changes_nothing(world, file):
    load(file, "--walk")
    lines = Entry.objects.count()
    out, _err = load(file, "--walk")
    assert out == "3 known\n"
    assert Entry.objects.count() == lines
    assert Suggestion.objects.count() == 3


def test_it_goes_on_where_it_stopped(world, file):
    load(file, "--limit", "2")
    out, _err = load(file, "--walk")
    assert out == "2 gone on, 1 loaded\n"
    assert states() == {"closed": 3}


def test_bad_lines_are_told_by_number_and_left_out(world, file):
    with file.open("a", encoding="utf-8") as held:
        held.write('{"sid": "a-4", "title": "没有正文", "reply": "好"}\nnot json\n[1]\n\n')
        held.write(json.dumps({**MESSAGES[0], "sid": "a-5", "title": "长" * 101}) + "\n")
    out, err = load(file)
    assert "3 loaded, 4 skipped" in out
    assert [line.split(":")[0] for line in err.splitlines()] == ["line 4", "line 5", "line 6", "line 8"]


def test_csv_is_read_as_well(world, tmp_path):
    path = tmp_path / "messages.csv"
    path.write_text("sid,time,title,body,reply\nb-1,2026/3/2,路牌看不清,路牌被树遮住。请修剪。,已修剪。\n", encoding="utf-8-sig")
    assert load(path)[0] == "1 loaded\n"


def test_a_message_without_a_number_is_known_by_its_words(tmp_path):
    path = tmp_path / "messages.jsonl"
    path.write_text(2 * (json.dumps({k: v for k, v in MESSAGES[0].items() if k != "sid"}) + "\n"), encoding="utf-8")
    (_one, first), (_two, second) = read(path)
    assert not isinstance(first, Bad)
    assert first.key == second.key


@pytest.mark.parametrize("words", ["", None, "2026", "2026/13/1", "昨天"])
def test_what_is_no_date_is_none(words):
    assert moment(words) is None


def test_what_is_missing_is_said(world, file, tmp_path):
    with pytest.raises(CommandError, match="no congress"):
        load(file, congress="77")
    with pytest.raises(CommandError, match="no file"):
        load(tmp_path / "none.jsonl")
    with pytest.raises(CommandError, match="No unit"):
        load(file, "--walk", congress="9802")  # whose only unit has a liaison and nobody else
    with pytest.raises(CommandError, match="No deputy"):
        load(file, congress="980101")


@pytest.mark.skipif(not REAL.is_file(), reason="needs the real messages of ../shared/data")
def test_real_messages_can_be_loaded_and_answered(world):
    out, err = load(REAL, "--walk", "--limit", "12")
    assert (out, err) == ("12 loaded\n", "")
    assert states() == {"closed": 12}
