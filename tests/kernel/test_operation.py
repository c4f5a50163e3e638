"""The one door for writing: lock, ask, do, move, check, record, tell."""

import threading

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from qiao.imports.models import ImportRun, RunState
from qiao.kernel import clock
from qiao.kernel import operation as door
from qiao.kernel.errors import NotAllowed, Refused, Unfit, WrongState
from qiao.kernel.models import Entry
from qiao.kernel.operation import Operation, Permit, Told, demand, each
from qiao.kernel.policy import Actor

from . import factories
from .factories import FLOW, SYSTEM, decides


def cancelling(run, *, actor):
    """Give it up."""
    run.done_at = clock.now()


def renaming(run, *, actor, filename):
    run.filename = filename


cancel, rename = Operation(FLOW["cancel"], cancelling), Operation(FLOW["rename"], renaming)


def stored(run):
    return ImportRun.objects.get(pk=run.pk)


# --- asking -------------------------------------------------------------------------------------------------------------------


def test_it_moves_the_object_keeps_the_change_and_returns_the_object(run, actor, entries):
    done = cancel(run, actor=actor, note="Wrong file.")
    assert done.state == stored(run).state == RunState.CANCELLED
    assert stored(run).done_at
    (entry,) = entries()
    assert (entry.code, entry.note, entry.user, entry.acting_as, entry.via) == (
        "run.cancel",
        "Wrong file.",
        actor.user,
        "Staff · County",
        "web",
    )
    assert set(entry.changes) == {"state", "done_at"}


def test_the_wrong_person_is_refused_with_the_reason_and_nothing_is_written(run, stranger, entries):
    with pytest.raises(NotAllowed) as refusal:
        cancel(run, actor=stranger)
    assert (refusal.value.reason, refusal.value.code) == ("Your post does not decide this.", "run.cancel")
    assert stored(run).state == RunState.UPLOADED
    assert entries() == []


def test_the_wrong_moment_is_another_refusal(run, actor, entries):
    cancel(run, actor=actor)
    with pytest.raises(WrongState) as refusal:
        cancel(run, actor=actor)
    assert refusal.value.code == "run.cancel"
    assert str(RunState.CANCELLED.label) in refusal.value.reason
    assert len(entries()) == 1


def test_the_wrong_person_at_the_wrong_moment_is_told_of_the_person(run, actor, stranger):
    cancel(run, actor=actor)
    with pytest.raises(NotAllowed):
        cancel(run, actor=stranger)


def test_a_door_can_ask_beforehand_and_hears_the_same(run, actor, stranger):
    demand(FLOW["cancel"], actor, run)
    with pytest.raises(NotAllowed):
        demand(FLOW["cancel"], stranger, run)
    run.state = RunState.CANCELLED
    with pytest.raises(WrongState):
        demand(FLOW["cancel"], actor, run)


def test_a_permit_refuses_the_person_whatever_the_state(run, stranger):
    run.state = RunState.CANCELLED
    with pytest.raises(NotAllowed):
        demand(Permit("run.look", decides, "Look"), stranger, run)


def test_the_system_acts_for_its_stated_reason(run, entries):
    cancel(run, actor=SYSTEM)
    (entry,) = entries()
    assert (entry.user, entry.acting_as, entry.via, entry.because) == (None, "", "system", "tests")


def test_a_lent_actor_passes_and_stays_named(run, stranger, entries):
    cancel(run, actor=stranger.lend("run.merge"))
    (entry,) = entries()
    assert (entry.user, entry.via, entry.because) == (stranger.user, "system", "run.merge")


# --- locking ------------------------------------------------------------------------------------------------------------------


def test_the_argument_is_a_stale_copy_that_is_read_anew(run, actor):
    run.filename = "never stored.csv"
    done = cancel(run, actor=actor)
    assert done is not run
    assert done.filename == stored(run).filename == "units.csv"


def test_what_another_has_done_meanwhile_counts(run, actor):
    stale = stored(run)
    cancel(run, actor=actor)
    assert stale.state == RunState.UPLOADED
    with pytest.raises(WrongState):
        cancel(stale, actor=actor)


def test_only_what_changed_is_saved(run, actor):
    with CaptureQueriesContext(
        connection,
    ) as seen:
        rename(run, actor=actor, filename="b.csv")
    (update,) = [query["sql"] for query in seen if query["sql"].startswith("UPDATE")]
    assert "filename" in update
    assert "unread" not in update


def test_an_operation_is_cheap(run, actor):
    ContentType.objects.get_for_model(ImportRun)
    with CaptureQueriesContext(connection) as seen:
        cancel(run, actor=actor)
    assert len(seen) <= 15


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has no row locks; its writes wait for one another")
@pytest.mark.django_db(transaction=True)
def test_of_eight_at_once_one_succeeds_and_seven_are_told():
    run, said, start = factories.run(factories.congress()), [], threading.Barrier(8)
    before = Entry.objects.count()

    def go():
        start.wait()
        try:
            cancel(run, actor=SYSTEM)
            said.append("done")
        except WrongState:
            said.append("late")
        finally:
            connection.close()

    threads = [threading.Thread(target=go) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["done", *["late"] * 7]
    assert Entry.objects.count() == before + 1


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has no row locks; its writes wait for one another")
@pytest.mark.django_db(transaction=True)
def test_two_that_stand_in_each_others_way_are_both_done_in_the_end():
    congress, both = factories.congress(), threading.Barrier(2)
    one, two = factories.run(congress, "1.csv"), factories.run(congress, "2.csv")
    begun, faults = [], []

    def crossing(run, *, actor, other):
        begun.append(run.pk)
        if begun.count(run.pk) == 1:
            both.wait()
        ImportRun.objects.select_for_update().get(pk=other)
        run.filename = "done.csv"

    def go(run, other):
        try:
            Operation(FLOW["rename"], crossing)(run, actor=SYSTEM, other=other)
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=pair) for pair in ((one, two.pk), (two, one.pk))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert len(begun) == 3, "one was undone and began anew"
    assert {stored(one).filename, stored(two).filename} == {"done.csv"}


# --- notes --------------------------------------------------------------------------------------------------------------------


def needing(run, *, actor, note):
    run.filename = note


def hearing(run, *, actor, note=""):
    run.filename = note or "silent.csv"


@pytest.mark.parametrize("given", [{}, {"note": ""}, {"note": "  \n"}, {"note": "路\0灯"}])
def test_a_body_that_needs_the_reason_is_not_done_without_one_that_can_be_kept(given, run, actor, entries):
    with pytest.raises(Unfit) as refusal:
        Operation(FLOW["rename"], needing)(run, actor=actor, **given)
    assert (refusal.value.code, bool(refusal.value.reason)) == ("run.rename", True)
    assert stored(run).filename == "units.csv"
    assert entries() == []


def test_who_may_not_do_it_is_told_that_before_being_asked_for_a_reason(run, stranger):
    with pytest.raises(NotAllowed):
        Operation(FLOW["rename"], needing)(run, actor=stranger)


def test_a_body_that_needs_the_reason_gets_it_and_the_journal_keeps_it(run, actor, entries):
    assert Operation(FLOW["rename"], needing)(run, actor=actor, note="c.csv").filename == "c.csv"
    assert entries()[0].note == "c.csv"


def test_a_body_may_hear_the_note_without_asking_for_it(run, actor):
    hears = Operation(FLOW["rename"], hearing)
    assert hears(run, actor=actor).filename == "silent.csv"
    assert hears(run, actor=actor, note="d.csv").filename == "d.csv"


def test_a_body_that_does_not_hear_the_note_leaves_it_to_the_journal(run, actor, entries):
    rename(run, actor=actor, filename="e.csv", note="By hand.")
    assert entries()[0].note == "By hand."


# --- moving -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("outcome", [RunState.CONFIRMED, RunState.CANCELLED])
def test_where_a_step_forks_the_body_decides(outcome, run, actor):
    def deciding(run, *, actor):
        run.done_at = clock.now()
        return outcome

    assert Operation(FLOW["decide"], deciding)(run, actor=actor).state == outcome


def test_a_fork_without_a_decision_writes_nothing(run, actor, entries):
    with pytest.raises(ValueError, match="the body must choose"):
        Operation(FLOW["decide"], cancelling)(run, actor=actor)
    assert stored(run).done_at is None
    assert entries() == []


def test_a_body_may_return_the_object_itself(run, actor):
    def renamed(run, *, actor):
        run.filename = "f.csv"
        return run

    assert Operation(FLOW["rename"], renamed)(run, actor=actor).filename == "f.csv"


def test_a_permit_moves_no_state(run, actor):
    look = Operation(Permit("run.look", decides, "Look"), lambda run, *, actor: None)
    assert look(run, actor=actor).state == RunState.UPLOADED


def test_what_changes_nothing_saves_nothing_and_is_recorded(run, actor, entries):
    with CaptureQueriesContext(connection) as seen:
        rename(run, actor=actor, filename="units.csv")
    assert not [query for query in seen if query["sql"].startswith("UPDATE")]
    assert [(entry.code, entry.changes) for entry in entries()] == [("run.rename", {})]


# --- checking -----------------------------------------------------------------------------------------------------------------


def test_a_broken_invariant_rolls_everything_back(run, actor, congress, entries):
    """A decided import has the time of the decision; the state alone changed, the constraint joins it to an unchanged column."""

    def forgetting(run, *, actor):
        factories.run(congress, "made on the way.csv")

    with pytest.raises(ValidationError):
        Operation(FLOW["cancel"], forgetting)(run, actor=actor)
    assert stored(run).state == RunState.UPLOADED
    assert ImportRun.objects.count() == 1
    assert entries() == []


def test_a_changed_column_is_checked(run, actor):
    with pytest.raises(ValidationError):
        rename(run, actor=actor, filename="x" * 201)
    assert stored(run).filename == "units.csv"


def test_what_only_the_database_refuses_is_said_as_it_says_it_and_writes_nothing(actor, entries):
    def emptying(person, *, actor):
        person.party = None

    with pytest.raises(IntegrityError):
        Operation(Permit("person.empty", decides, "Empty"), emptying)(actor.user.person, actor=actor)
    actor.user.person.refresh_from_db()
    assert actor.user.person.party == ""
    assert entries() == []


def test_an_error_in_the_body_rolls_everything_back(run, actor, congress, entries):
    def breaking(run, *, actor):
        factories.run(congress, "made on the way.csv")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        Operation(FLOW["rename"], breaking)(run, actor=actor)
    assert ImportRun.objects.count() == 1
    assert entries() == []


# --- making -------------------------------------------------------------------------------------------------------------------

add = Operation(Permit("run.add", decides, "Add"), lambda congress, *, actor, filename: factories.run(congress, filename))


def test_what_the_body_makes_is_returned_and_recorded(congress, actor, entries):
    made = add(congress, actor=actor, filename="g.csv")
    (entry,) = entries()
    assert (entry.subject, entry.trail) == (made, f"importrun:{made.pk}")
    assert entry.changes["filename"] == [None, "g.csv"]


def test_something_can_be_made_of_nothing(congress, actor, entries):
    made = Operation(Permit("run.add", decides, "Add"), lambda nothing, *, actor: factories.run(congress))(None, actor=actor)
    assert entries()[0].subject == made


def test_making_one_object_and_changing_another_is_an_error_and_writes_nothing(run, actor, congress, entries):
    def both(run, *, actor):
        run.filename = "lost.csv"
        return factories.run(congress)

    with pytest.raises(AssertionError, match=r"run\.rename made one object and changed another"):
        Operation(FLOW["rename"], both)(run, actor=actor)
    assert ImportRun.objects.count() == 1
    assert entries() == []


# --- telling ------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def heard(monkeypatch):
    told = []
    monkeypatch.setattr(door, "OBSERVERS", [told.append])
    return told


def test_the_observers_hear_of_it_after_the_commit(run, actor, heard, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        cancel(run, actor=actor)
        assert heard == []
    assert [entry.code for entry in heard] == ["run.cancel"]


def test_an_observer_that_fails_undoes_nothing_and_keeps_nobody_else_from_hearing(
    run, actor, heard, monkeypatch, caplog, django_capture_on_commit_callbacks
):
    def fails(entry):
        raise RuntimeError("no room left")

    monkeypatch.setattr(door, "OBSERVERS", [fails, *door.OBSERVERS])
    with django_capture_on_commit_callbacks(execute=True):
        cancel(run, actor=actor)
    assert stored(run).state == RunState.CANCELLED
    assert [entry.code for entry in heard] == ["run.cancel"]
    assert "no room left" in caplog.text


def test_the_observers_do_not_hear_of_what_was_refused(run, stranger, heard, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(NotAllowed):
        cancel(run, actor=stranger)
    assert heard == []


# --- many ---------------------------------------------------------------------------------------------------------------------


def test_many_are_done_one_by_one_and_each_is_told_apart(congress, actor, entries):
    runs = [factories.run(congress, f"{number}.csv") for number in range(3)]
    cancel(runs[1], actor=actor)
    told = each(cancel, runs, actor=actor, note="All of them.")
    assert [type(one.refusal) for one in told] == [type(None), WrongState, type(None)]
    assert [one.subject.pk for one in told] == [run.pk for run in runs]
    assert {stored(run).state for run in runs} == {RunState.CANCELLED}
    assert [entry.note for entry in entries()] == ["", "All of them.", "All of them."]


def test_none_done_is_nothing_told(actor):
    assert each(cancel, [], actor=actor) == []


def test_what_is_told_names_the_object_and_the_refusal():
    assert Told("x") == Told("x", None)


# --- declaring ----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def register(monkeypatch):
    """A register of the test's own."""
    monkeypatch.setattr(door, "OPERATIONS", {})
    return door


def test_a_declared_operation_stands_in_the_register_under_its_code(register):
    declared = door.operation(FLOW["cancel"])(cancelling)
    assert {"run.cancel": declared} == register.OPERATIONS
    assert (declared.__name__, declared.__doc__, declared.guard) == ("cancelling", "Give it up.", FLOW["cancel"])


def test_an_operation_is_declared_once(register):
    door.operation(FLOW["cancel"])(cancelling)
    with pytest.raises(ValueError, match=r"'run\.cancel' declared twice"):
        door.operation(FLOW["cancel"])(renaming)


def test_a_refusal_is_its_reason():
    refusal = Refused("Not now.", "run.cancel")
    assert (str(refusal), refusal.reason, refusal.code) == ("Not now.", "Not now.", "run.cancel")


def test_nobody_may_be_left_out_as_the_actor(run):
    with pytest.raises(TypeError):
        cancel(run)
    with pytest.raises(NotAllowed):
        cancel(run, actor=Actor())
