"""Who may sign a unit's reply: a head of the rank that the rules of the hand-over ask for (R3.41)."""

from html import unescape

import pytest

from qiao.accounts.actors import actor_in
from qiao.accounts.operations import set_rank
from qiao.kernel.errors import NotAllowed
from qiao.matters import operations
from tests.world import SYSTEM, person_with_post, rule

from .given import refused, told

pytestmark = [pytest.mark.django_db, pytest.mark.capability("M1"), pytest.mark.usefixtures("english")]


def ranked(world, rank):
    """The world's signer after their post was given this rank."""
    return actor_in(set_rank(world.actors["signer"].post, actor=SYSTEM, rank=rank))


def reply_of(s):
    return s.assignments.get().replies.get()


@pytest.mark.parametrize(
    ("asked", "enough"),
    [
        ("head", {"head", "deputy_head", "principal_head"}),
        ("deputy_head", {"deputy_head", "principal_head"}),
        ("principal_head", {"principal_head"}),
    ],
)
def test_a_head_of_the_rank_asked_for_or_a_higher_one_signs(world, asked, enough):
    rule(world, "signer_rank", asked)
    reply = reply_of(world.approval())
    for rank in ("", "head", "deputy_head", "principal_head"):
        actor = ranked(world, rank)
        if rank not in enough:
            with refused(NotAllowed, "Your post has not"):
                operations.issue(reply, actor=actor, document_no="测函〔2026〕1号")
    assert operations.issue(reply, actor=actor, document_no="测函〔2026〕1号").state == "issued"


def test_what_was_handed_over_before_is_signed_by_the_rule_of_that_day(world):
    reply = reply_of(world.approval())
    rule(world, "signer_rank", "principal_head")
    assert operations.issue(reply, actor=world.actors["signer"], document_no="测函〔2026〕1号").state == "issued"


def test_pages_say_beforehand_who_signs_and_by_which_rule(world, login):
    rule(world, "signer_rank", "principal_head")
    s = world.drafted()
    ask = f"/replies/{reply_of(s).pk}/request_approval/"
    assert "Nobody in your unit has it here" in unescape(login("handler").get(ask).content.decode())
    head = person_with_post(world.congress, "unit_signer", "head", world.unit, "principal_head")
    said = unescape(login("handler").get(ask).content.decode())
    assert f"The principal head (测试). In your unit: {head.user.person.name}." in said
    login("handler").post(ask)
    assert told("approval_requested") == ["head"]
    page = unescape(login("signer").get(f"/suggestions/{s.pk}/").content.decode())
    assert "The principal head (测试). Your post has not." in page
    assert "Send back" in page
