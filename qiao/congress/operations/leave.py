"""Leave from sessions: asked for, decided, withdrawn (R5.13)."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.kernel import clock
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import Permit, operation
from qiao.kernel.policy import Actor
from qiao.rulebook.queries import rules_for

from .. import notices, policy
from ..flow import LEAVE
from ..models import Leave, LeaveState, Mandate, Session
from .attendance import unwrite_leave, write_leave
from .body import kept

STANDING = (LeaveState.ASKED, LeaveState.APPROVED)


@operation(Permit("leave.ask", policy.ask_leave, gettext_lazy("Ask for leave")))
def ask_leave(mandate: Mandate, *, actor: Actor, session: Session, ground: str, reason: str, **days: dt.date | None) -> Leave:
    """Ask to be away from a session, or only from its days ``starts`` to ``ends``; who decides is what the rulebook says today."""
    if session.term_id != mandate.term_id or not mandate.is_exercised:
        raise Unfit(_("Leave is asked for by a deputy in office, from a session of the term."))
    leave = Leave(mandate=mandate, session=session, ground=ground, reason=reason)
    leave.starts, leave.ends = days.get("starts") or session.opens, days.get("ends") or session.closes
    if leave.ends < clock.today():
        raise Unfit(_("Leave is asked for before its last day is over."))
    if mandate.leaves.filter(session=session, state__in=STANDING, starts__lte=leave.ends, ends__gte=leave.starts).exists():
        raise Unfit(_("Leave from these days has been asked for already."))
    rules = rules_for(session.congress, clock.today())
    leave.approver = rules["leave_approver_session"] if leave.is_whole else rules["leave_approver_days"]
    leave = kept(leave)
    notices.leave_asked(leave, actor)
    return leave


@operation(LEAVE["approve"])
def approve_leave(leave: Leave, *, actor: Actor, answer: str = "") -> None:
    """The deputy may stay away: the sheets of these days say so."""
    leave.decided_on, leave.answer = clock.today(), answer
    write_leave(leave, actor)
    notices.leave_decided(leave, LEAVE["approve"], actor)


@operation(LEAVE["refuse"])
def refuse_leave(leave: Leave, *, actor: Actor, answer: str) -> None:
    """The deputy has to come; ``answer`` says why."""
    leave.decided_on, leave.answer = clock.today(), answer
    notices.leave_decided(leave, LEAVE["refuse"], actor)


@operation(LEAVE["withdraw"])
def withdraw_leave(leave: Leave, *, actor: Actor) -> None:
    """The deputy comes after all; a leave whose days are over stays what it was."""
    if leave.ends < clock.today():
        raise Unfit(_("The days of this leave are over."))
    unwrite_leave(leave, actor)
    notices.leave_decided(leave, LEAVE["withdraw"], actor)
