"""The daily letter: once a day, of what is unread, never empty, whatever happens to the job."""

import datetime as dt

import pytest
from django.core.mail.backends.locmem import EmailBackend

from qiao.kernel import clock
from qiao.notices import operations
from qiao.notices.models import Delivery, Digest

from . import factories as given
from .test_preferences import at, choose


class Killed(BaseException):
    """The machine is switched off."""


class Deadly(EmailBackend):
    """Kills the process before the letter of this number."""

    before = 3
    taken = 0

    def send_messages(self, messages):
        type(self).taken += 1
        if self.taken == self.before:
            raise Killed
        return super().send_messages(messages)


@pytest.fixture
def wished(wang, smith):
    """Two who want everything once a day."""
    for actor in (wang, smith):
        choose(actor, service="daily", signing="daily", handling="daily", other="daily")
    return wang, smith


@pytest.fixture
def morning(django_capture_on_commit_callbacks):
    """Let the schedule's line run at an hour."""

    def run(hour=9, day=11):
        with clock.pretend(at(hour, day=day)), django_capture_on_commit_callbacks(execute=True):
            return operations.begin_digests()

    return run


def tell(*actors, hour=15, day=10, **more):
    with clock.pretend(at(hour, day=day)):
        return given.told(*actors, **more)


def test_each_gets_one_letter_of_what_is_unread_in_their_language(wished, morning, mailoutbox):
    wang, _smith = wished
    tell(*wished, number=7)
    read = tell(wang, number=8)[0]
    tell(wang, number=9)
    operations.mark_read(read, actor=wang)
    assert not mailoutbox
    assert morning() == 2
    to_wang, to_smith = sorted(mailoutbox, key=lambda letter: letter.to, reverse=True)
    assert (to_wang.subject, to_smith.subject) == ("2条未读通知", "1 unread notice")
    assert "第7号" in to_wang.body
    assert "第9号" in to_wang.body
    assert "第8号" not in to_wang.body
    assert sorted(Delivery.objects.values_list("state", flat=True)) == ["read", "sent", "sent", "sent"]


def test_a_second_run_and_the_hours_after_send_nothing_more(wished, morning, mailoutbox):
    tell(*wished)
    for hour in (9, 9, 10, 20):
        morning(hour)
    assert len(mailoutbox) == 2


def test_the_next_day_has_only_what_came_since(wished, morning, mailoutbox):
    wang, _smith = wished
    tell(wang, number=1)
    morning(day=11)
    tell(wang, hour=10, day=11, number=2)
    assert morning(hour=20, day=11) == 0  # what comes after eight is in the next day's letter
    morning(day=12)
    first, second = mailoutbox
    assert "第1号" in first.body
    assert "第2号" in second.body
    assert "第1号" not in second.body


def test_where_all_is_read_there_is_no_letter(wished, morning, mailoutbox):
    wang, _smith = wished
    tell(wang)
    operations.mark_all_read(wang.user, actor=wang)
    morning()
    assert not mailoutbox
    assert not Digest.objects.exists()
    assert morning(10) == 0


def test_who_sleeps_gets_it_when_their_quiet_hours_are_over(wished, morning, mailoutbox):
    wang, _smith = wished
    choose(wang, "own", (dt.time(22), dt.time(9, 30)), other="daily", service="daily", handling="daily")
    tell(wang)
    morning(9)
    assert not mailoutbox
    morning(10)
    assert len(mailoutbox) == 1


def test_a_job_killed_in_the_middle_is_finished_and_nobody_gets_two(db, congress, settings, morning, mailoutbox):
    people = [given.member(congress, f"p{n}") for n in range(5)]
    for actor in people:
        choose(actor, handling="daily", service="daily", other="daily")
    tell(*people)
    settings.EMAIL_BACKEND = "tests.notices.test_digests.Deadly"
    Deadly.taken = 0
    with clock.pretend(at(9, day=11)):
        operations.begin_digests()
    with pytest.raises(Killed), clock.pretend(at(9, day=11)):
        operations.send_digests([actor.user.pk for actor in people])
    assert len(mailoutbox) == 2
    morning(10)
    assert sorted(letter.to[0] for letter in mailoutbox) == sorted(f"p{n}@example.cn" for n in range(5))
    assert set(Digest.objects.values_list("state", flat=True)) == {"sent"}


def test_a_server_that_is_away_is_tried_three_times_then_it_is_given_up(wished, morning, settings):
    wang, _smith = wished
    tell(wang)
    settings.EMAIL_BACKEND = "tests.notices.backends.Absent"
    for hour in (9, 10, 11, 12):
        morning(hour)
    assert (Digest.objects.get().state, Digest.objects.get().tries) == ("failed", 3)
    delivery = Delivery.objects.get()
    assert delivery.state == "failed"
    assert "refused" in delivery.error


def test_a_letter_keeps_its_number_at_every_try(wished, morning, settings, mailoutbox):
    wang, _smith = wished
    tell(wang)
    settings.EMAIL_BACKEND = "tests.notices.backends.Absent"
    morning(9)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    morning(10)
    assert mailoutbox[0].extra_headers["Message-ID"] == f"<digest.{Digest.objects.get().pk}@127.0.0.1>"


def test_a_long_letter_counts_what_it_leaves_out(wished, morning, mailoutbox):
    wang, _smith = wished
    for number in range(53):
        tell(wang, number=number)
    morning()
    assert mailoutbox[0].subject.startswith("53")
    assert "第49号" in mailoutbox[0].body
    assert "第50号" not in mailoutbox[0].body
    assert "3" in mailoutbox[0].body.rpartition("第49号")[2]
