"""Handling like suggestions together (并案): one lead unit, one text; each keeps its clocks, its reply and its evaluation (R3.44)."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from qiao.kernel.errors import Unfit
from qiao.kernel.operation import operation
from qiao.kernel.policy import Actor

from .. import notices
from ..flow import REPLY, SUGGESTION
from ..models import Assignment, AssignmentState, Reply, ReplyState, State, Suggestion
from .replying import draft_reply, revise_reply

MOST_TOGETHER = 20
ONE_TEXT = ("text", "result", "contact_person", "contact_phone", "may_publish", "withheld_reason")
"""What the replies of a group have in common; each has its own letter and document number."""


@operation(SUGGESTION["group"])
def group(suggestion: Suggestion, *, actor: Actor, others: Sequence[Suggestion]) -> None:
    """Have it handled together with others of the congress that are registered too; later ones may join the same way."""
    new = [one for one in others if one.pk != suggestion.pk]
    if not new:
        raise Unfit(_("Choose at least one other suggestion."))
    if any(one.congress_id != suggestion.congress_id or one.state != State.REGISTERED for one in new):
        raise Unfit(_("Only registered suggestions of this congress that are not handed over yet can be handled together."))
    if len(new) + len(suggestion.mates) >= MOST_TOGETHER:
        raise Unfit(_("At most %(most)d suggestions are handled together.") % {"most": MOST_TOGETHER})
    if any(one.handled_with_id and one.handled_with_id != suggestion.handled_with_id for one in new):
        raise Unfit(_("One of them is handled together with others already. Take it out there first."))
    suggestion.handled_with_id = suggestion.handled_with_id or suggestion.pk
    for one in new:
        join_group(one, actor=actor.lend("suggestion.group"), first=suggestion.handled_with_id)
    notices.grouped(suggestion, actor)


@operation(SUGGESTION["join_group"])
def join_group(suggestion: Suggestion, *, actor: Actor, first: int | None) -> None:
    """It is handled together with others, known by the one that was first; with none, by itself again."""
    suggestion.handled_with_id = first
    if first:
        notices.grouped(suggestion, actor)


@operation(SUGGESTION["leave_group"])
def leave_group(suggestion: Suggestion, *, actor: Actor) -> None:
    """Take it out before it is handed over; what is left alone is handled by itself too."""
    left = [one for one in suggestion.mates if one.state == State.REGISTERED]
    if len(left) == 1 or suggestion.handled_with_id == suggestion.pk:
        first = left[0].pk if len(left) > 1 else None
        for one in left:
            join_group(one, actor=actor.lend("suggestion.leave_group"), first=first)
    suggestion.handled_with_id = None


@operation(REPLY["share"])
def share_reply(reply: Reply, *, actor: Actor) -> None:
    """Take this text over into the replies to the others that the unit handles together with it; each is then issued by itself."""
    own = reply.assignment
    together = Assignment.objects.filter(unit=own.unit_id, state=AssignmentState.HANDLING, suggestion__in=own.suggestion.mates)
    facts = {name: getattr(reply, name) for name in ONE_TEXT}
    lent, written = actor.lend("reply.share"), 0
    for assignment in together.exclude(role="assist").order_by("pk"):
        last = assignment.replies.order_by("-id").first()
        if last is None or last.state == ReplyState.ISSUED:
            draft_reply(assignment, actor=lent, **facts)
        elif last.state == ReplyState.DRAFT:
            revise_reply(last, actor=lent, **facts)
        else:
            continue
        written += 1
    if not written:
        raise Unfit(_("None of the others waits for a text of your unit. Sign for them first."))
