"""What did not go out: the log of tries, who sees it, and sending it again."""

import pytest
from django.urls import reverse

from qiao.accounts.models import Person
from qiao.kernel.errors import NotAllowed, Unfit
from qiao.kernel.models import Entry
from qiao.notices import operations
from qiao.notices.masking import masked
from qiao.notices.models import Attempt, Delivery

from . import factories as given
from .test_tasks import send

PAGE = "/notices/deliveries/"


@pytest.fixture
def keeper(congress):
    return given.keeper(congress)


@pytest.fixture
def given_up(congress, settings):
    """Deliveries to an address for which the server has no time, tried until they were given up."""
    settings.EMAIL_BACKEND = "tests.notices.backends.Picky"
    busy = given.member(congress, "busy")

    def make(number=1):
        notices = [given.told(busy, number=n)[0] for n in range(number)]
        send(notices, times=3)
        return list(Delivery.objects.filter(notice__in=notices).order_by("pk"))

    return make


@pytest.fixture
def inside(client, keeper):
    client.force_login(keeper.user)
    client.cookies["qiao_language"] = "en"
    return client


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("wang.xiaoqiao@example.cn", "w•••@example.cn"),
        ("{'a@b.cn': (550, b'No such user a@b.cn')}", "{'a•••@b.cn': (550, b'No such user a•••@b.cn')}"),
        ("13800138000", "138•••00"),
        ("Connection refused", "Connection refused"),
    ],
)
def test_addresses_are_shown_in_part(text, shown):
    assert masked(text) == shown


@pytest.mark.capability("M4")
def test_every_try_is_in_the_log_with_its_reason_and_the_address_in_part(given_up):
    (delivery,) = given_up()
    tries = list(Attempt.objects.order_by("pk"))
    assert [one.outcome for one in tries] == ["failed", "failed", "given_up"]
    assert {one.address for one in tries} == {"b•••@example.cn"}
    assert "Mailbox busy" in tries[0].reason
    assert "busy@example.cn" not in tries[0].reason + delivery.error


@pytest.mark.capability("M4")
def test_what_was_given_up_is_sent_again_and_everything_stands_in_the_log_and_the_journal(given_up, keeper, congress, settings, mailoutbox):
    (delivery,) = given_up()
    Person.objects.filter(user=delivery.notice.user).update(email="right@example.cn")
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    operations.resend(congress, actor=keeper, deliveries=[delivery.pk], note=str(delivery.pk))
    send([delivery.notice])
    assert [letter.to for letter in mailoutbox] == [["right@example.cn"]]
    assert [(one.outcome, one.by) for one in Attempt.objects.order_by("pk")][3:] == [("resent", keeper.user), ("sent", None)]
    assert Entry.objects.get(code="delivery.resend").note == str(delivery.pk)


def test_what_has_gone_out_is_not_sent_again(wang, keeper, congress):
    notice = given.told(wang)[0]
    send([notice])
    with pytest.raises(Unfit):
        operations.resend(congress, actor=keeper, deliveries=[notice.deliveries.get().pk])


def test_only_who_looks_after_the_sending_sends_again(given_up, wang, congress):
    (delivery,) = given_up()
    with pytest.raises(NotAllowed):
        operations.resend(congress, actor=wang, deliveries=[delivery.pk])


def test_another_congress_sees_and_sends_nothing(given_up, keeper, world):
    (delivery,) = given_up()
    foreign = world.actors["sysadmin"]
    assert not Delivery.objects.visible_to(foreign).exists()
    assert not Attempt.objects.visible_to(foreign).exists()
    with pytest.raises(Unfit):
        operations.resend(world.congress, actor=foreign, deliveries=[delivery.pk])
    assert Delivery.objects.visible_to(keeper).get() == delivery


def test_the_page_says_to_whom_and_why_but_not_what(inside, given_up):
    given_up()
    text = inside.get(PAGE).content.decode()
    assert "b•••@example.cn" in text
    assert "Mailbox busy" in text
    assert "建议已交办" not in text


def test_one_the_ticked_or_all_are_sent_again(inside, given_up):
    first, second, third = given_up(3)
    resend = reverse("notices:resend")
    inside.post(resend, {"only": first.pk, "chosen": [second.pk]})
    assert Attempt.objects.filter(outcome="resent").values_list("delivery", flat=True).get() == first.pk
    inside.post(resend, {"ticked": "1", "chosen": [second.pk]})
    inside.post(f"{resend}?state=", {"all": "1"})
    assert set(Attempt.objects.filter(outcome="resent").values_list("delivery", flat=True)) == {first.pk, second.pk, third.pk}


def test_nothing_ticked_is_said(inside, given_up):
    given_up()
    assert inside.post(reverse("notices:resend"), {"ticked": "1"}).status_code == 422


def test_the_history_of_one_delivery_has_its_page(inside, given_up):
    (delivery,) = given_up()
    text = inside.get(reverse("notices:delivery", args=[delivery.pk])).content.decode()
    assert text.count("Failed, will be tried again") == 2
    assert text.count("Failed for good") == 1
    assert "busy@example.cn" not in text


def test_when_nothing_is_stuck_the_page_says_so(inside):
    assert "Everything has gone out." in inside.get(PAGE).content.decode()


def test_others_are_refused(client, wang, given_up):
    (delivery,) = given_up()
    client.force_login(wang.user)
    assert client.get(PAGE).status_code == 403
    assert client.get(reverse("notices:delivery", args=[delivery.pk])).status_code == 403
    assert client.post(reverse("notices:resend"), {"only": delivery.pk}).status_code == 403


def test_the_list_costs_the_same_however_many_there_are(inside, given_up, django_assert_max_num_queries):
    given_up(9)
    inside.get(PAGE)
    with django_assert_max_num_queries(12):
        assert inside.get(PAGE).content.decode().count('name="chosen"') == 9
