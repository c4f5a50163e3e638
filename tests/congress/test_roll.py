"""Many deputies entered at once: the rules and the journal's lines of one by one, in a bounded number of statements."""

import datetime as dt

import pytest

from qiao.accounts.models import Person
from qiao.congress import operations
from qiao.congress.models import Mandate
from qiao.kernel.errors import NotAllowed, Unfit
from qiao.kernel.journal import MASK, history
from qiao.kernel.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.capability("R5")]


def roll(world, number=3, **facts):
    seat = world.mandates["deputy"].electing_unit
    given = {"electing_unit": seat, "elected_on": dt.date(2022, 1, 10)} | facts
    return [(Person(name=f"名册{n}", phone="13800000000"), {"card_no": f"9{n:04}", **given}) for n in range(number)]


def test_a_roll_enters_persons_with_their_initials_and_mandates(world):
    operations.enter_roll(world.term, actor=world.actors["clerk"], roll=roll(world))
    entered = Mandate.objects.filter(card_no__startswith="9").select_related("person")
    assert [(m.person.name, m.person.pinyin, m.congress) for m in entered] == [
        (f"名册{n}", "mc" + str(n), world.congress) for n in range(3)
    ]


def test_each_of_them_has_a_history_as_if_entered_alone(world):
    operations.enter_roll(world.term, actor=world.actors["clerk"], roll=roll(world))
    mandate = Mandate.objects.get(card_no="90001")
    assert [e.code for e in history(mandate)] == ["mandate.enter"]
    made = history(mandate.person).get()
    assert (made.code, made.user, made.changes["phone"]) == ("person.add", world.actors["clerk"].user, [MASK, MASK])


@pytest.mark.parametrize("role", ["other_clerk", "deputy", "leader"])
def test_others_cannot_enter_a_roll(world, role):
    with pytest.raises(NotAllowed):
        operations.enter_roll(world.term, actor=world.actors[role], roll=roll(world))
    assert not Person.objects.filter(name__startswith="名册").exists()


def test_a_roll_with_a_card_number_given_before_enters_nobody(world):
    taken = world.mandates["deputy2"].card_no
    with pytest.raises(Unfit):
        operations.enter_roll(world.term, actor=world.actors["clerk"], roll=[*roll(world), *roll(world, 1, card_no=taken)])
    assert not Person.objects.filter(name__startswith="名册").exists()
    assert not Entry.objects.filter(code="term.enter_roll").exists()


def test_who_already_holds_a_mandate_of_the_term_is_named(world):
    again = (world.mandates["deputy2"].person, roll(world, 1)[0][1])
    with pytest.raises(Unfit, match=again[0].name):
        operations.enter_roll(world.term, actor=world.actors["clerk"], roll=[again])


def test_a_deputy_of_a_congress_out_of_line_is_refused(world):
    elsewhere = (world.mandates["other_deputy"].person, roll(world, 1)[0][1])
    with pytest.raises(Unfit, match="乙市"):
        operations.enter_roll(world.term, actor=world.actors["clerk"], roll=[elsewhere])


def test_forty_deputies_take_as_many_statements_as_four(world, django_assert_max_num_queries):
    operations.enter_roll(world.term, actor=world.actors["clerk"], roll=roll(world, 4))
    with django_assert_max_num_queries(16):
        operations.enter_roll(
            world.term, actor=world.actors["clerk"], roll=[(p, f | {"card_no": f"8{f['card_no']}"}) for p, f in roll(world, 40)]
        )
