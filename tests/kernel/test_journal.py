"""What was written, for whom, and what stays hidden of it."""

import pytest

from qiao.kernel import journal
from qiao.kernel.journal import MASK
from qiao.kernel.models import Tick
from qiao.kernel.operation import Operation
from qiao.kernel.policy import Actor
from qiao.matters.models import Signature, Suggestion

from . import factories
from .factories import FLOW


def refilling(run, *, actor, filename, unread):
    run.filename, run.unread = filename, unread


refill = Operation(FLOW["rename"], refilling)


def test_a_masked_column_shows_only_that_it_changed(run, actor, entries):
    refill(run, actor=actor, filename="b.csv", unread=["县农业局"])
    assert entries()[0].changes == {"filename": ["units.csv", "b.csv"], "unread": [MASK, MASK]}


def test_a_masked_column_that_did_not_change_is_not_named(run, actor, entries):
    refill(run, actor=actor, filename="b.csv", unread=run.unread)
    assert set(entries()[0].changes) == {"filename"}


def test_a_new_object_masks_what_it_holds_from_the_beginning(run, actor, entries):
    journal.record("run.add", actor, "", run, {})
    changes = entries()[0].changes
    assert changes["unread"] == [MASK, MASK]
    assert changes["filename"] == [None, "units.csv"]


def test_a_line_says_what_was_done_and_to_what(run, actor, entries):
    refill(run, actor=actor, filename="b.csv", unread=run.unread)
    assert str(entries()[0]) == f"run.rename importrun:{run.pk}"


def test_nothing_has_no_facts():
    assert journal.facts(None) == {}


def test_an_object_without_a_root_is_its_own_history(run):
    assert journal.trail_of(run) == f"importrun:{run.pk}"


def test_what_belongs_to_another_stands_in_its_history(world):
    suggestion = world.signed_jointly()
    signature = Signature.objects.get(suggestion=suggestion)
    assert journal.trail_of(signature) == f"suggestion:{suggestion.pk}"
    codes = [entry.code for entry in journal.history(suggestion)]
    assert codes[0] == "signature.confirm"
    assert codes[-1] == "suggestion.draft"


def test_a_history_is_newest_first(run, actor):
    for number in range(5):
        refill(run, actor=actor, filename=f"{number}.csv", unread=run.unread)
    newest = list(journal.history(run)[:3])
    assert [entry.changes["filename"][1] for entry in newest] == ["4.csv", "3.csv", "2.csv"]


def test_a_history_holds_nobody_elses_lines(run, actor, congress):
    other = factories.run(congress, "other.csv")
    refill(other, actor=actor, filename="b.csv", unread=[])
    assert list(journal.history(run)) == []


def test_a_history_names_the_people_without_asking_for_each(run, actor, django_assert_num_queries):
    for number in range(4):
        refill(run, actor=actor, filename=f"{number}.csv", unread=run.unread)
    with django_assert_num_queries(1):
        assert {entry.user.login for entry in journal.history(run).select_related("user")} == {"wang"}


def test_rows_are_shown_through_the_scope_of_their_model(world):
    draft = world.draft()
    assert list(Suggestion.objects.visible_to(world.actors["deputy"])) == [draft]
    assert not Suggestion.objects.visible_to(world.actors["clerk"]).exists()


def test_a_model_without_a_scope_shows_nothing_but_an_error(db):
    rows = Suggestion.objects.all()
    rows.model = Tick
    with pytest.raises(KeyError):
        rows.visible_to(Actor())
