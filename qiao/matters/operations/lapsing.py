"""What falls away by itself when a suggestion leaves its unit or is answered: an objection that nobody has answered yet."""

from collections.abc import Iterable

from qiao.kernel.operation import operation
from qiao.kernel.policy import Actor

from ..flow import OBJECTION
from ..models import Assignment, ClockKind, Objection, ObjectionState, Suggestion
from .clocks import end_clocks


@operation(OBJECTION["lapse"])
def lapse_objection(objection: Objection, *, actor: Actor) -> None:
    """The objection has become idle before it was answered."""


def lapse_objections(suggestion: Suggestion, actor: Actor, among: Iterable[Assignment] | None = None) -> None:
    """Let open objections fall away, all or those ``among`` these assignments; with the last the congress's time to answer."""
    waiting = Objection.objects.filter(assignment__suggestion=suggestion, state=ObjectionState.RAISED)
    for idle in waiting.all() if among is None else waiting.filter(assignment__in=[one.pk for one in among]):
        lapse_objection(idle, actor=actor)
    if not waiting.exists():
        end_clocks(suggestion, ClockKind.OBJECTION, met=False)
