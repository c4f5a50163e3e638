"""PDF: whole, readable by the check, and without anything that acts when it is opened.

The archive formats (PDF/A) forbid the same things: scripts, programs, encryption. The search knows the names a reader
would act on, spelt in any way, in the open and in compressed object streams; it is no interpreter of PDF.
"""

import re
import zlib
from collections.abc import Iterator

from django.utils.translation import gettext as _

from qiao.kernel.errors import Unfit

TAIL = 2048
"""A reader looks for the end mark here; a file whose mark lies further inside was cut or carries something behind it."""
UNPACKED_LIMIT = 64 * 1024 * 1024


def _named(*words: str) -> re.Pattern[bytes]:
    """Finds a name however it is written: PDF lets any letter stand as ``#`` and two digits (``/J#61vaScript``)."""
    spelt = ("".join(f"(?:{c}|#(?i:{ord(c):02x}))" for c in word) for word in words)
    return re.compile(f"/(?:{'|'.join(spelt)})(?![A-Za-z0-9])".encode())


_HEAD = re.compile(rb"%PDF-[12]\.\d")
_ACTIVE = _named("JavaScript", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia")
_LOCKED = _named("Encrypt")
_PACKED = _named("ObjStm")
_CHUNK = 64 * 1024


def check(data: bytes) -> bytes:
    """The same bytes, if the document is sound and still."""
    if not _HEAD.match(data) or b"%%EOF" not in data[-TAIL:] or b"startxref" not in data:
        raise Unfit(_("This PDF is damaged or incomplete. Save the document as PDF again and choose it."))
    if _LOCKED.search(data):
        raise Unfit(_("This PDF is protected by a password or by restrictions. Save it without protection and choose it again."))
    if _ACTIVE.search(data) or any(_ACTIVE.search(part) for part in _unpacked(data)):
        raise Unfit(_("This PDF contains a script, a program or another file. Print it to a new PDF and choose that one."))
    return data


def _unpacked(data: bytes) -> Iterator[bytes]:
    """The contents of the compressed object streams, where objects would hide from a search."""
    budget = UNPACKED_LIMIT
    for found in _PACKED.finditer(data):
        begin = data.find(b"stream", found.end())
        if begin < 0:
            return
        part = _inflated(data, begin + len(b"stream"), budget)
        budget -= len(part)
        yield part


def _inflated(data: bytes, start: int, budget: int) -> bytes:
    start += 2 if data[start : start + 2] == b"\r\n" else 1
    unpack, held = zlib.decompressobj(), bytearray()
    try:
        while start < len(data) and not unpack.eof:
            held += unpack.decompress(unpack.unconsumed_tail or data[start : start + _CHUNK], budget - len(held) + 1)
            start += 0 if unpack.unconsumed_tail else _CHUNK
            if len(held) > budget:
                raise Unfit(_("This PDF unpacks to far more than it should. Print it to a new PDF and choose that one."))
    except zlib.error as error:
        raise Unfit(_("This PDF cannot be read completely. Print it to a new PDF and choose that one.")) from error
    return bytes(held)
