"""Congresses are set up below one's own, by code: the place is the one that is known, or is entered with it."""

import pytest

from qiao.kernel.errors import NotAllowed, Unfit
from qiao.orgs import operations
from qiao.orgs.models import Area, Congress, Level
from tests.accounts import factories as people
from tests.orgs import factories

pytestmark = [pytest.mark.django_db, pytest.mark.capability("P1"), pytest.mark.usefixtures("english")]


@pytest.fixture
def city():
    return factories.congress(factories.area(code="9901", name="桥城市", level=Level.PREFECTURE))


@pytest.fixture
def admin(city):
    return people.actor(city, "sysadmin")


@pytest.mark.parametrize(("code", "level"), [("990102", Level.COUNTY), ("990102003", Level.TOWNSHIP)])
def test_the_level_and_the_names_follow_from_the_place(city, admin, code, level):
    made = operations.found_congress(city, actor=admin, code=code, area_name="石桥")
    assert (made.level, made.superior, made.area.code) == (level, city, code)
    assert (made.name, made.short_name) == ("石桥人民代表大会", "石桥人大")


def test_the_place_is_the_one_that_is_known_and_lies_in_the_next_around_it(city, admin):
    county = factories.area(code="990103", name="柳桥县", parent=city.area)
    made = operations.found_congress(city, actor=admin, code="990103")
    assert made.area == county
    town = operations.found_congress(made, actor=admin, code="990103001", area_name="柳镇")
    assert (town.superior, town.area.parent) == (made, county)


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("990201", "does not lie in"),
        ("9901", "does not lie in"),
        ("99010", "2, 4, 6 or 9"),
        ("9901ab", "2, 4, 6 or 9"),
        ("990104", "Give its name"),
    ],
)
def test_a_code_that_cannot_be_is_refused_and_nothing_is_entered(city, admin, code, why):
    with pytest.raises(Unfit, match=why):
        operations.found_congress(city, actor=admin, code=code)
    assert Congress.objects.count() == Area.objects.count() == 1


def test_a_place_has_one_congress_and_a_sub_district_none(city, admin):
    factories.congress(factories.area(code="990101", parent=city.area), superior=city)
    factories.area(code="990101001", name="桥头街道", level=Level.TOWNSHIP, has_congress=False)
    for code, why in [("990101", "already"), ("990101001", "no place with")]:
        with pytest.raises(Unfit, match=why):
            operations.found_congress(city, actor=admin, code=code)


def test_only_an_administrator_of_the_area_does_it(city, admin):
    elsewhere = factories.congress(factories.area(code="9902", name="河城市", level=Level.PREFECTURE))
    with pytest.raises(NotAllowed):
        operations.found_congress(elsewhere, actor=admin, code="990201", area_name="河东")
    with pytest.raises(NotAllowed):
        operations.found_congress(city, actor=people.actor(city), code="990102", area_name="石桥")
    with pytest.raises(NotAllowed):
        operations.found_congress(None, actor=admin, code="990102", area_name="石桥")


def test_names_are_corrected_and_an_unused_congress_is_struck_out(city, admin):
    below = operations.found_congress(city, actor=admin, code="990102", area_name="石桥")
    below = operations.correct_congress(below, actor=admin, name="石桥区人民代表大会", short_name="石桥区人大")
    assert below.name == "石桥区人民代表大会"
    with pytest.raises(Unfit, match="act for"):
        operations.strike_congress(city, actor=admin)
    operations.strike_congress(below, actor=admin)
    assert list(Congress.objects.all()) == [city]


def test_a_congress_comes_below_the_one_next_above_it_and_no_other(city, admin):
    county = operations.found_congress(city, actor=admin, code="990102", area_name="石桥")
    with pytest.raises(Unfit, match="990102003 comes next below 石桥人民代表大会"):
        operations.found_congress(city, actor=admin, code="990102003", area_name="桥头镇")
    assert operations.found_congress(county, actor=admin, code="990102003", area_name="桥头镇").superior == county


def test_a_place_that_was_renamed_keeps_its_congress(city, admin):
    old = factories.area(code="990101", name="旧桥县", parent=city.area)
    factories.congress(old, superior=city)
    old.valid_to = factories.SINCE.replace(year=2024)
    old.save()
    factories.area(code="990101", name="新桥区", parent=city.area, valid_from=old.valid_to)
    with pytest.raises(Unfit, match="already"):
        operations.found_congress(city, actor=admin, code="990101")
