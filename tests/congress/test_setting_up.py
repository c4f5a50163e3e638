"""A congress is set up on its own page: term, session, delegation, organ."""

import pytest
from django.urls import reverse

from qiao.congress.models import Delegation, Session, Term
from qiao.kernel import clock
from qiao.orgs import operations as orgs
from qiao.orgs.models import Organ
from tests.accounts import factories as people
from tests.congress import factories as bodies
from tests.orgs import factories as places

pytestmark = [pytest.mark.django_db, pytest.mark.capability("R5")]
GIVEN = [
    ("term", "open", Term, {"number": "16", "starts": "2027-01-10", "seats": "20"}),
    ("organ", "add", Organ, {"kind": "court", "name": "桥东县人民法院"}),
    ("session", "convene", Session, {"number": "1", "opens": "2026-01-10", "closes": "2026-01-12"}),
    ("delegation", "form", Delegation, {"name": "桥头代表团"}),
]


@pytest.mark.parametrize(("noun", "verb", "model", "given"), GIVEN)
def test_what_a_congress_needs_is_entered_by_its_staff_and_by_nobody_else(client, noun, verb, model, given):
    term = bodies.term(places.congress())
    subject = term.congress if noun in {"term", "organ"} else term
    address, before = reverse("congress:perform", args=[noun, subject.pk, verb]), model.objects.count()
    client.force_login(people.post(term.congress, "deputy").user)
    assert client.post(address, given).status_code == 403
    assert address not in client.get(reverse("congress:index")).content.decode()
    client.force_login(people.post(term.congress).user)
    assert address in client.get(reverse("congress:index")).content.decode()
    assert client.get(address).status_code == 200
    assert client.post(address, {}).status_code == 422
    assert client.post(address, given).status_code == 302
    assert model.objects.count() == before + 1


def test_a_unit_keeps_its_coordinating_office_when_it_is_changed_after_that_was_closed(client):
    body = places.congress()
    office, closed = places.unit(body, "县政府办"), places.unit(body, "县委办")
    unit = places.unit(body, "县教育局", coordinator=office)
    for each in (office, closed):
        orgs.close_unit(each, actor=places.SYSTEM, on=clock.today())
    address = reverse("congress:perform", args=["unit", unit.pk, "correct"])
    client.force_login(people.post(body).user)
    shown = client.get(address).content.decode()
    assert (shown.count("县政府办"), shown.count("县委办")) == (1, 0)
    given = {"name": "县教育局", "short_name": "教育局", "coordinator": office.pk}
    assert client.post(address, given).status_code == 302
    unit.refresh_from_db()
    assert (unit.short_name, unit.coordinator) == ("教育局", office)


def test_a_unit_that_would_end_before_it_begins_is_asked_again(client):
    unit = places.unit(places.congress())
    client.force_login(people.post(unit.congress).user)
    address = reverse("congress:perform", args=["unit", unit.pk, "close"])
    assert client.post(address, {"on": unit.active_from.isoformat()}).status_code == 422
    unit.refresh_from_db()
    assert unit.active_to is None
