"""Vacant seats and the by-elections that fill them."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from qiao.kernel.operation import demand
from qiao.ui.forms import carry_out
from qiao.ui.http import Request, done, fetch, page

from .. import operations, queries
from ..acts import offered
from ..forms import ByElectionForm
from ..listing import SEATS
from ..models import ByElection, Term
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


@require_http_methods(["GET", "HEAD", "POST"])
def open_by_election(request: Request, pk: int, seat: int) -> HttpResponse:
    """A by-election at one electing unit or district of the term."""
    term = fetch(Term.objects.select_related("congress"), request.actor, pk)
    demand(operations.open_by_election.guard, request.actor, term)
    place = get_object_or_404(queries.seats_of(term).visible_to(request.actor), pk=seat)
    if place.vacant - place.filling < 1 and request.method != "POST":
        raise Http404
    form = ByElectionForm(
        request.POST if request.method == "POST" else None,
        subject=term,
        verb="open",
        initial={"seats": max(place.vacant - place.filling, 1)},
    )
    where = {"district": place} if term.congress.elected_directly else {"electing_unit": place.electing_unit}
    back = reverse("congress:vacancies", query={"congress": term.congress_id})
    if form.is_valid() and carry_out(form, operations.open_by_election, term, actor=request.actor, **where, **form.given()):
        return done(request, _("The by-election is open."), back)
    act = {"label": operations.open_by_election.guard.label, "help": "", "tone": "main"}
    return page(
        request, "congress/act.html", {"act": act, "form": form, "subject": place, "back": back}, status=422 if form.is_bound else 200
    )


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
