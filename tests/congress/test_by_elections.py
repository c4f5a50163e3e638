"""A vacant seat, the by-election that fills it, and who sees the elected when (R5)."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from qiao.congress import operations, queries
from qiao.congress.models import Decider, Mandate
from qiao.kernel import clock
from qiao.kernel.errors import NotAllowed, Unfit, WrongState
from qiao.kernel.policy import Actor
from tests.accounts import factories as people
from tests.congress import factories as bodies
from tests.orgs import factories as places

pytestmark = [pytest.mark.django_db, pytest.mark.capability("R5")]
PERSON = {"name": "陆新民", "born_on": dt.date(1985, 5, 5), "sex": 1}


@pytest.fixture
def term():
    return bodies.term(places.congress(), seats=3)


@pytest.fixture
def clerk(term):
    return people.actor(term.congress)


@pytest.fixture
def district(term):
    return bodies.district(term, seats=2)


@pytest.fixture
def vacant(term, district, clerk):
    """One of two seats fell vacant."""
    bodies.mandate(term, district=district)
    gone = bodies.mandate(term, district=district)
    return operations.end(gone, actor=clerk, on=clock.today(), decided_by=Decider.STANDING_COMMITTEE, reason="moved")


def opened(term, district, clerk, seats=1, **days):
    return operations.open_by_election(term, actor=clerk, district=district, seats=seats, **({"vote_on": clock.today()} | days))


def elected(by_election, clerk, card_no="B001", **person):
    return operations.elect(by_election, actor=clerk, person=PERSON | person, card_no=card_no)


def test_a_vacant_seat_is_filled_to_the_end_of_the_term(term, district, vacant, clerk):
    assert queries.open_seats(term, district=district) == 1
    by_election = opened(term, district, clerk)
    assert queries.open_seats(term, district=district) == 0
    new = elected(by_election, clerk)
    by_election.refresh_from_db()
    assert (new.state, new.district, new.term, by_election.state) == ("elected", district, term, "filled")
    assert not Mandate.objects.in_office().filter(pk=new.pk).exists()
    operations.confirm(new, actor=clerk, on=clock.today(), decided_by=Decider.STANDING_COMMITTEE)
    assert Mandate.objects.in_office().filter(pk=new.pk).exists()
    assert queries.seats_of(term).get(pk=district.pk).vacant == 0


def test_an_invalid_election_leaves_the_seat_vacant(term, district, vacant, clerk):
    new = elected(opened(term, district, clerk), clerk)
    operations.invalidate(new, actor=clerk, on=clock.today(), decided_by=Decider.STANDING_COMMITTEE, note="选票多于投票人数。")
    assert queries.open_seats(term, district=district) == 1
    assert elected(opened(term, district, clerk), clerk, "B002", name="另一人").state == "elected"


def test_no_by_election_without_a_vacant_seat(term, district, vacant, clerk):
    opened(term, district, clerk)
    with pytest.raises(Unfit):
        opened(term, district, clerk)
    with pytest.raises(Unfit):
        opened(term, bodies.district(term, seats=1), clerk, seats=2)
    assert term.by_elections.count() == 1


def test_nobody_is_elected_before_the_vote_or_after_the_seats_are_filled(term, district, vacant, clerk):
    by_election = opened(term, district, clerk, vote_on=clock.today() + dt.timedelta(days=9))
    with pytest.raises(Unfit):
        elected(by_election, clerk)
    operations.reschedule(by_election, actor=clerk, vote_on=clock.today())
    elected(by_election, clerk)
    with pytest.raises(WrongState):
        operations.elect(by_election, actor=clerk, person=PERSON | {"name": "又一人"}, card_no="B002")


def test_a_cancelled_by_election_gives_its_seat_back(term, district, vacant, clerk):
    operations.cancel(opened(term, district, clerk), actor=clerk, note="选区调整。")
    assert queries.open_seats(term, district=district) == 1


def test_a_known_person_is_not_entered_twice(term, district, vacant, clerk):
    known = people.person(term.congress, **PERSON)
    assert elected(opened(term, district, clerk), clerk).person == known


def test_others_hold_no_by_election(term, district, vacant):
    for actor in (people.actor(term.congress, role="leader"), people.actor(places.congress()), Actor()):
        with pytest.raises(NotAllowed):
            opened(term, district, actor)


def test_electing_units_have_quotas_and_fill_their_vacancies():
    city = places.congress(places.area("9904", "戊市", "prefecture"))
    county = places.congress(places.area("990401", "戊县"), superior=city)
    term, clerk = bodies.term(city, seats=2), people.actor(city)
    operations.set_quota(term, actor=clerk, electing_unit=county, seats=2)
    bodies.mandate(term, electing_unit=county)
    assert queries.open_seats(term, electing_unit=county) == 1
    by_election = operations.open_by_election(term, actor=clerk, electing_unit=county, vote_on=clock.today())
    assert elected(by_election, clerk).electing_unit == county


def test_the_elected_are_published_when_found_valid(client, term, district, vacant, clerk):
    new = elected(opened(term, district, clerk), clerk)
    page = reverse("congress:deputy", args=[new.pk])
    assert client.get(page).status_code == 404
    operations.confirm(new, actor=clerk, on=clock.today(), decided_by=Decider.STANDING_COMMITTEE)
    assert client.get(page).status_code == 200


def test_the_page_of_seats_is_open_and_asks_as_many_queries_with_many_rows(client, term, district, vacant, clerk):
    url = reverse("congress:vacancies", query={"congress": term.congress_id})
    client.force_login(clerk.user)
    client.get(url)
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(url).status_code == 200
        counts.append(len(asked))
        for _n in range(7):
            bodies.mandate(term)
        opened(term, bodies.district(term), clerk)
    assert counts[0] == counts[1] <= 12
    client.logout()
    assert client.get(url).status_code == 200


def test_the_way_over_the_pages_from_the_vacancy_to_the_elected(client, term, district, vacant, clerk):
    client.force_login(clerk.user)
    opening = reverse("congress:perform", args=["by_election", term.pk, "open"])
    assert client.get(opening).status_code == 200
    assert client.post(opening, {"place": district.pk, "seats": "5", "vote_on": clock.today().isoformat()}).status_code == 422
    assert client.post(opening, {"place": district.pk, "seats": "1", "vote_on": clock.today().isoformat()}).status_code == 302
    by_election = term.by_elections.get()
    assert client.get(reverse("congress:by_election", args=[by_election.pk])).status_code == 200
    form = reverse("congress:perform", args=["by_election", by_election.pk, "elect"])
    assert client.get(form).status_code == 200
    facts = {"name": "陆新民", "card_no": "B1", "sex": "1", "category": "worker"}
    assert client.post(form, facts).status_code == 302
    assert by_election.mandates.get().person.name == "陆新民"


def test_a_deputy_is_added_by_a_form(client, term, district, clerk):
    client.force_login(clerk.user)
    form = reverse("congress:perform", args=["term", term.pk, "add_deputy"])
    facts = {"name": "韩秋月", "card_no": "N1", "sex": "2", "category": "farmer", "seat": district.pk, "elected_on": "2022-01-01"}
    assert client.post(form, facts | {"seat": ""}).status_code == 422
    assert client.post(form, facts).status_code == 302
    made = Mandate.objects.get(card_no="N1")
    assert (made.state, made.person.pinyin, made.district) == ("qualified", "hqy", district)
