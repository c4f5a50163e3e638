"""More time for the reply: asked for by the unit, decided by whoever handed the suggestion over (R3.38, table 3.16)."""

import datetime as dt

from django.utils.translation import gettext as _

from qiao.kernel import clock as time
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import operation
from qiao.kernel.policy import Actor
from qiao.rulebook.amending import amended, extended
from qiao.rulebook.clocks import Calendar, Reckoning
from qiao.rulebook.queries import calendar
from qiao.rulebook.sources import cited
from qiao.rulebook.trace import full_date

from .. import notices
from ..flow import ASSIGNMENT, EXTENSION, SUGGESTION
from ..models import Assignment, Clock, ClockKind, Extension, ExtensionState, Suggestion
from .clocks import reply_due, set_reckoning


def reply_clock(assignment: Assignment) -> Clock | None:
    """The clock of the unit's first reply, while it runs; a second reply knows no extension."""
    running: Clock | None = Clock.objects.running().filter(assignment=assignment, kind=ClockKind.REPLY).first()
    return running


def longest(assignment: Assignment, limit: Clock, days: Calendar) -> Reckoning:
    """Until when the reply can be put off at most: the long term, counted from the same day as the short one (代表法 §51)."""
    return assignment.rules.reckon("reply_limit_long", limit.start, days)


def _demand_fit(assignment: Assignment, limit: Clock, until: dt.date) -> None:
    """Refuse a new last day that is no extension, is beyond the long term, or on which nobody works."""
    days = calendar()
    most = longest(assignment, limit, days)
    said = {
        "until": full_date(until),
        "due": full_date(limit.due),
        "most": full_date(most.due),
        "source": cited(assignment.rules.source("reply_limit_long")),
    }
    if until <= limit.due:
        raise Unfit(_("%(until)s is no extension: the last day is %(due)s already.") % said)
    if until > most.due:
        raise Unfit(_("%(until)s is too late: by %(source)s the reply is due by %(most)s at the latest.") % said)
    if assignment.rules.moves and days.is_off(until):
        raise Unfit(_("%(until)s is a day off; choose a working day.") % said)


@operation(ASSIGNMENT["ask_extension"])
def ask_extension(assignment: Assignment, *, actor: Actor, note: str, until: dt.date) -> Extension:
    """The unit asks for more time before its last day, saying why and until when.

    Where the rules ask for no consent, the time is longer at once.
    """
    limit = reply_clock(assignment)
    if limit is None:
        raise Unfit(_("Only the time for the first reply can be extended."))
    if limit.due <= time.today():
        raise Unfit(_("More time must be asked for before the last day, %(day)s.") % {"day": full_date(limit.due)})
    asked_before = Extension.objects.filter(assignment__in=[one.pk for one in assignment.partners])
    if asked_before.filter(state__in=[ExtensionState.REQUESTED, ExtensionState.GRANTED]).exists():
        raise Unfit(_("More time was already asked for or given; there is no second extension."))
    _demand_fit(assignment, limit, until)
    by_office = assignment.rules["extension_by"] == "office" and assignment.dispatched_from
    made = Extension(assignment=assignment, reason=note, proposed=until, previous=limit.due, requested_by=actor.user)
    made.office = by_office.unit if by_office else None
    made.full_clean()
    made.save()
    if assignment.rules.flag("extension_consent"):
        notices.extension_requested(made, actor)
        return made
    granted: Extension = grant_extension(made, actor=actor.lend("assignment.ask_extension"), until=until)
    return granted


@operation(SUGGESTION["extend"])
def move_due(suggestion: Suggestion, *, actor: Actor) -> None:
    """The earliest last day of its running reply clocks is the suggestion's own."""
    suggestion.due = reply_due(suggestion)


def _extend(assignment: Assignment, limit: Clock, until: dt.date) -> None:
    """Give the clock of one unit's reply its new last day, and say why."""
    days = calendar()
    most, source = longest(assignment, limit, days), assignment.rules.source("reply_limit_long")
    granted = extended(until, on=time.today(), most=most, source=source)
    set_reckoning(limit, amended(limit.reckoning, [granted], days, moves=assignment.rules.moves))


@operation(EXTENSION["grant"])
def grant_extension(extension: Extension, *, actor: Actor, until: dt.date, note: str = "") -> None:
    """Consent: the clock of the reply gets a new last day and says why; unit and deputies are told."""
    assignment = extension.assignment
    limit = reply_clock(assignment)
    if limit is None:
        raise Unfit(_("The suggestion is no longer being handled."))
    _demand_fit(assignment, limit, until)
    extension.until, extension.decision = until, note
    for one in assignment.partners:  # who answers together has the same time, as far as its own long term reaches
        if (theirs := reply_clock(one)) and theirs.due < (last := min(until, longest(one, theirs, calendar()).due)):
            _extend(one, theirs, last)
    move_due(assignment.suggestion, actor=actor.lend("extension.grant"))
    notices.extension_decided(extension, actor, granted=True)


@operation(EXTENSION["refuse"])
def refuse_extension(extension: Extension, *, actor: Actor, note: str) -> None:
    """No more time: the last day stays, and the unit is told why."""
    extension.decision = note
    notices.extension_decided(extension, actor, granted=False)


@operation(EXTENSION["lapse"])
def lapse(extension: Extension, *, actor: Actor) -> None:
    """The request has become idle before it was decided: the unit has answered, or has nothing more to do."""


def lapse_extensions(assignment: Assignment, actor: Actor) -> None:
    """Let what is still undecided fall away; called where a unit's work on a reply ends."""
    for waiting in assignment.extensions.filter(state=ExtensionState.REQUESTED):
        lapse(waiting, actor=actor)
