"""A new table of days off: looked at with what it would move, published with a reason, the open clocks reckoned anew."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qiao.kernel.errors import NotAllowed, Unfit
from qiao.matters import operations, tasks
from qiao.matters.models import Suggestion
from qiao.rulebook.models import CalendarDraft, CalendarYear
from qiao.rulebook.operations import draft_calendar_year
from qiao.rulebook.queries import calendar, forget_calendar
from tests.world import person_with_post

from .given import entry, on, refused, told

pytestmark = [pytest.mark.django_db, pytest.mark.capability("T3"), pytest.mark.usefixtures("english")]

SOURCE = "国务院办公厅关于2027年部分节假日安排的通知（国办发明电〔2026〕9号）"
OFF = [(dt.date(2027, 2, n), True, "春节") for n in range(1, 9)]
TABLE = {"year": 2027, "source": SOURCE, "published_on": dt.date(2026, 11, 20), "days": OFF}
CSV = "日期,休或班,节日\n2027-02-01,休,春节\n2027-02-02,休,春节\n2027-02-20,班,春节\n"


@pytest.fixture(autouse=True)
def _forgotten():
    """The process remembers no table of another test."""
    forget_calendar()
    yield
    forget_calendar()


@pytest.fixture
def keeper(world):
    """The administrator of the topmost congress."""
    return person_with_post(world.congress.superior, "sysadmin", "keeper")


@pytest.fixture
def handed(world):
    """Handed over on 2 November 2026: the reply is due, for the time being, on 2 February 2027."""
    with on(2026, 11, 2):
        return world.handling()


def publish(keeper, table=TABLE, note="国务院已公布。"):
    draft = draft_calendar_year(None, actor=keeper, **table)
    with on(2026, 11, 24):
        operations.publish_table(draft, actor=keeper, note=note)
        tasks.recount.call(draft=draft.pk)
    return draft


def test_looking_at_a_draft_moves_nothing_and_says_what_would_move(world, keeper, handed):
    draft = draft_calendar_year(None, actor=keeper, **TABLE)
    moves = {move.clock.kind: (move.clock.due, move.fresh.due) for move in operations.planned(draft) if move.moves}
    assert moves == {"reply": (dt.date(2027, 2, 2), dt.date(2027, 2, 9))}
    assert handed.clocks.get(kind="reply").due == dt.date(2027, 2, 2)
    assert not calendar().published(2027)


def test_publishing_moves_the_clock_with_its_reason_and_tells_those_concerned(world, keeper, handed):
    publish(keeper)
    limit = handed.clocks.get(kind="reply")
    assert (limit.due, Suggestion.objects.get(pk=handed.pk).due) == (dt.date(2027, 2, 9), dt.date(2027, 2, 9))
    assert not limit.reckoning.provisional
    last = limit.reckoning.explained()[-1]
    assert last.startswith(f"By the table of days off for 2027 ({SOURCE}) reckoned anew on 24 November 2026")
    assert last.endswith("9 February 2027 (Tuesday) instead of 2 February 2027 (Tuesday).")
    assert told("date_moved") == ["deputy", "handler", "liaison", "signer"]
    assert entry("calendar.publish").note == "国务院已公布。"


def test_reckoning_anew_twice_changes_nothing_more(world, keeper, handed):
    draft = publish(keeper)
    before = handed.clocks.get(kind="reply").reckoning_data
    tasks.recount.call(draft=draft.pk)
    assert handed.clocks.get(kind="reply").reckoning_data == before


def test_a_date_that_does_not_move_becomes_firm_without_a_notice(world, keeper, handed):
    publish(keeper, {**TABLE, "days": [(dt.date(2027, 1, 1), True, "元旦")]})
    limit = handed.clocks.get(kind="reply")
    assert (limit.due, limit.reckoning.provisional) == (dt.date(2027, 2, 2), False)
    assert told("date_moved") == []


def test_what_is_over_stays_as_it_was(world, keeper):
    with on(2026, 11, 2):
        s = world.closed()
    before = list(s.clocks.order_by("pk").values_list("due", "reckoning_data"))
    publish(keeper)
    assert list(s.clocks.order_by("pk").values_list("due", "reckoning_data")) == before


def test_more_time_that_was_granted_moves_off_a_day_off_and_stays_granted(world, keeper):
    with on(2026, 9, 1):
        a = world.handling().assignments.get()
    until = dt.date(2027, 2, 3)
    with on(2026, 9, 2):
        asked = operations.ask_extension(a, actor=world.actors["handler"], note="需现场勘察。", until=until)
        operations.grant_extension(asked, actor=world.actors["clerk"], until=until)
    publish(keeper)
    limit = a.clocks.get(kind="reply")
    assert (limit.due, limit.reckoning.provisional) == (dt.date(2027, 2, 9), False)
    assert "extended" in [line.code for line in limit.reckoning.lines]


@pytest.mark.parametrize("role", ["clerk", "sysadmin", "deputy", "handler"])
def test_only_the_topmost_congress_publishes(world, keeper, role):
    with refused(NotAllowed):
        draft_calendar_year(None, actor=world.actors[role], **TABLE)
    draft = draft_calendar_year(None, actor=keeper, **TABLE)
    with refused(NotAllowed):
        operations.publish_table(draft, actor=world.actors[role], note="已公布。")


def test_without_a_reason_or_a_second_time_it_is_not_published(world, keeper):
    draft = draft_calendar_year(None, actor=keeper, **TABLE)
    with refused(Unfit):
        operations.publish_table(draft, actor=keeper, note=" ")
    operations.publish_table(draft, actor=keeper, note="已公布。")
    with refused(Unfit, "already"):
        operations.publish_table(CalendarDraft.objects.get(), actor=keeper, note="已公布。")


def test_the_pages_lead_from_the_file_to_the_published_table(world, client, keeper, handed, django_capture_on_commit_callbacks):
    client.force_login(keeper.user)
    client.cookies["qiao_language"] = "en"
    facts = {"year": 2027, "source": SOURCE, "published_on": "2026-11-20"}
    bad = client.post("/days-off/new/", {**facts, "file": SimpleUploadedFile("t.csv", "日期\n2027-02-01,假,春节\n".encode())})
    assert bad.status_code == 422
    assert "Row 2: write" in bad.content.decode()
    assert SOURCE in bad.content.decode()
    sent = client.post("/days-off/new/", {**facts, "file": SimpleUploadedFile("t.csv", CSV.encode())})
    draft = CalendarDraft.objects.get()
    assert sent["Location"] == f"/days-off/drafts/{draft.pk}/"
    looked = client.get(sent["Location"]).content.decode()
    assert "1 open date would move" in looked
    assert "2027" in looked
    assert client.post(sent["Location"], {"note": ""}).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(sent["Location"], {"note": "国务院已公布。"}).status_code == 302
    assert CalendarYear.objects.get(year=2027).source == SOURCE
    assert handed.clocks.get(kind="reply").due == dt.date(2027, 2, 3)
    assert SOURCE in client.get("/days-off/").content.decode()


def test_a_table_comes_out_as_it_went_in(client, keeper):
    def file():
        return b"".join(client.get(f"/days-off/{CalendarYear.objects.get(year=2027).pk}/file/").streaming_content)

    client.force_login(keeper.user)
    publish(keeper, {**TABLE, "days": [*OFF, (dt.date(2027, 2, 20), False, "春节")]})
    first = file()
    client.post(
        "/days-off/new/", {"year": 2027, "source": SOURCE, "published_on": "2026-11-20", "file": SimpleUploadedFile("t.csv", first)}
    )
    again = CalendarDraft.objects.get(loaded_at=None)
    assert len(again.rows) == 9
    publish(keeper, {**TABLE, "days": again.rows})
    assert file() == first


def test_others_read_the_tables_and_no_draft(world, login, keeper):
    draft = draft_calendar_year(None, actor=keeper, **TABLE)
    read = login("deputy").get("/days-off/").content.decode()
    assert "2026" in read
    assert "/days-off/drafts/" not in read
    assert login("deputy").get(f"/days-off/drafts/{draft.pk}/").status_code == 404
    assert login("clerk").get("/days-off/new/").status_code == 403


def test_a_draft_asks_as_much_for_nine_clocks_as_for_two(world, client, keeper):
    client.force_login(keeper.user)
    draft = draft_calendar_year(None, actor=keeper, **TABLE)

    def asked(n):
        with on(2026, 11, 2):
            for k in range(n):
                world.handling(title=f"关于{n}之{k}的建议")
        with on(2026, 12, 25):
            for k in range(n):
                world.submitted(title=f"关于年底{n}之{k}的建议")
        client.get(f"/days-off/drafts/{draft.pk}/")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/days-off/drafts/{draft.pk}/")
        return len(queries)

    assert asked(2) == asked(9)
