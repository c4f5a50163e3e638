"""The journal's list, an entry's page, verifying, and taking away."""

from typing import Any

from django.apps import apps
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qiao.accounts.models import User
from qiao.kernel import clock, seals
from qiao.kernel.anonymity import hidden_columns
from qiao.kernel.errors import NotAllowed
from qiao.kernel.journal import MASK
from qiao.kernel.models import INSTALLATION, Entry
from qiao.orgs.models import Congress
from qiao.ui.forms import carry_out
from qiao.ui.http import Request, fetch, page
from qiao.ui.listing import EXPORT_LIMIT, as_csv, as_xlsx, streamed_file

from . import evidence, operations, policy, queries
from .forms import ExportForm
from .listing import JOURNAL, cells


def _demand(request: Request) -> None:
    said = (policy.read | policy.oversee)(request.actor)
    if not said:
        raise NotAllowed(said.reason, "journal.read")


@require_safe
def index(request: Request) -> HttpResponse:
    """Who did what, the newest first."""
    _demand(request)
    sees_all = "journal.oversee" in request.actor.grants
    congresses = Congress.objects.visible_to(request.actor) if sees_all else None
    rows = Entry.objects.visible_to(request.actor).select_related("user__person", "kind")
    shown = JOURNAL.show(request, rows, congresses=congresses)
    context = {"shown": shown, "lines": queries.with_names(shown.rows), "sees_all": sees_all}
    return page(request, "journal/index.html", context | {"journals": queries.journals(request.actor), "key": seals.public_key()})


def _in_words(entry: Entry) -> list[dict[str, Any]]:
    """What changed, column by column, under the name that the forms use."""
    model = apps.get_model(entry.kind.app_label, entry.kind.model)
    names = {field.attname: field for field in model._meta.concrete_fields}
    told = [_change(names.get(column), column, before, after) for column, (before, after) in entry.changes.items()]
    nameless = hidden_columns(entry.trail) if entry.hidden else frozenset()
    return [change | ({"hidden": True} if change["column"] in nameless else {}) for change in told]


def _change(field: Any, column: str, before: Any, after: Any) -> dict[str, Any]:
    choices = dict(field.flatchoices) if field else {}
    hidden = [before, after] == [MASK, MASK]
    return {
        "name": field.verbose_name if field else column, "column": column, "hidden": hidden,
        "before": _said(before, choices), "after": _said(after, choices),
    }  # fmt: skip


def _said(value: Any, choices: dict[Any, Any]) -> Any:
    """A value in words; of several each."""
    if isinstance(value, list):
        return ", ".join(str(_said(one, choices)) for one in value)
    return value if isinstance(value, dict) else choices.get(value, value)


@require_safe
def entry(request: Request, pk: int) -> HttpResponse:
    """One entry: what changed in words, and its seal."""
    found = fetch(Entry.objects.select_related("user__person", "kind"), request.actor, pk)
    (line,) = queries.with_names(queries.unnamed([found]))
    whole = policy.reads_whole(request.actor, found.congress_id)
    context = {
        **line,
        "whole": whole,
        "changes": _in_words(found) if whole else [],
        "seal": queries.seal_of(found),
        "hash": "" if found.hidden else seals.leaf(found),
    }
    return page(request, "journal/entry.html", context | {"kind": found.kind.model_class()._meta.verbose_name})


def _subject(request: Request, journal: int) -> Any:
    """What stands for a journal: its congress, or for the installation's own the reader's account."""
    if journal == INSTALLATION:
        return get_object_or_404(User, pk=request.user.pk)
    return fetch(Congress, request.actor, journal)


@require_POST
def verify(request: Request) -> HttpResponse:
    """Have a journal verified, and see how far it has come."""
    chosen = request.POST.get("journal", "")
    names = {str(number): name for number, name in queries.journals(request.actor)}
    if chosen not in names:
        raise NotAllowed(_("This is another congress's journal."), "journal.verify")
    subject = _subject(request, int(chosen))
    progress = operations.verify(subject, actor=request.actor, journal=int(chosen), name=names[chosen])
    return redirect("jobs:progress", progress.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def export(request: Request) -> HttpResponseBase:
    """Take a period of a journal away, for a reason that the journal keeps."""
    _demand(request)
    form = ExportForm(request.POST or None, journals=queries.journals(request.actor), today=clock.today())
    if form.is_valid():
        given = form.cleaned_data
        rows = queries.within(Entry.objects.filter(congress_id=given["journal"]), given["since"], given["until"])
        if rows.order_by()[: EXPORT_LIMIT + 1].count() > EXPORT_LIMIT:
            form.add_error("until", _("This period holds more than %(n)s entries. Choose a shorter one.") % {"n": EXPORT_LIMIT})
        elif carry_out(form, operations.export, _subject(request, given["journal"]), actor=request.actor, note=given["reason"]):
            return _file(given, dict(form.fields["journal"].choices)[given["journal"]], rows)  # type: ignore[attr-defined]
    return page(request, "journal/export.html", {"form": form}, status=422 if form.is_bound else 200)


def _file(given: dict[str, Any], name: str, rows: Any) -> HttpResponseBase:
    if given["kind"] == "jsonl":
        return streamed_file(
            evidence.written(given["journal"], name, given["since"], given["until"]), "journal.jsonl", "application/x-ndjson"
        )
    write = as_xlsx if given["kind"] == "xlsx" else as_csv
    ordered = rows.select_related("user__person").order_by("id").iterator(chunk_size=2000)
    return write("journal", [str(column.label) for column in JOURNAL.columns], cells(ordered))
