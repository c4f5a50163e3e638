"""What the deputy says of the reply, the seal on it, and what follows from it (R3.48–R3.52, section 3.12)."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from qiao.files.operations import store
from qiao.kernel import clock
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import each, operation
from qiao.kernel.policy import Actor
from qiao.rulebook.rules import Rules

from .. import notices, policy
from ..flow import ASSIGNMENT, SUGGESTION
from ..models import Assignment, Clock, ClockKind, Evaluation, Rating, Reply, State, Suggestion
from .assigning import close_assignment
from .clocks import end_clocks, start_clock
from .delivering import received_by_lead
from .rounds import chosen, current_replies, is_unsatisfying, last_reply, said_of, to_rate, unsatisfying

ORDERS = {"suggestion.order_rehandling", "suggestion.conclude"}
"""Steps by which the congress's side has it handled again; the unit's time is then counted from the order."""
WORST_FIRST = [Rating.DISSATISFIED, Rating.BASICALLY, Rating.SATISFIED]


def overall(ratings: dict[str, str], rules: Rules) -> Rating:
    """The worst of the ratings, one for each of the congress's dimensions and no other."""
    dimensions = {entry["code"] for entry in rules["evaluation_dimensions"]}
    if set(ratings) != dimensions or not set(ratings.values()) <= set(Rating.values):
        raise Unfit(_("Give each question one of the three ratings."))
    return next(rating for rating in WORST_FIRST if rating in ratings.values())


def finish(suggestion: Suggestion, actor: Actor, code: str) -> None:
    """Nothing more is asked of the unit."""
    suggestion.closed_at = clock.now()
    for assignment in suggestion.assignments.exclude(state__in=["returned", "closed"]):
        close_assignment(assignment, actor=actor.lend(code))


@operation(ASSIGNMENT["resume"])
def resume(assignment: Assignment, *, actor: Actor) -> None:
    """The unit must handle the suggestion once more."""


def begin_again(suggestion: Suggestion, assignment: Assignment, note: str, actor: Actor, code: str) -> None:
    """The unit's second time begins today: with the order, or where the rules oblige it by themselves with the rating."""
    for one in assignment.partners:
        resume(one, actor=actor.lend(code))
        started = start_clock(
            suggestion, ClockKind.REHANDLE, "rehandle_limit", one.rules,
            party=one.unit.name, start=clock.today(), assignment=one,
            event="ordered" if code in ORDERS else "",
        )  # fmt: skip
        suggestion.due = min(started.due, suggestion.due or started.due)
    notices.rehandling_ordered(suggestion, assignment, note, actor)


def seal(suggestion: Suggestion, rules: Rules) -> tuple[bool, dt.date | None]:
    """Whether an evaluation given today is sealed, and until what day if the seal ends by itself: with the deputy's time to evaluate."""
    if rules["seal_until"] == "none":
        return False, None
    if rules["seal_until"] == "staff_opens":
        return True, None
    limit = suggestion.clocks.filter(kind=ClockKind.EVALUATION).latest("id").due
    return limit >= clock.today(), limit


@operation(SUGGESTION["evaluate"])
def evaluate(suggestion: Suggestion, *, actor: Actor, ratings: dict[str, str], reason: str = "", reply: int | None = None) -> State:
    """Rate a reply in each dimension, or correct what was said while it is sealed, on paper too; of several units each by itself.

    ``reply`` is its key, needed where several units have answered. Dissatisfaction in any dimension keeps the suggestion open. Under
    seal nothing follows yet, nor before the last reply is rated. ``reason`` is not the journal's note: what is sealed must not be
    read there either.
    """
    return _rate(suggestion, reply, actor, "suggestion.evaluate", ratings, reason, paper_on=None)


@operation(SUGGESTION["record_evaluation"])
def record_evaluation(  # noqa: D417
    suggestion: Suggestion,
    *,
    actor: Actor,
    paper_on: dt.date,
    ratings: dict[str, str],
    reason: str = "",
    scan: "UploadedFile[Any]",
    reply: int | None = None,
) -> State:
    """Staff enter a form that came back on paper, of the day that it bears, with its scan; it is sealed like any other (R3.52).

    The deputy is told, and corrects it here while it is sealed.
    """
    issued = chosen(current_replies(suggestion), reply).issued_at
    if paper_on > clock.today() or (issued and paper_on < clock.day_of(issued)):
        raise Unfit(_("The form bears a day between the reply's and today."))
    kept = store(None, actor=actor, upload=scan)
    state = _rate(suggestion, reply, actor, "suggestion.record_evaluation", ratings, reason, paper_on=paper_on, scan=kept)
    notices.evaluation_recorded(suggestion, actor, sealed=state == State.REPLIED)
    return state


def _rate(suggestion: Suggestion, reply: int | None, actor: Actor, code: str, ratings: dict[str, str], reason: str, **paper: Any) -> State:
    """Write down what the deputy says, here or on ``paper``, and let follow what follows from it today."""
    replies = current_replies(suggestion)
    rated = chosen(replies, reply)
    rules = rated.assignment.rules
    rating = overall(ratings, rules)
    if rating in rules["reason_required_on"] and not reason.strip():
        raise Unfit(_("Say in a sentence why you are not satisfied, so that the unit knows what to do better."))
    received_by_lead(rated, actor.lend(code))
    if all(one.pk == rated.pk for one in to_rate(replies)):
        end_clocks(suggestion, ClockKind.EVALUATION, met=True)
    sealed, until = seal(suggestion, rules)
    said = {"ratings": ratings, "rating": rating, "reason": reason, "at": clock.now(), "sealed_until": until, **paper}
    evaluation = _keep(suggestion, rated, said)
    notices.evaluated(suggestion, rating, actor, sealed=sealed)
    if not sealed:
        _open(suggestion, rated, evaluation, actor)
    return _settle(suggestion, actor, code)


def _keep(suggestion: Suggestion, reply: Reply, said: Mapping[str, Any]) -> Evaluation:
    """Write down what the deputy says; what they said before stays beside it."""
    evaluation = Evaluation.objects.filter(reply=reply).first() or Evaluation(reply=reply, mandate=suggestion.lead)
    if evaluation.pk:
        before = {"ratings": evaluation.ratings, "reason": evaluation.reason, "at": evaluation.at.isoformat()}
        before |= {"paper_on": evaluation.paper_on.isoformat()} if evaluation.paper_on else {}
        evaluation.earlier = [*evaluation.earlier, before]
    for name, value in said.items():
        setattr(evaluation, name, value)
    evaluation.full_clean()
    evaluation.save()
    return evaluation


def _open(suggestion: Suggestion, reply: Reply, evaluation: Evaluation, actor: Actor) -> None:
    """The unit may read it."""
    evaluation.opened_at = clock.now()
    evaluation.save(update_fields=["opened_at"])
    notices.evaluation_opened(suggestion, reply, Rating(evaluation.rating), actor)


def _settle(suggestion: Suggestion, actor: Actor, code: str, *, waits: bool = True) -> State:
    """What the ratings mean together, once all that count are open; unless it ``waits`` no longer, those not given are left out.

    Where the rules say so, a first dissatisfaction obliges the unit to handle it again by itself; else, and after a second
    one, the congress's side decides what follows (section 3.12).
    """
    replies = current_replies(suggestion)
    if waits and any((said := said_of(reply)) is None or said.opened_at is None for reply in replies):
        return State.REPLIED
    bad = [reply for reply in replies if is_unsatisfying(reply)]
    if not bad:
        finish(suggestion, actor, code)
        return State.CLOSED
    if any(reply.round > 1 or not reply.assignment.rules.flag("rehandle_auto") for reply in bad):
        return State.DISSATISFIED
    for reply in bad:
        begin_again(suggestion, reply.assignment, reply.evaluation.reason, actor, code)
    return State.REHANDLING


@operation(SUGGESTION["open_evaluation"])
def open_evaluation(suggestion: Suggestion, *, actor: Actor) -> State:
    """Open the sealed evaluation: when its time is over, when the rules leave it to the staff, or to have dissatisfaction dealt with."""
    if not policy.seal_may_open.test(actor, suggestion):  # the system passes the step's rules, yet has no power over the day
        raise Unfit(_("There is no sealed evaluation that may be opened today."))
    for reply in current_replies(suggestion):
        if (said := said_of(reply)) and said.opened_at is None:
            _open(suggestion, reply, said, actor)
    return _settle(suggestion, actor, "suggestion.open_evaluation")


def open_due() -> int:
    """Open every evaluation whose seal has ended; how many. Who is late opens late, and nothing is read too early."""
    due = Suggestion.objects.filter(assignments__replies__evaluation__in=Evaluation.objects.past_their_seal()).order_by("pk")
    told = each(open_evaluation, due, actor=Actor.system("the seal's last day is over"))
    return sum(one.refusal is None for one in told)


@operation(SUGGESTION["close_unrated"])
def close_unrated(suggestion: Suggestion, *, actor: Actor) -> State:
    """Close a suggestion that the deputy did not evaluate in time, where the rules allow it; silence is never satisfaction (R3.51).

    Where the deputy has rated some of several replies, what was said of those decides.
    """
    if last_reply(suggestion).assignment.rules["silence_policy"] == "pending":
        raise Unfit(_("Under this congress's rules a suggestion stays open until the deputy evaluates the reply."))
    limit = Clock.objects.running().filter(suggestion=suggestion, kind=ClockKind.EVALUATION).first()
    if limit and limit.paused_on:
        raise Unfit(_("The deputy's time to evaluate the reply is paused."))
    if limit and not limit.is_overdue:
        raise Unfit(_("The deputy has until %(day)s to evaluate the reply.") % {"day": limit.due})
    end_clocks(suggestion, ClockKind.EVALUATION, met=False)
    return _settle(suggestion, actor, "suggestion.close_unrated", waits=False)


@operation(SUGGESTION["order_rehandling"])
def order_rehandling(suggestion: Suggestion, *, actor: Actor, note: str) -> None:
    """Have the suggestion handled again; the unit's second time begins today (section 3.12)."""
    reply, bad = last_reply(suggestion), unsatisfying(suggestion)
    most, ways = reply.assignment.rules["max_rehandle"], reply.assignment.rules["second_dissatisfied_action"]
    if ways and most != "unlimited" and reply.round > int(most):
        raise Unfit(_("By this congress's rules it is not simply handled again any more; another way must be found now."))
    for one in bad:
        begin_again(suggestion, one.assignment, note, actor, "suggestion.order_rehandling")


@operation(SUGGESTION["close_explained"])
def close_explained(suggestion: Suggestion, *, actor: Actor, note: str) -> None:
    """Close a suggestion with whose handling the deputy stays dissatisfied, explaining why nothing more can be done."""
    reply = last_reply(suggestion)
    if reply.round > 1 and "close_explained" not in reply.assignment.rules["second_dissatisfied_action"]:
        raise Unfit(_("By this congress's rules it is not closed with an explanation alone after a second dissatisfaction."))
    finish(suggestion, actor, "suggestion.close_explained")
    notices.closed_explained(suggestion, note, actor)
