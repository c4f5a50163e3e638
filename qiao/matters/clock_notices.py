"""Who is reminded of a last day, and who hears that one has moved, stands still or goes on (chapter 15)."""

import datetime as dt
from collections.abc import Callable

from qiao.accounts.models import User
from qiao.congress.notices import holders
from qiao.kernel.policy import Actor
from qiao.orgs.models import Unit

from .models import REPLY_KINDS, AssignmentState, Clock, ClockKind, Pause
from .notices import _tell, deputies, office_above, signers, staff, unit_people


def _of_signing(limit: Clock, unit: Unit | None, today: dt.date) -> list[User]:
    """The unit, unless it asks to return it; once it is late the staff and the office above it too."""
    asked = limit.assignment is not None and limit.assignment.state == AssignmentState.RETURN_REQUESTED
    return [*([] if asked else _people(unit, "suggestion.receive")), *_if_late(limit, unit, today)]


def _of_return(limit: Clock, unit: Unit | None, today: dt.date) -> list[User]:
    """The unit alone."""
    return _people(unit, "suggestion.receive")


def _of_opinion(limit: Clock, unit: Unit | None, today: dt.date) -> list[User]:
    """The assisting unit; from the last day on the lead unit, the staff and the office above it too."""
    people = _people(unit, "suggestion.receive", "suggestion.handle", "suggestion.sign_off")
    if today < limit.due:
        return people
    lead = limit.suggestion.unit
    return [
        *people,
        *(unit_people(lead, "suggestion.handle") if lead else []),
        *staff(limit.suggestion),
        *(office_above(unit) if unit else []),
    ]


def _of_reply(limit: Clock, unit: Unit | None, today: dt.date) -> list[User]:
    """The unit's handlers and the head who signs; once it is late the staff and the office above them too."""
    return [*_people(unit, "suggestion.handle", "suggestion.sign_off"), *_if_late(limit, unit, today)]


def _of_contact(limit: Clock, unit: Unit | None, today: dt.date) -> list[User]:
    """The unit's handlers; once it is late the staff too."""
    return [*_people(unit, "suggestion.handle"), *_if_late(limit, unit, today)]


def _of_receipt(limit: Clock, unit: Unit | None, today: dt.date) -> list[User]:
    """Who checks what comes in."""
    return holders("suggestion.check", congress=limit.congress_id, unit=None)


def _of_staff(limit: Clock, unit: Unit | None, today: dt.date) -> list[User]:
    """Who hands suggestions over."""
    return staff(limit.suggestion)


def _of_evaluation(limit: Clock, unit: Unit | None, today: dt.date) -> list[User]:
    """The lead deputy."""
    return deputies([limit.suggestion.lead])


def _people(unit: Unit | None, *grants: str) -> list[User]:
    return unit_people(unit, *grants) if unit else []


def _if_late(limit: Clock, unit: Unit | None, today: dt.date) -> list[User]:
    return _overseers(limit, unit) if today > limit.due else []


def _overseers(limit: Clock, unit: Unit | None) -> list[User]:
    """The staff, and the office above the unit."""
    return [*staff(limit.suggestion), *(office_above(unit) if unit else [])]


REMINDED: dict[str, tuple[str, Callable[[Clock, Unit | None, dt.date], list[User]]]] = {
    ClockKind.RECEIPT: ("remind_duty", _of_receipt),
    ClockKind.HAND_OVER: ("remind_duty", _of_staff),
    ClockKind.REASSIGN: ("remind_duty", _of_staff),
    ClockKind.OBJECTION: ("remind_duty", _of_staff),
    ClockKind.CONTACT: ("remind_duty", _of_contact),
    ClockKind.SIGN: ("remind_sign", _of_signing),
    ClockKind.RETURN: ("remind_return", _of_return),
    ClockKind.ASSIST: ("remind_assist", _of_opinion),
    ClockKind.REDO: ("remind_assist", _of_opinion),
    ClockKind.REPLY: ("remind_reply", _of_reply),
    ClockKind.REHANDLE: ("remind_reply", _of_reply),
    ClockKind.EVALUATION: ("remind_evaluation", _of_evaluation),
}
"""Of which duty in which words whom: the template and the people."""


def _whose(limit: Clock) -> list[User]:
    """Those whose duty it is: the unit's people, the deputy who evaluates, else the congress's staff."""
    if limit.kind == ClockKind.EVALUATION:
        return deputies([limit.suggestion.lead])
    if limit.assignment:
        return unit_people(limit.assignment.unit, "suggestion.receive", "suggestion.handle", "suggestion.sign_off")
    return staff(limit.suggestion)


def _concerned(limit: Clock) -> list[User]:
    """Those whose duty it is; where it is the reply the signers too."""
    return [*_whose(limit), *(signers(limit.suggestion) if limit.kind in REPLY_KINDS else [])]


def reminded(limit: Clock, actor: Actor, *, today: dt.date, escalates: bool = False) -> int:
    """Remind those who must act by a last day, and once it is over those who see to it; how many were told.

    ``escalates``: daily reminders have not helped; by the congress's rules its leaders hear of it too.
    """
    name, people = REMINDED[limit.kind]
    unit = limit.assignment.unit if limit.assignment else None
    told = people(limit, unit, today)
    if escalates and limit.rules["overdue_escalates_to"] == "leaders":
        told = [*told, *holders("suggestion.oversee", congress=limit.congress_id, unit=None)]
    return _tell(told, name, limit.suggestion, actor, limit=limit, unit=unit, late=today > limit.due)


def date_moved(limit: Clock, old: dt.date, source: str, actor: Actor) -> None:
    """Those concerned hear a date that a table of days off has moved."""
    _tell(_concerned(limit), "date_moved", limit.suggestion, actor, limit=limit, old=old, source=source)


def clock_paused(pause: Pause, actor: Actor) -> None:
    """Those concerned hear that a time limit stands still, and why."""
    _tell(_concerned(pause.clock), "clock_paused", pause.clock.suggestion, actor, pause=pause, limit=pause.clock)


def clock_resumed(limit: Clock, actor: Actor) -> None:
    """Those concerned hear that it goes on, and until when."""
    _tell(_concerned(limit), "clock_resumed", limit.suggestion, actor, limit=limit)


def brought_forward(limit: Clock, old: dt.date, source: str, reason: str, actor: Actor) -> None:
    """Unit and signers hear of an earlier last day, who set it and why."""
    _tell(_concerned(limit), "brought_forward", limit.suggestion, actor, limit=limit, old=old, source=source, reason=reason)
