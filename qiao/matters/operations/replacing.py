"""Another unit takes the place of one that drops out, while the others go on: a part, and what an office dispatched (R3.24, R3.26)."""

from django.utils.translation import gettext as _

from qiao.kernel import clock
from qiao.kernel.errors import Unfit
from qiao.kernel.policy import Actor
from qiao.orgs.models import Unit
from qiao.rulebook.queries import rules_for

from .. import notices
from ..models import Assignment, UnitRole
from .clocks import end_clocks
from .dispatching import demand_below, start_second_hop
from .lapsing import lapse_objections
from .parties import begin_answer, hand_to, place


def replace(gone: Assignment, unit: Unit | None, actor: Actor, code: str) -> Assignment:
    """Hand to ``unit`` what ``gone`` had, with the same role and part; raises Unfit where none is named, or not a fit one.

    On the second hop by the rules of the first and with its time; for a part of the first hop as for what is assigned anew (R3.30).
    """
    if unit is None:
        raise Unfit(_("Name the unit that takes its place."))
    suggestion, first = gone.suggestion, gone.dispatched_from
    if first:
        demand_below(first.unit, [unit])
    lapse_objections(suggestion, actor.lend(code), among=[gone])
    end_clocks(suggestion, met=False, assignment=gone)
    rules = first.rules if first else rules_for(suggestion.congress, clock.today())
    made = hand_to(suggestion, unit, UnitRole(gone.role), rules, opinion=gone.opinion, part=gone.part, dispatched_from=first)
    if first:
        start_second_hop(made, gone)
    else:
        begin_answer(made, gone.assigned_on if rules["clock_on_reassign"] == "original" else clock.today())
    notices.assigned(place(suggestion, actor=actor.lend(code), without=gone), [made], actor)
    return made
