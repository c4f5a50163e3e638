"""The work of assisting units in figures: opinions asked, given in time, late, by unit (R3.34, P5)."""

from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from qiao.kernel import clock
from qiao.kernel.policy import Actor

from .models import AssignmentState, Clock, ClockKind, Suggestion


@dataclass(frozen=True)
class Assisting:
    """What one unit was asked for as an assisting one, and what came of it; ``unit`` is 0 for all together."""

    unit: int
    name: str
    asked: int
    in_time: int
    late: int
    """Given after the last day, or not given though it is over."""
    waiting: int
    """Not due yet, or paused."""

    @property
    def spared(self) -> int:
        """Not needed any more before it was due."""
        return self.asked - self.in_time - self.late - self.waiting

    @property
    def rate(self) -> str:
        """Opinions given in time, out of those given or overdue, as a page and a table write it."""
        owed = self.in_time + self.late
        return f"{100 * self.in_time / owed:.1f}%" if owed else "—"


def by_unit(rows: QuerySet[Suggestion], actor: Actor, unit: int | None = None) -> list[Assisting]:
    """The assisting units of these suggestions, the busiest first, in one query; a unit sees its own work, an office that below it too.

    What was returned or taken away counts for nobody.
    """
    late = Q(ended_on__gt=F("due")) | Q(ended_on=None, paused_on=None, due__lt=clock.today())
    asked = Clock.objects.filter(kind=ClockKind.ASSIST, suggestion__in=rows.order_by().values("pk"))
    asked = asked.exclude(assignment__state=AssignmentState.RETURNED)
    if unit:
        asked = asked.filter(assignment__unit=unit)
    if actor.units:
        asked = asked.filter(Q(assignment__unit__in=actor.units) | Q(assignment__unit__coordinator__in=actor.units))
    numbers = {
        "asked": Count("pk"), "in_time": Count("pk", filter=Q(met=True, ended_on__lte=F("due"))),
        "late": Count("pk", filter=late), "waiting": Count("pk", filter=Q(ended_on=None) & ~late),
    }  # fmt: skip
    found = asked.order_by().values("assignment__unit", "assignment__unit__name").annotate(**numbers)
    made = [Assisting(one.pop("assignment__unit"), one.pop("assignment__unit__name"), **one) for one in found]
    return sorted(made, key=lambda one: (-one.asked, one.unit))


def together(found: list[Assisting], name: str) -> Assisting:
    """All of them as one."""
    return Assisting(0, name, *(sum(getattr(one, key) for one in found) for key in ("asked", "in_time", "late", "waiting")))
