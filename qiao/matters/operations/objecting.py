"""The lead deputy's objection to the unit, and the congress's answer: the unit stays, or another is named (R3.27)."""

from django.utils.translation import gettext as _

from qiao.kernel import clock
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import operation
from qiao.kernel.policy import Actor
from qiao.orgs.models import Unit
from qiao.rulebook.queries import rules_for

from .. import notices
from ..flow import ASSIGNMENT, OBJECTION
from ..models import Assignment, ClockKind, Objection
from .clocks import start_clock
from .extending import lapse_extensions
from .lapsing import end_answer_time
from .replacing import replace
from .returning import take_back


@operation(ASSIGNMENT["object"])
def object_to_unit(assignment: Assignment, *, actor: Actor, note: str, wished_unit: Unit | None = None) -> Objection:
    """Say why another unit should handle it, and which; the unit goes on until the congress's side has answered."""
    if wished_unit == assignment.unit:
        raise Unfit(_("Propose another unit than the one that has it."))
    made = Objection(assignment=assignment, reason=note, wished_unit=wished_unit)
    made.full_clean()
    made.save()
    suggestion, today = assignment.suggestion, clock.today()
    party = suggestion.congress.short_name or suggestion.congress.name
    rules = rules_for(suggestion.congress, today)
    start_clock(suggestion, ClockKind.OBJECTION, "objection_answer_limit", rules, party=party, start=today)
    notices.objected(made, actor)
    return made


def _answer(objection: Objection, note: str) -> None:
    objection.answer, objection.answered_at = note, clock.now()
    end_answer_time(objection, met=True)


@operation(OBJECTION["keep"])
def keep_unit(objection: Objection, *, actor: Actor, note: str) -> None:
    """The unit is competent all the same; the deputy reads why."""
    _answer(objection, note)
    notices.objection_answered(objection, actor, upheld=False)


@operation(OBJECTION["uphold"])
def uphold_objection(objection: Objection, *, actor: Actor, note: str, unit: Unit | None = None) -> None:
    """The deputy is right: it is taken from the unit, which hears why, and waits to be assigned anew.

    For a part, and for what was dispatched, another ``unit`` is named at once; the rest goes on.
    """
    lent = actor.lend("objection.uphold")
    _answer(objection, note)
    gone = take_away(objection.assignment, actor=lent, reason=objection.reason)
    if gone.is_replaced:
        replace(gone, unit, actor, "objection.uphold")
    else:
        take_back(objection.assignment.suggestion, actor=lent, event="objection_upheld")
    notices.objection_answered(objection, actor, upheld=True)
    notices.taken_away(objection, actor)


@operation(ASSIGNMENT["take_away"])
def take_away(assignment: Assignment, *, actor: Actor, reason: str) -> None:
    """The unit did not give it back: it was taken away, for the reason of the deputy who objected or of the office that dispatched it."""
    lapse_extensions(assignment, actor.lend("assignment.take_away"))
    assignment.taken_away, assignment.returned_on = True, clock.today()
    assignment.return_reason = reason
