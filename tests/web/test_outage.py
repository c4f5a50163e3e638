"""When the database does not answer or a disk is full, people read what is the matter and lose nothing they typed."""

import errno
from contextlib import contextmanager

import pytest
from django.db import OperationalError, connection

from qiao.web.errors import outage


@contextmanager
def gone(said="the server closed the connection unexpectedly"):
    """Every question to the database fails."""

    def refuse(execute, sql, params, many, context):
        raise OperationalError(said)

    with connection.execute_wrapper(refuse):
        yield


@pytest.fixture
def visitor(login):
    client = login("deputy")
    client.raise_request_exception = False
    return client


def test_a_database_that_does_not_answer_is_said_with_when_to_try_again(visitor):
    with gone():
        answer = visitor.get("/suggestions/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert visitor.get("/suggestions/").status_code == 200


def test_what_was_typed_can_be_sent_again_with_one_press(visitor):
    with gone():
        answer = visitor.post(
            "/suggestions/new/?kind=x", "title=%E7%81%AF&matter=%3Cb%3E", content_type="application/x-www-form-urlencoded"
        )
    said = answer.content.decode()
    assert answer.status_code == 503
    assert 'action="/suggestions/new/?kind=x"' in said
    assert 'name="title" value="灯"' in said
    assert 'name="matter" value="&lt;b&gt;"' in said


def test_a_password_is_never_on_the_page(visitor):
    with gone():
        answer = visitor.post("/account/sign-in/", "login=a&password=secret", content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 503
    assert "secret" not in answer.content.decode()


def test_a_full_disk_is_said(visitor):
    with gone("database or disk is full"):
        assert visitor.get("/suggestions/").status_code == 507


def test_other_systems_read_it_as_json(visitor):
    with gone():
        answer = visitor.get("/suggestions/", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["status"]) == (503, 503)


@pytest.mark.parametrize(
    ("error", "status"),
    [(OSError(errno.ENOSPC, "No space left on device"), 507), (OSError(errno.EACCES, "Denied"), 500), (ValueError(), 500), (None, 500)],
)
def test_a_fault_is_known_by_its_kind(error, status):
    assert outage(error) == status
