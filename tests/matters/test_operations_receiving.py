"""Before handing over: the notice of receipt, the paper original, the decision, and the congress's own periods (R3.20–R3.23)."""

import datetime as dt

import pytest

from qiao.congress import operations as body
from qiao.kernel import clock
from qiao.kernel.errors import NotAllowed, Unfit
from qiao.matters import operations
from qiao.matters.models import Clock, ClockKind, State
from tests.world import SYSTEM, rule

from .given import later, on, refused, told

pytestmark = [pytest.mark.django_db, pytest.mark.capability("M1"), pytest.mark.usefixtures("english")]


def own_clocks(s):
    """The congress's own periods: kind, day, whether done; None while it runs."""
    found = s.clocks.filter(kind__in=[ClockKind.RECEIPT, ClockKind.HAND_OVER])
    return {c.kind: (c.due, c.met if c.ended_on else None) for c in found}


def test_between_sessions_the_congress_has_a_week_to_confirm_receipt_and_ten_working_days_to_hand_over(world):
    with on(2026, 3, 2):
        assert own_clocks(world.submitted()) == {"receipt": (dt.date(2026, 3, 9), None), "hand_over": (dt.date(2026, 3, 16), None)}


def test_in_a_session_the_time_for_handing_over_runs_from_its_last_day_and_no_receipt_is_due(world):
    with on(2026, 3, 2):
        body.convene(world.term, actor=SYSTEM, number=1, opens=clock.today(), closes=dt.date(2026, 3, 5))
        s = world.submitted()
    assert s.session is not None
    assert own_clocks(s) == {"hand_over": (dt.date(2026, 4, 7), None)}
    assert s.clocks.get().reckoning.explained()[0].startswith("The session closes on 5 March 2026")
    today = clock.today()
    s = operations.register(s, actor=world.actors["clerk"])
    with refused(NotAllowed, "in a session"):
        operations.decide_hand_over(s, actor=world.actors["clerk"], decider="chairpersons", decision="会议", decided_on=today)


def test_the_deputy_is_told_once_that_it_has_arrived(world):
    s = operations.receive(world.submitted(), actor=world.actors["clerk"])
    assert (told("received"), s.received_on, own_clocks(s)["receipt"][1]) == (["deputy"], clock.today(), True)
    with refused(NotAllowed, "confirmed already"):
        operations.receive(s, actor=world.actors["clerk"])


@pytest.mark.parametrize(("way", "met"), [("registered", None), ("returned", False), ("not_accepted", False)])
def test_whatever_is_decided_at_once_confirms_the_receipt_too(world, way, met):
    clocks = own_clocks(getattr(world, way)())
    assert (clocks["receipt"][1], clocks["hand_over"][1]) == (True, met)


def test_handing_over_ends_the_time_for_it(world):
    assert own_clocks(world.assigned())["hand_over"][1] is True


def test_what_is_handed_over_too_late_stands_on_the_staffs_worklist(world, login):
    s = world.registered()
    with later(days=30):
        assert [row.pk for row in login("clerk").get("/suggestions/?view=late").context["list"].rows] == [s.pk]


def test_where_the_rules_ask_for_the_paper_original_nothing_is_registered_without_it(world):
    rule(world, "require_signed_paper", True)
    s = operations.receive(world.submitted(), actor=world.actors["clerk"])
    with refused(Unfit, "paper original"):
        operations.register(s, actor=world.actors["clerk"])
    with refused(Unfit, "still to come"):
        operations.receive(s, actor=world.actors["clerk"], paper_on=clock.today() + dt.timedelta(days=1))
    s = operations.receive(s, actor=world.actors["clerk"], paper_on=clock.today())
    assert operations.register(s, actor=world.actors["clerk"]).state == State.REGISTERED


@pytest.mark.parametrize(("decider", "asked"), [("chairpersons", True), ("joint", True), ("deputy_affairs", False)])
def test_what_others_decide_is_handed_over_once_their_decision_is_on_record(world, decider, asked):
    rule(world, "assign_decider", decider)
    s = world.registered()
    if asked:
        with refused(Unfit, "Record the decision first"):
            operations.assign(s, actor=world.actors["clerk"], unit=world.unit)
        given = {"decider": decider, "decision": "第十二次主任会议纪要"}
        with refused(Unfit, "still to come"):
            operations.decide_hand_over(s, actor=world.actors["clerk"], decided_on=clock.today() + dt.timedelta(days=1), **given)
        s = operations.decide_hand_over(s, actor=world.actors["clerk"], decided_on=clock.today(), **given)
    assert operations.assign(s, actor=world.actors["clerk"], unit=world.unit).state == State.ASSIGNED


def test_the_decision_and_the_paper_stand_on_the_page(world, login):
    rule(world, "assign_decider", "chairpersons")
    s = operations.receive(world.submitted(), actor=world.actors["clerk"], paper_on=clock.today())
    s = operations.register(s, actor=world.actors["clerk"])
    given = {"decider": "chairpersons", "decision": "第十二次主任会议纪要", "decided_on": clock.today().isoformat()}
    assert login("clerk").post(f"/suggestions/{s.pk}/decide_hand_over/", given).status_code == 302
    page = login("clerk").get(f"/suggestions/{s.pk}/").content.decode()
    assert "第十二次主任会议纪要" in page
    assert "Paper original received on" in page
    assert Clock.objects.running().filter(suggestion=s, kind=ClockKind.HAND_OVER).exists()
