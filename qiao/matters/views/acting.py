"""One view for every verb that is a form: the table of acts says which form, which operation, which words."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from qiao.kernel.operation import demand
from qiao.ui.acts import perform as perform_act
from qiao.ui.forms import carry_out
from qiao.ui.http import Request, done, fetch, page, saved

from .. import operations
from ..acts import ACTS, MODELS, page_of
from ..flow import ASSIGNMENT, REPLY, SUGGESTION
from ..forms import EvaluateForm, ReplyForm, UploadForm
from ..models import Assignment, Evaluation, Reply, Suggestion
from ..models.handling import DRAFTED
from ..operations.replying import CHANGED_MEANWHILE
from ..operations.rounds import chosen, current_replies, to_rate

ROWS = {
    "suggestion": ("lead__person", "congress", "topic", "wished_unit"),
    "signature": ("suggestion__lead__person", "mandate__person"),
    "assignment": ("suggestion__lead__person", "suggestion__congress", "unit", "dispatched_from"),
    "reply": ("assignment__suggestion__lead__person", "assignment__unit"),
    "extension": ("assignment__suggestion__lead__person", "assignment__suggestion__congress", "assignment__unit", "office"),
    "objection": (
        "assignment__suggestion__lead__person",
        "assignment__suggestion__congress",
        "assignment__unit",
        "assignment__dispatched_from",
    ),
    "contact": ("assignment__suggestion__lead__person",),
    "face_reply": ("assignment__suggestion__lead__person", "assignment__suggestion__congress", "assignment__unit"),
    "addressee": ("mandate__person", "reply__assignment__suggestion__lead__person", "reply__assignment__suggestion__congress"),
    "clock": ("suggestion__lead__person", "suggestion__congress", "assignment", "congress"),
    "redaction": ("suggestion__lead__person", "suggestion__congress"),
}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def perform(request: Request, noun: str, pk: int, verb: str) -> HttpResponse:
    """Ask what the verb needs, then do it."""
    act = ACTS.get(f"{noun}.{verb}")
    if act is None:
        raise Http404
    subject = fetch(MODELS[noun].objects.select_related(*ROWS[noun]), request.actor, pk)
    suggestion = getattr(subject, "journal_root", subject)
    back = reverse(page_of(act.code), args=[suggestion.pk])
    return perform_act(request, act, subject, back=back, template="matters/act.html", suggestion=suggestion)


@require_http_methods(["GET", "HEAD", "POST"])
def evaluate(request: Request, pk: int) -> HttpResponse:
    """The deputy's rating, with the reply to be rated above it; of several the one asked for, else the first that waits."""
    suggestion = fetch(Suggestion.objects.for_list(), request.actor, pk)
    demand(SUGGESTION["evaluate"], request.actor, suggestion)
    replies, wanted = current_replies(suggestion), request.GET.get("reply", "")
    reply = chosen(replies, int(wanted) if wanted.isdecimal() and len(wanted) < 10 else None)  # noqa: PLR2004
    given = Evaluation.objects.visible_to(request.actor).filter(reply=reply).first()
    initial = {"note": given.reason, **{f"rating_{code}": said for code, said in given.ratings.items()}} if given else {}
    form = EvaluateForm(request.POST or None, subject=suggestion, initial=initial)
    if form.is_valid() and carry_out(
        form, operations.evaluate, suggestion,
        actor=request.actor, ratings=form.ratings, reason=form.cleaned_data["note"], reply=reply.pk,
    ):  # fmt: skip
        left = len(to_rate(replies)) > 1 and not given
        said = _("Recorded. Another unit's reply waits for your evaluation.") if left else _("Thank you. Your evaluation is recorded.")
        return done(request, said, reverse("matters:evaluate" if left else "matters:detail", args=[pk]))
    context = {"suggestion": suggestion, "reply": reply, "form": form, "replies": replies, "waiting": {one.pk for one in to_rate(replies)}}
    return page(request, "matters/evaluate.html", context, status=422 if form.is_bound else 200)


def _reply_page(
    request: HttpRequest, assignment: Assignment, form: ReplyForm, reply: Reply | None, *, theirs: bool = False
) -> HttpResponse:
    """``theirs``: somebody else has changed the draft meanwhile; it stands beside, and the form goes on from it."""
    if theirs and reply:
        if str(CHANGED_MEANWHILE) not in form.non_field_errors():  # what was typed was not fit either, so that nobody has said it yet
            form.add_error(None, CHANGED_MEANWHILE)
        given: Any = form.data.copy()  # type: ignore[attr-defined]
        given["edition"] = reply.edition
        form.data = given
    files = reply.attachments.filter(removed=False).select_related("file") if reply else []
    context = {"assignment": assignment, "suggestion": assignment.suggestion, "form": form, "reply": reply, "attachments": files}
    context["theirs"] = theirs
    context["assistance"] = operations.assistance(assignment)
    return page(request, "matters/reply.html", context | {"upload_limit": settings.UPLOAD_LIMIT}, status=422 if form.is_bound else 200)


@require_POST
def attach_to_reply(request: Request, pk: int) -> HttpResponse:
    """Add a file to a reply that is being drafted."""
    reply = fetch(Reply.objects.select_related(*ROWS["reply"]), request.actor, pk)
    form, back = UploadForm(request.POST, request.FILES), reverse("matters:revise_reply", args=[pk])
    if form.is_valid() and carry_out(form, operations.attach_to_reply, reply, actor=request.actor, upload=form.cleaned_data["upload"]):
        return done(request, _("The file is attached."), back)
    return page(request, "matters/upload_failed.html", {"form": form, "back": back}, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def draft_reply(request: Request, pk: int) -> HttpResponse:
    """Begin the reply."""
    assignment = fetch(Assignment.objects.select_related(*ROWS["assignment"]), request.actor, pk)
    demand(ASSIGNMENT["draft_reply"], request.actor, assignment)
    form = ReplyForm(request.POST or None, subject=assignment)
    facts = {name: form.cleaned_data[name] for name in DRAFTED if name in form.fields} if form.is_valid() else {}
    if facts and (made := carry_out(form, operations.draft_reply, assignment, actor=request.actor, **facts)):
        here, to = reverse("matters:revise_reply", args=[made.pk]), reverse("matters:detail", args=[assignment.suggestion_id])
        return saved(request, _("The draft is saved."), to, here=here, fields={"edition": made.edition})
    return _reply_page(request, assignment, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def revise_reply(request: Request, pk: int) -> HttpResponse:
    """Go on writing the reply."""
    reply = fetch(Reply.objects.select_related(*ROWS["reply"]), request.actor, pk)
    demand(REPLY["revise"], request.actor, reply)
    initial = {name: getattr(reply, name) for name in ReplyForm.base_fields}
    form = ReplyForm(request.POST or None, subject=reply, initial=initial)
    if form.is_valid() and (kept := carry_out(form, operations.revise_reply, reply, actor=request.actor, **form.cleaned_data)):
        to = reverse("matters:detail", args=[reply.assignment.suggestion_id])
        return saved(request, _("The draft is saved."), to, fields={"edition": kept.edition})
    return _reply_page(request, reply.assignment, form, reply, theirs=form.data.get("edition", "") not in ("", reply.edition))
