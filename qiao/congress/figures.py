"""What the sheets of a session come to: who was there, by sitting, delegation and deputy, and who was absent from the whole of it."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from qiao.kernel.policy import Actor

from .models import Attendance, Mandate, Mark, Session, Sitting

COUNTS: dict[str, Any] = {
    "expected": Count("pk"),
    "present": Count("pk", filter=Q(mark=Mark.PRESENT)),
    "on_leave": Count("pk", filter=Q(mark=Mark.LEAVE)),
    "absent": Count("pk", filter=Q(mark=Mark.ABSENT)),
}
"""How the lines of a sheet are counted, wherever they are."""


@dataclass(frozen=True)
class Turnout:
    """How many of those expected were present, on leave, or absent without approval; the rest is not recorded yet."""

    of: Any
    expected: int
    present: int
    on_leave: int
    absent: int

    @property
    def unmarked(self) -> int:
        """Lines that nobody has filled in yet."""
        return self.expected - self.present - self.on_leave - self.absent

    @property
    def percent(self) -> float:
        """The part of those expected that was present, in per cent."""
        return round(100 * self.present / self.expected, 1) if self.expected else 0.0


def _turnout(of: Any, row: dict[str, Any] | None) -> Turnout:
    return Turnout(of, **{key: (row or {}).get(key, 0) for key in COUNTS})


def by_sitting(session: Session, actor: Actor) -> list[Turnout]:
    """The turnout of each sitting of a session as far as someone sees its lines, in their order. Two queries."""
    lines = Attendance.objects.visible_to(actor).filter(sitting__session=session).order_by()
    counted = {row["sitting"]: row for row in lines.values("sitting").annotate(**COUNTS)}
    sittings = Sitting.objects.visible_to(actor).filter(session=session)
    return [_turnout(sitting, counted.get(sitting.pk)) for sitting in sittings]


def by_delegation(session: Session, actor: Actor) -> list[Turnout]:
    """The turnout of each delegation over all sheets of a session, the best first. One query."""
    lines = Attendance.objects.visible_to(actor).filter(sitting__session=session).order_by()
    rows = lines.values("mandate__delegation", "mandate__delegation__name").annotate(**COUNTS)
    found = [_turnout(row["mandate__delegation__name"] or "", row) for row in rows]
    return sorted(found, key=lambda each: (-each.percent, each.of))


def by_session(mandate: Mandate, actor: Actor) -> list[Turnout]:
    """A deputy's attendance in each session, the newest first. Two queries."""
    lines = Attendance.objects.visible_to(actor).filter(mandate=mandate).order_by()
    counted = {row["sitting__session"]: row for row in lines.values("sitting__session").annotate(**COUNTS)}
    sessions = Session.objects.filter(pk__in=counted).select_related("term").order_by("-opens") if counted else []
    return [_turnout(session, counted[session.pk]) for session in sessions]


def _whole_sessions() -> QuerySet[Any]:
    """Deputy and session wherever all lines of a session whose attendance is concluded say “absent without approval”."""
    concluded = Attendance.objects.filter(sitting__session__attendance_concluded_on__isnull=False)
    per_session = concluded.order_by().values("mandate", "sitting__session").annotate(expected=COUNTS["expected"], absent=COUNTS["absent"])
    return per_session.filter(absent=F("expected"))


def missing_from(session: Session) -> int:
    """How many deputies every line of a session says were absent without approval, concluded or not."""
    lines = Attendance.objects.filter(sitting__session=session).order_by().values("mandate")
    return lines.annotate(expected=COUNTS["expected"], absent=COUNTS["absent"]).filter(absent=F("expected")).count()


def absences(**where: Any) -> dict[int, list[Session]]:
    """By mandate, the whole sessions from which a deputy was absent without approval, oldest first (R5.13); ``where`` narrows the lines.

    A deputy who came to one sitting, or had leave for one, was not absent from the session. Two queries.
    """
    rows = list(_whole_sessions().filter(**where))
    sessions = {each.pk: each for each in Session.objects.filter(pk__in={row["sitting__session"] for row in rows}).select_related("term")}
    found: dict[int, list[Session]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: sessions[row["sitting__session"]].opens):
        found[row["mandate"]].append(sessions[row["sitting__session"]])
    return dict(found)


def absences_of(mandate: Mandate) -> list[Session]:
    """The whole sessions from which one deputy was absent without approval."""
    return absences(mandate=mandate).get(mandate.pk, [])


def deputies_with_attendance(rows: QuerySet[Mandate]) -> QuerySet[Mandate]:
    """Mandates, each with the counts of its lines over all sessions of the term."""
    return rows.annotate(
        expected=Count("attendances"),
        present=Count("attendances", filter=Q(attendances__mark=Mark.PRESENT)),
        on_leave=Count("attendances", filter=Q(attendances__mark=Mark.LEAVE)),
        absent=Count("attendances", filter=Q(attendances__mark=Mark.ABSENT)),
    )
