"""Congresses, organs and units: what is kept, and who may change it."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from qiao.kernel.errors import NotAllowed, Unfit
from qiao.kernel.policy import Actor
from qiao.orgs import operations
from qiao.orgs.codes import check_credit_code, next_code
from qiao.orgs.models import Area, Unit
from tests.accounts import factories as people
from tests.orgs import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("code", "after"), [("11", "12"), ("9901", "9902"), ("9909", "991"), ("99", ""), ("199", "2")])
def test_the_codes_of_a_place_end_where_the_next_begin(code, after):
    assert next_code(code) == after


def test_a_place_holds_all_whose_codes_begin_with_its_own():
    for code in ("9909", "990901", "9910", "990"):
        factories.area(code, name=code)
    assert set(Area.objects.within(Area.objects.get(code="9909")).values_list("code", flat=True)) == {"9909", "990901"}


@pytest.mark.parametrize("code", ["11100000000013338W", "91350100M000100Y43"])
def test_a_true_credit_code_passes(code):
    check_credit_code(code)


@pytest.mark.parametrize("code", ["11100000000013338X", "1110000000001333", "11100000000013338I", ""])
def test_a_credit_code_with_a_slip_of_the_pen_is_refused(code):
    with pytest.raises(ValidationError):
        check_credit_code(code)


def test_the_congress_above_must_be_of_a_higher_level():
    county = factories.congress()
    with pytest.raises(ValidationError):
        factories.congress(factories.area("9905", "某市", "prefecture"), superior=county)


def test_a_name_stands_once_among_the_units_of_a_congress():
    body = factories.congress()
    factories.unit(body, "县教育局")
    factories.unit(factories.congress(), "县教育局")
    with pytest.raises(ValidationError):
        factories.unit(body, "县教育局")


def test_units_are_changed_by_the_keeper_of_their_own_congress_only():
    body = factories.congress()
    unit = factories.unit(body)
    clerk, deputy, stranger = people.actor(body), people.actor(body, role="deputy"), people.actor(factories.congress())
    assert operations.correct_unit(unit, actor=clerk, short_name="简称").short_name == "简称"
    for actor in (deputy, stranger, Actor()):
        with pytest.raises(NotAllowed):
            operations.correct_unit(unit, actor=actor, short_name="别的")
        with pytest.raises(NotAllowed):
            operations.add_unit(body, actor=actor, name="新单位", active_from=dt.date(2024, 1, 1))
        with pytest.raises(NotAllowed):
            operations.close_unit(unit, actor=actor, on=dt.date(2024, 1, 1))


def test_a_closed_unit_is_given_nothing_from_its_last_day_on():
    unit = operations.close_unit(factories.unit(factories.congress()), actor=factories.SYSTEM, on=dt.date(2024, 2, 1))
    assert [unit in Unit.objects.active_on(dt.date(2024, *day)) for day in ((1, 31), (2, 1))] == [True, False]


@pytest.mark.usefixtures("english")
def test_a_unit_ends_after_it_begins():
    unit = factories.unit(factories.congress(), active_from=dt.date(2024, 2, 1))
    with pytest.raises(Unfit, match="after it begins"):
        operations.close_unit(unit, actor=factories.SYSTEM, on=dt.date(2024, 2, 1))


def test_areas_and_congresses_are_set_up_by_the_installation_alone():
    clerk = people.actor(factories.congress())
    with pytest.raises(NotAllowed):
        operations.add_area(None, actor=clerk, code="98", name="某省", level="province", valid_from=dt.date(2024, 1, 1))


def test_the_directory_is_public():
    unit = factories.unit(factories.congress())
    assert Unit.objects.visible_to(Actor()).get() == unit
