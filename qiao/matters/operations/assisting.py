"""What an assisting unit owes the lead unit: its opinion, and once more where the first said nothing (会办意见, R3.34)."""

import datetime as dt
from dataclasses import dataclass

from qiao.kernel import clock
from qiao.kernel.operation import operation
from qiao.kernel.policy import Actor

from .. import notices
from ..flow import ASSIGNMENT
from ..models import LEADING, OPINION_KINDS, Assignment, AssignmentState, Clock, ClockKind, Opinion, UnitRole
from .clocks import end_clocks, start_clock
from .parties import GONE


@operation(ASSIGNMENT["give_opinion"])
def give_opinion(
    assignment: Assignment, *, actor: Actor, text: str, document_no: str = "", contact_person: str = "", contact_phone: str = ""
) -> None:
    """Tell the lead unit what this unit, within its own duties, says to the suggestion."""
    made = Opinion(
        assignment=assignment, text=text, document_no=document_no, contact_person=contact_person, contact_phone=contact_phone,
        given_by=actor.user,
    )  # fmt: skip
    made.full_clean()
    made.save()
    end_clocks(assignment.suggestion, *OPINION_KINDS, met=True, assignment=assignment)
    end_clocks(assignment.suggestion, ClockKind.RETURN, met=False, assignment=assignment)
    notices.opinion_given(made, actor)


@operation(ASSIGNMENT["ask_opinion_again"])
def ask_opinion_again(assignment: Assignment, *, actor: Actor, note: str) -> None:
    """The lead unit sends an opinion back that says nothing it can use, and says what it needs; a short period begins today."""
    start_clock(
        assignment.suggestion, ClockKind.REDO, "assist_redo_limit", assignment.rules,
        party=assignment.unit.name, start=clock.today(), assignment=assignment,
    )  # fmt: skip
    notices.opinion_sent_back(assignment, note, actor)


@dataclass(frozen=True)
class Assistance:
    """Where one assisting unit stands, as the lead unit sees it."""

    assignment: Assignment
    opinion: Opinion | None
    """The newest, if it counts: one that was sent back does not."""
    limit: Clock | None
    """Its running time."""

    @property
    def due(self) -> dt.date | None:
        """Until when it has time."""
        return self.limit.due if self.limit else None

    @property
    def is_overdue(self) -> bool:
        """Whether its time has passed without an opinion: the lead unit need not wait any longer."""
        return self.opinion is None and self.limit is not None and self.limit.is_overdue

    @property
    def is_paused(self) -> bool:
        """Whether its time stands still."""
        return self.limit is not None and self.limit.paused_on is not None


def assistance(lead: Assignment) -> list[Assistance]:
    """The assisting units of a lead unit's suggestion that have not dropped out."""
    if lead.role not in LEADING:
        return []
    rows = Assignment.objects.filter(suggestion=lead.suggestion_id, role=UnitRole.ASSIST).exclude(state__in=GONE)
    found = rows.select_related("unit").prefetch_related("opinions", "clocks")
    return [Assistance(a, _newest(a), _limit(a)) for a in found]


def _newest(assistant: Assignment) -> Opinion | None:
    return list(assistant.opinions.all())[-1] if assistant.state == AssignmentState.ANSWERED else None


def _limit(assistant: Assignment) -> Clock | None:
    running = (c for c in assistant.clocks.all() if c.kind in OPINION_KINDS and c.ended_on is None)
    return next(running, None)
