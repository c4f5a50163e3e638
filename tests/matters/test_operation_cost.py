"""What a verb costs in statements, so that a slip shows as a number. Savepoints and the kernel's own checks are counted too."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qiao.matters import operations
from qiao.matters.models import Assignment, Reply, Suggestion

pytestmark = pytest.mark.django_db


def cost(run, subject, **given):
    """How many statements a verb takes on a subject read anew."""
    subject = type(subject).objects.get(pk=subject.pk)
    ContentType.objects.get_for_models(Suggestion, Assignment, Reply)
    with CaptureQueriesContext(connection) as seen:
        run(subject, **given)
    return len(seen)


def test_the_kernel_itself_is_cheap(world):
    """Lock, ask, check, save, record: the verb that does nothing else."""
    s = world.draft()
    assert cost(operations.discard, s, actor=world.actors["deputy"]) <= 15


@pytest.mark.parametrize(
    ("stage", "run", "role", "given", "most"),
    [
        ("draft", operations.revise, "deputy", {"title": "关于修路灯的建议"}, 15),
        ("draft", operations.submit, "deputy", {}, 32),
        ("submitted", operations.register, "clerk", {}, 30),
        ("submitted", operations.give_back, "clerk", {"note": "……"}, 20),
        ("closed", operations.publish, "clerk", {"publicity": "full"}, 22),
    ],
)
def test_a_verb_costs_little(world, stage, run, role, given, most):
    assert cost(run, getattr(world, stage)(), actor=world.actors[role], **given) <= most


def test_assigning_with_three_clocks_and_two_notices_costs_little(world):
    assert cost(operations.assign, world.registered(), actor=world.actors["clerk"], unit=world.unit) <= 40


def test_issuing_a_reply_moves_three_things_and_costs_little(world):
    reply = world.approval().assignments.get().replies.get()
    assert cost(operations.issue, reply, actor=world.actors["signer"]) <= 60


def test_inviting_two_costs_no_more_than_inviting_one(world):
    few = cost(operations.invite, world.draft(), actor=world.actors["deputy"], mandates=[world.mandates["deputy2"]])
    many = cost(
        operations.invite, world.draft(), actor=world.actors["deputy"], mandates=[world.mandates["deputy2"], world.mandates["deputy3"]]
    )
    assert few == many
