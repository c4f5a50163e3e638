"""Loading the published tree of areas, and finding one's way in it."""

import datetime as dt
import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from qiao.kernel.models import Entry
from qiao.kernel.policy import Actor
from qiao.orgs import queries
from qiao.orgs.models import Area, Level
from tests.orgs import factories

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "areas"
NOBODY = Actor()
TODAY = dt.date(2026, 3, 2)

pytestmark = pytest.mark.django_db


def write(folder, *, provinces=None, cities=None, counties=None, streets=None):
    """The four files with a small tree, or with what a test puts in their place."""
    tree = {
        "provinces.json": provinces or [{"code": "11", "name": "北京市"}, {"code": "44", "name": "广东省"}],
        "cities.json": cities
        or [{"code": "1101", "name": "市辖区", "provinceCode": "11"}, {"code": "4419", "name": "东莞市", "provinceCode": "44"}],
        "areas.json": counties
        or [
            {"code": "110101", "name": "东城区", "cityCode": "1101", "provinceCode": "11"},
            {"code": "110171", "name": "某经济技术开发区", "cityCode": "1101", "provinceCode": "11"},
            {"code": "441900", "name": "东莞市", "cityCode": "4419", "provinceCode": "44"},
        ],
    }
    for name, rows in tree.items():
        (folder / name).write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    lines = streets or ['110101001,"东华门街道",110101,11,1101', '441900121,"石排镇",441900,44,4419']
    (folder / "streets.csv").write_text("\n".join(["code,name,areaCode,provinceCode,cityCode", *lines]), encoding="utf-8")
    return folder


def load(folder, **more):
    call_command("load_areas", folder=folder, verbosity=0, stdout=io.StringIO(), **more)


@pytest.fixture
def loaded(tmp_path):
    load(write(tmp_path))
    return tmp_path


def test_the_tree_hangs_together_from_the_country_down(loaded):
    assert Area.objects.count() == 1 + 2 + 2 + 3 + 2
    street = Area.objects.get(code="110101001")
    assert [a.name for a in queries.lying_around(street, TODAY, NOBODY)] == ["北京市", "市辖区", "东城区"]
    assert street.parent.parent.parent.parent == queries.nation()


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("11", True),
        ("1101", False),
        ("4419", True),
        ("110101", True),
        ("110171", False),
        ("441900", False),
        ("110101001", False),
        ("441900121", True),
    ],
)
def test_sub_districts_statistical_prefectures_and_zones_have_no_congress(loaded, code, expected):
    assert Area.objects.get(code=code).has_congress is expected


def test_loading_twice_changes_nothing(loaded):
    before = list(Area.objects.order_by("pk").values())
    load(loaded)
    assert list(Area.objects.order_by("pk").values()) == before


def test_the_load_is_one_line_in_the_journal_with_its_source(loaded):
    load(loaded, source="国家统计局 2023")
    lines = Entry.objects.filter(code="area.load")
    assert lines.count() == 2
    assert "国家统计局 2023; 9 areas as of 2023-01-01" in lines.last().note


def test_a_new_name_ends_the_old_row_on_its_day_and_the_parts_follow(loaded):
    streets = ['110101001,"东华门街道",110101,11,1101', '441900121,"石排镇",441900,44,4419']
    counties = [{"code": "110101", "name": "新东城区", "cityCode": "1101"}, {"code": "441900", "name": "东莞市", "cityCode": "4419"}]
    load(write(loaded, counties=counties, streets=streets), valid_from=dt.date(2025, 1, 1))
    old, new = Area.objects.filter(code="110101").order_by("valid_from")
    assert (old.valid_to, old.successor) == (dt.date(2025, 1, 1), new)
    assert Area.objects.get(code="110101001").parent == new
    assert Area.objects.on(dt.date(2024, 6, 1)).get(code="110101").name == "东城区"


def test_an_older_tree_does_not_undo_a_newer_one(loaded):
    load(write(loaded, provinces=[{"code": "11", "name": "旧名市"}, {"code": "44", "name": "广东省"}]), valid_from=dt.date(2020, 1, 1))
    assert Area.objects.get(code="11").name == "北京市"


def test_a_name_mended_for_the_same_day_is_corrected_in_place(loaded):
    load(write(loaded, provinces=[{"code": "11", "name": "北京"}, {"code": "44", "name": "广东省"}]))
    assert Area.objects.get(code="11").name == "北京"


def test_the_demonstration_province_is_left_alone(loaded):
    demo = factories.area(code="99", name="演示省", level=Level.PROVINCE)
    load(loaded)
    demo.refresh_from_db()
    assert (demo.name, demo.valid_to) == ("演示省", None)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"provinces": [{"code": "1", "name": "北京市"}]}, "“provinces.json”, row 1"),
        ({"provinces": [{"code": "99", "name": "某省"}]}, "99"),
        ({"provinces": ["北京"]}, "“provinces.json”, row 1"),
        ({"cities": [{"code": "1201", "name": "市辖区", "provinceCode": "12"}]}, "“cities.json”, row 1"),
        ({"streets": ['110101001,"东华门街道",110101,11,1101', '110101001,"另一街道",110101,11,1101']}, "“streets.csv”, row 3"),
        ({"streets": ["110101001,,110101,11,1101"]}, "“streets.csv”, row 2"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_written(tmp_path, wrong, said, english):
    with pytest.raises(CommandError) as error:
        load(write(tmp_path, **wrong))
    assert said in str(error.value)
    assert not Area.objects.exists()


def test_a_missing_folder_and_a_missing_or_broken_file_are_named(tmp_path, english):
    with pytest.raises(CommandError, match="no folder"):
        load(tmp_path / "nowhere")
    write(tmp_path)
    (tmp_path / "cities.json").write_text("{", encoding="utf-8")
    with pytest.raises(CommandError, match=r"cities\.json"):
        load(tmp_path)
    (tmp_path / "streets.csv").unlink()
    write_again = [{"code": "1101", "name": "市辖区", "provinceCode": "11"}, {"code": "4419", "name": "东莞市", "provinceCode": "44"}]
    (tmp_path / "cities.json").write_text(json.dumps(write_again), encoding="utf-8")
    with pytest.raises(CommandError, match=r"streets\.csv"):
        load(tmp_path)


@pytest.mark.capability("P2")
@pytest.mark.skipif(not REAL.is_dir(), reason="the shared folder with the published tree is not here")
def test_the_real_tree_of_the_whole_country_loads():
    load(REAL)
    counts = {level: Area.objects.filter(level=level).count() for level in Level}
    assert counts == {"nation": 1, "province": 31, "prefecture": 342, "county": 2978, "township": 41352}
    without = set(Area.objects.filter(level="prefecture", has_congress=False).values_list("name", flat=True))
    assert {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划", "阿里地区", "兴安盟"} <= without
    assert not Area.objects.filter(level="township", has_congress=True, name__endswith="街道").exists()
    assert Area.objects.get(code="310115").has_congress  # 浦东新区


@pytest.mark.parametrize(
    ("words", "found"),
    [("东莞", {"4419", "441900"}), ("1101", {"1101", "110101", "110171", "110101001"}), ("110000", {"11"}), ("440000", {"44"})],
)
def test_areas_are_found_by_name_by_code_and_by_padded_code(loaded, words, found):
    rows = queries.areas_below(None, TODAY, NOBODY, everywhere=True)
    assert set(queries.found_areas(rows, words).values_list("code", flat=True)) == found


def test_the_line_of_congresses_is_data(loaded):
    top = factories.congress(Area.objects.get(code="11"))
    below = factories.congress(Area.objects.get(code="110101"), superior=top)
    assert queries.congresses_above(below) == [top]
    assert list(queries.congresses_below(top, NOBODY)) == [below]
