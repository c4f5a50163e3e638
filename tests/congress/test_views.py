"""The directory's pages: what the public reads, what only some see, lists that cost the same at any length."""

import csv
import datetime as dt
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from qiao.congress.models import Mandate
from qiao.imports import operations as imports
from qiao.imports.tasks import go_on
from qiao.orgs.models import Area
from tests.accounts import factories as people
from tests.congress import factories as bodies
from tests.orgs import factories as places

pytestmark = pytest.mark.django_db


@pytest.fixture
def body():
    return places.congress()


@pytest.fixture
def term(body):
    return bodies.term(body)


@pytest.fixture
def public(client):
    client.cookies["qiao_language"] = "en"
    return client


@pytest.fixture
def clerk(body):
    return people.post(body)


@pytest.fixture
def inside(public, clerk):
    public.force_login(clerk.user)
    return public


def url(name, *args, **query):
    return reverse(f"congress:{name}", args=args, query=query or None)


def text(response):
    return response.content.decode()


OPEN = ["index", "congresses", "deputies"]
CLOSED = ["structure", "units", "areas"]


@pytest.mark.parametrize("name", OPEN)
def test_the_directory_of_deputies_is_open_to_everybody(public, term, name):
    response = public.get(url(name, congress=term.congress_id))
    assert response.status_code == 200


@pytest.mark.parametrize("name", CLOSED)
def test_the_other_pages_need_a_sign_in(public, term, name):
    response = public.get(url(name, congress=term.congress_id))
    assert response.status_code == 302
    assert "sign-in" in response.url


@pytest.mark.parametrize("name", OPEN + CLOSED)
def test_every_page_opens_for_those_inside(inside, term, name):
    assert inside.get(url(name)).status_code == 200


@pytest.mark.parametrize("name", ["index", "deputies"])
def test_the_public_is_led_to_the_list_of_congresses_first(public, term, name):
    assert public.get(url(name)).url == url("congresses")


@pytest.mark.parametrize("name", ["index", "deputies", "structure", "units"])
@pytest.mark.parametrize("wrong", ["abc", "999999", "9" * 30])
def test_a_congress_that_is_none_is_not_found(inside, term, name, wrong):
    assert inside.get(url(name, congress=wrong)).status_code == 404


@pytest.mark.capability("P2")
def test_a_congress_stands_in_its_line_of_tiers_with_counts_that_are_links(inside, body, term):
    below = places.congress(places.area("990101001", "石桥镇", "township"), superior=body)
    bodies.mandate(term)
    places.unit(body)
    shown = text(inside.get(url("index")))
    assert f"?congress={below.pk}" in shown
    for name in ("deputies", "units", "structure"):
        assert f"{url(name)}?congress={body.pk}" in shown
    shown = text(inside.get(url("index", congress=below.pk)))
    assert f"?congress={body.pk}" in shown


@pytest.mark.capability("R5")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "李春"}, {"B"}),
        ({"q": "lc"}, {"B"}),
        ({"q": "00A"}, {"A"}),
        ({"sex": "2"}, {"B"}),
        ({"category": "worker"}, {"B"}),
        ({"grassroots": "yes"}, {"B"}),
        ({"grassroots": "no"}, {"A", "C"}),
        ({"first_term": "no"}, {"A"}),
        ({"party": "群众"}, {"B"}),
        ({"minority": "yes"}, {"C"}),
        ({"age": "40-49", "on": "2026-03-01"}, {"B"}),
        ({"age": "unknown"}, {"A", "C"}),
        ({"state": "qualified"}, {"A", "B", "C"}),
        ({"state": "ended"}, set()),
        ({"on": "2020-01-01"}, set()),
        ({"category": "nonsense", "sex": "x", "on": "never", "delegation": "abc", "page": "-3", "order": "bogus"}, {"A", "B", "C"}),
    ],
)
def test_deputies_are_found_by_what_one_knows_of_them(public, term, query, found):
    a = people.person(term.congress, name="王建国", ethnicity="汉族", party="中共党员")
    b = people.person(term.congress, name="李春华", sex=2, party="群众", born_on=dt.date(1980, 3, 1))
    c = people.person(term.congress, name="丹增", ethnicity="藏族")
    bodies.mandate(term, a, "00A", first_term=False)
    bodies.mandate(term, b, "00B", category="worker", grassroots=True)
    bodies.mandate(term, c, "00C")
    response = public.get(url("deputies", congress=term.congress_id, **query))
    assert response.status_code == 200
    assert {m.card_no[-1] for m in response.context["shown"].rows} == found


def test_deputies_are_narrowed_to_a_district_a_delegation_and_another_term(public, term):
    other = bodies.term(term.congress, number=14, starts=dt.date(2017, 1, 10), ends=dt.date(2022, 1, 9))
    old, new = bodies.mandate(other), bodies.mandate(term, delegation=bodies.delegation(term))
    bodies.mandate(term)

    def rows(**query):
        return public.get(url("deputies", congress=term.congress_id, **query)).context["shown"].rows

    assert rows(term=other.pk) == [old]
    assert rows(seat=new.district_id) == [new]
    assert rows(delegation=new.delegation_id) == [new]
    assert len(rows()) == 2


def test_indirectly_elected_deputies_are_narrowed_by_electing_unit(public):
    city = places.congress(places.area("9901", "演示市", "prefecture"))
    county = places.congress(places.area("990103", "桥北县"), superior=city)
    mandate = bodies.mandate(bodies.term(city), electing_unit=county)
    response = public.get(url("deputies", congress=city.pk, seat=county.pk))
    assert response.context["shown"].rows == [mandate]


CONTACT = {"phone": "13800000099", "email": "qiaosheng@example.org", "born_on": dt.date(1971, 8, 9)}


@pytest.fixture
def mandate(term):
    return bodies.mandate(term, people.person(term.congress, name="张桥生", work_unit="石桥小学", **CONTACT))


def sees_contact(client, mandate):
    shown = text(client.get(url("deputy", mandate.pk)))
    assert "石桥小学" in shown
    seen = {word in shown for word in ("0099", "qiaosheng@example.org", "1971")}
    assert len(seen) == 1
    return seen.pop()


def test_means_of_contact_are_for_the_keeper_of_the_directory_and_for_oneself(client, mandate, clerk):
    assert not sees_contact(client, mandate)
    client.force_login(clerk.user)
    assert sees_contact(client, mandate)
    client.force_login(people.post(mandate.congress, role="deputy", holder=mandate.person).user)
    assert sees_contact(client, mandate)


def test_other_deputies_and_other_congresses_do_not_see_means_of_contact(client, mandate):
    for post in (people.post(mandate.congress, role="deputy"), people.post(places.congress())):
        client.force_login(post.user)
        assert not sees_contact(client, mandate)


def test_no_list_or_file_holds_means_of_contact(inside, mandate):
    for more in ({}, {"export": "csv"}):
        response = inside.get(url("deputies", **more))
        content = b"".join(response.streaming_content) if response.streaming else response.content
        assert "张桥生".encode() in content
        assert not any(word in content for word in (b"13800000099", b"qiaosheng", b"1971"))


@pytest.mark.capability("P2")
def test_a_card_shows_the_persons_other_mandates_in_the_line(public, mandate):
    city = places.congress(places.area("9902", "上市", "prefecture"))
    mandate.congress.superior = city
    type(mandate.congress).objects.filter(pk=mandate.congress_id).update(superior=city)
    other = bodies.mandate(bodies.term(city), mandate.person, electing_unit=mandate.congress)
    assert url("deputy", other.pk) in text(public.get(url("deputy", mandate.pk)))


def test_the_list_of_suggestions_is_offered_to_those_it_is_for(client, mandate, clerk):
    assert "/suggestions/?deputy" not in text(client.get(url("deputy", mandate.pk)))
    client.force_login(clerk.user)
    assert f"/suggestions/?deputy={mandate.pk}" in text(client.get(url("deputy", mandate.pk)))


def test_units_are_found_by_name_field_and_activity(inside, body):
    places.unit(body, "县教育局", field="教育、托幼")
    places.unit(body, "县卫生局", active_to=dt.date(2024, 1, 1))
    places.unit(places.congress(), "外县教育局")

    def names(**query):
        return {unit.name for unit in inside.get(url("units", **query)).context["shown"].rows}

    assert names() == {"县教育局", "县卫生局"}
    assert names(q="教育") == names(field="托幼") == names(active="yes") == {"县教育局"}
    assert names(active="no") == {"县卫生局"}


def test_a_units_card_opens(inside, body):
    unit = places.unit(body, "县教育局", field="教育", phone="0000-1234567")
    shown = text(inside.get(url("unit", unit.pk)))
    assert "0000-1234567" in shown


@pytest.mark.capability("P2")
def test_areas_are_browsed_level_by_level_and_searched_as_a_whole(inside, body):
    province = places.area("98", "甲省", "province")
    city = places.area("9801", "乙市", "prefecture", province)
    places.area("980101", "丙县", "county", city)
    shown = inside.get(url("areas", within="98"))
    assert [(area.name, area.parts) for area in shown.context["shown"].rows] == [("乙市", 1)]
    assert [step["label"] for step in inside.get(url("areas", within="980101")).context["crumbs"]][1:] == ["甲省", "乙市", "丙县"]
    assert [area.name for area in inside.get(url("areas", q="丙")).context["shown"].rows] == ["丙县"]
    assert [area.name for area in inside.get(url("areas", q="980100")).context["shown"].rows] == ["乙市"]
    assert inside.get(url("areas", within="1234")).status_code == 404


def test_an_area_that_has_ended_is_not_browsed(inside):
    places.area("98", "甲省", "province", valid_to=dt.date(2022, 1, 1))
    assert Area.objects.filter(code="98").exists()
    assert inside.get(url("areas", within="98")).status_code == 404


def test_congresses_are_found_by_name_and_level(public, body):
    town = places.congress(places.area("990101002", "桥头镇", "township"), superior=body)
    assert public.get(url("congresses", level="township")).context["shown"].rows == [town]
    assert public.get(url("congresses", q="桥头")).context["shown"].rows == [town]


def counted(client, address):
    with CaptureQueriesContext(connection) as held:
        assert client.get(address).status_code == 200
    return len(held)


@pytest.mark.parametrize("name", OPEN + CLOSED)
def test_a_list_asks_the_database_as_often_for_nine_rows_as_for_two(inside, body, term, name):
    def grow(how_many):
        for each in range(how_many):
            bodies.mandate(term, delegation=bodies.delegation(term))
            places.unit(body, organ=places.organ(body, name=f"机关{each}{how_many}"))
            places.congress(places.area(f"9988{how_many}1{each:03}", f"镇{each}{how_many}", "township"), superior=body)
            places.area(f"9{each}", "某省", "province", valid_from=dt.date(2000 + how_many, 1, 1))

    grow(2)
    inside.get(url(name))
    few = counted(inside, url(name))
    grow(7)
    many = counted(inside, url(name))
    assert few == many <= 12


def test_a_deputys_card_costs_few_queries(inside, mandate):
    inside.get(url("deputy", mandate.pk))
    assert counted(inside, url("deputy", mandate.pk)) <= 12


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_exported_can_be_imported_back_and_changes_nothing(client, clerk, term, kind, language):
    client.cookies["qiao_language"] = language
    client.force_login(clerk.user)
    bodies.mandate(
        term,
        people.person(term.congress, name="=张", sex=2, education="大学"),
        "007",
        category="farmer",
        delegation=bodies.delegation(term),
    )
    bodies.mandate(term, grassroots=True, first_term=False)
    response = client.get(url("deputies", export=kind))
    content = b"".join(response.streaming_content) if response.streaming else response.content
    actor = people.actor_in(clerk)
    run = imports.upload(term.congress, actor=actor, kind="deputies", filename=f"a.{kind}", content=content)
    go_on.call(run.pk)
    assert [row.action for row in run.rows.all()] == ["same", "same"]


def test_units_are_exported_and_imported_back(inside, clerk, body):
    places.unit(body, "县教育局", organ=places.organ(body), field="教育", active_to=dt.date(2030, 1, 1))
    content = b"".join(inside.get(url("units", export="csv")).streaming_content)
    actor = people.actor_in(clerk)
    run = imports.upload(body, actor=actor, kind="units", filename="a.csv", content=content)
    go_on.call(run.pk)
    assert [row.action for row in run.rows.all()] == ["same"]


def test_an_export_holds_all_rows_found_and_not_only_a_page(public, term):
    for _each in range(30):
        bodies.mandate(term)
    content = b"".join(public.get(url("deputies", congress=term.congress_id, export="csv")).streaming_content).decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(content)))) == 1 + Mandate.objects.count() == 31


def test_import_links_are_for_those_who_keep_the_directory(public, inside, body, term):
    assert "/imports/deputies/" in text(inside.get(url("deputies")))
    assert "/imports/units/" in text(inside.get(url("units")))
    inside.force_login(people.post(body, role="deputy").user)
    assert "/imports/" not in text(inside.get(url("deputies")))
    assert "/imports/" not in text(inside.get(url("units")))


def test_pages_refuse_other_methods(inside, term):
    assert inside.post(url("deputies")).status_code == 405


@pytest.mark.parametrize("day", ["0001-01-01", "0150-01-01", "9999-12-31"])
@pytest.mark.parametrize("age", ["0-29", "60-200", "unknown"])
def test_ages_on_any_day_there_is_can_be_asked_for(public, term, day, age):
    assert public.get(url("deputies", congress=term.congress_id, on=day, age=age)).status_code == 200


@pytest.mark.parametrize("code", ["\0", "x", "11'", "9" * 40])
def test_a_place_that_is_none_is_not_found(inside, code):
    assert inside.get(url("areas", within=code)).status_code == 404
