"""What an uploaded file truly is, and whether it is accepted: content decides, never the name or what the browser says.

Every refusal is ``Unfit`` with a sentence that says what is wrong and what to do.
"""

import functools
import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from qiao.kernel.errors import Unfit

from .. import names
from ..models import Kind
from . import office, pdf, pictures, strangers, tables

PICTURES = frozenset({Kind.JPEG, Kind.PNG, Kind.WEBP})
ATTACHMENTS = frozenset({Kind.PDF, Kind.DOCX, Kind.XLSX, Kind.OFD}) | PICTURES
"""What may be attached to a matter."""
TABLES = frozenset({Kind.XLSX, Kind.CSV})
"""What an import may be read from."""

_CHECKS: dict[Kind, Callable[[bytes], bytes]] = {
    Kind.PDF: pdf.check,
    Kind.DOCX: office.check_document,
    Kind.XLSX: office.check_workbook,
    Kind.OFD: office.check_package,
    Kind.JPEG: functools.partial(pictures.clean, form="JPEG"),
    Kind.PNG: functools.partial(pictures.clean, form="PNG"),
    Kind.WEBP: functools.partial(pictures.clean, form="WEBP"),
    Kind.CSV: tables.check,
}


@dataclass(frozen=True)
class Examined:
    """An accepted file as it will be kept."""

    name: str
    kind: Kind
    data: bytes

    @property
    def sha256(self) -> str:
        """The fingerprint of what is kept."""
        return hashlib.sha256(self.data).hexdigest()


def examine(upload: UploadedFile, accepted: frozenset[Kind] = ATTACHMENTS) -> Examined:
    """The upload as it may be kept, or ``Unfit`` with what is wrong and what to do."""
    data = _read(upload)
    given = upload.name or ""
    kind = kind_of(data)
    if kind is None and Kind.CSV in accepted and tables.is_text(data):
        kind = Kind.CSV
    if kind is None or kind not in accepted:
        raise Unfit(strangers.refusal(data, kind, names.claim(given), accepted))
    return Examined(names.clean(given, kind), kind, _CHECKS[kind](data))


def kind_of(data: bytes) -> Kind | None:
    """What the first bytes, and for packages the parts, say the file is."""
    if data.startswith(b"%PDF-"):
        return Kind.PDF
    if data.startswith(b"PK\x03\x04"):
        return office.kind_of(data)
    return pictures.kind_of(data)


def _read(upload: UploadedFile) -> bytes:
    limit = settings.UPLOAD_LIMIT
    upload.seek(0)
    data: bytes = upload.read(limit + 1)
    if not data:
        raise Unfit(_("This file is empty. Check that it was saved completely and choose it again."))
    if len(data) > limit:
        raise Unfit(
            _("This file is larger than %(limit)s. Make it smaller or split it, and choose it again.") % {"limit": filesizeformat(limit)}
        )
    return data
