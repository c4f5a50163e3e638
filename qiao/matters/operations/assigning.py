"""Handing a suggestion to a unit, signing for it, returning it (R3.23–R3.31)."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from qiao.kernel import clock
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import operation
from qiao.kernel.policy import Actor
from qiao.orgs.models import Unit
from qiao.rulebook.queries import rules_for
from qiao.rulebook.rules import Rules

from .. import notices
from ..flow import ASSIGNMENT, SUGGESTION
from ..models import Assignment, AssignmentState, Clock, ClockKind, Suggestion, UnitRole
from .clocks import end_clocks, start_clock
from .extending import lapse_extensions
from .receiving import demand_decision

GONE = [AssignmentState.RETURNED, AssignmentState.CLOSED]
DONE = [AssignmentState.ANSWERED, *GONE]


def first_hand_over(suggestion: Suggestion) -> dt.date:
    """The day it was first handed to a unit: from there a congress may let the reply clock go on after a return (R3.30)."""
    day: dt.date = suggestion.assignments.order_by("id").values_list("assigned_on", flat=True)[0]
    return day


def demand_unit(suggestion: Suggestion, unit: Unit) -> None:
    """Refuse a unit of another congress, and one that does not exist today."""
    today = clock.today()
    if unit.congress_id != suggestion.congress_id:
        raise Unfit(_("The unit belongs to another congress."))
    if unit.active_from > today:
        raise Unfit(_("%(unit)s does not exist yet; choose another unit.") % {"unit": unit})
    if unit.active_to and unit.active_to <= today:
        raise Unfit(_("%(unit)s no longer exists; choose the unit that took over its work.") % {"unit": unit})


def _hand_over(suggestion: Suggestion, unit: Unit, role: UnitRole, rules: Rules, **said: str) -> Assignment:
    """Give the unit its role; it has to sign for it, or may ask for its return.

    What is handed over in the product is received the same day (电子签名法 §11), so all periods count from today.
    """
    demand_unit(suggestion, unit)
    made = Assignment(suggestion=suggestion, unit=unit, role=role, assigned_on=clock.today(), rule_snapshot=rules.to_json(), **said)
    made.full_clean()
    made.save()
    for kind, rule in ((ClockKind.SIGN, "sign_limit"), (ClockKind.RETURN, "return_limit")):
        _start(made, kind, rule, rules, clock.today())
    return made


def _start(assignment: Assignment, kind: ClockKind, rule: str, rules: Rules, day: dt.date) -> Clock:
    return start_clock(
        assignment.suggestion, kind, rule, rules, party=assignment.unit.name, start=day, event="assigned", assignment=assignment
    )


@operation(SUGGESTION["assign"])
def assign(suggestion: Suggestion, *, actor: Actor, unit: Unit, note: str = "", assisting: Sequence[tuple[Unit, str]] = ()) -> None:
    """Hand the suggestion to the unit that must answer it; ``note`` is the assignment opinion (交办意见).

    ``assisting`` are the units that give that one their opinion (会办), each with what it is asked about, which may be empty.
    The clocks start today, under today's rules.
    """
    today, helpers = clock.today(), [helper for helper, _part in assisting]
    if len({unit.pk, *(helper.pk for helper in helpers)}) <= len(helpers):
        raise Unfit(_("Name each unit once: the lead unit does not assist itself."))
    rules = rules_for(suggestion.congress, today)
    demand_decision(suggestion, rules)
    end_clocks(suggestion, ClockKind.HAND_OVER, met=True)
    start = first_hand_over(suggestion) if rules["clock_on_reassign"] == "original" and suggestion.assignments.exists() else today
    lead = _hand_over(suggestion, unit, UnitRole.LEAD if helpers else UnitRole.SOLE, rules, opinion=note)
    reply = _start(lead, ClockKind.REPLY, "reply_limit", rules, start)
    for helper, part in assisting:
        assistant = _hand_over(suggestion, helper, UnitRole.ASSIST, rules, opinion=note, part=part)
        _start(assistant, ClockKind.ASSIST, "assist_limit", rules, today)
        notices.assigned_to_assist(assistant, lead, actor)
    suggestion.unit, suggestion.due, suggestion.assigned_at = unit, reply.due, clock.now()
    notices.assigned(suggestion, lead, helpers, actor)


@operation(SUGGESTION["take_back"])
def take_back(suggestion: Suggestion, *, actor: Actor) -> None:
    """The return of the unit that should answer was granted: the suggestion waits to be assigned again, with assistants named anew."""
    dismiss_assistants(suggestion, GONE, actor)
    end_clocks(suggestion, met=False)
    suggestion.unit = suggestion.due = None


def dismiss_assistants(suggestion: Suggestion, kept: list[AssignmentState], actor: Actor) -> None:
    """Assisting units have nothing more to say, unless they stand in a state that is ``kept``; ``actor`` is the system."""
    over = suggestion.assignments.filter(role=UnitRole.ASSIST).exclude(state__in=kept)
    for assistant in over.select_related("unit"):
        close_assignment(assistant, actor=actor)
        end_clocks(suggestion, met=False, assignment=assistant)
        notices.assistance_over(assistant, actor)


@operation(SUGGESTION["begin_handling"])
def begin_handling(suggestion: Suggestion, *, actor: Actor) -> None:
    """The unit has signed for it."""


@operation(ASSIGNMENT["sign_for"])
def sign_for(assignment: Assignment, *, actor: Actor) -> None:
    """The unit takes the suggestion on."""
    assignment.signed_on = clock.today()
    end_clocks(assignment.suggestion, ClockKind.SIGN, ClockKind.RETURN, met=True, assignment=assignment)
    if assignment.answers_deputy:
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
    end_clocks(assignment.suggestion, ClockKind.RETURN, met=True, assignment=assignment)
    notices.return_requested(assignment, actor)


@operation(ASSIGNMENT["grant_return"])
def grant_return(assignment: Assignment, *, actor: Actor, note: str = "") -> None:
    """The congress's side agrees: the suggestion comes back to be assigned anew. An assisting unit only drops out."""
    assignment.decision = note
    if assignment.answers_deputy:
        take_back(assignment.suggestion, actor=actor.lend("assignment.grant_return"))
    else:
        end_clocks(assignment.suggestion, met=False, assignment=assignment)
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
