"""Handing a stored file out; the caller has asked before whether this person may have it."""

from django.http import FileResponse
from django.utils.translation import gettext as _

from qiao.kernel.errors import Unfit

from .checks import PICTURES
from .models import Kind, StoredFile

MIME = {
    Kind.PDF: "application/pdf",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.OFD: "application/ofd",
    Kind.JPEG: "image/jpeg",
    Kind.PNG: "image/png",
    Kind.WEBP: "image/webp",
    Kind.CSV: "text/csv; charset=utf-8",
}


def serve(stored: StoredFile, *, inline: bool = False) -> FileResponse:
    """The file under its own name. ``inline`` shows pictures in the page; everything else is always saved:
    browsers refuse to show a document in the sandbox that keeps it apart from the product.
    """
    try:
        content = stored.blob.open("rb")
    except FileNotFoundError as error:
        raise Unfit(_("The stored copy of “%(name)s” is missing. Please tell your administrator.") % {"name": stored.name}) from error
    kind = Kind(stored.kind)
    response = FileResponse(
        content, as_attachment=not (inline and kind in PICTURES), filename=stored.name, content_type=MIME[kind]
    )  # fmt: skip
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-cache"  # asked for again each time: rights end, computers are shared
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
