"""What everybody may read: progress, promises kept in sight, without an account and without scripts (U5)."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from qiao.kernel import clock
from qiao.kernel.operation import OPERATIONS
from qiao.orgs.models import Congress
from qiao.rulebook.clocks import explain
from qiao.ui.http import page

from .. import listing, queries
from ..headlines import ICONS, headline, stages
from ..models import Clock, ClockKind, Publicity, Suggestion
from ..models.suggestion import SHOWN_TO_PUBLIC
from ..sealing import as_seen


@login_not_required
@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """All published suggestions; narrowed, or as a file, as the address asks."""
    rows = Suggestion.objects.published().for_rows(SHOWN_TO_PUBLIC)
    congresses = Congress.objects.filter(pk__in=queries.publishing()).order_by("area__code")
    chosen = request.GET.get("congress", "")
    ids = [int(chosen)] if chosen.isdecimal() and len(chosen) < 10 else []  # noqa: PLR2004
    shown = listing.PUBLIC.show(request, rows, congresses=congresses, congress_ids=ids)
    if shown.export:
        return shown.download()
    context = {"list": shown, "today": clock.today()}
    return page(request, "matters/public_index.html", context, part="rows")


@login_not_required
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One published suggestion: where it is, who has it, until when and why, what was answered."""
    suggestion = get_object_or_404(Suggestion.objects.published().for_list().with_units(), pk=pk)
    running = [c for c in as_seen(suggestion.clocks.all(), suggestion, None) if c.ended_on is None]
    reply_clock = next((c for c in running if c.kind in {ClockKind.REPLY, ClockKind.REHANDLE}), None)
    context = {
        "suggestion": suggestion,
        "headline": headline(suggestion, {c.kind: c for c in running}),
        "stages": stages(suggestion),
        "why": explain(reply_clock.reckoning.lines) if reply_clock else [],
        "copy": queries.copy_of(suggestion),
        "history": queries.public_history(suggestion),
        "labels": {code: run.guard.label for code, run in OPERATIONS.items()},
        "icons": ICONS,
        "full": suggestion.publicity == Publicity.FULL,
        "today": clock.today(),
    }
    return page(request, "matters/public_detail.html", context)


@login_not_required
@require_safe
def as_json(request: HttpRequest, pk: int) -> HttpResponse:
    """The facts of it in short, for machines."""
    suggestion = get_object_or_404(Suggestion.objects.published().for_list().with_units(), pk=pk)
    due = Clock.objects.running().filter(suggestion=suggestion, kind__in=[ClockKind.REPLY, ClockKind.REHANDLE]).first()
    said = {
        "number": suggestion.number_label,
        "congress": suggestion.congress.name,
        "title": suggestion.title,
        "state": suggestion.public_state,
        "unit": str(suggestion.unit or ""),
        "units": [str(one.unit) for one in suggestion.handlers],
        "due": due.due if due else None,
        "due_may_move": due.may_move if due else False,
        "assigned": suggestion.assigned_at,
        "answered": suggestion.replied_at,
        "closed": suggestion.closed_at,
    }
    return JsonResponse(said, json_dumps_params={"ensure_ascii": False})
