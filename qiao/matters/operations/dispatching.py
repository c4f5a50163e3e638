"""The second hop: a coordinating office dispatches what the congress handed to its organ to the departments below it (分办, R3.24)."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from qiao.kernel import clock
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import operation
from qiao.kernel.policy import Actor
from qiao.orgs.models import Unit

from .. import notices
from ..flow import ASSIGNMENT
from ..models import Assignment, AssignmentState, ClockKind, ObjectionState, UnitRole
from .clocks import end_clocks, hand_on
from .extending import lapse_extensions, reply_clock
from .parties import Asked, Parties, begin, begin_answer, hand_to, has_begun, place

TOGETHER = "assignment.dispatch"
"""Why the system dispatches one: another that is handled together with it was dispatched."""
OPEN = [AssignmentState.ASSIGNED, AssignmentState.HANDLING]


def demand_below(office: Unit, units: Sequence[Unit]) -> None:
    """Refuse a unit to which this office does not dispatch."""
    for unit in units:
        if unit.coordinator_id != office.pk:
            raise Unfit(_("%(office)s does not dispatch to %(unit)s.") % {"office": office, "unit": unit})


def _demand_untouched(office: Assignment) -> None:
    """Refuse where the office itself has begun to answer, or where the deputy's objection to it waits for the congress."""
    if reply_clock(office) is None:
        raise Unfit(_("Only what is handled for the first time can be dispatched."))
    if has_begun(office):
        raise Unfit(_("Your unit has begun its answer; it can no longer dispatch the suggestion."))
    if hasattr(office, "objection") and office.objection.state == ObjectionState.RAISED:
        raise Unfit(_("The lead deputy has objected to your unit. The congress's staff must answer that first."))


def _roles(office: Assignment, parties: Parties) -> list[tuple[Unit, UnitRole, str]]:
    """Each department with its role and its part; an office that itself answers for a part hands that part on whole, or in parts."""
    parties.demand_fit(office.rules)
    assisted = office.suggestion.assignments.filter(role=UnitRole.ASSIST, state__in=[*OPEN, AssignmentState.ANSWERED]).exists()
    roles = list(parties.roles(assisted=assisted))
    demand_below(office.unit, [unit for unit, _role, _part in roles])
    if office.role == UnitRole.JOINT:
        if parties.unit is None or parties.assisting or parties.joint:
            raise Unfit(_("Your unit leads together with others. Dispatch it to one unit, which takes your place among them."))
        return [(parties.unit, UnitRole.JOINT, "")]
    if office.role != UnitRole.SEPARATE or parties.unit is None:
        return roles
    if parties.assisting or parties.joint:
        raise Unfit(_("Your unit answers for a part. Dispatch it to one unit, or to several that each answer for their part."))
    return [(parties.unit, UnitRole.SEPARATE, office.part)]


def start_second_hop(made: Assignment, first: Assignment) -> dt.date:
    """The department's time for its reply: the one that began with the first hop, or by the rules one of its own; until when."""
    limit = first.clocks.filter(kind=ClockKind.REPLY).latest("id")
    if made.rules["clock_from_hop"] == "second":
        return begin_answer(made, clock.today()).due
    begin(made, ClockKind.CONTACT, "first_contact_limit", limit.start)
    return hand_on(limit, made).due


@operation(ASSIGNMENT["dispatch"])
def dispatch(
    office: Assignment, *, actor: Actor, unit: Unit | None = None, note: str = "", assisting: Asked = (), separate: Asked = (),
    joint: Sequence[Unit] = (),
) -> None:  # fmt: skip
    """Give it on to departments below the office: one or several that lead, with others that assist, or several, each for its part.

    All runs by the rules of the first hop. The office signs for it herewith if it had not; from now on it sees to what it dispatched.
    """
    suggestion, roles = office.suggestion, _roles(office, Parties(unit, assisting, separate, joint))
    _demand_untouched(office)
    lapse_extensions(office, actor.lend("assignment.dispatch"))
    end_clocks(suggestion, ClockKind.SIGN, ClockKind.RETURN, met=True, assignment=office)
    end_clocks(suggestion, met=False, assignment=office)
    office.signed_on, office.role = office.signed_on or clock.today(), UnitRole.COORDINATE
    made = [hand_to(suggestion, party, role, office.rules, opinion=note, part=part, dispatched_from=office) for party, role, part in roles]
    for one in (one for one in made if one.answers_deputy):
        start_second_hop(one, office)
    suggestion = place(suggestion, actor=actor.lend("assignment.dispatch"), without=office)
    for assistant in (one for one in made if one.role == UnitRole.ASSIST):
        notices.assigned_to_assist(assistant, made[0], actor)
    notices.assigned(suggestion, made, actor, office=office.unit)
    if actor.because != TOGETHER:
        _dispatch_mates(office, actor, unit=unit, note=note, assisting=assisting, separate=separate, joint=joint)


def _dispatch_mates(office: Assignment, actor: Actor, **given: Any) -> None:
    """What is handled together with it, and waits with the same office, goes the same way (R3.44)."""
    mates = Assignment.objects.filter(suggestion__in=office.suggestion.mates, unit=office.unit, state__in=OPEN).answering()
    for mate in mates.order_by("pk"):
        dispatch(mate, actor=actor.lend(TOGETHER), **given)
