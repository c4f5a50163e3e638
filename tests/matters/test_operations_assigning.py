"""Handing over and signing for; and the clocks that start and end with them."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from qiao.kernel.errors import NotAllowed, Unfit, WrongState
from qiao.matters import operations
from qiao.matters.models import Assignment, State, Suggestion
from qiao.notices.models import Notice
from qiao.orgs import operations as orgs
from tests.world import SYSTEM, person_with_post, rule

from .given import entry, fresh, on, refused, running, told

pytestmark = [pytest.mark.django_db, pytest.mark.capability("M1"), pytest.mark.usefixtures("english")]


def test_where_the_rules_say_so_those_who_elected_the_deputy_hear_who_handles_it(world):
    person_with_post(world.mandates["deputy"].electing_unit, "deputy_affairs", "county")
    world.assigned()
    assert told("assigned_electing") == []
    rule(world, "electing_unit_told", value=True)
    world.assigned()
    assert told("assigned_electing") == ["county"]
    said = Notice.objects.filter(code="suggestion.assigned_electing")
    assert "甲市城管局" in said.get().body
    hidden = operations.ask_confidentiality(world.draft(), actor=world.actors["deputy"], reason="当事人可能遭报复。")
    hidden = operations.register(operations.submit(hidden, actor=world.actors["deputy"]), actor=world.actors["clerk"])
    operations.assign(hidden, actor=world.actors["clerk"], unit=world.unit)
    assert said.count() == 1


# --- assign -----------------------------------------------------------------------------------------------------------------------


def test_assigning_starts_the_clocks_and_tells_the_unit_and_every_signer(world):
    joint = operations.register(operations.submit(world.signed_jointly(), actor=world.actors["deputy"]), actor=world.actors["clerk"])
    with on(2026, 3, 2):
        s = operations.assign(joint, actor=world.actors["clerk"], unit=world.unit, note="请会同有关方面办理。")
    a, line = s.assignments.get(), entry("suggestion.assign")
    assert (s.state, s.unit, s.due) == (State.ASSIGNED, world.unit, dt.date(2026, 6, 2))
    assert (a.state, a.unit, a.opinion, a.assigned_on, a.signed_on) == (
        "assigned",
        world.unit,
        "请会同有关方面办理。",
        dt.date(2026, 3, 2),
        None,
    )
    assert (line.note, line.user, line.acting_as, line.via) == (
        "请会同有关方面办理。", world.actors["clerk"].user, str(world.actors["clerk"].post), "web"
    )  # fmt: skip
    assert line.changes == {
        "state": ["registered", "assigned"], "unit_id": [None, world.unit.pk], "due": [None, "2026-06-02"],
        "assigned_at": [None, line.changes["assigned_at"][1]],
    }  # fmt: skip
    assert told("assigned_unit") == ["liaison", "signer"]
    assert told("assigned") == ["deputy", "deputy2"]


@pytest.mark.capability("T3")
def test_four_clocks_run_for_the_unit_from_the_day_of_handing_over(world):
    with on(2026, 3, 2):
        s = operations.assign(world.registered(), actor=world.actors["clerk"], unit=world.unit)
    # seven days; ten and twenty working days; three months (R3.29, R3.31, R3.32, R3.38)
    assert running(s) == {
        "sign": dt.date(2026, 3, 9),
        "return": dt.date(2026, 3, 16),
        "contact": dt.date(2026, 3, 30),
        "reply": dt.date(2026, 6, 2),
    }
    assert set(s.clocks.exclude(assignment=None).values_list("party", "start")) == {("甲市城管局", dt.date(2026, 3, 2))}
    assert all(clock.reckoning.explained() and clock.source for clock in s.clocks.all())


@pytest.mark.capability("T3")
@pytest.mark.parametrize(
    ("day", "due", "provisional"),
    [
        ((2026, 7, 1), (2026, 10, 8), False),  # 1 October and the six days after it are off
        ((2026, 3, 9), (2026, 6, 9), False),  # a working Tuesday
        ((2026, 6, 20), (2026, 9, 20), False),  # a Sunday on which people work before the holidays
        ((2026, 8, 7), (2026, 11, 9), False),  # 7 November is a Saturday
        ((2026, 11, 30), (2027, 3, 1), True),  # no 30 February; the 28th is a Sunday; the days off of 2027 are not known
    ],
)
def test_three_months_end_on_the_corresponding_day_or_the_next_working_day(world, day, due, provisional):
    with on(*day):
        s = operations.assign(world.registered(), actor=world.actors["clerk"], unit=world.unit)
    reply = s.clocks.get(kind="reply")
    assert (s.due, reply.due, reply.reckoning.provisional) == (dt.date(*due), dt.date(*due), provisional)


def test_what_was_handed_over_keeps_the_rules_of_that_day(world):
    with on(2026, 3, 2):
        s = operations.assign(world.registered(), actor=world.actors["clerk"], unit=world.unit)
    rule(world, "reply_limit", {"n": 2, "unit": "months"})
    rule(world, "contact_required", False)
    a = Assignment.objects.get(suggestion=s)
    assert (str(a.rules.period("reply_limit")), a.rules["contact_required"], fresh(s).due) == ("3 months", True, dt.date(2026, 6, 2))
    later = operations.assign(world.registered(), actor=world.actors["clerk"], unit=world.unit)
    assert str(later.assignments.get().rules.period("reply_limit")) == "2 months"


def test_a_unit_of_another_congress_is_refused(world):
    s = world.registered()
    unit = next(iter(world.actors["other_liaison"].units))
    with refused(Unfit, "another congress"):
        operations.assign(s, actor=world.actors["clerk"], unit=type(world.unit).objects.get(pk=unit))


def test_a_unit_that_no_longer_exists_is_refused(world):
    s = world.registered()
    with on(2026, 5, 4):
        closed = orgs.close_unit(world.unit, actor=SYSTEM, on=dt.date(2026, 5, 4))
        with refused(Unfit, "no longer exists"):
            operations.assign(s, actor=world.actors["clerk"], unit=closed)
    with on(2026, 5, 3):
        assert operations.assign(s, actor=world.actors["clerk"], unit=closed).unit == closed


def test_a_unit_that_does_not_exist_yet_is_refused(world):
    coming = orgs.add_unit(world.congress, actor=SYSTEM, name="甲市数据局", active_from=dt.date(2026, 6, 1))
    s = world.registered()
    with on(2026, 5, 31), refused(Unfit, "not exist yet"):
        operations.assign(s, actor=world.actors["clerk"], unit=coming)


@pytest.mark.parametrize("role", ["deputy", "leader", "liaison", "handler", "sysadmin", "other_clerk"])
def test_only_the_congresss_staff_assign(world, role):
    s = world.registered()
    with refused(NotAllowed):
        operations.assign(s, actor=world.actors[role], unit=world.unit)


@pytest.mark.parametrize("state", ["draft", "submitted", "assigned", "handling", "closed", "withdrawn"])
def test_only_what_is_registered_and_with_nobody_is_assigned(world, state):
    s = getattr(world, state)()
    with refused(WrongState):
        operations.assign(s, actor=world.actors["clerk"], unit=world.unit2)


# --- sign for ---------------------------------------------------------------------------------------------------------------------


def test_signing_for_begins_handling_and_ends_two_clocks(world):
    with on(2026, 3, 2):
        s = operations.assign(world.registered(), actor=world.actors["clerk"], unit=world.unit)
    with on(2026, 3, 4):
        a = operations.sign_for(s.assignments.get(), actor=world.actors["liaison"])
    assert (a.state, a.signed_on, fresh(s).state) == ("handling", dt.date(2026, 3, 4), State.HANDLING)
    assert running(s) == {"contact": dt.date(2026, 3, 30), "reply": dt.date(2026, 6, 2)}
    assert s.clocks.get(kind="sign").in_time
    assert (entry("assignment.sign_for").trail, entry("suggestion.begin_handling").because) == (f"suggestion:{s.pk}", "assignment.sign_for")


def test_signing_late_is_possible_and_stays_on_record(world):
    with on(2026, 3, 2):
        s = operations.assign(world.registered(), actor=world.actors["clerk"], unit=world.unit)
    with on(2026, 3, 20):
        operations.sign_for(s.assignments.get(), actor=world.actors["signer"])
    clock = s.clocks.get(kind="sign")
    assert (clock.met, clock.in_time) == (True, False)


@pytest.mark.parametrize("role", ["handler", "liaison2", "handler2", "clerk", "deputy", "other_liaison"])
def test_only_the_units_receivers_sign_for_or_ask_for_return(world, role):
    a = world.assigned().assignments.get()
    with refused(NotAllowed):
        operations.sign_for(a, actor=world.actors[role])
    with refused(NotAllowed):
        operations.request_return(a, actor=world.actors[role], note="……")


def test_signing_twice_or_returning_afterwards_is_refused(world):
    a = world.handling().assignments.get()
    with refused(WrongState):
        operations.sign_for(a, actor=world.actors["liaison"])
    with refused(WrongState):
        operations.request_return(a, actor=world.actors["liaison"], note="……")


def test_no_person_takes_what_follows_into_their_own_hands(world):
    s = world.assigned()
    for run in (operations.take_back, operations.begin_handling):
        with refused(NotAllowed, "Only the system"):
            run(s, actor=world.actors["clerk"])


def test_the_database_itself_wants_a_day_and_a_unit_for_what_is_handed_over(world):
    s = world.assigned()
    for gone in ({"due": None}, {"unit": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Suggestion.objects.filter(pk=s.pk).update(**gone)
