"""The table of handling units."""

import datetime as dt

import pytest

from qiao.kernel.models import Entry
from qiao.orgs.models import Unit
from tests.imports.factories import bring, counts, problems
from tests.orgs import factories as places

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def unit_row(name="县教育局", **more):
    return {"名称": name} | more


UNIT_HEADINGS = ["名称", "简称", "职责领域", "所属机关", "统一社会信用代码", "办公电话", "启用日期", "停用日期"]
CODE = "11100000000013338W"


def bring_units(body, actor, rows):
    return bring(body, actor, rows, kind="units", headings=UNIT_HEADINGS)


def unit_problems(body, actor, rows):
    return problems(body, actor, rows, kind="units", headings=UNIT_HEADINGS)


def test_units_are_entered_found_again_by_name_and_changed(body, clerk):
    places.organ(body)
    rows = [unit_row(简称="教育局", 所属机关="县人民政府", 启用日期="2022-01-01"), unit_row("县水利局")]
    assert counts(bring_units(body, clerk, rows)) == {"add": 2}
    assert counts(bring_units(body, clerk, rows)) == {"same": 2}
    assert counts(bring_units(body, clerk, [unit_row(简称="教局", 停用日期="2026-01-01")])) == {"change": 1}
    unit = Unit.objects.get(name="县教育局")
    assert (unit.short_name, unit.organ.name, unit.active_to) == ("教局", "县人民政府", dt.date(2026, 1, 1))
    assert Entry.objects.filter(code="unit.close").count() == 1


def test_a_unit_found_by_its_credit_code_gets_its_new_name(body, clerk):
    bring_units(body, clerk, [unit_row(统一社会信用代码=CODE)])
    assert counts(bring_units(body, clerk, [unit_row("县教育和体育局", 统一社会信用代码=CODE)])) == {"change": 1}
    assert Unit.objects.get().name == "县教育和体育局"


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"统一社会信用代码": "123"}, "credit_code"),
        ({"所属机关": "无此机关"}, "organ"),
        ({"启用日期": "2026-01-01", "停用日期": "2025-01-01"}, "active_to"),
        ({"办公电话": "无"}, "phone"),
        ({"名称": "县水利局", "统一社会信用代码": CODE}, "credit_code"),
    ],
)
def test_problems_of_units(body, clerk, cells, column):
    bring_units(body, clerk, [unit_row("县水利局"), unit_row("县农业局", 统一社会信用代码=CODE)])
    assert set(unit_problems(body, clerk, [unit_row(**cells)] if "名称" not in cells else [cells])) == {column}


def test_units_that_stand_twice_are_refused(body, clerk):
    assert unit_problems(body, clerk, [unit_row(), unit_row()]) == {"name": "The same as in row 2."}
