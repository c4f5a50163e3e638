"""The papers to print and to send: letters of reply as PDF and Word document, a suggestion's paper and forms to fill in as PDF."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from qiao.files.download import MIME, serve
from qiao.files.models import Kind
from qiao.files.names import clean
from qiao.ui.http import Request, fetch

from ..letters.content import Letter, opinion_letter, reply_letter, suggestion_paper
from ..letters.docx import letter_docx
from ..letters.pdf import letter_pdf, paper_pdf, sheet_pdf
from ..letters.sheet_docx import sheet_docx
from ..letters.sheets import Sheet, evaluation_sheet, face_reply_sheet
from ..models import Addressee, Assignment, Evaluation, FaceReply, Opinion, Reply, Suggestion
from ..people import knows


@require_safe
def reply_pdf(request: Request, pk: int) -> HttpResponse:
    """A reply's letter, to read and to print."""
    letter = reply_letter(fetch(replies(), request.actor, pk))
    return hand_out(letter_pdf(letter), letter.name, Kind.PDF, inline=True)


@require_safe
def reply_docx(request: Request, pk: int) -> HttpResponse:
    """A reply's letter, to finish in office software."""
    letter = reply_letter(fetch(replies(), request.actor, pk))
    return hand_out(letter_docx(letter), letter.name, Kind.DOCX)


@require_safe
def addressee_pdf(request: Request, pk: int) -> HttpResponse:
    """A reply's letter to one deputy by name, to read and to print."""
    letter = _letter_to(request, pk)
    return hand_out(letter_pdf(letter), letter.name, Kind.PDF, inline=True)


@require_safe
def addressee_docx(request: Request, pk: int) -> HttpResponse:
    """The same, to finish in office software."""
    letter = _letter_to(request, pk)
    return hand_out(letter_docx(letter), letter.name, Kind.DOCX)


def _letter_to(request: Request, pk: int) -> Letter:
    one = fetch(Addressee.objects.select_related("mandate__person"), request.actor, pk)
    reply = replies().get(pk=one.reply_id)
    return reply_letter(reply, to=one.mandate if knows(request.actor, reply.assignment.suggestion) else None)


@require_safe
def opinion_pdf(request: Request, pk: int) -> HttpResponse:
    """An assisting unit's letter to the lead unit, to read and to print."""
    letter = opinion_letter(fetch(opinions(), request.actor, pk))
    return hand_out(letter_pdf(letter), letter.name, Kind.PDF, inline=True)


@require_safe
def opinion_docx(request: Request, pk: int) -> HttpResponse:
    """The same, to finish in office software."""
    letter = opinion_letter(fetch(opinions(), request.actor, pk))
    return hand_out(letter_docx(letter), letter.name, Kind.DOCX)


@require_safe
def suggestion_pdf(request: Request, pk: int) -> HttpResponse:
    """A suggestion's paper, to read and to print."""
    suggestion = fetch(Suggestion.objects.for_list(), request.actor, pk)
    paper = suggestion_paper(suggestion, named=knows(request.actor, suggestion))
    return hand_out(paper_pdf(paper), paper.name, Kind.PDF, inline=True)


@require_safe
def evaluation_form(request: Request, pk: int) -> HttpResponse:
    """The newest reply's evaluation as a form to print, with the way to evaluate it here as a picture to scan."""
    suggestion = fetch(Suggestion.objects.for_list(), request.actor, pk)
    reply = get_object_or_404(replies().visible_to(request.actor).filter(assignment__suggestion=pk, state="issued").order_by("-id")[:1])
    address = request.build_absolute_uri(reverse("matters:evaluate", args=[pk]))
    return hand_out_sheet(evaluation_sheet(suggestion, reply, address=address))


@require_safe
def face_reply_form(request: Request, pk: int) -> HttpResponse:
    """The record of a face-to-face reply, empty, to be written on at the meeting."""
    through = [f"suggestion__{name}" for name in (*ABOUT, "lead__delegation")]
    assignment = fetch(Assignment.objects.select_related(*through, "unit"), request.actor, pk)
    return hand_out_sheet(face_reply_sheet(assignment, None, address=_page_of(request, assignment.suggestion_id)))


@require_safe
def face_reply_record(request: Request, pk: int) -> HttpResponse:
    """The record of a face-to-face reply as it was kept, to print and to sign."""
    return hand_out_sheet(_record(request, pk)[0])


@require_safe
def face_reply_docx(request: Request, pk: int) -> HttpResponse:
    """The same, to finish in office software."""
    sheet, unit = _record(request, pk)
    return hand_out(sheet_docx(sheet, unit), sheet.name, Kind.DOCX)


def _record(request: Request, pk: int) -> tuple[Sheet, str]:
    """The record as a form, and the name of the unit that answered."""
    through = [f"assignment__suggestion__{name}" for name in (*ABOUT, "lead__delegation")]
    record = fetch(FaceReply.objects.select_related(*through, "assignment__unit"), request.actor, pk)
    address = _page_of(request, record.assignment.suggestion_id)
    return face_reply_sheet(record.assignment, record, address=address), record.assignment.unit.name


def _page_of(request: Request, pk: int) -> str:
    return request.build_absolute_uri(reverse("matters:detail", args=[pk]))


@require_safe
def signed_record(request: Request, pk: int) -> HttpResponseBase:
    """The record as the deputy signed it on paper."""
    kept = fetch(FaceReply.objects.filter(signed_copy__isnull=False).select_related("signed_copy"), request.actor, pk)
    return serve(kept.signed_copy)


@require_safe
def scanned_evaluation(request: Request, pk: int) -> HttpResponseBase:
    """An evaluation as it came on paper, for those who may read it."""
    return serve(fetch(Evaluation.objects.filter(scan__isnull=False).select_related("scan"), request.actor, pk).scan)


ABOUT = ("congress", "term", "session", "lead__person", "delegation", "unit")


def opinions() -> Any:
    """Opinions with all that their letters name."""
    through = [f"assignment__suggestion__{name}" for name in ABOUT]
    return Opinion.objects.select_related(*through, "assignment__unit", "given_by__person")


def replies() -> Any:
    """Replies with all that their letters name."""
    through = [f"assignment__suggestion__{name}" for name in ABOUT]
    return Reply.objects.select_related(*through, "assignment__unit__organ", "signed_by__person")


def hand_out(content: bytes, name: str, kind: Kind, *, inline: bool = False) -> HttpResponse:
    """A document made just now, under its Chinese name; nobody keeps a copy on the way."""
    response = HttpResponse(content, content_type=MIME[kind])
    response["Content-Disposition"] = content_disposition_header(not inline, clean(f"{name}.{kind}", kind)) or ""
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def hand_out_sheet(sheet: Sheet) -> HttpResponse:
    """A form to print."""
    return hand_out(sheet_pdf(sheet), sheet.name, Kind.PDF, inline=True)
