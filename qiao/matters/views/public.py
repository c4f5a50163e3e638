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
from ..headlines import headline, stages
from ..models import Clock, ClockKind, Publicity, Reply, Suggestion


@login_not_required
@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """All published suggestions; narrowed, or as a file, as the address asks."""
    rows = Suggestion.objects.published().for_list()
    congresses = Congress.objects.filter(pk__in=Suggestion.objects.published().order_by().values("congress")).order_by("area__code")
    chosen = next((c for c in congresses if str(c.pk) == request.GET.get("congress")), None)
    rows = rows.filter(congress=chosen) if chosen else rows
    shown = listing.PUBLIC.show(request, rows, congress_ids=[chosen.pk] if chosen else [c.pk for c in congresses], public=True)
    if shown.export:
        return shown.download()
    context = {"list": shown, "congresses": congresses, "chosen": chosen, "today": clock.today()}
    return page(request, "matters/public_index.html", context, part="rows")


@login_not_required
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One published suggestion: where it is, who has it, until when and why, what was answered."""
    suggestion = get_object_or_404(Suggestion.objects.published().for_list(), pk=pk)
    running = list(suggestion.clocks.running())
    reply_clock = next((c for c in running if c.kind in {ClockKind.REPLY, ClockKind.REHANDLE}), None)
    replies = Reply.objects.filter(assignment__suggestion=suggestion, state="issued").select_related("assignment__unit").order_by("-id")
    context = {
        "suggestion": suggestion,
        "headline": headline(suggestion, {c.kind: c for c in running}),
        "stages": stages(suggestion),
        "why": explain(reply_clock.reckoning.lines) if reply_clock else [],
        "replies": replies,
        "history": queries.public_history(suggestion),
        "labels": {code: run.guard.label for code, run in OPERATIONS.items()},
        "full": suggestion.publicity == Publicity.FULL,
        "today": clock.today(),
    }
    return page(request, "matters/public_detail.html", context)


@login_not_required
@require_safe
def as_json(request: HttpRequest, pk: int) -> HttpResponse:
    """The same, for machines."""
    suggestion = get_object_or_404(Suggestion.objects.published().for_list(), pk=pk)
    due = Clock.objects.running().filter(suggestion=suggestion, kind__in=[ClockKind.REPLY, ClockKind.REHANDLE]).first()
    said = {
        "number": suggestion.number_label,
        "congress": suggestion.congress.name,
        "title": suggestion.title,
        "state": suggestion.public_state,
        "unit": str(suggestion.unit or ""),
        "due": due.due if due else None,
        "assigned": suggestion.assigned_at,
        "answered": suggestion.replied_at,
        "closed": suggestion.closed_at,
    }
    return JsonResponse(said, json_dumps_params={"ensure_ascii": False})
