"""What falls away by itself when a suggestion leaves its unit or is answered: an objection that nobody has answered yet."""

from qiao.kernel.operation import operation
from qiao.kernel.policy import Actor

from ..flow import OBJECTION
from ..models import ClockKind, Objection, ObjectionState, Suggestion
from .clocks import end_clocks


@operation(OBJECTION["lapse"])
def lapse_objection(objection: Objection, *, actor: Actor) -> None:
    """The objection has become idle before it was answered."""


def lapse_objections(suggestion: Suggestion, actor: Actor) -> None:
    """Let an open objection fall away, and the congress's time to answer it."""
    for idle in Objection.objects.filter(assignment__suggestion=suggestion, state=ObjectionState.RAISED):
        lapse_objection(idle, actor=actor)
        end_clocks(suggestion, ClockKind.OBJECTION, met=False)
