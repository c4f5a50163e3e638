"""Text messages, WeCom, DingTalk and Feishu: who is reached, what leaves the house, and what becomes of it."""

import datetime as dt
import re
from pathlib import Path

import pytest
from apprise.plugins.dingtalk import NotifyDingTalk
from apprise.plugins.feishu import NotifyFeishu
from apprise.plugins.wecombot import NotifyWeComBot
from django.core.exceptions import ValidationError
from django.db import connection
from django_tasks_db.models import DBTaskResult

import qiao
from qiao.accounts.models import Person, User
from qiao.kernel import anonymity, clock
from qiao.kernel.errors import Unfit
from qiao.kernel.models import Entry
from qiao.notices import operations, tasks
from qiao.notices.models import Address, Attempt, Channel, Delivery
from qiao.rulebook.operations import set_provision

from . import factories as given
from .servers import gateway
from .test_preferences import PAGE, at, typed

PHONE = "13800138000"


@pytest.fixture
def server():
    with gateway() as running:
        yield running


@pytest.fixture
def sms(settings, server):
    """A gateway for text messages that takes JSON."""
    settings.GATEWAYS = {"sms": f"json://qiao:secret@{server.place}/send?:phone={{phone}}&:message=text"}
    return server


def phone_of(actor, number=PHONE):
    person = Person.objects.get(user=actor.user)
    person.phone = number
    person.save()
    actor.user.refresh_from_db()


def wish(actor, channel="sms", *, to=None, **kinds):
    addresses = {channel: to} if to is not None else {}
    operations.prefer(actor.user, actor=actor, choices={channel: kinds or {"handling": "now"}}, addresses=addresses, quiet="none")
    return User.objects.get(pk=actor.user.pk)


def tell(user, **more):
    return given.told(user, **{"code": "suggestion.contact_recorded", **more})[0]


def send(notice, channel="sms", times=1):
    for _n in range(times):
        tasks.send_out.call(channel=channel, notice_ids=[notice.pk])
    return Delivery.objects.get(notice=notice, channel=channel)


@pytest.mark.capability("M4")
def test_a_text_message_says_only_the_kind_and_where_to_read_it(wang, sms, congress):
    phone_of(wang)
    delivery = send(tell(wish(wang)))
    assert delivery.error == ""
    ((path, headers, said),) = sms.taken
    assert path == "/send"
    assert headers["Authorization"].startswith("Basic ")
    assert said["phone"] == PHONE
    assert said["text"] == "桥东县人民代表大会: 您有一条新通知：办理过程 http://127.0.0.1:8000/notices/"
    assert (delivery.state, delivery.tries) == ("sent", 1)
    assert Attempt.objects.get(delivery=delivery).address == "138****8000"


def test_the_title_leaves_only_where_the_congress_lets_it(wang, sms, congress):
    phone_of(wang)
    rule_of(congress, "outside_words", "title")
    notice = tell(wish(wang))
    send(notice)
    said = sms.taken[0][2]["text"]
    assert notice.title in said
    assert notice.url in said
    assert notice.body not in said


def test_of_a_matter_that_hides_its_people_no_title_leaves(wang, sms, congress, monkeypatch):
    monkeypatch.setitem(anonymity.HIDINGS, "secret", anonymity.Hiding(lambda numbers: {7: {0}}, frozenset()))
    phone_of(wang)
    rule_of(congress, "outside_words", "title")
    notice = tell(wish(wang), trail="secret:7")
    send(notice)
    assert notice.title not in sms.taken[0][2]["text"]


def rule_of(congress, key, value):
    set_provision(congress, actor=given.SYSTEM, key=key, value=value, source="测试", valid_from=dt.date(2026, 1, 1))


def test_no_title_of_a_notice_names_the_matter_of_a_suggestion():
    texts = [*Path(qiao.__file__).parent.glob("*/templates/*/notices/*.txt")]
    first = {path.name: path.read_text(encoding="utf-8").splitlines()[0] for path in texts}
    assert len(first) > 30
    assert [name for name, line in first.items() if re.search(r"title|matter|proposal", line)] == []


def test_nobody_is_reached_this_way_who_has_not_chosen_it_or_whose_congress_forbids_it(wang, smith, sms, congress, client):
    notice = tell(wang.user)
    assert [one.channel for one in notice.deliveries.all()] == ["mail"]
    user = wish(smith)
    rule_of(congress, "outside_channels", ["wecom"])
    assert [one.channel for one in tell(user).deliveries.all()] == ["mail"]
    client.force_login(user)
    assert client.get(PAGE).context["form"].ways == []


def test_without_a_gateway_or_with_one_that_does_not_say_who_nothing_goes_this_way(wang, settings):
    user = wish(wang)
    for place in ("", "json://127.0.0.1:9/group"):
        settings.GATEWAYS = {"sms": place}
        assert tell(user).deliveries.count() == 1


def test_whom_no_telephone_is_known_of_is_skipped(wang, sms):
    delivery = send(tell(wish(wang)))
    assert delivery.state == "skipped"
    assert not sms.taken


ROBOTS = [
    ("wecom", NotifyWeComBot, "wecombot://{to}", "http://%s/cgi-bin/webhook/send?key={key}", "/cgi-bin/webhook/send?key=key-1"),
    (
        "dingtalk",
        NotifyDingTalk,
        "dingtalk://token1/{phone}",
        "http://%s/robot/send?access_token={token}",
        "/robot/send?access_token=token1",
    ),
    ("feishu", NotifyFeishu, "feishu://{to}", "http://%s/open-apis/bot/v2/hook/{token}/", "/open-apis/bot/v2/hook/key-1/"),
]


@pytest.fixture(params=ROBOTS, ids=[row[0] for row in ROBOTS])
def robot(request, settings, server, monkeypatch):
    """The plug-in of a robot, turned to this machine: the server, the channel, and the address it is asked at."""
    channel, plugin, template, address, path = request.param
    monkeypatch.setattr(plugin, "notify_url", address % server.place)
    settings.GATEWAYS = {channel: template}
    return server, channel, path


@pytest.mark.capability("M4")
def test_a_robot_of_wecom_dingtalk_or_feishu_takes_the_message(robot, wang):
    server, channel, path = robot
    phone_of(wang)
    delivery = send(tell(wish(wang, channel, to="key-1")), channel)
    assert (delivery.state, delivery.error) == ("sent", "")
    ((asked, _headers, said),) = server.taken
    assert asked == path
    assert "您有一条新通知" in str(said)
    if channel == "dingtalk":
        assert said["at"]["atMobiles"] == [PHONE]


def test_a_robot_that_answers_with_an_error_number_has_not_taken_it(robot, wang):
    server, channel, _path = robot
    server.answers = [(200, {"errcode": 93000, "errmsg": "invalid webhook", "code": 93000, "msg": "invalid webhook"})]
    phone_of(wang)
    delivery = send(tell(wish(wang, channel, to="key-1")), channel)
    assert delivery.state == "waiting"
    assert "93000" in delivery.error
    assert "invalid webhook" in delivery.error


def test_a_gateway_in_trouble_is_tried_again_later_each_time_and_then_it_is_shown(wang, sms, settings):
    phone_of(wang)
    sms.answers = [(503, {})]
    notice = tell(wish(wang))
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "mail"]}}
    waits = []
    for tried in range(3):
        before = clock.now()
        tasks.send_out.call(channel="sms", notice_ids=[notice.pk], tried=tried)
        row = _last_job()
        waits.append((row.run_after - before).total_seconds() // 60 if row else None)
    assert waits == [10, 40, None]
    delivery = Delivery.objects.get(notice=notice, channel="sms")
    assert (delivery.state, delivery.tries) == ("failed", 3)
    assert "503" in delivery.error


def _last_job():
    row = DBTaskResult.objects.order_by("-enqueued_at").first()
    DBTaskResult.objects.all().delete()
    return row


def test_what_was_given_up_is_shown_and_sent_again_by_its_own_channel(wang, sms, congress, django_capture_on_commit_callbacks):
    phone_of(wang)
    notice = tell(wish(wang))
    delivery = Delivery.objects.get(notice=notice, channel="sms")
    Delivery.objects.filter(pk=delivery.pk).update(state="failed", tries=3)
    assert delivery.address == "138****8000"
    with django_capture_on_commit_callbacks(execute=True):
        operations.resend(congress, actor=given.keeper(congress), deliveries=[delivery.pk])
    delivery.refresh_from_db()
    assert (delivery.state, len(sms.taken)) == ("sent", 1)


def test_quiet_hours_hold_for_text_messages(wang, sms, congress):
    phone_of(wang)
    user = wish(wang)
    operations.prefer(user, actor=wang, choices={"sms": {"handling": "now"}}, quiet="own", quiet_from=dt.time(22), quiet_to=dt.time(7))
    with clock.pretend(at(23)):
        delivery = send(tell(user))
    assert (delivery.state, delivery.not_before) == ("waiting", at(7, day=11))
    assert not sms.taken


def test_only_mail_comes_once_a_day(wang):
    with pytest.raises(Unfit):
        wish(wang, handling="daily")


@pytest.mark.parametrize("typed", ["key/../../other", "key?x=1", "https://qyapi.example/send?key=1", "键"])
def test_an_address_cannot_become_another_place(wang, settings, typed):
    settings.GATEWAYS = {"wecom": "wecombot://{to}"}
    with pytest.raises(ValidationError):
        wish(wang, "wecom", to=typed)


def test_an_address_lies_encrypted_and_is_in_no_line_of_the_journal(wang, settings):
    settings.GATEWAYS = {"wecom": "wecombot://{to}"}
    wish(wang, "wecom", to="robot-key-7")
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM notices_address")
        assert "robot-key-7" not in cursor.fetchone()[0]
    assert "robot-key-7" not in str(list(Entry.objects.values_list("changes", "note")))
    wish(wang, "wecom", to="")
    assert not Address.objects.exists()


def test_the_page_asks_where_keeps_what_is_typed_and_shows_it_again(client, wang, settings):
    settings.GATEWAYS = {"wecom": "wecombot://{to}", "sms": "json://127.0.0.1:9/?:phone={phone}"}
    client.force_login(wang.user)
    client.cookies["qiao_language"] = "en"
    assert "No telephone of yours is known" in client.get(PAGE).content.decode()
    missing = client.post(PAGE, typed(also_handling=["wecom", "sms"]))
    assert missing.status_code == 422
    assert "say where" in missing.content.decode()
    assert client.post(PAGE, typed(also_handling=["wecom", "sms"], to_wecom="robot-1")).status_code == 302
    again = client.get(PAGE)
    assert 'value="robot-1"' in again.content.decode()
    assert again.context["form"].initial["also_handling"] == [Channel.SMS, Channel.WECOM]
    assert {one.channel for one in tell(User.objects.get(pk=wang.user.pk)).deliveries.all()} == {"mail", "sms", "wecom"}
