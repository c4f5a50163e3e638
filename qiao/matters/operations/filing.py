"""Suggestions of years before Qiao, filed as they ended: one operation, since the people who took the steps then take none now."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.congress.models import Mandate, Session, Term
from qiao.congress.policy import is_of_own_term
from qiao.kernel import clock
from qiao.kernel.errors import Unfit
from qiao.kernel.models import Entry
from qiao.kernel.operation import Permit, operation
from qiao.kernel.policy import Actor, is_system
from qiao.orgs.models import Unit
from qiao.rulebook.queries import calendar, rules_for

from .. import policy
from ..models import (
    Assignment,
    AssignmentState,
    Clock,
    ClockKind,
    Evaluation,
    NumberSeries,
    Reply,
    ReplyState,
    Signature,
    SignatureState,
    State,
    Suggestion,
    TextVersion,
    Topic,
)

PAST = (State.CLOSED, State.WITHDRAWN, State.REGISTERED)
"""Where a suggestion of earlier years may stand: concluded, withdrawn, or numbered and to be assigned now."""


@dataclass(frozen=True)
class Course:
    """The days of a suggestion's course as far as they are known; none is made up."""

    submitted: dt.date
    assigned: dt.date | None = None
    replied: dt.date | None = None
    closed: dt.date | None = None

    def demand_order(self) -> None:
        """One after the other, and none to come."""
        known = [day for day in (self.submitted, self.assigned, self.replied, self.closed) if day]
        if known != sorted(known) or known[-1] > clock.today():
            raise Unfit(_("The days must follow one another: submitted, handed over, answered, concluded; and none may lie ahead."))


@dataclass(frozen=True)
class Answer:
    """What a unit replied, by the result classes of the congress, and what the deputy said of it."""

    text: str
    result: str
    rating: str = ""


def series_of(term_id: int, session_id: int | None) -> str:
    """The series of numbers of a session, or of a term between its sessions (R3.13)."""
    return f"session-{session_id}" if session_id else f"term-{term_id}"


@operation(Permit("suggestion.file_past", policy.check & is_of_own_term, gettext_lazy("File a suggestion of earlier years")))
def file_past(  # noqa: PLR0913
    term: Term, *, actor: Actor, state: str, lead: Mandate, number: int, course: Course, title: str, matter: str,
    proposal: str = "", kind: str = "suggestion", session: Session | None = None, signers: Sequence[Mandate] = (),
    topic: Topic | None = None, unit: Unit | None = None, answer: Answer | None = None,
) -> Suggestion:  # fmt: skip
    """Keep a suggestion with its number as it ended, or as it waits to be assigned.

    Nobody is told, and no clock runs: an answered one has its reply clock, ended on the day of the answer, by the rules of the day of
    hand-over. What has no days has no clock.
    """
    course.demand_order()
    _demand_known(term, state, course, unit, answer)
    series, rules = series_of(term.pk, session.pk if session else None), rules_for(term.congress, course.submitted)
    if Suggestion.objects.filter(congress=term.congress_id, series=series, number=number).exists():
        raise Unfit(_("This number is given already."))
    made = Suggestion(
        congress=term.congress, term=term, session=session, lead=lead, kind=kind, title=title, matter=matter, proposal=proposal,
        topic=topic, unit=unit, state=state, series=series, number=number,
        number_label=rules["number_pattern"]["session" if session else "intersession"] % number,
        created_at=_noon(course.submitted), submitted_at=_noon(course.submitted), registered_at=_noon(course.submitted),
        assigned_at=_known(course.assigned), replied_at=_known(course.replied), closed_at=_known(course.closed),
    )  # fmt: skip
    made.clean_fields()
    made.save()
    kept, _new = NumberSeries.objects.select_for_update().get_or_create(congress=term.congress, series=series)
    NumberSeries.objects.filter(pk=kept.pk, next__lte=number).update(next=number + 1)
    TextVersion.objects.create(suggestion=made, number=1, title=title, matter=matter, proposal=proposal, at=made.created_at)
    Signature.objects.bulk_create(
        Signature(suggestion=made, mandate=one, state=SignatureState.CONFIRMED, version=1, at=made.created_at) for one in signers
    )
    if unit and course.assigned:
        _handled(made, unit, course, course.assigned, answer)
    return made


def _demand_known(term: Term, state: str, course: Course, unit: Unit | None, answer: Answer | None) -> None:
    """Refuse what could not be: an end without its day, an answer by nobody, a way begun of one still to be assigned."""
    if state not in PAST:
        raise Unfit(_("Earlier suggestions are concluded, withdrawn, or registered and still to be assigned."))
    if state == State.REGISTERED and (unit or course.assigned or course.replied or course.closed):
        raise Unfit(_("One that is still to be assigned has no unit and no later days yet."))
    if state != State.REGISTERED and course.closed is None:
        raise Unfit(_("Say on which day it was concluded."))
    if bool(unit) != bool(course.assigned) or (course.replied and not unit):
        raise Unfit(_("A unit and the day of hand-over belong together, and an answered suggestion has both."))
    if answer and not course.replied:
        raise Unfit(_("A reply needs the day of the answer."))
    rules = rules_for(term.congress, course.assigned or course.submitted)
    if answer and answer.result not in {entry["code"] for entry in rules["result_scheme"]}:
        raise Unfit(_("Choose a result class from the congress's list."))


def _handled(made: Suggestion, unit: Unit, course: Course, assigned: dt.date, answer: Answer | None) -> None:
    """The unit's part of it, over: its assignment, the reply clock that ended with the answer, the reply and what was said of it."""
    rules = rules_for(made.congress, assigned)
    given = Assignment.objects.create(
        suggestion=made, unit=unit, state=AssignmentState.CLOSED, assigned_on=assigned, rule_snapshot=rules.to_json()
    )
    if course.replied is None:
        return
    reckoning = rules.reckon("reply_limit", assigned, calendar(), event="assigned")
    Clock.objects.create(
        congress_id=made.congress_id, suggestion=made, assignment=given, kind=ClockKind.REPLY, party=unit.name, start=assigned,
        due=reckoning.due, reckoning_data=reckoning.to_json(), source=rules.source("reply_limit"), ended_on=course.replied, met=True,
    )  # fmt: skip
    if answer is None:
        return
    at = _noon(course.replied)
    reply = Reply.objects.create(assignment=given, text=answer.text, result=answer.result, state=ReplyState.ISSUED, issued_at=at)
    if answer.rating:
        said = _known(course.closed) or at
        Evaluation.objects.create(reply=reply, mandate=made.lead, ratings={}, rating=answer.rating, at=said, opened_at=said)


def _noon(day: dt.date) -> dt.datetime:
    """A day as a moment: of earlier years only days are known."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


def _known(day: dt.date | None) -> dt.datetime | None:
    return _noon(day) if day else None


@operation(Permit("suggestion.strike_past", is_system, gettext_lazy("Strike out an earlier suggestion filed by mistake")))
def strike_past(suggestion: Suggestion, *, actor: Actor) -> None:
    """Remove one that was filed as of earlier years, while nothing else was done to it; its number is free again."""
    done = Entry.objects.filter(trail=f"suggestion:{suggestion.pk}").exclude(code="suggestion.file_past")
    if done.exists() or not Entry.objects.filter(trail=f"suggestion:{suggestion.pk}").exists():
        raise Unfit(_("Not undone: something was done to it since."))
    of_it = {"suggestion": suggestion.pk}
    Evaluation.objects.filter(reply__assignment__suggestion=suggestion.pk).delete()
    Reply.objects.filter(assignment__suggestion=suggestion.pk).delete()
    for model in (Clock, Assignment, Signature, TextVersion):
        model._default_manager.filter(**of_it).delete()
    Suggestion.objects.filter(pk=suggestion.pk).delete()
