"""The table of the congresses below: each comes below the one next above it, and what was entered is struck out again."""

import pytest

from qiao.imports.models import RunState
from qiao.kernel.models import Entry
from qiao.orgs.models import Area, Congress, Level
from tests.accounts import factories as people
from tests.imports.factories import bring, counts, plans_of, reads_english, undone, upload
from tests.orgs import factories as places

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
HEADINGS = ["区划代码", "行政区划", "人大名称", "简称"]


@pytest.fixture
def city():
    return places.congress(places.area("9980", "桥市", Level.PREFECTURE))


@pytest.fixture
def admin(city):
    return reads_english(people.actor(city, role="sysadmin"))


def place(code, name="", **more):
    return {"区划代码": code, "行政区划": name} | more


TABLE = [place("998001", "桥东区"), place("998001001", "石桥镇"), place("998002")]


def brought(city, admin, rows):
    return bring(city, admin, rows, kind="congresses", headings=HEADINGS)


@pytest.mark.capability("P1")
def test_each_congress_comes_below_the_one_that_a_row_before_has_set_up(city, admin):
    places.area("998002", "桥西区", parent=city.area)
    assert counts(brought(city, admin, TABLE)) == {"add": 3}
    town = Congress.objects.get(area__code="998001001")
    assert (town.superior.area.code, town.superior.superior) == ("998001", city)


@pytest.mark.capability("P1")
def test_undoing_strikes_out_the_congresses_and_the_areas_entered_with_them(city, admin):
    known = places.area("998002", "桥西区", parent=city.area)
    run = undone(brought(city, admin, TABLE), admin)
    assert (run.state, [each.notes for each in run.rows.all()]) == (RunState.UNDONE, [[], [], []])
    assert list(Congress.objects.all()) == [city]
    assert set(Area.objects.all()) == {city.area, known}
    assert Entry.objects.filter(code="area.strike", user=admin.user).count() == 2


def test_an_area_on_which_something_stands_by_now_stays_with_its_congress_and_says_why(city, admin):
    run = brought(city, admin, [place("998001", "桥东区"), place("998003", "桥南区")])
    places.area("998001001", "石桥镇", Level.TOWNSHIP, parent=Area.objects.get(code="998001"))
    run = undone(run, admin)
    assert [each.notes for each in run.rows.order_by("number")] == [["Not undone: something else depends on it by now."], []]
    assert set(Congress.objects.values_list("area__code", flat=True)) == {"9980", "998001"}


@pytest.mark.parametrize(
    "rows",
    [
        [place("998001", "桥东区", 简称="桥" * 41), place("998001001", "石桥镇")],
        [place("998001"), place("998001001", "石桥镇")],
        [place("998001001", "石桥镇"), place("998001", "桥东区")],
    ],
    ids=["a cell that cannot be read", "an area nobody knows", "the one above comes later"],
)
def test_a_row_whose_nearer_row_above_is_left_out_says_so_and_comes_below_no_other(city, admin, rows):
    run = brought(city, admin, rows)
    town = next(plan for plan in plans_of(run) if plan.cells.get("code") == "998001001")
    above = next(number for number, row in enumerate(rows, start=2) if row["区划代码"] == "998001")
    assert town.problems == {"code": f"The congress next above it stands in row {above}, which is left out or comes later."}
    assert not Congress.objects.filter(area__code="998001001").exists()


def test_a_row_whose_nearer_row_above_cannot_be_written_is_left_out_too(city, admin):
    places.congress(places.area("999001"), name="桥东区人民代表大会")
    run = brought(city, admin, TABLE[:2])
    assert [plan.action for plan in plans_of(run)] == ["refuse", "refuse"]
    assert "stands in row 2" in plans_of(run)[1].problems[""]
    assert not Area.objects.filter(code__startswith="998001").exists()


def test_below_a_congress_that_is_there_its_own_row_need_not_stand(city, admin):
    brought(city, admin, TABLE[:1])
    assert counts(upload(city, admin, TABLE[1:2], kind="congresses", headings=HEADINGS)) == {"add": 1}
    assert counts(upload(city, admin, [place("998001", 简称="桥" * 41), TABLE[1]], kind="congresses", headings=HEADINGS)) == {
        "refuse": 1,
        "add": 1,
    }
