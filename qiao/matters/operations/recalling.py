"""A coordinating office takes back what it dispatched, to correct itself: with a reason, while no department has answered (R3.24)."""

from django.utils.translation import gettext as _

from qiao.kernel.errors import Unfit
from qiao.kernel.operation import operation
from qiao.kernel.policy import Actor

from .. import notices
from ..flow import ASSIGNMENT
from ..models import UNSIGNED, Assignment, AssignmentState, Clock, ClockKind, State, UnitRole
from .assigning import close_assignment
from .clocks import end_clocks, hand_on
from .lapsing import lapse_objections
from .objecting import take_away
from .parties import GONE, begin, place

TOGETHER = "assignment.recall"
"""Why the system takes one back: another that is handled together with it was."""


def _own_role(office: Assignment) -> UnitRole:
    """In which role the office has it again: the one it had before it dispatched."""
    if office.part:
        return UnitRole.SEPARATE
    beside = office.suggestion.assignments.standing().exclude(pk=office.pk).exclude(dispatched_from=office.pk)
    roles = set(beside.values_list("role", flat=True))
    if UnitRole.JOINT in roles:
        return UnitRole.JOINT
    return UnitRole.LEAD if UnitRole.ASSIST in roles else UnitRole.SOLE


def _period(office: Assignment, given: list[Assignment]) -> Clock:
    """The time that the office has: its own of the first hop, with all that moved it since where it went on in the departments' hands;
    of several the one that ends first.
    """
    own: Clock = Clock.objects.filter(assignment=office, kind=ClockKind.REPLY).latest("id")
    if office.rules["clock_from_hop"] == "second":
        return own
    handed_on: Clock | None = Clock.objects.filter(assignment__in=given, kind=ClockKind.REPLY).order_by("due", "id").first()
    return handed_on or own


@operation(ASSIGNMENT["recall"])
def recall(office: Assignment, *, actor: Actor, note: str) -> None:
    """The office has it again, in the time of the first hop; the departments hear why, and have nothing more to do with it."""
    suggestion, lent = office.suggestion, actor.lend("assignment.recall")
    given = list(office.dispatched.exclude(state__in=GONE).select_related("unit").order_by("id"))
    if any(one.answers_deputy and one.state == AssignmentState.ANSWERED for one in given):
        raise Unfit(_("A department has answered already; what is answered cannot be taken back."))
    lapse_objections(suggestion, lent, among=given)
    for one in given:
        end_clocks(suggestion, met=False, assignment=one)
        if one.answers_deputy:
            take_away(one, actor=lent, reason=note)
        else:
            close_assignment(one, actor=lent)
    office.role = _own_role(office)
    hand_on(_period(office, given), office)
    if not office.contacts.exists():
        begin(office, ClockKind.CONTACT, "first_contact_limit", office.assigned_on)
    place(suggestion, actor=lent, without=office, back=office)
    notices.recalled(office, given, note, actor)
    if actor.because != TOGETHER:
        _recall_mates(office, actor, note)


def _recall_mates(office: Assignment, actor: Actor, note: str) -> None:
    """What was dispatched together with it comes back together, as far as nobody has answered it (R3.44)."""
    open_ones = [mate for mate in office.suggestion.mates if mate.state in {*UNSIGNED, State.HANDLING}]
    mates = Assignment.objects.filter(suggestion__in=open_ones, unit=office.unit, state=AssignmentState.DISPATCHED)
    answered = Assignment.objects.filter(dispatched_from__in=mates, state=AssignmentState.ANSWERED).answering()
    for mate in mates.exclude(pk__in=answered.values("dispatched_from")).order_by("pk"):
        recall(mate, actor=actor.lend(TOGETHER), note=note)
