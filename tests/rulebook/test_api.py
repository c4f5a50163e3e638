"""The rulebook for other systems."""

import datetime as dt

import pytest

from qiao.kernel import clock
from qiao.rulebook.catalogue import CATALOGUE
from qiao.rulebook.models import Provision

pytestmark = [pytest.mark.django_db, pytest.mark.capability("P5")]

BASE = "/api/v1/rulebook/"
NEW = {"value": {"n": 2, "unit": "months"}, "source": "某条例第九条", "reason": "条例修正"}


def new(**more):
    return NEW | {"valid_from": clock.today().isoformat()} | more


def test_everybody_signed_in_reads_every_rule_and_nobody_else(client, login):
    assert client.get(BASE).status_code == 401
    rules = {rule["key"]: rule for rule in login("deputy").get(BASE).json()}
    assert set(rules) == set(CATALOGUE)
    assert (rules["reply_limit"]["value"], rules["reply_limit"]["since"]) == ({"n": 3, "unit": "months"}, None)


def test_the_rules_of_another_congress_are_read_by_its_number(login, world):
    client = login("deputy")
    assert client.get(BASE, {"congress": world.other.pk}).status_code == 200
    assert client.get(BASE, {"congress": 999_999}).status_code == 404
    assert client.get(f"{BASE}bribe_limit").status_code == 404


def test_staff_set_a_rule_and_its_history_tells(login):
    client = login("clerk")
    answer = client.post(f"{BASE}reply_limit", new(), "application/json")
    assert answer.status_code == 201, answer.content
    rule = client.get(f"{BASE}reply_limit").json()
    assert (rule["value"]["n"], [value["reason"] for value in rule["values"]]) == (2, ["条例修正"])
    taken_back = client.post(f"{BASE}values/{answer.json()['id']}/withdraw", {"note": "有误"}, "application/json")
    assert taken_back.json()["withdrawn_at"]
    assert client.get(f"{BASE}reply_limit").json()["value"]["n"] == 3


@pytest.mark.parametrize(
    ("role", "sent", "status"),
    [
        ("deputy", {}, 403),
        ("handler", {}, 403),
        ("clerk", {"value": {"n": 4, "unit": "months"}}, 422),
        ("clerk", {"value": "two months"}, 422),
        ("clerk", {"value": "\x00"}, 422),
        ("clerk", {"reason": ""}, 422),
        ("clerk", {"source": ""}, 422),
        ("clerk", {"valid_from": "2020-01-01"}, 422),
    ],
)
def test_what_does_not_fit_is_refused_with_a_sentence(login, role, sent, status):
    answer = login(role).post(f"{BASE}reply_limit", new(**sent), "application/json")
    assert answer.status_code == status
    assert answer.json()["detail"]
    assert not Provision.objects.filter(key="reply_limit").exists()


def test_staff_adopt_rules_of_another_place(login):
    on = (clock.today() + dt.timedelta(7)).isoformat()
    sent = {"preset": "shanghai", "on": on, "note": "参照上海做法", "keys": ["assist_limit"]}
    assert login("deputy").post(f"{BASE}adopt", sent, "application/json").status_code == 403
    rules = {rule["key"]: rule for rule in login("clerk").post(f"{BASE}adopt", sent, "application/json").json()}
    assert (rules["assist_limit"]["value"], rules["assist_limit"]["since"]) == ({"n": 1, "unit": "months"}, on)
