"""What was entered to set a congress up is put right; what was entered by mistake and never used is struck out."""

import datetime as dt

import pytest
from django.urls import reverse

from qiao.accounts.models import Person
from qiao.congress import operations
from qiao.congress.models import Delegation, District, Quota
from qiao.imports import operations as imports
from qiao.kernel.errors import NotAllowed, Unfit
from qiao.orgs.models import Congress, Unit
from tests.accounts import factories as people
from tests.congress import factories as bodies
from tests.imports.factories import as_csv, worked
from tests.orgs import factories as places

pytestmark = [pytest.mark.django_db, pytest.mark.capability("R5"), pytest.mark.usefixtures("english")]
SYSTEM = bodies.SYSTEM


@pytest.fixture
def term():
    return bodies.term(places.congress())


@pytest.fixture
def clerk(term):
    return people.post(term.congress).user


def post(client, user, noun, pk, verb, **given):
    client.force_login(user)
    return client.post(reverse("congress:perform", args=[noun, pk, verb]), given)


def test_term_and_session_are_corrected(client, term, clerk):
    session = operations.convene(term, actor=SYSTEM, number=1, opens=dt.date(2022, 1, 10), closes=dt.date(2022, 1, 12))
    assert post(client, clerk, "term", term.pk, "correct", number="16", starts="2022-01-10", seats="30").status_code == 302
    term.refresh_from_db()
    assert (term.number, term.seats) == (16, 30)
    assert post(client, clerk, "session", session.pk, "correct", number="1", opens="2022-01-11", closes="2022-01-10").status_code == 422
    assert post(client, clerk, "session", session.pk, "correct", number="1", opens="2022-01-11", closes="2022-01-13").status_code == 302
    operations.hold_sitting(session, actor=SYSTEM, name="甲", kind="plenary", on=dt.date(2022, 1, 10) + dt.timedelta(1), part=1)
    said = post(client, clerk, "session", session.pk, "correct", number="1", opens="2022-01-12", closes="2022-01-13")
    assert said.status_code == 422
    assert client.get(reverse("congress:perform", args=["session", session.pk, "correct"])).status_code == 200


def test_what_is_used_is_not_struck_out(client, term, clerk):
    empty, used = bodies.district(term), bodies.district(term)
    team = bodies.delegation(term)
    bodies.mandate(term, district=used, delegation=team)
    assert post(client, clerk, "district", empty.pk, "strike").status_code == 302
    assert post(client, clerk, "district", used.pk, "strike").status_code == 422
    assert post(client, clerk, "delegation", team.pk, "strike").status_code == 422
    assert post(client, clerk, "delegation", bodies.delegation(term).pk, "strike").status_code == 302
    assert list(District.objects.all()) == [used]
    assert list(Delegation.objects.all()) == [team]


def test_a_quota_is_struck_out_unless_its_unit_has_elected_somebody(world):
    unit = world.mandates["deputy"].electing_unit
    used = operations.set_quota(world.term, actor=SYSTEM, electing_unit=unit, seats=3)
    with pytest.raises(Unfit):
        operations.strike_quota(used, actor=SYSTEM)
    other = places.congress(superior=world.congress)
    operations.strike_quota(operations.set_quota(world.term, actor=SYSTEM, electing_unit=other, seats=1), actor=SYSTEM)
    assert list(Quota.objects.filter(term=world.term)) == [used]


def test_units_are_entered_changed_and_closed_by_form(client, term, clerk):
    congress = term.congress
    given = {"name": "县水务局", "active_from": "2022-01-10"}
    assert post(client, clerk, "unit", congress.pk, "add", **given, credit_code="1").status_code == 422
    assert post(client, clerk, "unit", congress.pk, "add", **given).status_code == 302
    unit = Unit.objects.get(congress=congress)
    page = client.get(reverse("congress:unit", args=[unit.pk])).content.decode()
    assert reverse("congress:perform", args=["unit", unit.pk, "correct"]) in page
    assert "县水务局" in client.get(reverse("congress:perform", args=["unit", unit.pk, "correct"])).content.decode()
    assert post(client, clerk, "unit", unit.pk, "correct", name="县水利局", phone="0000-1").status_code == 302
    assert post(client, clerk, "unit", unit.pk, "close", on="2022-01-10").status_code == 422
    assert post(client, clerk, "unit", unit.pk, "close", on="2026-01-10").status_code == 302
    unit.refresh_from_db()
    assert (unit.name, unit.active_to) == ("县水利局", dt.date(2026, 1, 10))
    outsider = people.post(places.congress()).user
    assert post(client, outsider, "unit", unit.pk, "correct", name="外").status_code == 403


def test_what_is_said_of_a_mandate_is_corrected(client, term, clerk):
    mandate, team = bodies.mandate(term), bodies.delegation(term)
    given = {"card_no": "0077", "delegation": team.pk, "category": "farmer", "profession": "水利"}
    assert post(client, clerk, "mandate", mandate.pk, "correct", **given).status_code == 302
    mandate.refresh_from_db()
    assert (mandate.card_no, mandate.delegation, mandate.category, mandate.first_term) == ("0077", team, "farmer", False)
    with pytest.raises(NotAllowed):
        operations.correct_mandate(mandate, actor=people.actor(term.congress, "deputy"), card_no="1")


def test_what_is_known_of_a_person_is_corrected_and_what_is_encrypted_stays_unless_written_anew(client, term, clerk):
    mandate = bodies.mandate(term)
    operations.correct_person(mandate.person, actor=SYSTEM, phone="13800000001")
    address = reverse("congress:perform", args=["person", mandate.person_id, "correct"])
    client.force_login(clerk)
    assert address in client.get(reverse("congress:deputy", args=[mandate.pk])).content.decode()
    shown = client.get(address).content.decode()
    assert mandate.person.name in shown
    assert "13800000001" not in shown
    given = {"name": "周桥生", "sex": 1, "born_on": "1970-02-03", "ethnicity": "汉族"}
    assert post(client, clerk, "person", mandate.person_id, "correct", **given, id_number="123").status_code == 422
    assert post(client, clerk, "person", mandate.person_id, "correct", **given).url == reverse("congress:deputy", args=[mandate.pk])
    person = Person.objects.get(pk=mandate.person_id)
    assert (person.name, person.pinyin, person.born_on, person.phone.plain) == ("周桥生", "zqs", dt.date(1970, 2, 3), "13800000001")
    assert post(client, clerk, "person", person.pk, "correct", **given, phone="13800000002").status_code == 302
    assert Person.objects.get(pk=person.pk).phone.plain == "13800000002"
    colleague = people.post(term.congress, "leader").user.person  # in the directory by a post alone
    assert post(client, clerk, "person", colleague.pk, "correct", **given).url == reverse("congress:index")
    outsider = people.post(places.congress()).user
    assert post(client, outsider, "person", person.pk, "correct", **given).status_code in (403, 404)


def test_the_congresses_below_come_from_a_table_those_above_first():
    city = places.congress(places.area(code="9901", name="桥城市", level="prefecture"))
    admin = people.actor(city, "sysadmin")
    headings = ["区划代码", "行政区划", "人大名称", "简称"]
    rows = [["990101", "桥东区", "", ""], ["990101001", "石桥镇", "", ""], ["990201", "外县", "", ""], ["990102", "", "", ""]]
    content = as_csv([dict(zip(headings, row, strict=True)) for row in rows], headings)
    run = worked(imports.upload(city, actor=admin, kind="congresses", filename="t.csv", content=content))
    run = worked(imports.confirm(run, actor=admin))
    made = {each.area.code: each for each in Congress.objects.filter(area__code__startswith="99").exclude(pk=city.pk)}
    assert set(made) == {"990101", "990101001"}
    assert made["990101001"].superior == made["990101"]
    assert made["990101"].name == "桥东区人民代表大会"
    with pytest.raises(NotAllowed):
        imports.upload(city, actor=people.actor(city), kind="congresses", filename="t.csv", content=content)
