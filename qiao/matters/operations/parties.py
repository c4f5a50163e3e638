"""To whom a suggestion is handed over, and giving one unit its role in it (R3.24–R3.26)."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from qiao.kernel import clock
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import operation
from qiao.kernel.policy import Actor
from qiao.orgs.models import Unit
from qiao.rulebook.rules import Rules

from ..flow import REPLY, SUGGESTION
from ..models import Assignment, AssignmentState, Clock, ClockKind, Reply, ReplyState, State, Suggestion, UnitRole
from ..models.handling import in_order
from ..policy import counts_from_receipt
from .clocks import reply_due, start_clock

GONE = [AssignmentState.RETURNED, AssignmentState.CLOSED]
FEWEST_PARTS = 2
ONCE_JOINT = [UnitRole.JOINT, UnitRole.COORDINATE]
"""The roles of a unit that leads with others, or did until it dispatched."""

Asked = Sequence[tuple[Unit, str]]
"""Units, each with what it is asked about or answers for."""


@dataclass(frozen=True)
class Parties:
    """One unit that answers, or several that lead together (会同办理), with those that assist; or several, each for its part (分办)."""

    unit: Unit | None
    assisting: Asked = ()
    separate: Asked = ()
    joint: Sequence[Unit] = ()

    def roles(self, *, assisted: bool = False) -> Iterator[tuple[Unit, UnitRole, str]]:
        """Each unit with its role and its part, the one that answers first; ``assisted`` if others assist it already."""
        if self.unit:
            alone = UnitRole.LEAD if self.assisting or assisted else UnitRole.SOLE
            yield self.unit, UnitRole.JOINT if self.joint else alone, ""
        yield from ((unit, UnitRole.JOINT, "") for unit in self.joint)
        yield from ((unit, UnitRole.SEPARATE, part) for unit, part in self.separate)
        yield from ((unit, UnitRole.ASSIST, part) for unit, part in self.assisting)

    @property
    def others(self) -> list[Unit]:
        """All but the first."""
        return [unit for unit, _role, _part in self.roles()][1:]

    def demand_fit(self, rules: Rules) -> None:
        """Refuse a unit named twice, ways of handling that do not go together, and parts that nobody could tell apart (R3.26)."""
        units = [unit.pk for unit, _role, _part in self.roles()]
        if len(set(units)) < len(units):
            raise Unfit(_("Name each unit once: the lead unit does not assist itself."))
        if self.joint and not rules.flag("several_leads"):
            raise Unfit(_("By this congress's rules one unit leads. Name the others as assisting units."))
        if not self.separate:
            if self.unit is None:
                raise Unfit(_("Name the unit that answers."))
            return
        if self.unit or self.assisting or self.joint:
            raise Unfit(_("Either one unit answers and others may assist it, or several units each answer for their part."))
        if len(self.separate) < FEWEST_PARTS:
            raise Unfit(_("Separate handling needs at least two units."))
        for unit, part in self.separate:
            if not part.strip():
                raise Unfit(_("Say for which part %(unit)s answers.") % {"unit": unit})


def demand_unit(suggestion: Suggestion, unit: Unit) -> None:
    """Refuse a unit of another congress, one that does not exist today, and one that has it already."""
    today = clock.today()
    if unit.congress_id != suggestion.congress_id:
        raise Unfit(_("The unit belongs to another congress."))
    if unit.active_from > today:
        raise Unfit(_("%(unit)s does not exist yet; choose another unit.") % {"unit": unit})
    if unit.active_to and unit.active_to <= today:
        raise Unfit(_("%(unit)s no longer exists; choose the unit that took over its work.") % {"unit": unit})
    if suggestion.assignments.exclude(state__in=GONE).filter(unit=unit).exists():
        raise Unfit(_("%(unit)s has this suggestion already.") % {"unit": unit})


def hand_to(  # noqa: D417
    suggestion: Suggestion,
    unit: Unit,
    role: UnitRole,
    rules: Rules,
    *,
    opinion: str = "",
    part: str = "",
    dispatched_from: Assignment | None = None,
) -> Assignment:
    """Give the unit its role; it has to sign for it, or may ask for its return. ``dispatched_from`` is the first hop, on the second.

    What is handed over in the product is received the same day (电子签名法 §11), so all periods count from today.
    """
    demand_unit(suggestion, unit)
    made = Assignment(
        suggestion=suggestion, unit=unit, role=role, assigned_on=clock.today(), rule_snapshot=rules.to_json(), opinion=opinion, part=part,
        dispatched_from=dispatched_from,
    )  # fmt: skip
    made.full_clean()
    made.save()
    limit = begin(made, ClockKind.SIGN, "sign_limit", clock.today())
    begin_return(made, limit.due)
    if role == UnitRole.ASSIST:
        begin(made, ClockKind.ASSIST, "assist_limit", clock.today())
    return made


def has_begun(assignment: Assignment) -> bool:
    """Whether the unit has begun its answer; of a joint one, which any of the units may draft, only once it is laid before the signers."""
    replies = Reply.objects.filter(assignment__in=[one.pk for one in assignment.partners])
    begun = replies.exclude(state=ReplyState.DRAFT) if assignment.role == UnitRole.JOINT else replies
    return bool(begun.exists() or assignment.opinions.exists())


def begin(assignment: Assignment, kind: ClockKind, rule: str, day: dt.date) -> Clock:
    """Start one of the unit's clocks, counted from the day of a hand-over."""
    return start_clock(
        assignment.suggestion, kind, rule, assignment.rules, party=assignment.unit.name, start=day, event="assigned", assignment=assignment
    )


def begin_return(assignment: Assignment, sign_by: dt.date) -> None:
    """The unit's time to ask for return: from hand-over, or where the rules count from receipt at the latest from ``sign_by``.

    So a unit that does not sign has a limit too, and who signs late gains nothing by it (decision 11).
    """
    late = counts_from_receipt(assignment.rules)
    start_clock(
        assignment.suggestion, ClockKind.RETURN, "return_limit", assignment.rules, party=assignment.unit.name, assignment=assignment,
        start=sign_by if late else clock.today(), event="sign_due" if late else "assigned",
    )  # fmt: skip


def begin_answer(assignment: Assignment, start: dt.date) -> Clock:
    """The unit's time for its reply begins, counted from ``start``, and the time in which it speaks with the deputy."""
    reply = begin(assignment, ClockKind.REPLY, "reply_limit", start)
    begin(assignment, ClockKind.CONTACT, "first_contact_limit", clock.today())
    return reply


def void_countersignatures(reply: Reply) -> None:
    """What units have signed so far no longer counts: the text is theirs to change again."""
    reply.countersignatures.filter(void_at=None).update(void_at=clock.now())


@operation(REPLY["reopen"])
def reopen_reply(reply: Reply, *, actor: Actor, first: Assignment) -> None:
    """Other units give it together now: it is the ``first`` one's to number, and each of them has still to agree."""
    reply.assignment = first
    void_countersignatures(reply)


@operation(SUGGESTION["place"])
def place(suggestion: Suggestion, *, actor: Actor, without: Assignment, back: Assignment | None = None) -> State:
    """Who has it and until when, now that others stand in the place of ``without``; in what state depends on who has signed for it.

    ``back`` has it again, as is about to be written down.
    """
    answering = suggestion.assignments.exclude(state__in=GONE).exclude(pk=without.pk).answering()
    having = in_order([*answering.select_related("unit"), *([back] if back else [])])
    if having[0].role == UnitRole.JOINT:
        given = Reply.objects.filter(assignment__suggestion=suggestion, assignment__role__in=ONCE_JOINT)
        for reply in given.exclude(state=ReplyState.ISSUED):
            reopen_reply(reply, actor=actor, first=having[0])
    suggestion.unit, suggestion.due = having[0].unit, reply_due(suggestion)
    if any(one.signed_on for one in having):
        return State.HANDLING
    return State.DISPATCHED if any(one.dispatched_from_id for one in having) else State.ASSIGNED
