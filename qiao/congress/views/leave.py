"""Leave from sessions: the list for those who decide, and one leave."""

from django.db.models import Case, When
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from qiao.rulebook.catalogue.deputies import APPROVERS
from qiao.ui.http import Request, fetch, page

from ..acts import offered
from ..listing import LEAVES
from ..models import Leave, LeaveState
from .directory import needed


@require_safe
def index(request: Request) -> HttpResponseBase:
    """The leaves of a congress as far as somebody sees them, those that wait first."""
    congress = needed(request)
    rows = Leave.objects.visible_to(request.actor).filter(session__congress=congress)
    rows = rows.select_related("mandate__person", "mandate__delegation", "session__term")
    rows = rows.annotate(waits=Case(When(state=LeaveState.ASKED, then=0), default=1))
    shown = LEAVES.show(request, rows, initial={"congress": congress.pk})
    if shown.export:
        return shown.download()
    return page(request, "congress/leaves.html", {"congress": congress, "shown": shown})


@require_safe
def leave(request: Request, pk: int) -> HttpResponse:
    """One leave: days, reason, what became of it, and what can be done."""
    found = fetch(Leave.objects.select_related("mandate__person", "mandate__delegation", "session__term"), request.actor, pk)
    context = {
        "leave": found,
        "own": found.mandate.person_id in request.actor.people,
        "approver": APPROVERS[found.approver],
        "acts": offered("leave", request.actor, found),
    }
    return page(request, "congress/leave.html", context)
