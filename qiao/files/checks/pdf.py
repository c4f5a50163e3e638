"""PDF: whole, readable by the check, and without anything that acts when it is opened.

The archive formats (PDF/A) forbid the same things: scripts, programs, encryption.
"""

import re
import zlib

from django.utils.translation import gettext as _

from qiao.kernel.errors import Unfit

TAIL = 2048
"""A reader looks for the end mark here; a file whose mark lies further inside was cut or carries something behind it."""
UNPACKED_LIMIT = 64 * 1024 * 1024

_HEAD = re.compile(rb"%PDF-[12]\.\d")
_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
_ACTIVE = re.compile(rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia)(?![A-Za-z0-9])")
_PACKED = re.compile(rb"/ObjStm(?![A-Za-z0-9]).{0,400}?stream\r?\n", re.DOTALL)
_LOCKED = re.compile(rb"/Encrypt(?![A-Za-z0-9])")


def check(data: bytes) -> bytes:
    """The same bytes, if the document is sound and still."""
    if not _HEAD.match(data) or b"%%EOF" not in data[-TAIL:] or b"startxref" not in data:
        raise Unfit(_("This PDF is damaged or incomplete. Save the document as PDF again and choose it."))
    plain = _names_in_clear(data)
    if _LOCKED.search(plain):
        raise Unfit(_("This PDF is protected by a password or by restrictions. Save it without protection and choose it again."))
    if _ACTIVE.search(plain) or any(_ACTIVE.search(_names_in_clear(part)) for part in _unpacked(data)):
        raise Unfit(
            _("This PDF contains a script, a program or another file inside it. Print it to a new PDF and choose that one; attach files one by one.")
        )
    return data


def _names_in_clear(data: bytes) -> bytes:
    """With the names that were written in hexadecimal (``/J#61vaScript``) as a reader understands them."""
    return _HEX.sub(lambda found: bytes([int(found[1], 16)]), data)


def _unpacked(data: bytes) -> list[bytes]:
    """The contents of the compressed object streams, where objects may hide from a search."""
    parts, budget = [], UNPACKED_LIMIT
    for found in _PACKED.finditer(_names_in_clear(data) if b"#" in data[:TAIL] else data):
        try:
            part = zlib.decompressobj().decompress(found.string[found.end() :], budget)
        except zlib.error as error:
            raise Unfit(_("This PDF cannot be read completely. Print it to a new PDF and choose that one.")) from error
        parts.append(part)
        budget -= len(part)
        if budget <= 0:
            raise Unfit(_("This PDF unpacks to far more than it should. Print it to a new PDF and choose that one."))
    return parts
