"""Copies of told suggestions: whole, with numbers, deputies and a journal of their own."""

import pytest

from qiao.demo.operations import multiply
from qiao.kernel.errors import NotAllowed
from qiao.kernel.journal import history
from qiao.kernel.models import Entry
from qiao.matters.models import Clock, Reply, Suggestion
from tests.world import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(world):
    return world.closed()


def copies(world, told, times=2):
    multiply(world.congress, actor=SYSTEM, times=times, say=lambda _done: None)
    return list(Suggestion.objects.exclude(pk=told.pk).order_by("pk"))


def test_each_copy_has_its_own_number_of_the_same_series(world, told):
    numbers = [one.number for one in copies(world, told)]
    assert numbers == [told.number + 1, told.number + 2]


def test_a_copy_has_all_that_belongs_to_the_told_one(world, told):
    for one in copies(world, told):
        assert one.state == told.state
        assert Reply.objects.filter(assignment__suggestion=one, evaluation__isnull=False).count() == 1
        assert Clock.objects.filter(suggestion=one).count() == Clock.objects.filter(suggestion=told).count()
        assert all(clock.assignment.suggestion == one for clock in Clock.objects.filter(suggestion=one).exclude(assignment=None))


def test_a_copy_has_the_same_history_by_its_own_deputy(world, told):
    told_codes = [entry.code for entry in history(told)]
    for one in copies(world, told):
        assert [entry.code for entry in history(one)] == told_codes
        submitted = history(one).get(code="suggestion.submit")
        assert (submitted.subject, submitted.user.person) == (one, one.lead.person)


def test_the_next_suggestion_goes_on_with_the_numbers(world, told):
    last = copies(world, told)[-1]
    assert world.registered().number == last.number + 1


def test_nobody_can_copy_suggestions_by_hand(world, told):
    with pytest.raises(NotAllowed):
        multiply(world.congress, actor=world.actors["sysadmin"], times=1, say=lambda _done: None)
    assert not Entry.objects.filter(code="suggestion.multiply").exists()
