"""The tables of days off: those that hold, a new one uploaded, what it would move, and publishing it."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from qiao.kernel.errors import Unfit
from qiao.kernel.operation import demand
from qiao.rulebook import policy
from qiao.rulebook.models import CalendarDraft, CalendarYear
from qiao.rulebook.operations import draft_calendar_year
from qiao.ui.http import Request, done, fetch, page
from qiao.ui.listing import as_csv

from .. import operations
from ..forms.tables import HEADING, PublishTableForm, TableForm, written
from ..operations.recounting import Move

PER_PAGE = 50


@require_safe
def index(request: Request) -> HttpResponse:
    """Every table with its days, the newest year first; drafts for those who may publish."""
    keeps = bool(policy.keep_tables(request.actor))
    context = {
        "tables": CalendarYear.objects.visible_to(request.actor).prefetch_related("days").order_by("-year")[:20],
        "drafts": CalendarDraft.objects.visible_to(request.actor).filter(loaded_at=None)[:10] if keeps else [],
        "keeps": keeps,
    }
    return page(request, "matters/tables.html", context)


@require_safe
def file(request: Request, pk: int) -> HttpResponseBase:
    """A table that holds, in the form in which one is uploaded."""
    found = fetch(CalendarYear, request.actor, pk)
    return as_csv(f"days-off-{found.year}", HEADING, written(found.days.all()))


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Upload a table; nothing is reckoned by it before it is published."""
    demand(draft_calendar_year.guard, request.actor, None)
    form = TableForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_valid():
        try:
            made = draft_calendar_year(None, actor=request.actor, **form.cleaned_data)
        except Unfit as said:
            form.add_error("file", said.reason)
        else:
            return done(request, _("Read. Nothing has changed yet: look at what would move."), reverse("matters:table", args=[made.pk]))
    return page(request, "matters/table_new.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: Request, pk: int) -> HttpResponse:
    """What a table would move from which to which day; with a reason it is published."""
    found = fetch(CalendarDraft, request.actor, pk)
    form = PublishTableForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            operations.publish_table(found, actor=request.actor, note=form.cleaned_data["note"])
        except Unfit as said:
            form.add_error("note", said.reason)
        else:
            return done(request, _("The table is published; the open dates are being reckoned anew."), reverse("matters:tables"))
    moves = _planned(request, found)
    context = {
        "draft": found, "form": form, "firm": sum(not move.moves for move in moves),
        "page": Paginator([move for move in moves if move.moves], PER_PAGE).get_page(request.GET.get("page")),
        "keeps": bool(policy.keep_tables(request.actor)),
    }  # fmt: skip
    return page(request, "matters/table.html", context, status=422 if form.is_bound else 200)


def _planned(request: Request, found: CalendarDraft) -> list[Move]:
    """What would move, of a table that is not published yet; only for those who publish it."""
    return [] if found.loaded_at or not policy.keep_tables(request.actor) else list(operations.planned(found))
