"""Why a date is that date; all dates of a suggestion, on the screen and on paper, and what may be done to them (T3)."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from qiao.files.models import Kind
from qiao.kernel import clock
from qiao.kernel.policy import Actor
from qiao.rulebook.clocks import explain
from qiao.ui.http import Request, fetch, page

from ..acts import Act, offered
from ..letters.clocks import clocks_paper
from ..letters.pdf import clocks_pdf
from ..models import Clock, Held, Suggestion, share_rules
from ..sealing import as_seen
from ..traces import Trace, traces
from .letters import hand_out


@require_safe
def why(request: Request, pk: int) -> HttpResponse:
    """How one date came about, step by step."""
    found = fetch(Clock.objects.select_related("suggestion"), request.actor, pk)
    as_seen([found], found.suggestion, request.actor)
    return page(request, "matters/why.html", {"clock": found, "lines": explain(found.reckoning.lines), "today": clock.today()})


@require_safe
def index(request: Request, pk: int) -> HttpResponse:
    """All dates of a suggestion, each with the whole way to it."""
    suggestion = fetch(Suggestion.objects.select_related("lead__person").without_texts(), request.actor, pk)
    found = traces(suggestion, request.actor)
    context = {"suggestion": suggestion, "traces": found, "acts": _acts(request.actor, suggestion, found), "today": clock.today()}
    return page(request, "matters/clocks.html", context)


def _acts(actor: Actor, suggestion: Suggestion, found: list[Trace]) -> dict[int, list[dict[str, Any]]]:
    """What may be done to each running time limit: clock → labels and addresses."""
    running = [trace.clock for trace in found if trace.clock.ended_on is None]
    share_rules(running, Held())
    for limit in running:
        limit.suggestion = suggestion
    return {limit.pk: [_button(act, limit) for act in offered("clock", actor, limit)] for limit in running}


def _button(act: Act, limit: Clock) -> dict[str, Any]:
    return {"label": act.label, "url": reverse("matters:clock_act", args=[limit.pk, act.code.split(".")[1]])}


@require_safe
def as_pdf(request: Request, pk: int) -> HttpResponse:
    """The same to print and to file, in the reader's language."""
    suggestion = fetch(Suggestion.objects.for_list().without_texts(), request.actor, pk)
    paper = clocks_paper(suggestion, traces(suggestion, request.actor))
    return hand_out(clocks_pdf(paper), paper.name, Kind.PDF, inline=True)
