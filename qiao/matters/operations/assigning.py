"""Handing a suggestion to a unit, and signing for it (R3.23–R3.31)."""

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
from ..models import Assignment, AssignmentState, Clock, ClockKind, State, Suggestion, UnitRole
from ..policy import counts_from_receipt
from .clocks import end_clocks, recount, start_clock
from .extending import lapse_extensions
from .receiving import demand_decision

GONE = [AssignmentState.RETURNED, AssignmentState.CLOSED]
TOGETHER = "suggestion.assign"
"""Why the system assigns one: another that is handled together with it was assigned."""
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
    limit = _start(made, ClockKind.SIGN, "sign_limit", rules, clock.today())
    begin_return(made, rules, limit.due)
    return made


def begin_return(assignment: Assignment, rules: Rules, sign_by: dt.date) -> None:
    """The unit's time to ask for return: from hand-over, or where the rules count from receipt at the latest from ``sign_by``.

    So a unit that does not sign has a limit too, and who signs late gains nothing by it (decision 11).
    """
    late = counts_from_receipt(rules)
    start_clock(
        assignment.suggestion, ClockKind.RETURN, "return_limit", rules, party=assignment.unit.name, assignment=assignment,
        start=sign_by if late else clock.today(), event="sign_due" if late else "assigned",
    )  # fmt: skip


def _start(assignment: Assignment, kind: ClockKind, rule: str, rules: Rules, day: dt.date) -> Clock:
    return start_clock(
        assignment.suggestion, kind, rule, rules, party=assignment.unit.name, start=day, event="assigned", assignment=assignment
    )


@operation(SUGGESTION["assign"])
def assign(suggestion: Suggestion, *, actor: Actor, unit: Unit, note: str = "", assisting: Sequence[tuple[Unit, str]] = ()) -> None:
    """Hand the suggestion to the unit that must answer it; ``note`` is the assignment opinion (交办意见).

    ``assisting`` are the units that give that one their opinion (会办), each with what it is asked about, which may be empty.
    The clocks start today, under today's rules. Those handled together with it go to the same units, each with clocks of its own (R3.44).
    """
    today, helpers = clock.today(), [helper for helper, _part in assisting]
    if len({unit.pk, *(helper.pk for helper in helpers)}) <= len(helpers):
        raise Unfit(_("Name each unit once: the lead unit does not assist itself."))
    rules = rules_for(suggestion.congress, today)
    demand_decision(suggestion, rules)
    end_clocks(suggestion, ClockKind.HAND_OVER, ClockKind.REASSIGN, met=True)
    start = first_hand_over(suggestion) if rules["clock_on_reassign"] == "original" and suggestion.assignments.exists() else today
    lead = _hand_over(suggestion, unit, UnitRole.LEAD if helpers else UnitRole.SOLE, rules, opinion=note)
    reply = _start(lead, ClockKind.REPLY, "reply_limit", rules, start)
    _start(lead, ClockKind.CONTACT, "first_contact_limit", rules, today)
    for helper, part in assisting:
        assistant = _hand_over(suggestion, helper, UnitRole.ASSIST, rules, opinion=note, part=part)
        _start(assistant, ClockKind.ASSIST, "assist_limit", rules, today)
        notices.assigned_to_assist(assistant, lead, actor)
    suggestion.unit, suggestion.due, suggestion.assigned_at = unit, reply.due, clock.now()
    notices.assigned(suggestion, lead, helpers, actor)
    if actor.because != TOGETHER:
        for mate in (one for one in suggestion.mates if one.state == State.REGISTERED):
            assign(mate, actor=actor.lend(TOGETHER), unit=unit, note=note, assisting=assisting)


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
    if counts_from_receipt(assignment.rules):
        recount(assignment, ClockKind.RETURN, clock.today(), event="received")
    else:
        end_clocks(assignment.suggestion, ClockKind.RETURN, met=True, assignment=assignment)
    end_clocks(assignment.suggestion, ClockKind.SIGN, met=True, assignment=assignment)
    if assignment.answers_deputy:
        begin_handling(assignment.suggestion, actor=actor.lend("assignment.sign_for"))


@operation(ASSIGNMENT["close"])
def close_assignment(assignment: Assignment, *, actor: Actor) -> None:
    """Nothing more is to be done by the unit."""
    lapse_extensions(assignment, actor.lend("assignment.close"))
