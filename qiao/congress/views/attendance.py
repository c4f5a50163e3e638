"""Attendance at sessions: the sheets of a session, one sheet to fill in, its print, the figures of deputies; and one's own."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from qiao.kernel import clock
from qiao.kernel.errors import NotAllowed
from qiao.kernel.operation import demand
from qiao.orgs.models import Congress
from qiao.ui.http import Request, done, fetch, page

from .. import figures, operations, policy, queries
from ..acts import offered
from ..listing import PRINTED_SHEET, SHEET, figures_list
from ..models import Attendance, Leave, LeaveState, Mandate, Mark, Session, SheetState, Sitting
from .directory import chosen_term, needed, pk_in

MARK = "mark-"
ROWS = 50


@require_safe
def index(request: Request) -> HttpResponse:
    """For those who keep sheets those of a session, the present or newest one unless the address names another; for deputies their own."""
    congress = needed(request)
    session = _chosen(request, congress)
    may = policy.take_attendance(request.actor, session) if session else None
    if not may and "suggestion.write" in request.actor.grants:
        return _own(request, congress)
    if may is not None and not may:
        raise NotAllowed(may.reason, "sitting.take")
    context: dict[str, Any] = {"congress": congress, "session": session}
    if session:
        keeps = bool(policy.keep_attendance(request.actor, session))
        sittings = figures.by_sitting(session, request.actor)
        closed = bool(sittings) and all(each.of.state == SheetState.CLOSED for each in sittings)
        concluding = keeps and closed and session.closes <= clock.today() and not session.attendance_concluded_on
        context |= {
            "sittings": sittings,
            "concluding": concluding,
            "missing": figures.missing_from(session) if concluding else 0,
            "delegations": figures.by_delegation(session, request.actor),
            "sessions": Session.objects.visible_to(request.actor).filter(congress=congress).select_related("term").order_by("-opens")[:10],
            "keeps": keeps,
            "waiting": Leave.objects.visible_to(request.actor).filter(session__congress=congress, state=LeaveState.ASKED).count(),
        }
    return page(request, "congress/attendance.html", context)


def _chosen(request: Request, congress: Congress) -> Session | None:
    sessions = Session.objects.visible_to(request.actor).filter(congress=congress).select_related("term__congress").order_by("-opens")
    if pk := pk_in(request, "session"):
        named: Session = fetch(sessions, request.actor, pk)
        return named
    begun: Session | None = sessions.filter(opens__lte=clock.today()).first() or sessions.last()
    return begun


def _own(request: Request, congress: Congress) -> HttpResponse:
    """A deputy's leaves and attendance, and the leaves that a head of a delegation decides on."""
    actor = request.actor
    mine = Mandate.objects.visible_to(actor).filter(person__in=actor.people, congress=congress)
    mandate = mine.select_related("term", "person").order_by("-elected_on").first()
    leaves = Leave.objects.visible_to(actor).select_related("session__term", "mandate__person")
    context = {
        "congress": congress,
        "mandate": mandate,
        "leaves": leaves.filter(mandate=mandate)[:ROWS],
        "deciding": leaves.filter(state=LeaveState.ASKED, session__congress=congress).exclude(mandate=mandate)[:ROWS],
        "sessions": figures.by_session(mandate, actor) if mandate else [],
        "absent": figures.absences_of(mandate) if mandate else [],
        "asks": bool(mandate and mandate.is_exercised),
    }
    return page(request, "congress/attendance_own.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: Request, pk: int) -> HttpResponseBase:
    """One sheet: find deputies, mark them, or mark all the others at once."""
    sitting = fetch(Sitting.objects.select_related("session__term__congress"), request.actor, pk)
    if not (verdict := policy.take_attendance(request.actor, sitting)):
        raise NotAllowed(verdict.reason, "sitting.take")
    if request.method == "POST":
        return _taken(request, sitting)
    shown = SHEET.show(request, _lines(request, sitting), term=sitting.term)
    if shown.export:
        return shown.download()
    acts = offered("sitting", request.actor, sitting)
    context = {
        "sitting": sitting,
        "shown": shown,
        "turnout": next(each for each in figures.by_sitting(sitting.session, request.actor) if each.of == sitting),
        "marks": [Mark.PRESENT, Mark.ABSENT],
        "takes": sitting.state == "open",
        "acts": acts,
        "print_query": shown.url(page=None),
        "imports": bool(policy.keep_attendance(request.actor, sitting)),
    }
    return page(request, "congress/sheet.html", context)


def _lines(request: Request, sitting: Sitting) -> Any:
    """The part of a sheet that somebody keeps."""
    lines = Attendance.objects.filter(policy.lines_kept_by(request.actor)).visible_to(request.actor).filter(sitting=sitting)
    return lines.select_related("mandate__person", "mandate__delegation", "mandate__electing_unit", "mandate__district")


def _taken(request: Request, sitting: Sitting) -> HttpResponse:
    """What was marked is written; the list stays where it was."""
    marks = {
        int(key.removeprefix(MARK)): value
        for key, value in request.POST.items()
        if key.startswith(MARK) and key.removeprefix(MARK).isdecimal() and value
    }
    operations.take_attendance(sitting, actor=request.actor, marks=marks, rest=request.POST.get("rest", ""))
    return done(request, _("The marks are saved."), f"{reverse('congress:sheet', args=[sitting.pk])}?{request.GET.urlencode()}")


@require_safe
def printed(request: Request, pk: int) -> HttpResponse:
    """The sheet on paper, with a place to sign, of the deputies that the list shows."""
    sitting = fetch(Sitting.objects.select_related("session__term__congress"), request.actor, pk)
    demand(operations.take_attendance.guard if sitting.state == "open" else operations.reopen_sheet.guard, request.actor, sitting)
    shown = PRINTED_SHEET.show(request, _lines(request, sitting), term=sitting.term)
    return page(request, "congress/print_sheet.html", {"sitting": sitting, "shown": shown, "congress": sitting.term.congress})


@require_safe
def deputies(request: Request) -> HttpResponseBase:
    """How often each deputy of a term was there, and who was absent from whole sessions without approval."""
    congress = needed(request)
    term = chosen_term(request, congress)
    if term is None:
        return redirect(reverse("congress:attendance"))
    if not (verdict := policy.keep_attendance(request.actor, term)):
        raise NotAllowed(verdict.reason, "sitting.take")
    counted = figures.absences(sitting__session__term=term)
    sitting = Mandate.objects.visible_to(request.actor).filter(queries.held_on(clock.today()), term=term).for_list()
    shown = figures_list(counted).show(request, figures.deputies_with_attendance(sitting), term=term, initial={"congress": congress.pk})
    if shown.export:
        return shown.download()
    for each in shown.rows:
        each.sessions = counted.get(each.pk, [])
    return page(request, "congress/attendance_deputies.html", {"congress": congress, "term": term, "shown": shown, "counted": counted})
