"""One table with the deputies of several congresses."""

import pytest

from qiao.congress.models import Mandate
from qiao.orgs.models import Level
from tests.accounts import factories as people
from tests.congress import factories as bodies
from tests.imports.factories import bring, counts, plans_of, reads_english, row
from tests.orgs import factories as places

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def province():
    """A city with two counties below it."""
    city = places.congress(places.area("9980", "桥市", Level.PREFECTURE))
    counties = [
        places.congress(places.area(code, name, parent=city.area), city) for code, name in (("998001", "桥东县"), ("998002", "桥西县"))
    ]
    for each in (city, *counties):
        bodies.term(each)
    return city, counties


@pytest.mark.capability("R5")
def test_one_table_brings_the_deputies_of_several_congresses(province, english):
    city, (one, other) = province
    administrator = reads_english(people.actor(city, role="sysadmin"))
    rows = [row(人大=one.name), row(人大=other.area.code), row("0102", "李春华", 人大=other.name)]
    run = bring(city, administrator, rows, headings=["人大", "代表证号", "姓名", "选区"])
    assert counts(run) == {"add": 3}
    assert (Mandate.objects.filter(congress=one).count(), Mandate.objects.filter(congress=other).count()) == (1, 2)


def test_a_congress_elsewhere_or_unknown_is_refused_at_its_cell(province, english):
    city, _counties = province
    elsewhere = places.congress()
    bodies.term(elsewhere)
    administrator = reads_english(people.actor(city, role="sysadmin"))
    run = bring(
        city, administrator, [row(人大=elsewhere.name), row("0102", 人大="无此人大")], headings=["人大", "代表证号", "姓名", "选区"]
    )
    assert [plan.problems for plan in plans_of(run)] == [
        {"congress": "This congress is not below yours."},
        {"congress": "There is no congress “无此人大”."},
    ]
    assert not Mandate.objects.exists()


def test_staff_of_one_congress_cannot_bring_anothers_deputies(province, english):
    city, (one, _other) = province
    run = bring(city, reads_english(people.actor(city)), [row(人大=one.name)], headings=["人大", "代表证号", "姓名", "选区"])
    assert counts(run) == {"refuse": 1}
