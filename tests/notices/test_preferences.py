"""What people choose of notices outside the product, the quiet hours, and what cannot be switched off."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qiao.kernel import clock
from qiao.kernel.errors import NotAllowed, Unfit
from qiao.kernel.models import Entry
from qiao.notices import operations, tasks
from qiao.notices.groups import GROUPS, group_of
from qiao.notices.models import Delivery, Preference
from qiao.notices.quiet import Hours

from . import factories as given

PAGE = "/notices/preferences/"
CHINA = dt.timezone(dt.timedelta(hours=8))


def at(hour, minute=0, day=10):
    """A moment of the congress's own time."""
    return dt.datetime(2099, 3, day, hour, minute, tzinfo=CHINA)


def choose(actor, quiet="congress", hours=(None, None), **kinds):
    return operations.prefer(actor.user, actor=actor, choices={"mail": kinds}, quiet=quiet, quiet_from=hours[0], quiet_to=hours[1])


def state(notice):
    return Delivery.objects.get(notice=notice).state


def send(*notices):
    tasks.send_out.call(channel="mail", notice_ids=[notice.pk for notice in notices])


@pytest.mark.parametrize(
    ("code", "key"),
    [
        ("suggestion.reply_issued", "service"), ("suggestion.invited", "signing"), ("suggestion.contact_recorded", "handling"),
        ("mandate.suspend", "mandate"), ("help.open", "guard"), ("nobody.knows", "other"),
    ],
)  # fmt: skip
def test_each_code_belongs_to_a_kind(code, key):
    assert group_of(code).key == key


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [({}, "waiting"), ({"signing": "daily"}, "daily"), ({"signing": "never"}, "unwanted"), ({"other": "never"}, "waiting")],
)
def test_a_notice_goes_out_as_its_recipient_has_chosen(wang, chosen, expected):
    choose(wang, **chosen)
    assert state(given.told(wang, code="suggestion.invited")[0]) == expected


def test_what_is_served_by_law_can_come_once_a_day_but_not_be_switched_off(wang):
    choose(wang, service="daily")
    assert state(given.told(wang, code="suggestion.reply_issued")[0]) == "daily"
    with pytest.raises(Unfit):
        choose(wang, service="never")
    Preference.objects.update(choices={"mail": {"service": "never"}})  # as if it had been made before the law asked for it
    assert state(given.told(wang, code="suggestion.reply_issued")[0]) == "waiting"


def test_nobody_chooses_for_somebody_else_and_the_choice_is_in_the_journal(wang, smith):
    with pytest.raises(NotAllowed):
        operations.prefer(wang.user, actor=smith, choices={}, quiet="none")
    choose(wang, signing="never")
    assert Entry.objects.filter(code="notice.prefer", trail=f"user:{wang.user.pk}").count() == 1
    assert not Preference.objects.visible_to(smith).exists()


@pytest.mark.parametrize("kinds", [{"nothing": "now"}, {"signing": "sometimes"}])
def test_only_what_is_offered_can_be_chosen(wang, kinds):
    with pytest.raises(Unfit):
        choose(wang, **kinds)


@pytest.mark.parametrize("hours", [(None, None), (dt.time(22), None), (dt.time(22), dt.time(22))])
def test_own_quiet_hours_need_two_times(wang, hours):
    with pytest.raises(ValidationError) as said:
        choose(wang, quiet="own", hours=hours)
    assert "不" in str(said.value) or "differ" in str(said.value)


@pytest.mark.parametrize(
    ("moment", "end"),
    [(at(20, 59), None), (at(21), at(8, day=11)), (at(23, 59), at(8, day=11)), (at(0), at(8)), (at(7, 59), at(8)), (at(8), None)],
)
def test_quiet_hours_pass_midnight(moment, end):
    assert Hours.of("21-8").end_after(moment) == end


def test_mail_of_the_night_leaves_in_the_morning(congress, wang, mailoutbox, django_capture_on_commit_callbacks):
    given.quiet(congress, "21-8")
    with clock.pretend(at(23)):
        notice = given.told(wang)[0]
        send(notice)
    assert not mailoutbox
    assert Delivery.objects.get().not_before == at(8, day=11)
    for hour, sent in ((7, 0), (8, 1)):
        with clock.pretend(at(hour, 30, day=11)), django_capture_on_commit_callbacks(execute=True):
            operations.send_waiting()
        assert len(mailoutbox) == sent


def test_what_guards_accounts_wakes_people(congress, wang, mailoutbox):
    given.quiet(congress, "21-8")
    with clock.pretend(at(23)):
        send(*given.told(wang, code="help.open"))
    assert len(mailoutbox) == 1


@pytest.mark.parametrize(
    ("quiet", "hours", "sent"), [("congress", (None, None), 0), ("none", (None, None), 1), ("own", (dt.time(13), dt.time(14)), 1)]
)
def test_a_person_may_choose_other_hours_than_the_congress(congress, wang, mailoutbox, quiet, hours, sent):
    given.quiet(congress, "21-8")
    choose(wang, quiet, hours)
    with clock.pretend(at(23)):
        send(*given.told(wang))
    assert len(mailoutbox) == sent


def test_choosing_costs_the_teller_one_statement_however_many_are_told(congress, wang, smith):
    def cost(*people):
        with CaptureQueriesContext(connection) as seen:
            given.told(*people)
        return sum("notices_preference" in query["sql"] for query in seen)

    assert cost(wang) == cost(wang, smith) == 1


@pytest.fixture
def inside(client, wang):
    client.force_login(wang.user)
    client.cookies["qiao_language"] = "en"
    return client


def typed(**changes):
    return {f"mail_{group.key}": "now" for group in GROUPS} | {"quiet": "congress", "quiet_from": "", "quiet_to": ""} | changes


def test_the_page_explains_what_cannot_be_switched_off_and_keeps_what_is_chosen(inside, wang):
    text = inside.get(PAGE).content.decode()
    assert text.count("Cannot be switched off") == sum(bool(group.because) for group in GROUPS)
    assert "article 51" in text
    assert inside.post(PAGE, typed(mail_signing="daily", quiet="own", quiet_from="22:30", quiet_to="06:30")).status_code == 302
    chosen = Preference.objects.get(user=wang.user)
    assert (chosen.choices, chosen.quiet_from) == ({"mail": {"signing": "daily"}}, dt.time(22, 30))
    assert 'value="22:30"' in inside.get(PAGE).content.decode()


@pytest.mark.parametrize("wrong", [{"mail_service": "never"}, {"quiet": "own", "quiet_from": "22:30"}])
def test_what_is_typed_wrongly_is_said_and_kept(inside, wrong):
    answer = inside.post(PAGE, typed(mail_signing="daily", **wrong))
    assert answer.status_code == 422
    assert '<option value="daily" selected' in answer.content.decode()
    assert not Preference.objects.exists()


def test_without_an_address_the_page_says_that_nothing_reaches_one(congress, client):
    client.force_login(given.member(congress, "bare", email="").user)
    client.cookies["qiao_language"] = "en"
    assert "No e-mail address of yours is known" in client.get(PAGE).content.decode()
