"""Mail: what is in it, what becomes of it, and that it goes once."""

import datetime as dt
from threading import Thread

import pytest
from django.db import connection
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from qiao.accounts.models import Person, Post, User
from qiao.kernel import clock
from qiao.notices import operations, tasks
from qiao.notices.models import Delivery, Refusal

from . import factories as given
from .backends import Absent


def send(notices, times=1):
    for _n in range(times):
        tasks.send_out.call(channel="mail", notice_ids=[notice.pk for notice in notices])


def outcome(notice):
    delivery = Delivery.objects.get(notice=notice)
    return delivery.state, delivery.tries, delivery.error


@pytest.fixture
def world(own_world):
    """Some of these tests commit."""
    return own_world


@pytest.fixture
def picky(settings):
    settings.EMAIL_BACKEND = "tests.notices.backends.Picky"


@pytest.fixture
def absent(settings):
    settings.EMAIL_BACKEND = "tests.notices.backends.Absent"
    Absent.tried = 0


def test_a_letter_is_plain_whole_and_in_the_recipients_language(smith, mailoutbox, settings):
    settings.SITE_URL = "https://qiao.example/"
    send(given.told(smith))
    (letter,) = mailoutbox
    assert letter.subject == "Suggestion 7 was assigned."
    assert "“修建<人行>桥 & 护栏”" in letter.body
    assert "https://qiao.example/suggestions/7/" in letter.body
    assert "Please do not reply" in letter.body
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"


def test_a_task_run_twice_sends_once(wang, mailoutbox):
    notices = given.told(wang)
    send(notices, times=2)
    assert len(mailoutbox) == 1
    assert outcome(notices[0]) == ("sent", 1, "")


def test_a_delivery_claimed_by_another_job_is_left_to_it(wang, mailoutbox):
    notices = given.told(wang)
    Delivery.objects.update(state="sending")
    send(notices)
    assert not mailoutbox


def test_people_without_an_address_or_without_access_are_skipped(congress, wang, mailoutbox):
    bare = given.member(congress, "bare", email="")
    User.objects.filter(pk=wang.user.pk).update(is_active=False)
    notices = given.told(bare, wang)
    send(notices)
    assert [outcome(n)[0] for n in notices] == ["skipped", "skipped"]
    assert not mailoutbox


def test_a_refused_address_is_given_up_at_once_and_the_others_get_their_letters(congress, wang, picky, mailoutbox):
    refused = given.member(congress, "refused")
    notices = given.told(refused, wang)
    send(notices)
    state, tries, error = outcome(notices[0])
    assert (state, tries) == ("failed", 1)
    assert "No such user" in error
    assert outcome(notices[1]) == ("sent", 1, "")
    assert len(mailoutbox) == 1


def test_a_letter_that_cannot_be_written_holds_up_no_other(congress, wang, picky):
    notices = given.told(given.member(congress, "odd"), wang)
    send(notices)
    assert [outcome(notice)[0] for notice in notices] == ["waiting", "sent"]


def test_after_three_tries_it_is_given_up(congress, picky):
    notices = given.told(given.member(congress, "busy"))
    send(notices)
    assert outcome(notices[0])[:2] == ("waiting", 1)
    send(notices, times=4)
    assert outcome(notices[0])[:2] == ("failed", 3)


def test_a_refused_address_stands_with_the_person_until_a_letter_reaches_them(congress, picky, login):
    refused = given.member(congress, "refused")
    send(given.told(refused))
    page = reverse("accounts:person", args=[refused.user.pk])
    client = login("sysadmin")
    Post.objects.filter(user=client.session["_auth_user_id"]).update(congress=congress)
    assert "No such user" in client.get(page).content.decode()
    Person.objects.filter(user=refused.user).update(email="right@example.cn")
    assert "No such user" not in client.get(page).content.decode()
    assert Refusal.objects.exists()
    send([given.told(User.objects.get(pk=refused.user.pk))[0]])
    assert not Refusal.objects.exists()


def test_a_server_that_is_away_is_asked_once_a_batch_and_tried_again_later(wang, smith, absent, settings, mailoutbox):
    notices = given.told(wang, smith)
    send(notices)
    assert Absent.tried == 1
    assert [outcome(n)[:2] for n in notices] == [("waiting", 1)] * 2
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    send(notices)
    assert [outcome(n) for n in notices] == [("sent", 2, "")] * 2
    assert len(mailoutbox) == 2


@pytest.mark.django_db(transaction=True)
def test_a_failure_does_not_reach_the_person_who_acted(wang, absent):
    notices = given.told(wang)
    assert outcome(notices[0])[0] == "waiting"


@pytest.mark.django_db(transaction=True)
def test_a_worker_tries_again_after_a_while(wang, absent, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "mail"]}}
    notices = given.told(wang)
    assert DBTaskResult.objects.count() == 1
    before = clock.now()
    send(notices)
    later = DBTaskResult.objects.get(run_after__range=(before, before + dt.timedelta(hours=1)))
    assert later.args_kwargs["kwargs"] == {"channel": "mail", "notice_ids": [notices[0].pk], "tried": 1, "priority": 0}
    assert later.queue_name == "mail"


def test_what_did_not_go_out_is_taken_up_by_the_timer(wang, smith, mailoutbox, django_capture_on_commit_callbacks):
    waiting, stuck = given.told(wang, smith)
    Delivery.objects.filter(notice=stuck).update(state="sending", tries=1)
    assert operations.send_waiting() == 0  # both are young: a job may be at work on them
    with clock.pretend(clock.now() + dt.timedelta(minutes=16)), django_capture_on_commit_callbacks(execute=True):
        tasks.send_waiting_mail.call()
    assert outcome(waiting) == ("sent", 1, "")
    assert outcome(stuck) == ("sent", 2, "")
    assert len(mailoutbox) == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite writes one after the other anyway")
def test_jobs_at_the_same_time_send_once(wang, smith, mailoutbox):
    notices = given.told(wang, smith)
    Delivery.objects.update(state="waiting")
    mailoutbox.clear()

    def job():
        try:
            operations.deliver([notice.pk for notice in notices])
        finally:
            connection.close()

    threads = [Thread(target=job) for _n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(letter.to[0] for letter in mailoutbox) == ["smith@example.cn", "wang@example.cn"]
