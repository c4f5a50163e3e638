"""Every number of the structure is the length of the list it leads to (R5)."""

import datetime as dt

import pytest
from django.urls import reverse

from qiao.congress import operations, queries
from qiao.congress.listing import numbers_of
from qiao.congress.models import Mandate
from qiao.kernel.errors import Unfit
from qiao.kernel.policy import Actor
from tests.accounts import factories as people
from tests.congress import factories as bodies
from tests.orgs import factories as places

pytestmark = [pytest.mark.django_db, pytest.mark.capability("R5")]
NOBODY = Actor()
DAY = dt.date(2026, 3, 1)


@pytest.fixture
def term():
    return bodies.term(places.congress(), seats=10)


@pytest.fixture
def peopled(term):
    for number, facts in enumerate(
        [
            {"sex": 2, "ethnicity": "汉族", "party": "中共党员", "born_on": dt.date(1980, 3, 1)},
            {"sex": 2, "ethnicity": "藏族", "party": "群众", "born_on": dt.date(1996, 3, 2)},
            {"sex": 1, "ethnicity": "", "party": "", "born_on": None},
            {"sex": 1, "ethnicity": "回族", "party": "中共党员", "born_on": dt.date(1950, 1, 1)},
            {"sex": 1, "ethnicity": "汉", "party": "无党派", "born_on": dt.date(1996, 3, 1)},
            {"sex": 2, "ethnicity": "汉族", "party": "群众", "born_on": dt.date(1976, 2, 29)},
        ]
    ):
        holder = people.person(term.congress, name=f"代表{number}", **facts)
        category = ["worker", "farmer", "other"][number % 3]
        bodies.mandate(term, holder, f"{number:03}", category=category, grassroots=number % 2 == 0, first_term=number < 4)
    return term


def test_every_number_equals_the_list_it_leads_to(client, peopled):
    client.force_login(people.post(peopled.congress).user)
    page = client.get(reverse("congress:structure", query={"on": DAY.isoformat()}))
    numbers = page.context["numbers"]
    every = [
        numbers["total"],
        *(n for part in ("marks", "categories", "parties", "ages", "ethnicities", "educations") for n in numbers[part]),
    ]
    assert len(every) > 12
    for number in every:
        shown = client.get(number.href).context["shown"]
        assert (number.label, shown.count) == (number.label, number.value)
        assert number.href.replace("&", "&amp;") in page.content.decode() or number.href in page.content.decode()


def test_the_parts_add_up(peopled):
    structure = queries.structure_of(peopled, DAY, NOBODY)
    assert (structure.total, structure.women, structure.minority, structure.grassroots, structure.first_term) == (6, 3, 2, 3, 4)
    for part in (structure.categories, structure.parties, structure.ages, structure.ethnicities, structure.educations):
        assert sum(share.count for share in part) == structure.total
    assert structure.vacancies == 4


def test_two_days_stand_side_by_side_and_every_number_says_what_has_changed(client, peopled):
    Mandate.objects.filter(card_no="001").update(state="ended", ended_on=dt.date(2025, 5, 1), end_reason="moved")
    client.force_login(people.post(peopled.congress).user)
    query = {"on": DAY.isoformat(), "against": "2025-04-30"}
    page = client.get(reverse("congress:structure", query=query))
    assert (page.context["against"].total, page.context["structure"].total) == (6, 5)
    women = page.context["parts"][0].rows[0]
    assert (women.value, women.change) == (2, -1)
    gone = [(old, new) for part in page.context["parts"] for old, new in zip(part.before, part.rows, strict=True) if new.label == "藏族"]
    assert [(old.value, new.value, new.change, new.href) for old, new in gone] == [(1, 0, -1, "")]
    assert all(
        new.change == new.value - old.value for part in page.context["parts"] for old, new in zip(part.before, part.rows, strict=True)
    )
    for export in ("csv", "xlsx", "json"):
        assert client.get(reverse("congress:structure", query=query | {"export": export})).status_code == 200
    text = b"".join(client.get(reverse("congress:structure", query=query | {"export": "csv"})).streaming_content).decode()
    assert "藏族,1,16.67,0,0,'-1" in text
    printed = client.get(reverse("congress:print_structure", query=query)).content.decode()
    assert "藏族" in printed
    assert "2025-04-30" in printed


def test_a_day_without_a_term_and_a_day_that_is_none_break_nothing(client, peopled):
    client.force_login(people.post(peopled.congress).user)
    for query in ({"against": "never"}, {"on": "x", "against": "0001-01-01"}, {"against": "9999-12-31"}):
        assert client.get(reverse("congress:structure", query=query)).status_code == 200
        assert client.get(reverse("congress:print_structure", query=query)).status_code == 200


def test_ages_turn_on_the_birthday(peopled):
    ages = {share.value: share.count for share in queries.structure_of(peopled, DAY, NOBODY).ages}
    assert ages == {"0-29": 1, "30-39": 1, "40-49": 1, "50-59": 1, "60-200": 1, "unknown": 1}


def test_a_mandate_counts_from_its_election_to_the_day_before_its_end(term):
    mandate = bodies.mandate(term, elected_on=dt.date(2024, 5, 1))
    Mandate.objects.filter(pk=mandate.pk).update(state="ended", ended_on=dt.date(2025, 5, 1), end_reason="moved")
    days = ("2024-04-30", "2024-05-01", "2025-04-30", "2025-05-01")
    assert [queries.structure_of(term, dt.date.fromisoformat(day), NOBODY).total for day in days] == [0, 1, 1, 0]


def test_the_suspended_keep_their_seat_and_the_unconfirmed_have_none_yet(term):
    held, elected = bodies.mandate(term), bodies.mandate(term)
    Mandate.objects.filter(pk=held.pk).update(state="suspended")
    Mandate.objects.filter(pk=elected.pk).update(state="elected")
    structure = queries.structure_of(term, DAY, NOBODY)
    assert (structure.total, structure.vacancies) == (1, 9)


def test_the_day_chooses_the_term(term):
    old = bodies.term(term.congress, number=14, starts=dt.date(2017, 1, 10), ends=dt.date(2022, 1, 9))
    choose = {"2018-01-01": old, "2022-01-09": old, "2022-01-10": term, "2030-01-01": term, "2000-01-01": term}
    assert {day: queries.term_on(term.congress, dt.date.fromisoformat(day)) for day in choose} == choose


def test_a_congress_without_a_term_has_no_structure(client):
    body = places.congress()
    client.force_login(people.post(body).user)
    page = client.get(reverse("congress:structure"))
    assert (page.status_code, page.context["numbers"]) == (200, None)


def test_shares_of_nobody_are_nought(term):
    numbers = numbers_of(queries.structure_of(term, DAY, NOBODY))
    assert {n.percent for n in numbers["marks"]} == {0.0}


@pytest.mark.capability("P2")
def test_one_person_sits_in_one_line_of_congresses_only(term):
    city = places.congress(places.area("9903", "丁市", "prefecture"))
    county = places.congress(places.area("990301", "丁县"), superior=city)
    holder = people.person(city)
    bodies.mandate(bodies.term(city), holder, electing_unit=county)
    bodies.mandate(bodies.term(county), holder)
    with pytest.raises(Unfit):
        bodies.mandate(term, holder)


def test_a_person_holds_one_running_mandate_of_a_term(term):
    mandate = bodies.mandate(term)
    with pytest.raises(Unfit):
        operations.enter_mandate(
            term, actor=bodies.SYSTEM, person=mandate.person, card_no="X", district=mandate.district, elected_on=term.starts
        )
