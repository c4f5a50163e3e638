"""The same doors by JSON: problems instead of pages, 401 instead of a way to the door."""

import json

import pytest

from qiao.kernel.models import Entry
from qiao.matters.models import Suggestion
from tests.world import TEXT

from .given import rows

pytestmark = [pytest.mark.django_db, pytest.mark.capability("M1")]

API = "/api/v1/suggestions/"


def send(client, url, data):
    return client.post(url, data if isinstance(data, str | bytes) else json.dumps(data), content_type="application/json")


def problem(answer, status, code=None):
    said = answer.json()
    assert (answer.status_code, answer["Content-Type"], said["status"]) == (status, "application/problem+json", status)
    assert said["detail"]
    assert code is None or said["type"] == code
    return said


@pytest.mark.parametrize(("method", "url"), [("get", ""), ("get", "1"), ("post", ""), ("post", "1/submit"), ("post", "1/assign")])
def test_who_is_not_signed_in_gets_401_and_no_page(world, client, method, url):
    problem(getattr(client, method)(API + url, content_type="application/json"), 401, "anonymous")


def test_a_deputy_drafts_and_submits(world, login):
    client = login("deputy")
    made = send(client, API, TEXT)
    assert (made.status_code, made.json()["state"], made.json()["title"]) == (201, "draft", TEXT["title"])
    sent = send(client, f"{API}{made.json()['id']}/submit", {})
    assert (sent.status_code, sent.json()["state"], sent.json()["state_label"]) == (200, "submitted", "Submitted, to be checked")
    assert Entry.objects.get(code="suggestion.draft").via == "api"


def test_staff_assign(world, login):
    s = world.registered()
    answer = send(login("clerk"), f"{API}{s.pk}/assign", {"unit": world.unit.pk, "note": "请办理。"})
    assert (answer.status_code, answer.json()["unit_name"], answer.json()["state"]) == (200, "甲市城管局", "assigned")
    problem(send(login("clerk"), f"{API}{s.pk}/assign", {"unit": world.unit.pk}), 409, "suggestion.assign")


@pytest.mark.parametrize(
    ("role", "stage", "url", "data", "status"),
    [
        ("deputy", "registered", "assign", {"unit": 1}, 403),
        ("leader", "registered", "assign", {"unit": 1}, 403),
        ("other_clerk", "registered", "assign", {"unit": 1}, 404),
        ("clerk", "draft", "submit", {}, 404),
        ("clerk", "registered", "submit", {}, 403),
        ("deputy", "submitted", "submit", {}, 409),
        ("deputy", "cosigning", "submit", {}, 422),
        ("clerk", "registered", "assign", {"unit": 10**30}, 404),
        ("clerk", "registered", "assign", {"unit": -1}, 404),
        ("clerk", "registered", "assign", {"unit": "x"}, 422),
        ("clerk", "registered", "assign", {}, 422),
        ("clerk", "registered", "assign", {"unit": 1, "note": "\0"}, 422),
        ("clerk", "registered", "assign", {"unit": 1, "note": "长" * 2001}, 422),
    ],
)
def test_a_refusal_is_a_problem_with_its_reason_and_writes_nothing(world, login, role, stage, url, data, status):
    s = getattr(world, stage)()
    data = {**data, "unit": world.unit.pk} if data.get("unit") == 1 else data
    before = rows()
    problem(send(login(role), f"{API}{s.pk}/{url}", data), status)
    assert rows() == before


def test_a_unit_of_another_congress_does_not_fit(world, login):
    foreign = next(iter(world.actors["other_liaison"].units))
    problem(send(login("clerk"), f"{API}{world.registered().pk}/assign", {"unit": foreign}), 422, "suggestion.assign")


@pytest.mark.parametrize(
    "body", ["", "{", "[]", "null", '"x"', '{"title": 5}', '{"title": "\\u0000"}', '{"title": "\\ud800"}', b"\xff\xfe"]
)
def test_what_is_not_of_the_documented_shape_is_said_and_never_breaks(world, login, body):
    answer = send(login("deputy"), API, body)
    assert answer.status_code in {400, 422}
    assert not Suggestion.objects.exists()


@pytest.mark.parametrize("text", [{"title": "长" * 101}, {"matter": "长" * 6001}, {"proposal": "长" * 6001}])
def test_a_text_that_is_too_long_is_refused(world, login, text):
    problem(send(login("deputy"), API, text), 422)


def test_only_deputies_draft(world, login):
    problem(send(login("clerk"), API, TEXT), 403, "suggestion.draft")
    problem(send(login("handler"), API, TEXT), 403, "suggestion.draft")


def test_one_is_read_by_those_who_see_it(world, login):
    s = world.handling()
    for role, status in {
        "deputy": 200,
        "clerk": 200,
        "handler": 200,
        "leader": 200,
        "deputy2": 404,
        "handler2": 404,
        "other_clerk": 404,
    }.items():
        assert login(role).get(f"{API}{s.pk}").status_code == status
    assert set(login("handler").get(f"{API}{s.pk}").json()) & {"rating", "evaluation"} == set()


def test_the_list_is_what_one_sees_narrowed_by_state(world, login, everywhere):
    for role, number in {"clerk": 19, "deputy": 22, "handler": 9, "deputy2": 1, "other_clerk": 0}.items():
        assert len(login(role).get(API).json()["items"]) == number
    assert [i["state"] for i in login("clerk").get(API, {"state": "closed"}).json()["items"]] == ["closed"]


def test_a_long_list_is_read_page_by_page(world, login, monkeypatch):
    monkeypatch.setattr("qiao.matters.api.PAGE", 3)
    made = sorted((world.draft().pk for _n in range(7)), reverse=True)
    client, read, before = login("deputy"), [], ""
    while before is not None:
        page = client.get(API, {"before": before} if before else {}).json()
        read.append([i["id"] for i in page["items"]])
        before = page["next_before"]
    ids = [pk for page in read for pk in page]
    assert ids[:7] == made
    assert ids == sorted(set(ids), reverse=True)
    assert {len(page) for page in read[:-1]} == {3}


@pytest.mark.parametrize("query", [{"before": "x"}, {"before": "1.5"}, {"state": "\0"}])
def test_nonsense_in_the_address_is_said(world, login, query):
    problem(login("clerk").get(API, query), 422, "malformed")


@pytest.mark.parametrize("query", [{"before": "9" * 30}, {"before": "-" + "9" * 30}, {"before": "0"}, {"state": "nope"}])
def test_numbers_that_no_row_has_find_nothing_or_everything(world, login, query):
    world.submitted()
    assert login("clerk").get(API, query).status_code == 200


@pytest.mark.parametrize("number", ["0", "-1", "9" * 30, "x"])
def test_what_is_not_there_is_not_there(world, login, number):
    assert login("clerk").get(f"{API}{number}").status_code == 404


def test_a_form_on_another_site_cannot_write(world, login):
    client = login("deputy")
    client.handler.enforce_csrf_checks = True
    assert send(client, API, TEXT).status_code == 403


def test_what_is_no_json_is_a_problem_like_any_other(world, login):
    problem(send(login("deputy"), API, b"\xff\xfe"), 400, "unreadable")
