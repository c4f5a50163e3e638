"""A person's data: corrected by those who keep the directory of a congress the person belongs to."""

import datetime as dt

import pytest

from qiao.congress import operations
from qiao.congress.models import Mandate
from qiao.kernel import clock
from qiao.kernel.errors import NotAllowed
from qiao.kernel.journal import MASK
from qiao.kernel.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.capability("R5")]


def test_a_corrected_name_has_its_new_initials(world):
    person = operations.correct_person(world.mandates["deputy"].person, actor=world.actors["clerk"], name="李四")
    assert (person.name, person.pinyin) == ("李四", "ls")


def test_the_journal_shows_that_a_telephone_changed_and_not_which(world):
    operations.correct_person(world.mandates["deputy"].person, actor=world.actors["clerk"], phone="13800000001")
    assert Entry.objects.get(code="person.correct").changes == {"phone": [MASK, MASK]}


@pytest.mark.parametrize("role", ["other_clerk", "deputy", "handler", "leader"])
def test_others_cannot_correct_a_person(world, role):
    with pytest.raises(NotAllowed):
        operations.correct_person(world.mandates["deputy"].person, actor=world.actors[role], name="李四")
    assert world.mandates["deputy"].person.name != "李四"


def test_a_mandate_is_exercised_until_its_term_ends(world):
    world.term.ends = clock.today()
    world.term.save()
    assert Mandate.objects.in_office().filter(pk=world.mandates["deputy"].pk).exists()
    with clock.pretend(clock.now() + dt.timedelta(days=1)), pytest.raises(NotAllowed):
        world.draft()
