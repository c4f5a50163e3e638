"""What the deputy says of the reply, and what follows from it (R3.48–R3.52, section 3.12)."""

from django.utils.translation import gettext as _

from qiao.kernel import clock
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import operation
from qiao.kernel.policy import Actor
from qiao.rulebook.rules import Rules

from .. import notices
from ..flow import ASSIGNMENT, SUGGESTION
from ..models import Assignment, Clock, ClockKind, Evaluation, Rating, Reply, ReplyState, State, Suggestion
from .assigning import close_assignment
from .clocks import end_clocks, start_clock

WORST_FIRST = [Rating.DISSATISFIED, Rating.BASICALLY, Rating.SATISFIED]


def last_reply(suggestion: Suggestion) -> Reply:
    """The newest issued reply."""
    issued = Reply.objects.filter(assignment__suggestion=suggestion, state=ReplyState.ISSUED)
    newest: Reply = issued.select_related("assignment__unit").latest("issued_at")
    return newest


def overall(ratings: dict[str, str], rules: Rules) -> Rating:
    """The worst of the ratings, one for each of the congress's dimensions and no other."""
    dimensions = {entry["code"] for entry in rules["evaluation_dimensions"]}
    if set(ratings) != dimensions or not set(ratings.values()) <= set(Rating.values):
        raise Unfit(_("Give each question one of the three ratings."))
    return next(rating for rating in WORST_FIRST if rating in ratings.values())


def _finish(suggestion: Suggestion, actor: Actor, code: str) -> None:
    suggestion.closed_at = clock.now()
    for assignment in suggestion.assignments.exclude(state__in=["returned", "closed"]):
        close_assignment(assignment, actor=actor.lend(code))


@operation(ASSIGNMENT["resume"])
def resume(assignment: Assignment, *, actor: Actor) -> None:
    """The unit must handle the suggestion once more."""


def _begin_again(suggestion: Suggestion, assignment: Assignment, note: str, actor: Actor, code: str) -> None:
    """The unit's second time begins today: with the order, or where the rules oblige it by themselves with the rating."""
    resume(assignment, actor=actor.lend(code))
    started = start_clock(
        suggestion, ClockKind.REHANDLE, "rehandle_limit", assignment.rules,
        party=assignment.unit.name, start=clock.today(), assignment=assignment,
        event="ordered" if code == "suggestion.order_rehandling" else "",
    )  # fmt: skip
    suggestion.due = started.due
    notices.rehandling_ordered(suggestion, assignment, note, actor)


@operation(SUGGESTION["evaluate"])
def evaluate(suggestion: Suggestion, *, actor: Actor, ratings: dict[str, str], note: str = "") -> State:
    """Rate the reply in each dimension. Dissatisfaction in any keeps the suggestion open.

    Where the rules say so, a first dissatisfaction obliges the unit to handle it again by itself; else, and after a second
    one, the congress's side decides what follows (section 3.12).
    """
    reply = last_reply(suggestion)
    rating = overall(ratings, reply.assignment.rules)
    if rating in reply.assignment.rules["reason_required_on"] and not note.strip():
        raise Unfit(_("Say in a sentence why you are not satisfied, so that the unit knows what to do better."))
    Evaluation.objects.create(reply=reply, mandate=suggestion.lead, ratings=ratings, rating=rating, reason=note)
    end_clocks(suggestion, ClockKind.EVALUATION, met=True)
    notices.evaluated(suggestion, reply, rating, actor)
    if rating == Rating.DISSATISFIED and reply.round == 1 and reply.assignment.rules.flag("rehandle_auto"):
        _begin_again(suggestion, reply.assignment, note, actor, "suggestion.evaluate")
        return State.REHANDLING
    if rating == Rating.DISSATISFIED:
        return State.DISSATISFIED
    _finish(suggestion, actor, "suggestion.evaluate")
    return State.CLOSED


@operation(SUGGESTION["close_unrated"])
def close_unrated(suggestion: Suggestion, *, actor: Actor) -> None:
    """Close a suggestion that the deputy did not evaluate in time, where the rules allow it; silence is never satisfaction (R3.51)."""
    if last_reply(suggestion).assignment.rules["silence_policy"] == "pending":
        raise Unfit(_("Under this congress's rules a suggestion stays open until the deputy evaluates the reply."))
    limit = Clock.objects.running().filter(suggestion=suggestion, kind=ClockKind.EVALUATION).first()
    if limit and limit.due >= clock.today():
        raise Unfit(_("The deputy has until %(day)s to evaluate the reply.") % {"day": limit.due})
    end_clocks(suggestion, ClockKind.EVALUATION, met=False)
    _finish(suggestion, actor, "suggestion.close_unrated")


@operation(SUGGESTION["order_rehandling"])
def order_rehandling(suggestion: Suggestion, *, actor: Actor, note: str) -> None:
    """Have the suggestion handled again; the unit's second time begins today (section 3.12)."""
    _begin_again(suggestion, last_reply(suggestion).assignment, note, actor, "suggestion.order_rehandling")


@operation(SUGGESTION["close_explained"])
def close_explained(suggestion: Suggestion, *, actor: Actor, note: str) -> None:
    """Close a suggestion with whose handling the deputy stays dissatisfied, explaining why nothing more can be done."""
    _finish(suggestion, actor, "suggestion.close_explained")
    notices.closed_explained(suggestion, note, actor)
