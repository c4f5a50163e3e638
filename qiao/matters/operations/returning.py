"""Returning what a unit is not competent for, deciding on it, and taking the suggestion back to be assigned anew (R3.29, R3.30)."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qiao.kernel import clock
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import operation
from qiao.kernel.policy import Actor
from qiao.orgs.models import Unit
from qiao.rulebook.queries import rules_for

from .. import notices
from ..flow import ASSIGNMENT, SUGGESTION
from ..models import Assignment, AssignmentState, Clock, ClockKind, Suggestion
from .assigning import dismiss_assistants
from .clocks import end_clocks, start_clock
from .extending import lapse_extensions
from .lapsing import lapse_objections
from .parties import GONE, has_begun
from .replacing import replace


def is_late(assignment: Assignment) -> bool | None:
    """Whether the unit's time to ask for a return has passed; None where it has none any more: it has asked, or taken the suggestion on."""
    limit = Clock.objects.running().filter(assignment=assignment, kind=ClockKind.RETURN).first()
    return limit and limit.is_overdue


def demand_in_time(assignment: Assignment, explanation: str) -> None:
    """Refuse a return asked for too late, unless the rules hear an explanation and there is one."""
    late = is_late(assignment)
    if late is None or (late and assignment.rules["late_return_policy"] == "refuse"):
        raise Unfit(_("The time to ask for a return has passed. Sign for the suggestion and talk to the congress's staff."))
    if late and not explanation.strip():
        raise Unfit(_("The time to ask for a return has passed. Say why your unit asks only now."))


def demand_fewer(assignment: Assignment) -> None:
    """Refuse one more return of a suggestion that was returned as often as the rules allow; nobody may pass it on without end."""
    most = assignment.rules["return_max_times"]
    if most == "unlimited" or not assignment.answers_deputy:
        return
    before = assignment.suggestion.assignments.given_back().count()
    if before >= int(most):
        raise Unfit(
            ngettext(
                "By this congress's rules a suggestion is returned once at most, and this one was. Talk to the congress's staff.",
                "By this congress's rules a suggestion is returned %(n)d times at most, and this one was. Talk to the congress's staff.",
                int(most),
            )
            % {"n": int(most)}
        )


def _ask(assignment: Assignment, actor: Actor, note: str, wished_unit: Unit | None, explanation: str) -> None:
    """What both ways of asking have in common."""
    demand_in_time(assignment, explanation)
    demand_fewer(assignment)
    if wished_unit == assignment.unit:
        raise Unfit(_("Propose another unit than your own."))
    assignment.return_reason, assignment.wished_unit = note, wished_unit
    assignment.return_asked_on, assignment.late_explanation = clock.today(), explanation if is_late(assignment) else ""
    end_clocks(assignment.suggestion, ClockKind.RETURN, met=True, assignment=assignment)
    notices.return_requested(assignment, actor)


@operation(ASSIGNMENT["request_return"])
def request_return(assignment: Assignment, *, actor: Actor, note: str, wished_unit: Unit | None = None, late_explanation: str = "") -> None:
    """The unit says that it is not competent, why, and who is; in the time the rules give, or with an explanation (R3.29)."""
    _ask(assignment, actor, note, wished_unit, late_explanation)


@operation(ASSIGNMENT["return_signed"])
def return_signed(assignment: Assignment, *, actor: Actor, note: str, wished_unit: Unit | None = None, late_explanation: str = "") -> None:
    """The same once it has signed for it, where the rules count the time for return from there; not when it has begun to answer."""
    if has_begun(assignment):
        raise Unfit(_("Your unit has begun its answer; it can no longer return the suggestion."))
    _ask(assignment, actor, note, wished_unit, late_explanation)


@operation(SUGGESTION["take_back"])
def take_back(suggestion: Suggestion, *, actor: Actor, event: str = "") -> None:
    """The suggestion waits to be assigned again, with assistants named anew: the return of the unit that should answer was granted.

    Or the deputy's objection to it was upheld, which ``event`` then says.
    The congress's own time for that begins.
    """
    dismiss_assistants(suggestion, GONE, actor)
    end_clocks(suggestion, met=False)
    party = suggestion.congress.short_name or suggestion.congress.name
    rules = rules_for(suggestion.congress, clock.today())
    start_clock(suggestion, ClockKind.REASSIGN, "reassign_limit", rules, party=party, start=clock.today(), event=event)
    suggestion.unit = suggestion.due = None


@operation(ASSIGNMENT["grant_return"])
def grant_return(assignment: Assignment, *, actor: Actor, note: str = "", unit: Unit | None = None) -> None:
    """Whoever handed it over agrees: the suggestion comes back to be assigned anew. An assisting unit only drops out.

    For a part, and for what was dispatched, another ``unit`` is named at once; the rest goes on (R3.24, R3.26).
    """
    assignment.decision, assignment.returned_on = note, clock.today()
    lapse_extensions(assignment, actor.lend("assignment.grant_return"))
    if assignment.is_replaced:
        replace(assignment, unit, actor, "assignment.grant_return")
    elif assignment.answers_deputy:
        lapse_objections(assignment.suggestion, actor.lend("assignment.grant_return"))
        take_back(assignment.suggestion, actor=actor.lend("assignment.grant_return"))
    else:
        end_clocks(assignment.suggestion, met=False, assignment=assignment)
    notices.return_decided(assignment, actor, granted=True)


@operation(ASSIGNMENT["refuse_return"])
def refuse_return(assignment: Assignment, *, actor: Actor, note: str) -> AssignmentState:
    """Whoever handed it over insists: the unit must handle it; the clocks went on running."""
    assignment.decision = note
    notices.return_decided(assignment, actor, granted=False)
    return AssignmentState.HANDLING if assignment.signed_on else AssignmentState.ASSIGNED
