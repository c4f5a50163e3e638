"""Two steps: upload a table and look at what would happen; then confirm or cancel."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qiao.kernel import clock
from qiao.kernel.errors import NotAllowed
from qiao.orgs.models import Congress
from qiao.ui.http import Request, done, fetch, page
from qiao.ui.listing import as_csv, as_xlsx

from . import operations, workbooks
from .flow import FLOW
from .forms import UploadForm
from .importer import IMPORTERS, Action, Importer
from .listing import Preview
from .models import ImportRun

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def allowed(request: Request, kind: str) -> tuple[Importer, Congress]:
    """The kind of table and the congress acted for, if the actor may import it there; else the reason why not."""
    importer = IMPORTERS.get(kind)
    if importer is None:
        raise Http404
    congress = request.actor.post.congress if request.actor.post else Congress()
    said = importer.rule(request.actor, congress)
    if not said:
        raise NotAllowed(said.reason)
    return importer, congress


def _xlsx(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}.xlsx"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: Request, kind: str) -> HttpResponse:
    """What this import does, its template, the upload, and the imports so far."""
    importer, congress = allowed(request, kind)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*sent, importer=importer)
    if form.is_valid():
        made = operations.upload(congress, actor=request.actor, kind=kind, **form.cleaned_data)
        return done(request, _("Read. Nothing is written yet: look at the rows, then confirm."), reverse("imports:run", args=[made.pk]))
    runs = ImportRun.objects.visible_to(request.actor).filter(congress=congress, kind=kind).select_related("user__person")
    context: dict[str, Any] = {
        "importer": importer,
        "form": form,
        "runs": runs[:10],
        "columns": workbooks.explained(importer),
        "back": reverse(importer.back),
    }
    return page(request, "imports/start.html", context, status=422 if form.is_bound else 200)


@require_safe
def template(request: Request, kind: str, form: str) -> Any:
    """The empty table to fill in, as .xlsx with an explanation or as plain .csv."""
    importer, _congress = allowed(request, kind)
    if form == "csv":
        return as_csv(kind, [str(column.heading) for column in importer.columns], [])
    if form == "xlsx":
        return _xlsx(workbooks.template(importer), kind)
    raise Http404


@require_safe
def run(request: Request, pk: int) -> HttpResponse:
    """Row by row what would happen and why not; once decided, what became of it."""
    found = fetch(ImportRun.objects.select_related("congress"), request.actor, pk)
    preview = Preview(found, request.GET)
    steps = {step.verb: step for step in FLOW.open_to(request.actor, found)}
    if "undo" in steps and found.undo_until and clock.now() > found.undo_until:
        del steps["undo"]
    context = {"run": found, "importer": found.importer, "preview": preview, "steps": steps, "back": reverse(found.importer.back)}
    return page(request, "imports/run.html", context)


@require_safe
def progress(request: Request, pk: int) -> HttpResponse:
    """How far the job is, asked again and again by the page; when it is done the page is loaded anew."""
    found = fetch(ImportRun, request.actor, pk)
    if not found.is_working:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return page(request, "imports/progress.html", {"run": found})


@require_POST
def confirm(request: Request, pk: int) -> HttpResponse:
    """Do what the preview showed."""
    found = operations.confirm(fetch(ImportRun, request.actor, pk), actor=request.actor)
    found.refresh_from_db()  # where jobs run in the request it is done by now
    said = _("The import is done.") if not found.is_working else _("Confirmed. The rows are being written; you may leave this page.")
    return done(request, said, reverse("imports:run", args=[pk]))


@require_POST
def undo(request: Request, pk: int) -> HttpResponse:
    """Take back what the import wrote."""
    operations.undo(fetch(ImportRun, request.actor, pk), actor=request.actor)
    return done(request, _("The import is being undone; each row that stays says why."), reverse("imports:run", args=[pk]))


@require_POST
def cancel(request: Request, pk: int) -> HttpResponse:
    """Give the import up."""
    found = operations.cancel(fetch(ImportRun, request.actor, pk), actor=request.actor)
    return done(request, _("Cancelled. Nothing was written."), reverse("imports:start", args=[found.kind]))


@require_safe
def left_out(request: Request, pk: int) -> HttpResponse:
    """The rows with problems and their reasons, to be mended and uploaded again."""
    found = fetch(ImportRun.objects.select_related("congress"), request.actor, pk)
    plans = (row.plan() for row in found.rows.filter(action=Action.REFUSE).order_by("number").iterator(1000))
    return _xlsx(workbooks.left_out(found.importer, plans), f"{found.kind}-{found.pk}")


@require_safe
def export(request: Request, kind: str, form: str) -> Any:
    """What the congress has now, as a table of the same columns: changed and uploaded again, it changes just that."""
    importer, congress = allowed(request, kind)
    keys, heading = [column.key for column in importer.columns], [str(column.heading) for column in importer.columns]
    cells = ([row.get(key, "") for key in keys] for row in importer.dump(congress))
    if form == "csv":
        return as_csv(kind, heading, cells)
    if form == "xlsx":
        return as_xlsx(kind, heading, cells)
    raise Http404
