"""Which replies count now: the newest of each unit that answers, and what the deputy has said of them (R3.26, section 3.12)."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from qiao.kernel.errors import Unfit

from ..models import AssignmentState, Evaluation, Rating, Reply, ReplyState, Suggestion


def current_replies(suggestion: Suggestion) -> list[Reply]:
    """The newest issued reply of each unit that answers, in the order of the units."""
    issued = Reply.objects.filter(assignment__suggestion=suggestion, state=ReplyState.ISSUED)
    newest: dict[int, Reply] = {}
    for reply in (
        issued.exclude(assignment__state=AssignmentState.RETURNED).select_related("assignment__unit", "evaluation").order_by("round")
    ):
        newest[reply.assignment_id] = reply
    return sorted(newest.values(), key=lambda reply: reply.assignment_id)


def said_of(reply: Reply) -> Evaluation | None:
    """What the deputy has said of it, sealed or not: for operations; who shows it asks the scope."""
    return getattr(reply, "evaluation", None)


def is_unsatisfying(reply: Reply) -> bool:
    """Whether the deputy has said openly that it does not satisfy."""
    said = said_of(reply)
    return said is not None and said.opened_at is not None and said.rating == Rating.DISSATISFIED


def unsatisfying(suggestion: Suggestion) -> list[Reply]:
    """Those of the replies that count now which do not satisfy the deputy."""
    return [reply for reply in current_replies(suggestion) if is_unsatisfying(reply)]


def last_reply(suggestion: Suggestion) -> Reply:
    """The newest reply that does not satisfy the deputy; where all do, or nothing is said yet, the newest."""
    return max(current_replies(suggestion), key=lambda reply: (is_unsatisfying(reply), reply.issued_at, reply.pk))


def to_rate(replies: Sequence[Reply]) -> list[Reply]:
    """Those that the deputy has yet to rate."""
    return [reply for reply in replies if said_of(reply) is None]


def chosen(replies: Sequence[Reply], wanted: int | None) -> Reply:
    """The reply to be rated: the one wanted, or with none the first that is not rated, else one whose rating is under seal.

    Raises Unfit where what was said of it is open already: then it can no longer be said otherwise.
    """
    open_ones = [reply for reply in replies if (said := said_of(reply)) is None or said.opened_at is None]
    fitting = [reply for reply in open_ones if reply.pk == wanted] if wanted else [*to_rate(open_ones), *open_ones]
    if not fitting:
        raise Unfit(_("This reply is evaluated already."))
    return fitting[0]
