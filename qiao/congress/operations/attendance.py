"""Sittings of a session and their attendance sheets."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.kernel import clock, journal
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import Permit, operation
from qiao.kernel.policy import Actor

from .. import notices, policy
from ..figures import absences
from ..flow import SITTING
from ..models import Attendance, Leave, LeaveState, Mandate, Mark, Session, SheetState, Sitting
from ..queries import held_on
from .body import kept

BY_HAND = {Mark.PRESENT, Mark.ABSENT}
"""What may be written on a sheet; that somebody is on leave follows from a leave that was approved."""


@operation(Permit("sitting.hold", policy.keep_attendance, gettext_lazy("Enter a sitting")))
def hold_sitting(session: Session, *, actor: Actor, name: str, kind: str, on: dt.date, part: int) -> Sitting:
    """Enter a sitting of the session; its sheet has a line for every deputy who can act on the day."""
    _not_concluded(session)
    sitting = kept(Sitting(session=session, name=name, kind=kind, on=on, part=part))
    _bring_up_to_date(sitting)
    return sitting


@operation(SITTING["take"])
def take_attendance(sitting: Sitting, *, actor: Actor, marks: Mapping[int, str], rest: str = "") -> None:
    """Write who was there, by the key of the mandate; ``rest`` is what is written of all others of whom nothing is said yet.

    Whoever works for a delegation writes the lines of its deputies only. Each line that changes has its own in the journal.
    """
    if not {*marks.values(), *([rest] if rest else [])} <= BY_HAND:
        raise Unfit(_("A deputy is present or absent; leave is approved on a page of its own."))
    _bring_up_to_date(sitting)
    named = Q(mandate__in=list(marks))
    wanted = named | Q(mark="") if rest else named
    lines = list(sitting.lines.filter(policy.lines_kept_by(actor)).filter(wanted))
    if set(marks) - {line.mandate_id for line in lines}:
        raise Unfit(_("A deputy you have marked is not on your part of the sheet."))
    _write(sitting, {line: marks.get(line.mandate_id, rest) for line in lines}, actor)


@operation(Permit("attendance.mark", policy.mark_line, gettext_lazy("Record the attendance of a deputy")))
def mark_line(line: Attendance, *, actor: Actor, mark: str) -> None:
    """Write one line of a sheet that is being taken; whoever was not there is on leave if a leave was approved, and else absent."""
    if line.sitting.state != SheetState.OPEN:
        raise Unfit(_("The sheet of this sitting is closed."))
    mark = Mark.ABSENT if mark == Mark.LEAVE else mark
    line.mark = _with_leave(line.sitting, {line.mandate_id}, mark).get(line.mandate_id, mark)


@operation(SITTING["close"])
def close_sheet(sitting: Sitting, *, actor: Actor) -> None:
    """Nobody writes on the sheet any more."""
    _bring_up_to_date(sitting)
    if missing := sitting.lines.filter(mark="").count():
        raise Unfit(_("%(count)s deputies are neither present nor absent on this sheet yet.") % {"count": missing})


@operation(SITTING["reopen"])
def reopen_sheet(sitting: Sitting, *, actor: Actor, note: str) -> None:
    """A mistake is put right: the sheet is written on again."""
    _not_concluded(sitting.session)


@operation(Permit("session.conclude_attendance", policy.keep_attendance, gettext_lazy("Conclude the attendance of the session")))
def conclude_attendance(session: Session, *, actor: Actor) -> None:
    """The sheets of the session are complete: whoever was absent from all of it without approval is told, and it counts (R5.13)."""
    _not_concluded(session)
    if session.closes > clock.today():
        raise Unfit(_("The session is not over yet."))
    if not session.sittings.exists() or session.sittings.filter(state=SheetState.OPEN).exists():
        raise Unfit(_("Close the sheets of all sittings first."))
    Session.objects.filter(pk=session.pk).update(attendance_concluded_on=clock.today())  # so that it is counted in what follows
    session.attendance_concluded_on = clock.today()
    absent = {pk: missed for pk, missed in absences(sitting__session__term=session.term).items() if session in missed}
    for mandate in Mandate.objects.filter(pk__in=absent).select_related("person", "congress"):
        notices.absence_counted(mandate, session, len(absent[mandate.pk]), actor)


@operation(Permit("session.resume_attendance", policy.keep_attendance, gettext_lazy("Take the conclusion of the attendance back")))
def resume_attendance(session: Session, *, actor: Actor, note: str) -> None:
    """Something on the sheets has to be put right: absence from the session does not count until its attendance is concluded again."""
    if not session.attendance_concluded_on:
        raise Unfit(_("The attendance of this session is not concluded."))
    session.attendance_concluded_on = None


def _not_concluded(session: Session) -> None:
    if session.attendance_concluded_on:
        raise Unfit(_("The attendance of this session is concluded; take that back first."))


def write_leave(leave: Leave, actor: Actor) -> None:
    """Every sheet of its days that does not say the deputy was there says from now on “on leave”; for the bodies of other operations."""
    days = {"sitting__session": leave.session_id, "sitting__on__gte": leave.starts, "sitting__on__lte": leave.ends}
    lines = list(Attendance.objects.filter(mandate=leave.mandate_id, **days).exclude(mark=Mark.PRESENT).select_related("sitting__session"))
    _save(lines, dict.fromkeys(lines, Mark.LEAVE), actor)


def unwrite_leave(leave: Leave, actor: Actor) -> None:
    """A leave that was withdrawn is no answer any more on sheets still being taken; for the bodies of other operations."""
    days = {"sitting__session": leave.session_id, "sitting__on__gte": leave.starts, "sitting__on__lte": leave.ends}
    lines = list(Attendance.objects.filter(mandate=leave.mandate_id, mark=Mark.LEAVE, sitting__state=SheetState.OPEN, **days))
    _save(lines, dict.fromkeys(lines, ""), actor)


def _expected(sitting: Sitting) -> list[int]:
    """The mandates that can be exercised on the day of a sitting."""
    held = Mandate.objects.filter(held_on(sitting.on), term=sitting.session.term_id)
    return list(held.filter(Q(suspended_on=None) | Q(suspended_on__gt=sitting.on)).values_list("pk", flat=True))


def _bring_up_to_date(sitting: Sitting) -> None:
    """The sheet has a line for everybody who can act on the day; an empty one of somebody who cannot is taken off."""
    expected = _expected(sitting)
    there = set(sitting.lines.values_list("mandate", flat=True))
    sitting.lines.filter(mark="").exclude(mandate__in=expected).delete()
    new = [pk for pk in expected if pk not in there]
    on_leave = _with_leave(sitting, set(new), Mark.ABSENT)
    lines = [Attendance(sitting=sitting, mandate_id=pk, mark=on_leave.get(pk, "")) for pk in new]
    Attendance.objects.bulk_create(lines, batch_size=1000)


def _with_leave(sitting: Sitting, mandates: Iterable[int], mark: str) -> dict[int, str]:
    """Of these mandates those with approved leave on the day, who are on leave unless they came."""
    if mark != Mark.ABSENT:
        return {}
    granted = Leave.objects.filter(session=sitting.session_id, state=LeaveState.APPROVED, starts__lte=sitting.on, ends__gte=sitting.on)
    return dict.fromkeys(granted.filter(mandate__in=list(mandates)).values_list("mandate", flat=True), Mark.LEAVE)


def _write(sitting: Sitting, marks: Mapping[Attendance, str], actor: Actor) -> None:
    on_leave = _with_leave(sitting, {line.mandate_id for line, mark in marks.items() if mark == Mark.ABSENT}, Mark.ABSENT)
    wanted = {line: on_leave.get(line.mandate_id, mark) if mark == Mark.ABSENT else mark for line, mark in marks.items()}
    _save([line for line, mark in wanted.items() if line.mark != mark], wanted, actor)


def _save(lines: list[Attendance], marks: Mapping[Attendance, str], actor: Actor) -> None:
    for line in lines:
        line.mark = marks[line]
    Attendance.objects.bulk_update(lines, ["mark"], batch_size=1000)
    journal.record_made("attendance.mark", actor, lines)
