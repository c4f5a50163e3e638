"""Handing a suggestion to a unit, and signing for it (R3.23–R3.31)."""

import datetime as dt
from collections.abc import Sequence

from qiao.kernel import clock
from qiao.kernel.operation import operation
from qiao.kernel.policy import Actor
from qiao.orgs.models import Unit
from qiao.rulebook.queries import rules_for

from .. import notices
from ..flow import ASSIGNMENT, SUGGESTION
from ..models import UNSIGNED, Assignment, AssignmentState, ClockKind, State, Suggestion, UnitRole
from ..policy import counts_from_receipt
from .clocks import end_clocks, recount
from .extending import lapse_extensions
from .parties import GONE, Asked, Parties, begin_answer, hand_to
from .receiving import demand_decision

TOGETHER = "suggestion.assign"
"""Why the system assigns one: another that is handled together with it was assigned."""
DONE = [AssignmentState.ANSWERED, *GONE]


def first_hand_over(suggestion: Suggestion) -> dt.date:
    """The day it was first handed to a unit: from there a congress may let the reply clock go on after a return (R3.30)."""
    day: dt.date = suggestion.assignments.order_by("id").values_list("assigned_on", flat=True)[0]
    return day


@operation(SUGGESTION["assign"])
def assign(
    suggestion: Suggestion, *, actor: Actor, unit: Unit | None = None, note: str = "", assisting: Asked = (), separate: Asked = (),
    joint: Sequence[Unit] = (),
) -> None:  # fmt: skip
    """Hand the suggestion to the unit that must answer it; ``note`` is the assignment opinion (交办意见).

    ``assisting`` are the units that give that one their opinion (会办), each with what it is asked about, which may be empty.
    ``joint`` are further lead units: they and ``unit`` give one reply together (会同办理), where the rules know that.
    ``separate`` are instead units each of which answers for its part (分办), which must be stated; ``unit`` is then none of them.
    The clocks start today, under today's rules. Those handled together with it go to the same units, each with clocks of its own (R3.44).
    """
    today, parties = clock.today(), Parties(unit, assisting, separate, joint)
    rules = rules_for(suggestion.congress, today)
    parties.demand_fit(rules)
    demand_decision(suggestion, rules)
    end_clocks(suggestion, ClockKind.HAND_OVER, ClockKind.REASSIGN, met=True)
    start = first_hand_over(suggestion) if rules["clock_on_reassign"] == "original" and suggestion.assignments.exists() else today
    made = [hand_to(suggestion, party, role, rules, opinion=note, part=part) for party, role, part in parties.roles()]
    due = [begin_answer(one, start).due for one in made if one.answers_deputy]
    for assistant in (one for one in made if one.role == UnitRole.ASSIST):
        notices.assigned_to_assist(assistant, made[0], actor)
    suggestion.unit, suggestion.due, suggestion.assigned_at = made[0].unit, min(due), clock.now()
    notices.assigned(suggestion, made, actor)
    if actor.because != TOGETHER:
        for mate in (one for one in suggestion.mates if one.state == State.REGISTERED):
            assign(mate, actor=actor.lend(TOGETHER), unit=unit, note=note, assisting=assisting, separate=separate, joint=joint)


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
    if assignment.answers_deputy and assignment.suggestion.state in UNSIGNED:
        begin_handling(assignment.suggestion, actor=actor.lend("assignment.sign_for"))


@operation(ASSIGNMENT["close"])
def close_assignment(assignment: Assignment, *, actor: Actor) -> None:
    """Nothing more is to be done by the unit."""
    lapse_extensions(assignment, actor.lend("assignment.close"))
