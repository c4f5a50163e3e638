"""The page of all dates, and the mark on every date that may still move."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qiao.matters import operations
from qiao.matters.models import Clock

from .given import on

pytestmark = [pytest.mark.django_db, pytest.mark.capability("T3")]
MARK = "Provisional"


def test_every_clock_is_shown_with_its_steps_its_rule_and_the_days_counted_off(world, login):
    with on(2026, 2, 10):
        s = world.assigned()
    text = login("handler").get(f"/suggestions/{s.pk}/clocks/").content.decode()
    assert "Handed over on 10 February 2026 (Tuesday); the day itself is not counted." in text
    assert "A period of 3 months ends on 10 May 2026 (Sunday)." in text
    assert "is a day off (weekend), so the last day moves to 11 May 2026 (Monday)" in text
    assert "15 February to 23 February 2026: not counted (Spring Festival)" in text
    assert "11 February to 14 February 2026: days 1 to 4" in text
    assert "代表法" in text or "Deputies Law" in text or "代表" in text
    assert login("handler").get(f"/suggestions/{s.pk}/").content.decode().count(f"/suggestions/{s.pk}/clocks/") == 1


def test_it_says_when_a_duty_was_done_and_who_was_reminded_when(world, login):
    with on(2026, 3, 2):
        s = world.handling()
    with on(2026, 5, 26):
        operations.remind_due()
    text = login("clerk").get(f"/suggestions/{s.pk}/clocks/").content.decode()
    assert "Done on" in text
    assert "2026-05-26" in text


def test_the_api_gives_every_clock_with_its_steps(world, login):
    with on(2026, 3, 2):
        s = world.handling()
    found = {one["kind"]: one for one in login("handler").get(f"/api/v1/suggestions/{s.pk}/clocks").json()}
    assert (found["reply"]["due"], found["reply"]["paused_on"], found["sign"]["met"]) == ("2026-06-02", None, True)
    assert found["reply"]["steps"][0] == "Handed over on 2 March 2026 (Monday); the day itself is not counted."
    assert login("handler2").get(f"/api/v1/suggestions/{s.pk}/clocks").status_code == 404


@pytest.mark.parametrize(("role", "status"), [("deputy", 200), ("clerk", 200), ("handler2", 404), ("other_clerk", 404), ("deputy2", 404)])
def test_only_who_sees_the_suggestion_sees_its_dates(world, login, role, status):
    s = world.handling()
    assert login(role).get(f"/suggestions/{s.pk}/clocks/").status_code == status


def test_a_page_of_many_clocks_asks_no_more_than_one_of_few(world, login):
    few, many = world.submitted(), world.opined()
    clerk = login("clerk")
    clerk.get(f"/suggestions/{few.pk}/clocks/")

    def asked(s):
        with CaptureQueriesContext(connection) as queries:
            clerk.get(f"/suggestions/{s.pk}/clocks/")
        return len(queries)

    assert Clock.objects.filter(suggestion=many).count() > Clock.objects.filter(suggestion=few).count() + 3
    assert asked(many) <= asked(few) + 1
    assert asked(many) <= 12


def test_a_date_in_a_year_without_a_table_is_marked_wherever_it_stands(world, login):
    with on(2026, 3, 2):
        firm = world.handling()
    with on(2026, 11, 2):
        open_ = world.handling(title="关于另一条路的建议")
        for page in ("/suggestions/", f"/suggestions/{open_.pk}/", f"/suggestions/{open_.pk}/clocks/"):
            assert MARK in login("clerk").get(page).content.decode()
        assert "Provisional" in b"".join(login("clerk").get("/suggestions/?export=csv").streaming_content).decode()
        told = login("clerk").get(f"/api/v1/suggestions/{open_.pk}").json()
        assert (told["due_may_move"], login("clerk").get(f"/api/v1/suggestions/{firm.pk}").json()["due_may_move"]) == (True, False)
        why = open_.clocks.get(kind="reply")
        assert MARK in login("deputy").get(f"/clocks/{why.pk}/").content.decode()
        assert MARK not in login("clerk").get(f"/suggestions/{firm.pk}/").content.decode()


def test_more_time_into_a_year_without_a_table_is_provisional_too(world):
    with on(2026, 9, 1):
        a = world.handling().assignments.get()
    until = dt.date(2027, 2, 1)
    with on(2026, 9, 2):
        asked = operations.ask_extension(a, actor=world.actors["handler"], note="需现场勘察。", until=until)
        operations.grant_extension(asked, actor=world.actors["clerk"], until=until)
    reckoning = a.clocks.get(kind="reply").reckoning
    assert reckoning.provisional
    assert [line.code for line in reckoning.lines][-3:] == ["extended", "unknown_year", "extended_due_provisional"]
