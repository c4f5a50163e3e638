"""The deputy's pages: write with autosave and similar matters beside, attach, invite joint signers."""

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qiao.congress.models import Mandate
from qiao.files.download import serve
from qiao.kernel.operation import demand
from qiao.orgs.models import Congress
from qiao.search.queries import similar as find_similar
from qiao.ui.forms import carry_out
from qiao.ui.http import Request, done, fetch, page, saved

from .. import operations
from ..flow import SUGGESTION
from ..forms import DraftForm, UploadForm
from ..models import PRIVATE, Attachment, Publicity, Suggestion
from ..people import knows
from ..queries import audiences_of

MOST_FOUND = 30
LONGEST_ID = 18


def ids_in(typed: Iterable[str]) -> list[int]:
    """The ids among what was sent; what no row can have for one is left out."""
    return [int(one) for one in typed if one.isdecimal() and len(one) <= LONGEST_ID]


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Begin a suggestion."""
    congress = fetch(Congress, request.actor, next(iter(request.actor.congresses), 0))
    demand(operations.draft.guard, request.actor, congress)
    delegation = operations.spoken_for(request.actor, congress)
    form = DraftForm(request.POST or None, congress_id=congress.pk, delegation=delegation, initial={"may_publish": True})
    if form.is_valid() and (made := carry_out(form, operations.draft, congress, actor=request.actor, **form.cleaned_data)):
        here = reverse("matters:edit", args=[made.pk])
        return saved(request, _("The draft is saved. Go on, or submit it from its page."), here, here=here)
    return page(request, "matters/edit.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Go on writing. The page saves by itself; a script that asks for JSON is told when it was saved."""
    suggestion = fetch(Suggestion.objects.for_list(), request.actor, pk)
    demand(SUGGESTION["revise"], request.actor, suggestion)
    form = DraftForm(request.POST or None, congress_id=suggestion.congress_id, initial=DraftForm.values(suggestion))
    if form.is_valid() and carry_out(form, operations.revise, suggestion, actor=request.actor, **form.cleaned_data):
        return saved(request, _("Saved."), reverse("matters:detail", args=[pk]))
    attachments = suggestion.attachments.filter(removed=False).select_related("file")
    context = {"form": form, "suggestion": suggestion, "attachments": attachments, "upload_limit": settings.UPLOAD_LIMIT}
    return page(request, "matters/edit.html", context, status=422 if form.is_bound else 200)


@require_safe
def similar(request: Request) -> HttpResponse:
    """Earlier suggestions on the same matter, for the column beside the draft (peers 1); a draft was never raised, one's own included."""
    title, text = request.GET.get("title", "")[:100], request.GET.get("matter", "")[:2000]
    found = find_similar(
        "suggestion", text, title=title, audiences=[*audiences_of(request.actor), "open"], exclude=ids_in([request.GET.get("pk", "")])
    )
    rows = Suggestion.objects.filter(pk__in=[f.object_id for f in found]).exclude(state__in=PRIVATE).for_list().in_bulk()
    visible = set(Suggestion.objects.visible_to(request.actor).filter(pk__in=rows).values_list("pk", flat=True))
    readable = visible | {pk for pk, row in rows.items() if row.public_state and row.publicity == Publicity.FULL}
    cards = [{"row": rows[f.object_id], "words": f.words, "inside": f.object_id in visible} for f in found if f.object_id in readable]
    return page(request, "matters/similar.html", {"cards": cards, "asked": bool((title + text).strip())})


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: Request, pk: int) -> HttpResponse:
    """Find deputies and ask them to sign."""
    suggestion = fetch(Suggestion.objects.for_list(), request.actor, pk)
    demand(SUGGESTION["invite"], request.actor, suggestion)
    if request.method == "POST":
        mandates = list(Mandate.objects.filter(pk__in=ids_in(request.POST.getlist("mandate"))))
        operations.invite(suggestion, actor=request.actor, mandates=mandates)
        return done(request, _("The deputies are asked to sign."), reverse("matters:detail", args=[pk]))
    asked = set(suggestion.signatures.values_list("mandate_id", flat=True)) | {suggestion.lead_id}
    words = request.GET.get("q", "").replace("\0", "").strip()
    found = Mandate.objects.in_office().filter(congress=suggestion.congress_id).named(words).exclude(pk__in=asked).for_list()[:MOST_FOUND]
    return page(request, "matters/invite.html", {"suggestion": suggestion, "found": found, "words": words}, part="found")


@require_POST
def attach(request: Request, pk: int) -> HttpResponse:
    """Add a file to the draft."""
    suggestion = fetch(Suggestion, request.actor, pk)
    form = UploadForm(request.POST, request.FILES)
    back = reverse("matters:edit", args=[pk])
    if form.is_valid() and carry_out(form, operations.attach, suggestion, actor=request.actor, upload=form.cleaned_data["upload"]):
        return done(request, _("The file is attached."), back)
    return page(request, "matters/upload_failed.html", {"form": form, "back": back}, status=422)


@require_POST
def remove_attachment(request: Request, pk: int) -> HttpResponse:
    """Take a file off the draft."""
    attachment = fetch(Attachment.objects.select_related("suggestion__lead"), request.actor, pk)
    operations.remove_attachment(attachment, actor=request.actor)
    back = (
        reverse("matters:revise_reply", args=[attachment.reply_id])
        if attachment.reply_id
        else reverse("matters:edit", args=[attachment.suggestion_id])
    )
    return done(request, _("The file is removed."), back)


@require_safe
def download(request: Request, pk: int) -> HttpResponseBase:
    """A file of a suggestion one may see."""
    found = fetch(Attachment.objects.filter(removed=False).select_related("file", "suggestion__lead"), request.actor, pk)
    if found.reply_id is None and not knows(request.actor, found.suggestion):
        found.file.name = found.neutral_name
    return serve(found.file)
