"""What falls away by itself when a suggestion leaves its unit or is answered: an objection that nobody has answered yet."""

from collections.abc import Iterable

from qiao.kernel import clock
from qiao.kernel.operation import operation
from qiao.kernel.policy import Actor

from ..flow import OBJECTION
from ..models import Assignment, Clock, ClockKind, Objection, ObjectionState, Suggestion
from .clocks import end_clock


def end_answer_time(objection: Objection, *, met: bool) -> None:
    """Let the congress's time to answer this objection end: the one that began on the day on which it was raised."""
    begun = Clock.objects.running().filter(
        suggestion=objection.assignment.suggestion_id, kind=ClockKind.OBJECTION, start=clock.day_of(objection.raised_at)
    )
    if limit := begun.order_by("id").first():
        end_clock(limit, met=met)


@operation(OBJECTION["lapse"])
def lapse_objection(objection: Objection, *, actor: Actor) -> None:
    """The objection has become idle before it was answered."""
    end_answer_time(objection, met=False)


def lapse_objections(suggestion: Suggestion, actor: Actor, among: Iterable[Assignment] | None = None) -> None:
    """Let open objections fall away: all of them, or those ``among`` these assignments."""
    waiting = Objection.objects.filter(assignment__suggestion=suggestion, state=ObjectionState.RAISED)
    for idle in waiting if among is None else waiting.filter(assignment__in=[one.pk for one in among]):
        lapse_objection(idle, actor=actor)
