"""Plain text tables, accepted for imports only."""

import re

from django.utils.translation import gettext as _

from qiao.kernel.errors import Unfit

ENCODINGS = ("utf-8-sig", "gb18030")
"""What spreadsheet programs here write: UTF-8 with or without its mark, or the national encoding."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def decoded(data: bytes) -> str | None:
    """The text, or None where the bytes are no text in an accepted encoding."""
    if b"\x00" in data:
        return None
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def is_text(data: bytes) -> bool:
    """Whether this may be a table in plain text: readable, not markup, no control characters."""
    text = decoded(data)
    if text is None or text.lstrip().startswith(("<", "{", "#!", "%!")):
        return False
    return not _CONTROL.search(text)


def check(data: bytes) -> bytes:
    """The same bytes, if the first line looks like headings."""
    if not (decoded(data) or "").strip():
        raise Unfit(_("This table has no lines. Save it again with its headings and choose it."))
    return data
