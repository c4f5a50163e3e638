"""People who act at the same moment: the database lets one win and tells the others. Needs row locks, so PostgreSQL."""

import threading

import pytest
from django.db import connection, transaction

from qiao.kernel.errors import Refused, WrongState
from qiao.kernel.models import Entry
from qiao.matters import operations
from qiao.matters.models import Assignment, Clock, Evaluation, NumberSeries, Signature, Suggestion

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no row locks: its writes wait for each other"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.capability("M1"),
]


@pytest.fixture
def world(own_world):
    """A world that other connections see too."""
    return own_world


def at_once(*deeds):
    """Do all of these in the same moment, each on a connection of its own; what each was told: None, or its refusal."""
    said, start = [], threading.Barrier(len(deeds))

    def go(deed):
        start.wait()
        try:
            deed()
            said.append(None)
        except Refused as refusal:
            said.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


def won(said):
    return [one for one in said if one is None]


def test_eight_clerks_assign_at_once_and_seven_are_told(world):
    s = world.registered()
    units = [world.unit, world.unit2] * 4
    said = at_once(*(lambda unit=unit: operations.assign(s, actor=world.actors["clerk"], unit=unit) for unit in units))
    assert len(won(said)) == 1
    assert all(isinstance(one, WrongState) for one in said if one)
    assert Assignment.objects.filter(suggestion=s).count() == 1
    assert Entry.objects.filter(code="suggestion.assign").count() == 1
    assert Clock.objects.filter(suggestion=s, assignment__isnull=False).count() == 4


def test_numbers_given_at_once_are_all_different(world):
    waiting = [world.submitted() for _n in range(6)]
    said = at_once(*(lambda s=s: operations.register(s, actor=world.actors["clerk"]) for s in waiting))
    assert len(won(said)) == 6
    assert sorted(Suggestion.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]
    assert NumberSeries.objects.get().next == 7


def test_the_same_reply_is_rated_once(world):
    s = world.replied()
    rate = [
        lambda r=r: operations.evaluate(s, actor=world.actors["deputy"], ratings={"result": r}, reason="……")
        for r in ("satisfied", "dissatisfied")
    ]
    said = at_once(*rate)
    assert len(won(said)) == 1
    assert Evaluation.objects.count() == 1


def test_the_same_reply_is_issued_once(world):
    reply = world.approval().assignments.get().replies.get()
    said = at_once(*[lambda: operations.issue(reply, actor=world.actors["signer"])] * 3)
    assert len(won(said)) == 1
    assert Entry.objects.filter(code="reply.issue").count() == 1


def test_a_text_never_goes_out_with_a_consent_to_another(world):
    s = world.cosigning()
    signature = Signature.objects.get(suggestion=s)
    at_once(
        lambda: operations.confirm(signature, actor=world.actors["deputy2"], version=1),
        lambda: operations.revise(s, actor=world.actors["deputy"], title="关于另一件事的建议"),
    )
    signature.refresh_from_db()
    s.refresh_from_db()
    try:
        operations.submit(s, actor=world.actors["deputy"])
    except Refused:
        return
    assert signature.version == s.version


def test_who_turns_to_a_part_waits_for_the_whole_so_that_two_never_wait_crosswise(world):
    s = world.assigned()
    assignment = s.assignments.get()
    with transaction.atomic():
        Suggestion.objects.select_for_update().get(pk=s.pk)
        other = threading.Thread(target=at_once, args=[lambda: operations.sign_for(assignment, actor=world.actors["liaison"])])
        other.start()
        other.join(0.5)
        assert other.is_alive()
        Assignment.objects.select_for_update(nowait=True).get(pk=assignment.pk)
    other.join()
    assignment.refresh_from_db()
    assert assignment.state == "handling"
