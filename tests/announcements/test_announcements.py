"""One text to many: whom it reaches, that each is told once whatever happens, and that nothing else waits for it."""

import datetime as dt
from collections import Counter

import pytest
import time_machine
from django.urls import reverse

from qiao.accounts.models import Person, Post, Role, User
from qiao.announcements import operations, queries, tasks
from qiao.announcements.models import Announcement
from qiao.jobs.tasks import clear
from qiao.kernel import clock, jobs, schedule
from qiao.kernel.errors import NotAllowed, Unfit
from qiao.kernel.models import Entry
from qiao.kernel.worker import Worker
from qiao.notices.models import Delivery, Notice
from qiao.notices.operations import sending
from tests.notices.factories import crowd
from tests.world import SINCE, rule

WORDS = {"title": "关于召开座谈会的通知", "text": "定于下周三上午九时召开。"}


class Killed(BaseException):
    """The machine is switched off."""


@pytest.fixture
def world(own_world):
    """Some of these tests commit."""
    return own_world


def draft(world, audience="deputies", picks=(), by="clerk"):
    return operations.write(world.congress, actor=world.actors[by], audience=audience, picks=list(picks), **WORDS)


def names(announcement):
    return sorted(user.login for user in queries.recipients(announcement))


@pytest.fixture
def many(world):
    """A hundred and five more people in a role of the congress."""
    role = Role.objects.get(code="leader")
    people = crowd(105)
    Post.objects.bulk_create(Post(user=user, role=role, congress=world.congress, starts=SINCE) for user in people)
    return draft(world, "roles", [role.pk])


@pytest.fixture
def small_parts(monkeypatch):
    monkeypatch.setattr(operations, "PART", 10)


def test_it_reaches_those_it_is_for(world):
    logins = {name: world.actors[name].user.login for name in world.actors}
    delegation = world.term.delegations.get()
    deputies = sorted(logins[name] for name in ("deputy", "deputy2", "deputy3"))
    assert names(draft(world)) == deputies
    assert names(draft(world, "delegations", [delegation.pk])) == deputies
    assert names(draft(world, "units", [world.unit2.pk])) == sorted(logins[name] for name in ("handler2", "liaison2", "signer2"))
    assert names(draft(world, "roles", [Role.objects.get(code="leader").pk])) == [logins["leader"]]


def test_those_below_are_reached_from_above(world):
    above = Announcement(congress=world.congress.superior, audience="below", by=world.actors["clerk"].user, **WORDS)
    assert len(names(above)) == 4  # three of one city, one of the other
    above.audience = "deputies"
    assert names(above) == []


def test_the_preview_counts_people_mail_and_deputies_without_account(world):
    User.objects.filter(pk=world.actors["deputy3"].user.pk).update(is_active=False)
    Person.objects.filter(user=world.actors["deputy2"].user).update(email="")
    Person.objects.filter(user=world.actors["deputy"].user).update(email="deputy@example.cn")
    seen = queries.preview(draft(world))
    assert (seen.people, seen.with_mail, seen.without_account) == (2, 1, 1)


@pytest.mark.capability("M4")
def test_everybody_is_told_once_and_reads_it(world, small_parts, many, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        operations.release(many, actor=world.actors["clerk"])
    many.refresh_from_db()
    assert (many.total, many.told, many.finished_at is not None) == (106, 106, True)
    assert Notice.objects.filter(trail=f"announcement:{many.pk}").values("user").distinct().count() == 106
    assert Notice.objects.filter(trail=f"announcement:{many.pk}").count() == 106
    assert Entry.objects.filter(code="announcement.release").count() == 1
    tasks.tell.call(announcement_id=many.pk)
    assert Notice.objects.count() == 106


@pytest.mark.capability("M4")
def test_a_job_killed_in_the_middle_goes_on_and_nobody_is_told_twice(world, small_parts, many, monkeypatch):
    operations.release(many, actor=world.actors["clerk"])
    tell, parts = operations.announce, []

    def dies(*given, **more):
        parts.append(len(tell(*given, **more)))
        if len(parts) == 4:
            raise Killed  # after the notices were written, before the commit

    monkeypatch.setattr(operations, "announce", dies)
    with pytest.raises(Killed):
        tasks.tell.call(announcement_id=many.pk)
    assert (Notice.objects.count(), Announcement.objects.get(pk=many.pk).told) == (30, 30)
    monkeypatch.setattr(operations, "announce", tell)
    tasks.tell.call(announcement_id=many.pk)
    assert Notice.objects.values("user").distinct().count() == Notice.objects.count() == 106


@pytest.mark.django_db(transaction=True)
def test_other_work_goes_first_and_in_between(world, small_parts, many, settings, monkeypatch):
    settings.TASKS = {"default": {**settings.TASKS["default"], "BACKEND": "django_tasks_db.DatabaseBackend"}}
    monkeypatch.setattr(schedule, "LINES", [])
    monkeypatch.setattr(tasks, "TURN", 0.0)
    operations.release(many, actor=world.actors["clerk"])
    jobs.enqueue(clear)
    order = []
    run = Worker.run_task
    monkeypatch.setattr(Worker, "run_task", lambda self, row: (order.append((row.task_path, row.priority)), run(self, row))[1])
    Worker(["*"], name="w1", batch=True).run()
    assert order[0] == ("qiao.jobs.tasks.clear", 0)
    told = [path for path, priority in order[1:] if priority == tasks.LATER and path == "qiao.announcements.tasks.tell"]
    assert len(told) == 11  # a part, then room for others, then the next
    assert Notice.objects.count() == 106


@pytest.mark.capability("M4")
@pytest.mark.django_db(transaction=True)
def test_however_many_are_told_few_mail_jobs_wait_and_each_gets_one_letter(world, small_parts, many, settings, monkeypatch, mailoutbox):
    rule(world, "quiet_hours", "none")
    settings.TASKS = {"default": {**settings.TASKS["default"], "BACKEND": "django_tasks_db.DatabaseBackend"}}
    monkeypatch.setattr(schedule, "LINES", [])
    monkeypatch.setattr(sending, "BATCH", 5)
    monkeypatch.setattr(sending, "LANES", 3)
    operations.release(many, actor=world.actors["clerk"])
    waiting = []
    run = Worker.run_task
    count = lambda: waiting.append(jobs.waiting(sending.SEND, priority=sending.BEHIND))  # noqa: E731
    monkeypatch.setattr(Worker, "run_task", lambda self, row: (run(self, row), count()))
    Worker(["*"], name="w1", batch=True).run()
    assert max(waiting) == 3
    assert Counter(letter.to[0] for letter in mailoutbox) == Counter([*(f"p{n}@example.cn" for n in range(105)), "leader@example.org"])
    assert not Delivery.objects.filter(state__in=["waiting", "behind"]).exists()


@pytest.mark.django_db(transaction=True)
def test_a_server_that_is_away_is_not_sent_the_rest_until_it_is_there_again(world, many, settings, monkeypatch, mailoutbox):
    rule(world, "quiet_hours", "none")
    settings.TASKS = {"default": {**settings.TASKS["default"], "BACKEND": "django_tasks_db.DatabaseBackend"}}
    settings.EMAIL_BACKEND = "tests.notices.backends.Absent"
    monkeypatch.setattr(schedule, "LINES", [])
    monkeypatch.setattr(sending, "BATCH", 10)
    monkeypatch.setattr(sending, "LANES", 2)
    operations.release(many, actor=world.actors["clerk"])
    Worker(["*"], name="w1", batch=True).run()
    assert dict(Counter(Delivery.objects.values_list("state", flat=True))) == {"waiting": 20, "behind": 86}
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with time_machine.travel(clock.now() + dt.timedelta(minutes=11)):
        Worker(["*"], name="w1", batch=True).run()
    assert len(mailoutbox) == 106


def test_what_was_sent_is_neither_changed_nor_sent_again(world):
    sent = operations.release(draft(world), actor=world.actors["clerk"])
    for act in (
        lambda: operations.release(sent, actor=world.actors["clerk"]),
        lambda: operations.revise(sent, actor=world.actors["clerk"], audience="deputies", picks=[], **WORDS),
    ):
        with pytest.raises(Unfit):
            act()


def test_only_who_may_speak_for_the_congress_sends(world):
    for role in ("deputy", "other_clerk", "sysadmin"):
        with pytest.raises(NotAllowed):
            draft(world, by=role)


def test_nobody_to_tell_and_nobody_chosen_is_refused(world):
    with pytest.raises(Unfit):
        draft(world, "units", [])
    User.objects.update(is_active=False)
    with pytest.raises(Unfit):
        operations.release(draft(world), actor=world.actors["clerk"])


def test_who_was_told_reads_it_and_others_do_not(world, client, django_capture_on_commit_callbacks):
    made = draft(world)
    page = reverse("announcements:show", args=[made.pk])
    client.force_login(world.actors["deputy"].user)
    assert client.get(page).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        operations.release(made, actor=world.actors["clerk"])
    assert WORDS["text"] in client.get(page).content.decode()
    assert client.get(reverse("announcements:index")).status_code == 403
    for role in ("other_clerk", "liaison"):
        client.force_login(world.actors[role].user)
        assert client.get(page).status_code == 404


def test_staff_write_preview_change_and_send(world, login, django_capture_on_commit_callbacks):
    client = login("clerk")
    wrong = client.post(reverse("announcements:new"), {**WORDS, "audience": "units"})
    assert wrong.status_code == 422
    assert WORDS["text"] in wrong.content.decode()
    made = client.post(reverse("announcements:new"), {**WORDS, "audience": "deputies"})
    page = client.get(made["Location"])
    assert page.context["preview"].people == 3
    pk = Announcement.objects.get().pk
    client.post(reverse("announcements:edit", args=[pk]), {**WORDS, "audience": "units", "units": [world.unit.pk]})
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("announcements:release", args=[pk]))
    assert Announcement.objects.get().told == 3
    assert "hx-get" not in client.get(page.request["PATH_INFO"]).content.decode()


def test_the_list_costs_the_same_however_many_there_are(world, login, django_assert_max_num_queries):
    client = login("clerk")
    for _n in range(9):
        draft(world)
    client.get(reverse("announcements:index"))
    with django_assert_max_num_queries(12):
        assert client.get(reverse("announcements:index")).content.decode().count(WORDS["title"]) >= 9
