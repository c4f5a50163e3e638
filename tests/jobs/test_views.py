"""The page of background work, and a person's own progress."""

import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from qiao.kernel import jobs
from qiao.kernel.models import Beat

from . import slow


def fail(folder):
    row = slow.fail.enqueue(folder=folder).db_result
    DBTaskResult.objects.filter(pk=row.pk).update(
        status="FAILED", worker_ids=["w"] * 4, traceback="Traceback\nRuntimeError: The paper has run out."
    )
    return row


def test_the_page_names_what_failed_and_lets_it_be_tried_again(login, queued):
    row, client = fail("a"), login("sysadmin")
    said = client.get("/jobs/?state=FAILED").content.decode()
    assert "tests.jobs.slow.fail" in said
    assert "The paper has run out." in said
    answer = client.post(reverse("jobs:retry", args=[row.pk]))
    assert answer.status_code == 302
    row.refresh_from_db()
    assert row.status == "READY"


def test_without_a_living_worker_the_page_says_that_work_waits(login, queued):
    client = login("sysadmin")
    assert "bin/worker" in client.get("/jobs/").content.decode()
    Beat.objects.create(worker="machine-1", queues="mail")
    said = client.get("/jobs/").content.decode()
    assert "machine-1" in said
    assert "bin/worker" not in said


def test_a_job_whose_worker_was_killed_says_that_another_takes_it_over(login, queued):
    row, client = fail("a"), login("sysadmin")
    DBTaskResult.objects.filter(pk=row.pk).update(status="RUNNING", worker_ids=["killed"])
    client.cookies["qiao_language"] = "en"
    assert "Its worker was killed" in client.get("/jobs/").content.decode()
    Beat.objects.create(worker="killed", queues="*")
    assert "Its worker was killed" not in client.get("/jobs/").content.decode()


def test_where_jobs_run_in_the_request_the_page_says_so(login):
    assert "run_schedule" in login("sysadmin").get("/jobs/").content.decode()


def test_others_are_refused(login, queued):
    row, client = fail("a"), login("clerk")
    assert client.get("/jobs/").status_code == 403
    assert client.post(reverse("jobs:retry", args=[row.pk])).status_code == 404


def test_a_long_list_asks_no_more_than_a_short_one(login, queued, django_assert_max_num_queries):
    client = login("sysadmin")
    for number in range(9):
        fail(str(number))
    client.get("/jobs/")
    with django_assert_max_num_queries(12):
        client.get("/jobs/")


@pytest.mark.parametrize(("role", "status"), [("clerk", 200), ("deputy", 404)])
def test_progress_is_for_whoever_began_the_job(login, world, role, status):
    progress = jobs.begin(world.actors["clerk"], "Checking", total=10)
    jobs.step(progress.pk, more=4, message="Four are done.")
    answer = login(role).get(reverse("jobs:progress", args=[progress.pk]), headers={"HX-Request": "true"})
    assert answer.status_code == status
    assert ("hx-get" in answer.content.decode()) == (status == 200)


def test_progress_that_is_over_asks_no_more(login, world):
    progress = jobs.begin(world.actors["clerk"], "Checking", url="/notices/")
    jobs.ended(progress.pk, message="All is well.", result={"n": 1})
    said = login("clerk").get(reverse("jobs:progress", args=[progress.pk])).content.decode()
    assert "All is well." in said
    assert "hx-get" not in said
    assert 'href="/notices/"' in said
