"""Each moment of the schedule is run once, however many look at the clock."""

import datetime as dt
import threading
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from qiao.jobs.tasks import clear
from qiao.kernel import clock, schedule
from qiao.kernel.models import Tick
from qiao.kernel.schedule import Every

DAILY = Every("0 8 * * *", clear, "Every morning")
EIGHT = dt.datetime(2026, 3, 2, 8, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def run_at(moment):
    with clock.pretend(moment):
        return schedule.run_due([DAILY])


def test_a_line_is_due_at_its_hour_where_the_congress_sits():
    assert DAILY.last_due(EIGHT) == EIGHT
    assert DAILY.last_due(EIGHT - dt.timedelta(seconds=1)) == EIGHT - dt.timedelta(days=1)
    assert DAILY.next_due(EIGHT) == EIGHT + dt.timedelta(days=1)


def test_a_moment_is_queued_once_and_the_next_one_again(queued, db):
    assert run_at(EIGHT) == [DAILY.name]
    assert run_at(EIGHT + dt.timedelta(hours=5)) == []
    assert run_at(EIGHT + dt.timedelta(days=1)) == [DAILY.name]
    assert DBTaskResult.objects.count() == 2


def test_after_a_pause_a_line_is_run_once_for_all_it_missed(queued, db):
    run_at(EIGHT)
    assert run_at(EIGHT + dt.timedelta(days=9)) == [DAILY.name]
    assert DBTaskResult.objects.count() == 2


def test_a_job_that_cannot_be_queued_leaves_the_moment_to_be_tried_again(queued, db, settings):
    settings.TASKS = {"default": {**settings.TASKS["default"], "QUEUES": ["mail"]}}
    with pytest.raises(Exception, match="Queue"):
        run_at(EIGHT)
    assert Tick.objects.count() == 0


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite in memory is one connection; its writes wait for one another")
@pytest.mark.django_db(transaction=True)
def test_of_eight_workers_one_queues_the_moment(queued):
    said, start = [], threading.Barrier(8)

    def go():
        start.wait()
        try:
            said.extend(run_at(EIGHT))
        finally:
            connection.close()

    threads = [threading.Thread(target=go) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said == [DAILY.name]
    assert DBTaskResult.objects.count() == 1


def test_every_line_of_the_product_can_be_read_and_queued(queued, db):
    names = {line.name for line in schedule.LINES}
    assert len(names) == len(schedule.LINES) > 1
    assert set(schedule.run_due()) == names
    assert all(line.next_due(timezone.now()) > timezone.now() for line in schedule.LINES)
    assert {row.task_path for row in DBTaskResult.objects.all()} == names


@pytest.mark.django_db(transaction=True)
def test_without_a_worker_a_timer_runs_what_is_due_in_its_own_process():
    said = StringIO()
    call_command("run_schedule", stdout=said)
    assert "qiao.notices.tasks.send_waiting_mail" in said.getvalue()
    again = StringIO()
    call_command("run_schedule", stdout=again)
    assert again.getvalue().strip() in {"Nothing is due.", "qiao.notices.tasks.send_waiting_mail"}  # a quarter may have begun meanwhile


def test_a_worker_where_jobs_run_in_the_request_says_so():
    with pytest.raises(CommandError, match="nothing for a worker"):
        call_command("run_worker")
