"""What is to happen afterwards happens after the commit, or not at all."""

import pytest
from django.db import transaction

from qiao.kernel import jobs

RAN = []


@jobs.task
def write_down(word: str) -> None:
    RAN.append(word)


@pytest.fixture(autouse=True)
def _nothing_ran():
    RAN.clear()


@pytest.mark.django_db(transaction=True)
def test_a_job_runs_after_the_commit_with_what_it_was_given():
    with transaction.atomic():
        jobs.enqueue(write_down, word="done")
        assert RAN == []
    assert RAN == ["done"]


@pytest.mark.django_db(transaction=True)
def test_a_job_of_what_was_rolled_back_never_runs():
    with transaction.atomic():
        jobs.enqueue(write_down, word="lost")
        transaction.set_rollback(True)
    assert RAN == []


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_a_job_runs_at_once():
    jobs.enqueue(write_down, word="now")
    assert RAN == ["now"]
