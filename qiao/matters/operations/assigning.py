"""Handing a suggestion to a unit, signing for it, returning it (R3.23–R3.31)."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from qiao.kernel import clock
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import operation
from qiao.kernel.policy import Actor
from qiao.orgs.models import Unit
from qiao.rulebook.queries import rules_for

from .. import notices
from ..flow import ASSIGNMENT, SUGGESTION
from ..models import Assignment, Clock, ClockKind, Suggestion
from .clocks import end_clocks, start_clock
from .extending import lapse_extensions


def first_hand_over(suggestion: Suggestion) -> dt.date:
    """The day it was first handed to a unit: from there a congress may let the reply clock go on after a return (R3.30)."""
    day: dt.date = suggestion.assignments.order_by("id").values_list("assigned_on", flat=True)[0]
    return day


@operation(SUGGESTION["assign"])
def assign(suggestion: Suggestion, *, actor: Actor, unit: Unit, note: str = "") -> None:
    """Hand the suggestion to the unit that must answer it; ``note`` is the assignment opinion (交办意见).

    The clocks start today, under today's rules.
    """
    today = clock.today()
    if unit.congress_id != suggestion.congress_id:
        raise Unfit(_("The unit belongs to another congress."))
    if unit.active_from > today:
        raise Unfit(_("%(unit)s does not exist yet; choose another unit.") % {"unit": unit})
    if unit.active_to and unit.active_to <= today:
        raise Unfit(_("%(unit)s no longer exists; choose the unit that took over its work.") % {"unit": unit})
    rules = rules_for(suggestion.congress, today)
    assignment = Assignment(suggestion=suggestion, unit=unit, opinion=note, assigned_on=today, rule_snapshot=rules.to_json())
    assignment.full_clean()
    assignment.save()
    # what is handed over in the product is received the same day (电子签名法 §11), so all count from today
    begun: dict[str, Any] = {"party": unit.name, "event": "assigned", "assignment": assignment}
    for kind, rule in ((ClockKind.SIGN, "sign_limit"), (ClockKind.RETURN, "return_limit")):
        start_clock(suggestion, kind, rule, rules, start=today, **begun)
    start = first_hand_over(suggestion) if rules["clock_on_reassign"] == "original" else today
    reply = start_clock(suggestion, ClockKind.REPLY, "reply_limit", rules, start=start, **begun)
    suggestion.unit, suggestion.due, suggestion.assigned_at = unit, reply.due, clock.now()
    notices.assigned(suggestion, assignment, actor)


@operation(SUGGESTION["take_back"])
def take_back(suggestion: Suggestion, *, actor: Actor) -> None:
    """The unit's return was granted: the suggestion waits to be assigned again."""
    end_clocks(suggestion, met=False)
    suggestion.unit = suggestion.due = None


@operation(SUGGESTION["begin_handling"])
def begin_handling(suggestion: Suggestion, *, actor: Actor) -> None:
    """The unit has signed for it."""


@operation(ASSIGNMENT["sign_for"])
def sign_for(assignment: Assignment, *, actor: Actor) -> None:
    """The unit takes the suggestion on."""
    assignment.signed_on = clock.today()
    end_clocks(assignment.suggestion, ClockKind.SIGN, ClockKind.RETURN, met=True)
    begin_handling(assignment.suggestion, actor=actor.lend("assignment.sign_for"))


@operation(ASSIGNMENT["request_return"])
def request_return(assignment: Assignment, *, actor: Actor, note: str, wished_unit: Unit | None = None) -> None:
    """The unit says that it is not competent, why, and who is; in the time the rules give (R3.29)."""
    limit = Clock.objects.running().filter(assignment=assignment, kind=ClockKind.RETURN).first()
    if limit is None or limit.due < clock.today():
        raise Unfit(_("The time to ask for a return has passed. Sign for the suggestion and talk to the congress's staff."))
    if wished_unit == assignment.unit:
        raise Unfit(_("Propose another unit than your own."))
    assignment.return_reason, assignment.wished_unit = note, wished_unit
    end_clocks(assignment.suggestion, ClockKind.RETURN, met=True)
    notices.return_requested(assignment, actor)


@operation(ASSIGNMENT["grant_return"])
def grant_return(assignment: Assignment, *, actor: Actor, note: str = "") -> None:
    """The congress's side agrees: the suggestion comes back to be assigned anew."""
    assignment.decision = note
    take_back(assignment.suggestion, actor=actor.lend("assignment.grant_return"))
    notices.return_decided(assignment, actor, granted=True)


@operation(ASSIGNMENT["refuse_return"])
def refuse_return(assignment: Assignment, *, actor: Actor, note: str) -> None:
    """The congress's side insists: the unit must handle it; the clocks went on running."""
    assignment.decision = note
    notices.return_decided(assignment, actor, granted=False)


@operation(ASSIGNMENT["close"])
def close_assignment(assignment: Assignment, *, actor: Actor) -> None:
    """Nothing more is to be done by the unit."""
    lapse_extensions(assignment, actor.lend("assignment.close"))
