"""A failed job can be tried again by whoever looks after the work; what is over long enough goes."""

import datetime as dt

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from qiao.accounts.models import SignedIn
from qiao.jobs import operations
from qiao.kernel import clock, jobs
from qiao.kernel.errors import NotAllowed, Unfit
from qiao.kernel.models import Beat, Entry, Progress, Tick

from . import slow


@pytest.fixture
def failed(queued, db):
    row = slow.fail.enqueue(folder="").db_result
    DBTaskResult.objects.filter(pk=row.pk).update(
        status="FAILED", finished_at=timezone.now(), worker_ids=["w"] * 4, traceback="a\nb: no paper"
    )
    return row


def test_the_system_administrator_gives_a_failed_job_its_tries_anew(world, failed):
    sysadmin = world.actors["sysadmin"]
    operations.retry(sysadmin.user, actor=sysadmin, job=failed.pk, note=f"{failed.task_path}")
    failed.refresh_from_db()
    assert (failed.status, failed.worker_ids) == ("READY", [])
    assert Entry.objects.latest("pk").code == "job.retry"
    with pytest.raises(Unfit):
        operations.retry(sysadmin.user, actor=sysadmin, job=failed.pk)


def test_others_cannot(world, failed):
    with pytest.raises(NotAllowed):
        operations.retry(world.actors["clerk"].user, actor=world.actors["clerk"], job=failed.pk)
    failed.refresh_from_db()
    assert failed.status == "FAILED"


def test_what_is_over_long_enough_goes_and_what_waits_stays(world, failed):
    progress = jobs.begin(world.actors["clerk"], "Checking")
    Tick.objects.create(name="x", due=timezone.now())
    Beat.objects.create(worker="w", queues="*")
    waiting = slow.fail.enqueue(folder="").db_result
    assert operations.clear() == 0
    with clock.pretend(clock.now() + dt.timedelta(days=40)):
        operations.clear()
    assert (Tick.objects.count(), Beat.objects.count(), Progress.objects.filter(pk=progress.pk).count()) == (0, 0, 0)
    assert set(DBTaskResult.objects.values_list("pk", flat=True)) == {failed.pk, waiting.pk}, "a failure is kept half a year"
    with clock.pretend(clock.now() + dt.timedelta(days=181)):
        operations.clear()
    assert DBTaskResult.objects.get().pk == waiting.pk


def test_a_session_that_has_ended_is_cleared_away_and_one_that_runs_is_not(db):
    now = timezone.now()
    for key, ends in (("over", now - dt.timedelta(minutes=1)), ("runs", now + dt.timedelta(hours=1))):
        SignedIn.objects.create(session_key=key, session_data="", expire_date=ends)
    operations.clear()
    assert list(SignedIn.objects.values_list("session_key", flat=True)) == ["runs"]
