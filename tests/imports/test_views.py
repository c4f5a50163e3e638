"""The import's pages: upload, look, confirm; and the files to mend."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from qiao.congress.models import Mandate
from qiao.imports import operations
from qiao.imports.models import ImportRun
from qiao.imports.tasks import go_on
from tests.accounts import factories as people
from tests.congress import factories as bodies
from tests.imports import factories
from tests.imports.factories import row
from tests.orgs import factories as places

pytestmark = pytest.mark.django_db
START = "/imports/deputies/"


@pytest.fixture
def body():
    return places.congress()


@pytest.fixture
def term(body):
    return bodies.term(body)


@pytest.fixture
def clerk(body, term):
    return people.post(body)


@pytest.fixture
def inside(client, clerk, django_capture_on_commit_callbacks):
    """A signed-in clerk; jobs run when the request's transaction would have been committed."""
    client.cookies["qiao_language"] = "en"
    clerk.user.language = "en"
    clerk.user.save()
    client.force_login(clerk.user)
    post = client.post

    def committed(*args, **more):
        with django_capture_on_commit_callbacks(execute=True):
            return post(*args, **more)

    client.post = committed
    return client


def send(client, content, name="table.csv"):
    return client.post(START, {"file": SimpleUploadedFile(name, content)})


def uploaded(client, rows):
    response = send(client, factories.as_csv(rows))
    assert response.status_code == 302, response.content.decode()
    return ImportRun.objects.get()


def url(verb, run, **query):
    return reverse(f"imports:{verb}", args=[run.pk], query=query or None)


@pytest.mark.capability("P5")
def test_from_the_upload_by_the_preview_to_the_result(inside):
    run = uploaded(inside, [row(), row("0102", "李春华", 性别="公")])
    shown = inside.get(url("run", run))
    assert "Nothing is written yet." in shown.content.decode()
    assert "is not one of" in shown.content.decode()
    assert [tab["count"] for tab in shown.context["preview"].tabs] == [2, 1, 0, 0, 1]
    assert "Left out" in shown.content.decode()
    assert not Mandate.objects.exists()
    assert inside.post(url("confirm", run)).status_code == 302
    assert "The import is done." in inside.get(url("run", run)).content.decode()
    assert Mandate.objects.get().person.name == "张桥生"
    assert inside.post(url("confirm", run)).status_code == 409


def test_a_changed_cell_shows_the_old_and_the_new(inside, term):
    holder = people.person(term.congress, name="张桥生", sex=1)
    bodies.mandate(term, holder, "0101", district=bodies.district(term, "第一选区"))
    run = uploaded(inside, [row(性别="女")])
    shown = inside.get(url("run", run)).content.decode()
    assert "<del>Male</del> <ins>女</ins>" in shown


def test_a_cancelled_import_is_over(inside):
    run = uploaded(inside, [row()])
    assert inside.post(url("cancel", run)).status_code == 302
    assert not Mandate.objects.exists()
    assert inside.get(url("run", run)).status_code == 200
    assert inside.post(url("confirm", run)).status_code == 409


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"%PDF-1.7", "Only .xlsx and .csv"),
        ("a.csv", "姓名,性别\n张,女".encode(), "Required columns are missing: Deputy card number"),
        ("a.xlsx", b"PK nonsense", "damaged"),
        ("a.csv", b"", "empty"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_at_the_field(inside, name, content, said):
    response = send(inside, content, name)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not ImportRun.objects.exists()


def test_an_upload_without_a_file_is_asked_for_one(inside):
    assert inside.post(START).status_code == 422


def test_the_rows_left_out_come_back_with_their_reasons_and_go_in_when_mended(inside):
    run = uploaded(inside, [row(), row("0102", "李春华", 性别="公", 联系电话="013800000000")])
    inside.post(url("confirm", run))
    content = inside.get(url("left_out", run)).content
    heading, bad = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    cells = dict(zip(heading, bad, strict=True))
    assert (cells["Name"], cells["Telephone"], cells["Row in the file"]) == ("李春华", "013800000000", "3")
    assert "[Sex] “公” is not one of" in cells["Why it was left out"]
    cells["Sex"] = "女"
    again = factories.as_xlsx([list(cells), list(cells.values())])
    assert send(inside, again, "mended.xlsx").status_code == 302
    inside.post(url("confirm", ImportRun.objects.first()))
    assert Mandate.objects.count() == 2


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_template_is_read_back_and_only_lacks_rows(inside, form):
    response = inside.get(f"{START}template/{form}/")
    content = b"".join(response.streaming_content) if response.streaming else response.content
    answer = send(inside, content, f"template.{form}")
    assert answer.status_code == 422
    assert "There is no row below the headings." in answer.content.decode()


def test_the_workbook_explains_every_column_on_its_second_sheet(inside):
    book = CalamineWorkbook.from_filelike(io.BytesIO(inside.get(f"{START}template/xlsx/").content))
    headings = book.get_sheet_by_index(0).to_python()[0]
    explained = [line[0] for line in book.get_sheet_by_index(1).to_python()[1:]]
    assert headings == explained
    assert len(headings) > 10


def test_rows_are_filtered_by_what_they_would_do_and_cut_into_pages(inside):
    run = uploaded(inside, [row(f"{n:04}", f"代表{n}") for n in range(120)] + [row("0000", "重复")])
    preview = inside.get(url("run", run, page="9")).context["preview"]
    assert (preview.number, len(preview.rows), preview.has_next, preview.has_previous) == (3, 21, False, True)
    preview = inside.get(url("run", run, action="refuse", page="x")).context["preview"]
    assert [each["number"] for each in preview.rows] == [122]
    assert preview.count == 1
    assert inside.get(url("run", run, action="nonsense")).context["preview"].count == 121


def test_the_preview_asks_the_database_as_often_for_many_rows_as_for_few(inside):
    def counted(rows):
        ImportRun.objects.all().delete()
        run = uploaded(inside, rows)
        inside.get(url("run", run))
        with CaptureQueriesContext(connection) as held:
            inside.get(url("run", run))
        return len(held)

    assert counted([row(), row("0102", "李春华")]) == counted([row(f"{n:04}", f"代表{n}") for n in range(9)])


def test_a_deputy_may_not_import(client, body, term):
    client.force_login(people.post(body, role="deputy").user)
    assert client.get(START).status_code == 403
    assert send(client, factories.as_csv([row()])).status_code == 403
    assert client.get(f"{START}template/xlsx/").status_code == 403


def test_someone_without_a_post_may_not_import(client, body):
    user = people.operations.open_account(people.person(body), actor=people.SYSTEM, login="nobody")
    client.force_login(user)
    assert client.get(START).status_code == 403


def test_an_import_of_another_congress_does_not_exist(inside, client):
    run = uploaded(inside, [row()])
    client.force_login(people.post(places.congress()).user)
    assert client.get(url("run", run)).status_code == 404
    assert client.get(url("left_out", run)).status_code == 404
    for verb in ("confirm", "cancel"):
        assert client.post(url(verb, run)).status_code == 404
    assert not Mandate.objects.exists()


def test_the_public_is_sent_to_sign_in(client, db):
    assert client.get(START).status_code == 302


def test_deciding_takes_a_post(inside):
    run = uploaded(inside, [row()])
    assert inside.get(url("confirm", run)).status_code == 405
    assert inside.get(url("cancel", run)).status_code == 405


@pytest.mark.parametrize("path", ["/imports/cars/", "/imports/deputies/template/pdf/"])
def test_unknown_kinds_are_not_found(inside, path):
    assert inside.get(path).status_code == 404


def test_the_page_lists_the_imports_so_far(inside):
    uploaded(inside, [row()])
    assert "table.csv" in inside.get(START).content.decode()


def test_units_have_their_own_import(inside):
    assert inside.get("/imports/units/").status_code == 200


def test_the_page_shows_how_far_the_job_is_and_loads_anew_when_it_is_done(inside, clerk):
    run = operations.upload(
        clerk.congress, actor=people.actor_in(clerk), kind="deputies", filename="a.csv", content=factories.as_csv([row()])
    )
    assert "Being compared" in inside.get(url("run", run)).content.decode()
    assert "Being compared" in inside.get(url("progress", run)).content.decode()
    go_on.call(run.pk)
    assert inside.get(url("progress", run)).headers["HX-Refresh"] == "true"


@pytest.mark.capability("R5")
def test_what_was_imported_by_mistake_is_undone_from_its_page(inside):
    run = uploaded(inside, [row()])
    inside.post(url("confirm", run))
    assert url("undo", run) in inside.get(url("run", run)).content.decode()
    inside.post(url("undo", run))
    assert not Mandate.objects.exists()
    assert "The import is undone." in inside.get(url("run", run)).content.decode()


@pytest.mark.capability("R5")
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_comes_back_as_an_import_that_changes_nothing_and_as_the_same_export(inside, form):
    def export():
        response = inside.get(f"{START}export/{form}/")
        return b"".join(response.streaming_content) if response.streaming else response.content

    run = uploaded(
        inside, [row(性别="女", 联系电话="+86 13800000000", 代表团="甲团", 出生日期="1980-05-01"), row("0102", "李春华", 基层代表="是")]
    )
    inside.post(url("confirm", run))
    first = export()
    assert send(inside, first, f"again.{form}").status_code == 302
    again = ImportRun.objects.first()
    assert [each.action for each in again.rows.all()] == ["same", "same"]
    inside.post(url("confirm", again))
    tables = [first, export()]
    if form == "xlsx":  # a workbook carries the moment it was written
        tables = [CalamineWorkbook.from_filelike(io.BytesIO(each)).get_sheet_by_index(0).to_python() for each in tables]
    assert tables[0] == tables[1]
