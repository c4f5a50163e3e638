"""Lists cost the same at any length, find what they are asked for, leave out what they cannot understand, and go out as files."""

import csv
import io
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from python_calamine import CalamineWorkbook

from qiao.accounts import operations as accounts
from qiao.congress import operations as body
from qiao.kernel import clock
from qiao.matters import operations
from qiao.matters.headlines import stages
from qiao.matters.listing import NEWEST
from qiao.matters.models import Signature, Suggestion
from tests.world import REPLY, SINCE, SYSTEM

from .given import at, on

pytestmark = [pytest.mark.django_db, pytest.mark.capability("M1")]

INDEX, OPEN, HOME = "/suggestions/", "/open/", "/"


def shown(client, url, **query):
    answer = client.get(url, query)
    assert answer.status_code == 200
    return [row.pk for row in answer.context["list"].rows]


def text(answer):
    return b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()


# --- cost -------------------------------------------------------------------------------------------------------------------------


def cost(client, url):
    client.get(url)  # the first look fills what is kept in the process
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


@pytest.mark.parametrize(
    ("role", "url", "make", "most"),
    [
        ("deputy", HOME, "handling", 12),
        ("clerk", HOME, "handling", 12),
        ("handler", HOME, "handling", 12),
        ("deputy", INDEX, "handling", 12),
        ("clerk", INDEX, "handling", 12),
        ("handler", INDEX, "handling", 12),
        ("anonymous", OPEN, "published", 12),
        ("clerk", OPEN, "published", 12),
        ("liaison", "/notices/", "assigned", 12),
    ],
)
def test_a_list_of_nine_costs_no_more_than_a_list_of_two(world, login, role, url, make, most):
    client = login(role)
    for _n in range(2):
        getattr(world, make)()
    few = cost(client, url)
    for _n in range(7):
        getattr(world, make)()
    assert cost(client, url) == few
    assert few <= most


def full(world, number):
    """A closed suggestion with so many signers, contacts, rounds of reply and so on."""
    s = world.draft()
    mandates = []
    for n in range(number):
        person = accounts.add_person(world.congress, actor=SYSTEM, name=f"附议{n}")
        mandates.append(body.enter_mandate(
            world.term, actor=SYSTEM, person=person, electing_unit=world.mandates["deputy"].electing_unit, card_no=f"x{s.pk}-{n}", elected_on=SINCE
        ))  # fmt: skip
    operations.invite(s, actor=world.actors["deputy"], mandates=mandates)
    for signature in Signature.objects.filter(suggestion=s):
        operations.confirm(signature, actor=SYSTEM, version=1)
    operations.register(operations.submit(s, actor=world.actors["deputy"]), actor=world.actors["clerk"])
    a = operations.assign(s, actor=world.actors["clerk"], unit=world.unit).assignments.get()
    operations.sign_for(a, actor=world.actors["liaison"])
    for _n in range(number):
        operations.record_contact(a, actor=world.actors["handler"], mode="phone", on=clock.today(), who="代表", content="已说明。")
    for n in range(number):
        reply = operations.draft_reply(a, actor=world.actors["handler"], **REPLY)
        operations.request_approval(reply, actor=world.actors["handler"])
        operations.issue(reply, actor=world.actors["signer"])
        if n + 1 < number:
            operations.evaluate(s, actor=world.actors["deputy"], ratings={"result": "dissatisfied"}, reason="……")
            operations.order_rehandling(s, actor=world.actors["clerk"], note="……")
    return operations.publish(s, actor=world.actors["clerk"], publicity="full")


@pytest.mark.parametrize(
    ("role", "name", "most"),
    [("deputy", "detail", 19), ("clerk", "detail", 18), ("handler", "detail", 18), ("anonymous", "public_detail", 12)],
)
def test_a_page_with_much_on_it_costs_no_more_than_one_with_little(world, login, role, name, most):
    client = login(role)
    few = cost(client, reverse(f"matters:{name}", args=[full(world, 1).pk]))
    many = cost(client, reverse(f"matters:{name}", args=[full(world, 4).pk]))
    assert many == few
    assert few <= most


# --- filters and order --------------------------------------------------------------------------------------------------------------


def test_the_list_is_narrowed_by_state_topic_unit_and_deputy(world, login):
    client, topic = login("clerk"), operations.add_topic(world.congress, actor=SYSTEM, name="城市管理")
    submitted, assigned = world.submitted(), world.assigned()
    registered = operations.register(world.submitted(), actor=world.actors["clerk"], topic=topic)
    assert set(shown(client, INDEX)) == {submitted.pk, assigned.pk, registered.pk}
    assert shown(client, INDEX, state="submitted") == [submitted.pk]
    assert shown(client, INDEX, topic=topic.pk) == [registered.pk]
    assert shown(client, INDEX, unit=world.unit.pk) == [assigned.pk]
    assert shown(client, INDEX, deputy=world.mandates["deputy2"].pk) == []
    assert len(shown(client, INDEX, deputy=world.mandates["deputy"].pk)) == 3
    assert shown(client, INDEX, view="check") == [submitted.pk]
    assert shown(client, INDEX, view="check", state="assigned") == []


@pytest.mark.usefixtures("english")
def test_what_is_narrowed_is_said_in_words_that_can_be_taken_off(world, login):
    world.submitted()
    answer = login("clerk").get(INDEX, {"view": "check", "state": "submitted", "deputy": world.mandates["deputy"].pk})
    labels = [chip["label"] for chip in answer.context["list"].chips]
    assert labels == ["Worklist: To be checked", "State: Submitted, to be checked", f"Lead deputy: {world.mandates['deputy']}"]


def test_the_list_is_ordered_as_asked(world, login):
    client = login("clerk")
    first, second = world.registered(), world.registered()
    assert shown(client, INDEX) == [second.pk, first.pk]
    assert shown(client, INDEX, order="newest") == [first.pk, second.pk]
    assert shown(client, INDEX, order="number") == [first.pk, second.pk]
    assert shown(client, INDEX, order="-number") == [second.pk, first.pk]


def test_the_units_list_begins_with_what_is_due_first(world, login):
    made = {}
    for month in (5, 3, 4):
        with on(2026, month, 4):
            made[month] = world.handling().pk
    assert shown(login("handler"), INDEX) == [made[3], made[4], made[5]]


def test_thrown_away_drafts_are_in_no_list(world, login):
    world.discarded()
    assert shown(login("deputy"), INDEX) == []


@pytest.mark.parametrize("role", ["deputy", "clerk", "handler", "anonymous"])
@pytest.mark.parametrize(
    "query",
    [
        "page=abc", "page=0", "page=-1", "page=99999999999999999999", "page=٣", "order=nope", "order=--due", "order=title", "unit=999999",
        "unit=x", f"unit={'9' * 40}", "topic='", "session=1.5", "q='\"; drop table matters_suggestion; --", "q=%25", "q=%00", f"q={'长' * 101}",
        f"q={'9' * 90}", "q=AND", "q=NEAR(", "q=*", "state=zzz", "state=%00", "view=nope", "view=%00", "deputy=x", f"deputy={'9' * 40}",
        "congress=x", "export=exe", "export=", "state=submitted&state=closed", "nothing=here",
    ],
)  # fmt: skip
def test_nonsense_in_the_address_breaks_nothing(world, login, role, query):
    url = OPEN if role == "anonymous" else INDEX
    assert login(role).get(f"{url}?{quote(query, safe='=&%')}").status_code == 200


def test_pages_follow_each_other_without_a_gap(world, login):
    made = [world.draft().pk for _n in range(27)]
    client = login("deputy")
    assert shown(client, INDEX) + shown(client, INDEX, page=2) == sorted(made, reverse=True)
    assert shown(client, INDEX, page=3) == []


# --- files ------------------------------------------------------------------------------------------------------------------------


def test_the_list_goes_out_as_csv_with_what_is_seen_and_nothing_else(world, login):
    assigned, _elsewhere = world.assigned(title='=HYPERLINK("http://x")'), world.draft()
    answer = login("clerk").get(INDEX, {"export": "csv"})
    body_ = text(answer)
    rows = list(csv.reader(io.StringIO(body_.removeprefix("\ufeff"))))
    assert body_.startswith("\ufeff")
    assert rows[0][:4] == ["Number", "Title", "Lead deputy", "Handling unit"]
    assert [row[:4] for row in rows[1:]] == [["闭会第1号", '\'=HYPERLINK("http://x")', str(assigned.lead), "甲市城管局"]]
    assert "attachment" in answer["Content-Disposition"]


def test_the_list_goes_out_as_a_workbook(world, login):
    world.assigned()
    answer = login("clerk").get(INDEX, {"export": "xlsx"})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows] == ["Number", "闭会第1号"]


def test_an_export_is_narrowed_and_scoped_like_the_list(world, login):
    world.assigned(), world.submitted()
    assert text(login("clerk").get(INDEX, {"export": "csv", "state": "submitted"})).count("\n") == 2
    assert text(login("other_clerk").get(INDEX, {"export": "csv"})).count("\n") == 1
    assert text(login("anonymous").get(OPEN, {"export": "csv"})).count("\n") == 1


def test_nobody_exports_the_inner_list_without_signing_in(world, login):
    world.assigned()
    assert login("anonymous").get(INDEX, {"export": "csv"}).status_code == 302


# --- the public's list --------------------------------------------------------------------------------------------------------------


def test_the_public_list_shows_what_is_published_by_congress(world, login):
    published, _hidden = world.published(), world.closed()
    client = login("anonymous")
    assert shown(client, OPEN) == [published.pk]
    assert shown(client, OPEN, congress=world.congress.pk) == [published.pk]
    assert shown(client, OPEN, state="closed") == [published.pk]
    assert shown(client, OPEN, state="draft") == [published.pk], "not a state of the public's"
    assert Suggestion.objects.published().count() == 1


@pytest.mark.parametrize("url", [INDEX, OPEN])
def test_a_part_of_the_page_is_sent_to_who_asks_for_a_part(world, login, url):
    world.published()
    client = login("clerk")
    whole, part = client.get(url).content.decode(), client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "<html" in whole
    assert "<html" not in part
    assert 'id="rows"' in part


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_a_file_is_in_the_language_of_its_reader_from_the_first_line_to_the_last(world, login, kind):
    world.handling()
    answer = login("clerk").get(f"/suggestions/?export={kind}")
    with translation.override("zh-hans"):  # the lines are written after the middleware has left
        said = b"".join(answer.streaming_content).decode()
    assert "Being handled" in said


def test_a_day_in_a_list_is_the_day_where_the_congress_sits(world):
    with clock.pretend(at(2026, 1, 2, hour=7)):  # the day before in UTC
        s = world.submitted()
    s = Suggestion.objects.get(pk=s.pk)
    assert str(NEWEST.value(s)) == stages(s)[0]["note"] == "2026-01-02"
