"""The table of seats: districts where voters elect, quotas of the congresses below elsewhere."""

import pytest
from django.urls import reverse

from qiao.congress.models import District, Quota
from qiao.orgs import operations as orgs
from qiao.orgs.models import Level
from tests.accounts import factories as people
from tests.congress import factories as bodies
from tests.imports.factories import bring, counts, plans_of, problems, reads_english, undone, upload
from tests.imports.test_round_trip import exported
from tests.orgs import factories as places

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
HEADINGS = ["选区", "名额", "届次"]
TABLE = {"kind": "seats", "headings": HEADINGS}


def seat(name="第一选区", seats="2", **more):
    return {"选区": name, "名额": seats} | more


@pytest.fixture
def city():
    """A city, the deputies of which two counties elect."""
    body = places.congress(places.area("9980", "桥市", Level.PREFECTURE))
    for code in ("998001", "998002"):
        made = places.congress(places.area(code, f"县{code}", parent=body.area), body)
        orgs.correct_congress(made, actor=places.SYSTEM, name=f"县{code}人民代表大会", short_name=f"县{code}人大")
    bodies.term(body)
    return body


def held(model, name):
    return list(model.objects.order_by(name).values_list(name, "seats"))


@pytest.mark.capability("R5")
def test_districts_are_entered_corrected_and_set_back(body, term, clerk, client):
    bring(body, clerk, [seat()], **TABLE)
    run = bring(body, clerk, [seat(seats="3"), seat("第二选区", "1", 届次="15")], **TABLE)
    assert counts(run) == {"change": 1, "add": 1}
    assert plans_of(upload(body, clerk, [seat(seats="1")], **TABLE))[0].changes == {"seats": ("3", "1")}
    assert held(District, "name") == [("第一选区", 3), ("第二选区", 1)]
    undone(run, clerk)
    assert held(District, "name") == [("第一选区", 2)]


@pytest.mark.capability("R5")
def test_quotas_are_given_to_the_congresses_directly_below(city):
    clerk = reads_english(people.actor(city))
    one, other = city.inferiors.order_by("area__code")
    assert counts(bring(city, clerk, [seat(one.name, "30"), seat(other.short_name, "0")], **TABLE)) == {"add": 2}
    run = bring(city, clerk, [seat(one.short_name, "31"), seat(other.name, "0")], **TABLE)
    assert counts(run) == {"change": 1, "same": 1}
    assert held(Quota, "electing_unit__area__code") == [("998001", 31), ("998002", 0)]
    undone(run, clerk)
    assert held(Quota, "electing_unit__area__code") == [("998001", 30), ("998002", 0)]


def test_what_is_wrong_is_said_at_its_cell(body, term, clerk, city):
    for row, column in [
        (seat(seats="0"), "seats"),
        (seat(seats="4"), "seats"),
        (seat(seats="two"), "seats"),
        (seat(seats="9" * 30), "seats"),
        (seat(届次="9"), "term"),
        (seat(""), "seat"),
    ]:
        assert set(problems(body, clerk, [row], **TABLE)) == {column}, row
    assert problems(body, clerk, [seat(), seat()], **TABLE) == {"seat": "The same as in row 2."}
    above, one = reads_english(people.actor(city)), city.inferiors.first()
    assert set(problems(city, above, [seat(body.name)], **TABLE)) == {"seat"}
    twice = problems(city, above, [seat(one.name), seat(one.short_name)], **TABLE)
    assert twice == {"seat": "It stands in the table already, in other words."}


def test_a_district_in_which_somebody_was_elected_stays_and_says_why(body, term, clerk):
    run = bring(body, clerk, [seat(), seat("第二选区")], **TABLE)
    bodies.mandate(term, people.person(body), "0101", district=District.objects.get(name="第一选区"))
    run = undone(run, clerk)
    assert held(District, "name") == [("第一选区", 2)]
    assert "Something belongs to it already" in run.rows.get(number=2).notes[0]


@pytest.mark.capability("R5")
@pytest.mark.parametrize("direct", [True, False])
def test_seats_come_out_as_they_went_in(direct, request, client):
    where = request.getfixturevalue("body" if direct else "city")
    if direct:
        bodies.term(where)
    clerk = reads_english(people.actor(where))
    bodies.term(where, number=14, starts="2016-01-01", ends="2021-01-01")
    names = ["第一选区", "第二选区"] if direct else list(where.inferiors.values_list("name", flat=True))
    run = bring(where, clerk, [seat(names[0], "3"), seat(names[1], "1"), seat(names[0], "2", 届次="14")], **TABLE)
    first = exported(client, clerk, "seats")
    assert counts(bring(where, clerk, None, content=first, kind="seats")) == {"same": 3}
    undone(run, clerk)
    assert exported(client, clerk, "seats") != first
    assert counts(bring(where, clerk, None, content=first, kind="seats")) == {"add": 3}
    assert exported(client, clerk, "seats") == first


def test_the_page_of_seats_leads_to_the_table_of_whoever_keeps_them(body, term, clerk, client):
    page, table = reverse("congress:vacancies", query={"congress": body.pk}), reverse("imports:start", args=["seats"])
    assert table not in client.get(page).content.decode()
    client.force_login(clerk.user)
    assert table in client.get(page).content.decode()
    assert client.get(table).status_code == 200
