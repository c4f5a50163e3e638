"""Vacant seats and the by-elections that fill them."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from qiao.ui.http import Request, fetch, page

from .. import queries
from ..acts import offered
from ..listing import SEATS
from ..models import ByElection
from ..policy import decide, keep_body
from .directory import chosen_term, needed

BY_ELECTIONS_SHOWN = 50


@login_not_required
@require_safe
def vacancies(request: Request) -> HttpResponseBase:
    """The seats of a term by electing unit or district, which of them are vacant, and the by-elections under way."""
    congress = needed(request)
    term = chosen_term(request, congress)
    if term is None:
        return page(request, "congress/vacancies.html", {"congress": congress, "term": None})
    shown = SEATS.show(request, queries.seats_of(term).visible_to(request.actor), initial={"congress": congress.pk})
    if shown.export:
        return shown.download()
    running = list(queries.by_elections_of(term, request.actor)[:BY_ELECTIONS_SHOWN])
    context = {"congress": congress, "term": term, "shown": shown, "running": running, "may": bool(decide(request.actor, term))}
    context["keeps"] = bool(keep_body(request.actor, term))
    return page(request, "congress/vacancies.html", context | {"totals": queries.seat_totals(term)})


@login_not_required
@require_safe
def by_election(request: Request, pk: int) -> HttpResponse:
    """One by-election: its days, and who was elected as far as the reader may see."""
    found = fetch(ByElection.objects.select_related("term__congress", "district", "electing_unit"), request.actor, pk)
    elected = found.mandates.visible_to(request.actor).for_list()
    context = {
        "by_election": found,
        "elected": elected,
        "acts": offered("by_election", request.actor, found) if found.state == "open" else [],
    }
    return page(request, "congress/by_election.html", context)
