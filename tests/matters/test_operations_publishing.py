"""What the public may read: all, the progress alone, or nothing."""

import pytest
from django.core.exceptions import ValidationError

from qiao.kernel.errors import NotAllowed, Unfit, WrongState
from qiao.matters import operations
from qiao.matters.models import PUBLIC_STATE, Publicity, Suggestion
from tests.world import rule

from .given import entry, later, refused, told

pytestmark = [pytest.mark.django_db, pytest.mark.capability("M1"), pytest.mark.usefixtures("english")]


def test_publishing_sets_what_is_read_and_tells_the_signers(world):
    s = operations.publish(world.closed(), actor=world.actors["clerk"], publicity="full")
    assert (s.publicity, s.publicity_reason, s.state) == (Publicity.FULL, "", "closed")
    assert s.published_at
    assert s in Suggestion.objects.published()
    assert told("published") == ["deputy"]
    assert entry("suggestion.publish").changes["publicity"] == ["none", "full"]


def test_the_first_day_of_publication_is_kept(world):
    s = world.published()
    first = s.published_at
    with later(days=5):
        s = operations.publish(s, actor=world.actors["clerk"], publicity="progress", note="代表要求。")
    assert s.published_at == first


def test_without_the_deputys_consent_the_text_is_not_published(world):
    s = world.closed(may_publish=False)
    with refused(Unfit, "did not agree"):
        operations.publish(s, actor=world.actors["clerk"], publicity="full")
    s = operations.publish(s, actor=world.actors["clerk"], publicity="progress", note="代表不同意公开全文。")
    assert (s.publicity, s.publicity_reason) == (Publicity.PROGRESS, "代表不同意公开全文。")


def test_a_congress_whose_rules_ask_for_no_consent_publishes_without(world):
    rule(world, "deputy_consent_needed", False)
    assert operations.publish(world.closed(may_publish=False), actor=world.actors["clerk"], publicity="full").publicity == Publicity.FULL


@pytest.mark.parametrize("publicity", ["progress", "none"])
@pytest.mark.parametrize("note", ["", "  "])
def test_less_than_all_needs_a_sentence_for_the_public(world, publicity, note):
    s = world.closed()
    with refused(Unfit, "the public reads"):
        operations.publish(s, actor=world.actors["clerk"], publicity=publicity, note=note)


def test_an_unknown_publicity_or_a_sentence_too_long_is_refused(world):
    s = world.closed()
    with refused(Unfit, "Choose what the public may read"):
        operations.publish(s, actor=world.actors["clerk"], publicity="everything", note="……")
    with refused(ValidationError):
        operations.publish(s, actor=world.actors["clerk"], publicity="progress", note="长" * 201)


def test_it_can_be_taken_off_again(world):
    s = operations.publish(world.published(), actor=world.actors["clerk"], publicity="none", note="含个人信息。")
    assert (s.publicity, s.published_at) == (Publicity.NONE, None)
    assert s not in Suggestion.objects.published()


@pytest.mark.parametrize("role", ["deputy", "leader", "handler", "sysadmin", "other_clerk"])
def test_only_the_congresss_staff_publish(world, role):
    s = world.closed()
    with refused(NotAllowed):
        operations.publish(s, actor=world.actors[role], publicity="full")


@pytest.mark.parametrize("state", ["draft", "cosigning", "submitted", "returned", "not_accepted", "discarded"])
def test_what_was_never_registered_is_not_published(world, state):
    s = getattr(world, state)()
    with refused(WrongState):
        operations.publish(s, actor=world.actors["clerk"], publicity="full")


def test_states_that_are_not_the_publics_have_no_public_words(everywhere):
    for state, s in everywhere.items():
        assert bool(s.public_state) == (state in PUBLIC_STATE)
