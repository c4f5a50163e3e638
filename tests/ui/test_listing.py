"""The one list: order, filters, paging, export; whatever the address asks."""

import csv
import io
import json

import pytest
from django import forms
from django.test import RequestFactory
from django.utils import translation
from python_calamine import CalamineWorkbook

from qiao.orgs.models import Unit
from qiao.ui import listing
from qiao.ui.listing import Column, Listing
from tests.orgs import factories

pytestmark = pytest.mark.django_db


class Filter(forms.Form):
    q = forms.CharField(label="Name", required=False)
    since = forms.DateField(label="Since", required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("", "Any"), ("a", "First"), ("b", "Second")], required=False)
    idle = forms.CharField(required=False)


UNITS = Listing(
    name="units",
    columns=[
        Column("name", "Name", lambda unit: unit.name, ("name",)),
        Column("newest", "Newest", lambda unit: unit.active_from, ("-active_from", "name")),
        Column("field", "Field", lambda unit: unit.field),
        Column("organ", "Organ", lambda unit: unit.organ),
    ],
    filters=Filter,
    narrow={
        "q": lambda rows, words: rows.filter(name__contains=words),
        "since": lambda rows, day: rows.filter(active_from__gte=day),
        "kind": lambda rows, kind: rows.filter(field=kind),
    },
    order="name",
    per_page=3,
)


@pytest.fixture
def body():
    return factories.congress()


@pytest.fixture
def seven(body):
    return [factories.unit(body, name, active_from=f"202{at}-01-01", field="ab"[at % 2]) for at, name in enumerate("GFEDCBA")]


def show(**query):
    return UNITS.show(RequestFactory().get("/", query), Unit.objects.all())


def names(**query):
    return "".join(unit.name for unit in show(**query).rows)


@pytest.mark.parametrize(
    ("order", "first"),
    [
        ("name", "ABC"),
        ("-name", "GFE"),
        ("newest", "ABC"),
        ("-newest", "GFE"),
        ("field", "ABC"),
        ("bogus", "ABC"),
        ("-", "ABC"),
        ("", "ABC"),
    ],
)
def test_rows_are_ordered_as_asked_or_as_usual(seven, order, first):
    assert names(order=order) == first


def test_each_heading_leads_to_its_order_and_back(seven):
    by = {heading["key"]: heading for heading in show(order="name", page=2, q="").headings}
    assert (by["name"]["url"], by["name"]["direction"]) == ("?order=-name", "ascending")
    assert (by["newest"]["url"], by["newest"]["direction"]) == ("?order=newest", "")
    assert by["field"]["url"] == ""
    assert {h["key"]: h for h in show(order="-name").headings}["name"]["direction"] == "descending"


def test_filters_narrow_together(seven):
    assert names(kind="a") == "ACE"
    assert names(kind="a", since="2022-06-01") == "AC"
    assert names(q="B", kind="a") == ""


@pytest.mark.parametrize("wrong", [{"since": "yesterday"}, {"kind": "x"}, {"idle": "1"}, {"unknown": "1"}])
def test_what_is_asked_wrongly_is_left_out_and_said_by_the_form(seven, wrong):
    shown = show(**wrong)
    assert (shown.given, shown.count) == ({}, 7)
    assert bool(shown.form.errors) is bool(set(wrong) & {"since", "kind"})


def test_each_filter_in_force_can_be_taken_off(seven):
    with translation.override("en"):
        chips = show(q="A", kind="a", page=2, order="-name").chips
    assert [chip["label"] for chip in chips] == ["Name: A", "Kind: First"]
    assert [chip["url"] for chip in chips] == ["?kind=a&order=-name", "?q=A&order=-name"]


@pytest.mark.parametrize(
    ("page", "rows", "steps"),
    [("1", "ABC", (False, True)), ("2", "DEF", (True, True)), ("3", "G", (True, False)), ("4", "", (True, False))],
)
def test_pages(seven, page, rows, steps):
    shown = show(page=page)
    assert (shown.number, names(page=page), (shown.has_previous, shown.has_next)) == (int(page), rows, steps)


@pytest.mark.parametrize("page", ["0", "-1", "x", "", "1.5", "9" * 50, "²"])
def test_a_page_that_is_none_is_the_first(seven, page):
    assert names(page=page) == "ABC"


def test_no_page_lies_beyond_the_limit(seven, monkeypatch):
    monkeypatch.setattr(listing, "PAGE_LIMIT", 2)
    shown = show(page="5")
    assert (shown.number, shown.has_next) == (2, False)


def test_the_steps_between_pages_keep_filters_and_order(seven):
    shown = show(page="2", since="2020-01-01", order="-name")
    assert shown.previous_url == "?page=1&since=2020-01-01&order=-name"
    assert shown.next_url == "?page=3&since=2020-01-01&order=-name"


def test_a_count_is_exact_up_to_the_limit_and_then_says_more(seven, monkeypatch):
    assert (show().count, show().has_more) == (7, False)
    monkeypatch.setattr(listing, "COUNT_LIMIT", 5)
    shown = show()
    assert (shown.count, shown.count_limit, shown.has_more) == (6, 5, True)


def test_a_single_page_is_not_counted_apart(seven, django_assert_num_queries):
    shown = show(q="A")
    with django_assert_num_queries(1):
        assert (shown.rows, shown.count, shown.has_next) == ([seven[6]], 1, False)


DANGEROUS = ["=1+1", "+1", "-1", "@A1", "=HYPERLINK(1)"]


def exported(file, **query):
    shown = show(export=file, **query)
    assert shown.export == file
    response = shown.download()
    assert response["Content-Disposition"] == f"attachment; filename*=UTF-8''units.{file}"
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_a_csv_export_holds_every_row_found_and_no_formula(body, seven):
    for name in DANGEROUS:
        factories.unit(body, name)
    content = exported("csv")
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[0] == ["Name", "Newest", "Field", "Organ"]
    assert len(rows) == 1 + 7 + len(DANGEROUS)
    assert {f"'{name}" for name in DANGEROUS} <= {row[0] for row in rows}
    assert rows[-1] == ["G", "2020-01-01", "a", ""]


def test_a_workbook_holds_texts_only(body, seven):
    for name in DANGEROUS:
        factories.unit(body, name)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(exported("xlsx", order="-name"))).get_sheet_by_index(0).to_python()
    assert set(DANGEROUS) <= {row[0] for row in rows}
    assert rows[1][:3] == ["G", "2020-01-01", "a"]
    assert all(isinstance(cell, str) for row in rows for cell in row)


def test_an_export_is_narrowed_as_the_list_is(seven):
    assert len(exported("csv", kind="b").splitlines()) == 1 + 3


def test_an_export_ends_at_its_limit(seven, monkeypatch):
    monkeypatch.setattr(listing, "EXPORT_LIMIT", 4)
    assert len(exported("csv").splitlines()) == 1 + 4


def test_an_export_as_json_is_a_list_of_rows_by_heading(seven):
    rows = json.loads(exported("json"))
    assert len(rows) == 7
    assert all(set(row) == {str(c.label) for c in show().listing.columns} for row in rows)


@pytest.mark.parametrize("kind", ["pdf", "", "CSV"])
def test_an_unknown_kind_of_file_is_the_page(seven, kind):
    assert show(export=kind).export == ""


def test_the_links_to_the_files_keep_the_filters(seven):
    assert [link["url"] for link in show(kind="a", page=2).exports] == [f"?kind=a&export={kind}" for kind in ("csv", "xlsx", "json")]


@pytest.mark.parametrize("value", ["=1", "\t=1", "\n=1", "＝1", "＋1", "－1", "＠A1"])
def test_no_cell_begins_like_a_formula(value):
    assert listing.safe_cell(value) == f"'{value}"
