"""A job outlives its worker, its failures and its signal; what was rolled back never was."""

import datetime as dt
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress

import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from qiao.kernel import jobs, worker
from qiao.kernel.models import Beat, Tick
from tests.architecture.sources import ROOT

from . import many, slow

QUEUE = "from tests.jobs import slow; from qiao.kernel import jobs; jobs.enqueue(slow.{name}, folder={folder!r})"


@pytest.fixture(scope="module")
def home(migrated, tmp_path_factory):
    """The folder of an installation of its own, with its database."""
    folder = tmp_path_factory.mktemp("installation")
    shutil.copy(migrated, folder / "jobs.sqlite3")
    return folder


def manage(folder, *words):
    """A command of the installation, as a process of its own."""
    env = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "QIAO_DATABASE": f"sqlite:///{folder / 'jobs.sqlite3'}",
        "QIAO_DATA": str(folder), "QIAO_JOBS": "database", "QIAO_JOB_LEASE": "2", "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "start_new_session": True}
    return subprocess.Popen([sys.executable, "manage.py", *words], cwd=ROOT, env=env, **quiet)  # noqa: S603


@pytest.fixture
def outside(home):
    """Start commands of the installation; none outlives the test."""
    started = []

    def start(*words):
        started.append(manage(home, *words))
        return started[-1]

    yield start
    for process in started:
        kill(process)


def kill(process):
    """End a process and those it has begun, at once."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def until(true, what):
    for _moment in range(1200):
        if true():
            return
        time.sleep(0.05)
    pytest.fail(what)


@pytest.mark.capability("P4")
def test_the_job_of_a_killed_worker_is_taken_over_by_another(outside, tmp_path):
    assert outside("shell", "-c", QUEUE.format(name="linger", folder=str(tmp_path))).wait() == 0
    first = outside("run_worker")
    until((tmp_path / "begun").exists, "the first worker never began")
    first.send_signal(signal.SIGKILL)
    second = outside("run_worker")
    until((tmp_path / "done").exists, "nobody took the job over")
    second.send_signal(signal.SIGTERM)
    assert second.wait() == 0


def test_a_worker_told_to_stop_finishes_the_job_in_hand(outside, tmp_path):
    assert outside("shell", "-c", QUEUE.format(name="finish", folder=str(tmp_path))).wait() == 0
    only = outside("run_worker")
    until((tmp_path / "begun").exists, "the worker never began")
    only.send_signal(signal.SIGTERM)
    assert only.wait() == 0
    assert (tmp_path / "done").exists()


def asked(home, question):
    """One row of the installation's database, read beside its workers."""
    with closing(sqlite3.connect(home / "jobs.sqlite3", timeout=20)) as database:
        return database.execute(question).fetchone() or (0,) * 4


@pytest.mark.capability("P4")
def test_workers_killed_in_the_middle_leave_nothing_half_and_everybody_is_told_once(home, outside):
    both = outside("shell", "-c", "from tests.jobs import many; many.begin()")
    far = "SELECT told, done FROM announcements_announcement, imports_importrun WHERE state = 'writing'"
    until(lambda: all(asked(home, far)[:2]), "the two never were in the middle")
    kill(both)
    told, done = asked(home, far)
    assert 0 < told < many.TOLD
    assert 0 < done < many.UNITS
    assert asked(home, "SELECT count(*), count(DISTINCT user_id) FROM notices_notice") == (told, told)
    assert asked(home, "SELECT count(*) FROM orgs_unit") == (done,)
    third = outside("run_worker")
    over = "SELECT finished_at IS NOT NULL, state = 'confirmed' FROM announcements_announcement, imports_importrun"
    until(lambda: asked(home, over) == (1, 1), "nobody went on with it")
    assert asked(home, "SELECT count(*), count(DISTINCT user_id) FROM notices_notice") == (many.TOLD, many.TOLD)
    assert asked(home, "SELECT count(*), count(DISTINCT name) FROM orgs_unit") == (many.UNITS, many.UNITS)
    assert asked(home, "SELECT count(*) FROM kernel_entry WHERE code = 'unit.add'") == (many.UNITS,)
    third.send_signal(signal.SIGTERM)
    assert third.wait() == 0


# --- in this process ----------------------------------------------------------------------------------------------------------

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_job_that_fails_is_tried_again_later_each_time_and_then_stays_failed(work, tmp_path):
    jobs.enqueue(slow.fail, folder=str(tmp_path))
    waited = []
    for _try in range(len(jobs.WAITS)):
        work()
        row = DBTaskResult.objects.get()
        assert row.status == "READY"
        waited.append(row.run_after - timezone.now())
    assert waited == sorted(waited)
    assert all(abs(seen - wanted) < dt.timedelta(seconds=10) for seen, wanted in zip(waited, jobs.WAITS, strict=True))
    work()
    assert DBTaskResult.objects.get().status == "FAILED"
    work()
    assert (tmp_path / "tries").read_text() == "x" * (len(jobs.WAITS) + 1)


@pytest.mark.parametrize("said", ["server closed the connection unexpectedly", "database or disk is full"])
@pytest.mark.parametrize("at", ['INSERT INTO "kernel_tick"', "SUCCESSFUL"], ids=["in the job", "after it"])
def test_a_database_that_is_gone_for_a_moment_is_waited_for_and_the_job_is_done(work, tmp_path, monkeypatch, said, at):
    monkeypatch.setattr(worker, "PAUSE", 0.0)
    jobs.enqueue(slow.write, folder=str(tmp_path))
    left = 3

    def gone(execute, sql, params, many, context):
        nonlocal left
        if left and (left < 3 or at in f"{sql} {params}"):
            left -= 1
            raise OperationalError(said)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(gone):
        work()
        work()  # its next try, if the database was back in time to note that it had failed
    assert left == 0
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"
    assert Tick.objects.filter(name=str(tmp_path)).exists()


def test_a_job_that_waits_for_its_next_try_is_left_alone(work, tmp_path):
    jobs.enqueue(slow.fail, folder=str(tmp_path))
    work()
    work(at="only what is due")
    assert (tmp_path / "tries").read_text() == "x"


def test_a_failed_job_given_its_tries_anew_is_done_again(work, tmp_path):
    jobs.enqueue(slow.fail, folder=str(tmp_path))
    for _try in range(len(jobs.WAITS) + 1):
        work()
    row = DBTaskResult.objects.get()
    assert jobs.run_again(row.pk)
    assert not jobs.run_again(row.pk), "it waits already"
    work()
    row.refresh_from_db()
    assert (row.status, len(row.worker_ids)) == ("READY", 1)


def test_a_job_of_what_was_rolled_back_is_no_row(queued, tmp_path):
    with transaction.atomic():
        jobs.enqueue(slow.finish, folder=str(tmp_path))
        assert DBTaskResult.objects.count() == 1
        transaction.set_rollback(True)
    assert DBTaskResult.objects.count() == 0


def held_by(name, at, tries=1):
    """A job that a worker of this name has in hand, whose last sign of life was at that moment."""
    row = slow.finish.enqueue(folder="").db_result
    DBTaskResult.objects.filter(pk=row.pk).update(status="RUNNING", started_at=at, worker_ids=[name] * tries)
    Beat.objects.create(worker=name, queues="*", at=at)
    return row


def test_a_living_workers_job_is_not_taken_over(queued):
    row = held_by("alive", timezone.now())
    assert worker.take_over() == 0
    row.refresh_from_db()
    assert row.status == "RUNNING"


def test_a_dead_workers_job_is_free_again_at_once(queued):
    row = held_by("dead", timezone.now() - worker.lease() * 2)
    assert worker.take_over() == 1
    row.refresh_from_db()
    assert row.status == "READY"
    assert DBTaskResult.objects.ready().count() == 1


def test_a_job_that_kills_its_workers_stays_failed_in_the_end(queued):
    row = held_by("dead", timezone.now() - worker.lease() * 2, tries=len(jobs.WAITS) + 1)
    assert worker.take_over() == 1
    row.refresh_from_db()
    assert row.status == "FAILED"


def test_a_worker_that_has_gone_leaves_no_sign_of_life(work):
    work()
    assert worker.living() == []
