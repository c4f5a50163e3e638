"""Word, Excel and OFD documents are zip packages: sound, of bearable size, of the expected parts, without macros."""

import io
import re
import stat
import struct
import zipfile
import zlib
from pathlib import PurePosixPath
from urllib.parse import unquote
from xml.parsers.expat import ExpatError, ParserCreate

from django.utils.translation import gettext as _

from qiao.kernel.errors import Unfit

from ..models import Kind

ENTRY_LIMIT = 5_000
UNPACKED_LIMIT = 200 * 1024 * 1024
RATIO_LIMIT = 150
RATIO_FROM = 10 * 1024 * 1024
"""Small packages may be packed as tightly as they like; long runs of empty cells are normal."""

CONTENTS = "[Content_Types].xml"
_CONTENTS_LIMIT = 4 * 1024 * 1024
_RELATIONS_LIMIT = 16 * 1024 * 1024
"""For all tables of relations of one package: each is read whole, and there may be thousands."""
_DOCUMENT = "wordprocessingml.document.main+xml"
_WORKBOOK = "spreadsheetml.sheet.main+xml"
_MACROS = re.compile(r"macroEnabled|vbaProject|ms-office\.activeX|macrosheet", re.IGNORECASE)
_ACTIVE_PARTS = re.compile(r"vbaproject|/activex/|/macrosheets/|/dialogsheets/", re.IGNORECASE)
_PROGRAMS = frozenset(
    {".exe", ".dll", ".com", ".scr", ".bat", ".cmd", ".ps1", ".vbs", ".js", ".jse", ".wsf", ".hta", ".jar", ".msi", ".lnk", ".sh"}
)
_FETCHED = ("attachedTemplate", "oleObject", "frame", "subDocument", "aFChunk", "externalLinkPath")
"""Kinds of parts that a program fetches when the document is opened; links that people click are others."""
_SHARE = r"[/\\]{2}|file:(?:[/\\]{4}|[/\\]{2}[^/\\:][^:])"
_SHARED = re.compile(_SHARE, re.I)
"""A folder that another computer shares: whoever looks there sends the sign-in of the reader along."""
_AFAR = re.compile(rf"(?:https?|ftp|mhtml|mk|ms-\w+):|{_SHARE}", re.I)
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, struct.error, ExpatError)


def kind_of(data: bytes) -> Kind | None:
    """What the parts of a package say it is; a package with macros is of no kind that is known here."""
    try:
        with _opened(data) as package:
            if "OFD.xml" in package.namelist():
                return Kind.OFD
            contents = "\n".join(values for element in _elements(package, CONTENTS) for values in element.values())
    except (*_BROKEN, KeyError):
        return None
    return Kind.DOCX if _DOCUMENT in contents else Kind.XLSX if _WORKBOOK in contents else None


def has_macros(data: bytes) -> bool:
    """Whether this is an Office document of a kind that carries macros."""
    try:
        with _opened(data) as package:
            return bool(_kinds_with_macros(package) or any(_ACTIVE_PARTS.search(name) for name in package.namelist()))
    except (*_BROKEN, KeyError):
        return False


def check_document(data: bytes) -> bytes:
    """The same bytes, if this is a sound Word document without macros."""
    return _check(data, "word/")


def check_workbook(data: bytes) -> bytes:
    """The same bytes, if this is a sound Excel workbook without macros."""
    return _check(data, "xl/")


def check_package(data: bytes) -> bytes:
    """The same bytes, if this is a sound OFD document (GB/T 33190)."""
    return _check(data, "OFD.xml")


def _check(data: bytes, part: str) -> bytes:
    try:
        with _opened(data) as package:
            _check_entries(package, len(data))
            _check_still(package)
            if not any(name.startswith(part) for name in package.namelist()) or package.testzip():
                raise Unfit(_damaged())
    except _BROKEN as error:
        raise Unfit(_damaged()) from error
    return data


def _opened(data: bytes) -> zipfile.ZipFile:
    """The package; one with far too many entries is refused before its table of contents is read."""
    if data.count(b"PK\x01\x02") > ENTRY_LIMIT:
        raise Unfit(_swollen())
    return zipfile.ZipFile(io.BytesIO(data))


def _swollen() -> str:
    return _("This document unpacks to far more than it should. Save it as PDF and choose that file.")


def _damaged() -> str:
    return _("This document is damaged or incomplete. Open it, save it again under a new name and choose that file.")


def _check_entries(package: zipfile.ZipFile, size: int) -> None:
    """From the table of contents alone, before anything is unpacked."""
    entries = package.infolist()
    total, packed = sum(e.file_size for e in entries), sum(e.compress_size for e in entries)
    if packed > size:  # entries that share their bytes: the densest kind of bomb
        raise Unfit(_damaged())
    if total > UNPACKED_LIMIT or (total > RATIO_FROM and total > RATIO_LIMIT * size):
        raise Unfit(_swollen())
    if any(e.flag_bits & 0x1 for e in entries):
        raise Unfit(_("This document is protected by a password. Save it without the password and choose it again."))
    if any(_leads_out(e.filename) or stat.S_ISLNK(e.external_attr >> 16) for e in entries) or len({e.filename for e in entries}) < len(
        entries
    ):
        raise Unfit(_damaged())


def _leads_out(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name or "\x00" in name or ".." in PurePosixPath(name).parts


def _check_still(package: zipfile.ZipFile) -> None:
    """Nothing that acts: no macros, no programs, no template fetched from elsewhere when the document is opened."""
    files = package.namelist()
    macros = any(_ACTIVE_PARTS.search(name) for name in files) or (CONTENTS in files and _kinds_with_macros(package))
    if macros or any(PurePosixPath(name).suffix.lower() in _PROGRAMS for name in files):
        raise Unfit(_("This document contains macros or programs. Save it as a plain .docx, .xlsx or PDF and choose that file."))
    relations = [entry for entry in package.infolist() if entry.filename.lower().endswith(".rels")]
    if sum(entry.file_size for entry in relations) > _RELATIONS_LIMIT:
        raise Unfit(_swollen())
    for entry in relations:
        if any(_fetches(element) for element in _elements(package, entry.filename)):
            raise Unfit(_("This document fetches a template or a part from another computer. Save it as PDF and choose that file."))


def _fetches(element: dict[str, str]) -> bool:
    kind, target = element.get("Type", "").rpartition("/")[2], unquote(element.get("Target", "")).strip()
    if kind in _FETCHED:
        return bool(_AFAR.match(target))
    return kind != "hyperlink" and element.get("TargetMode") == "External" and bool(_SHARED.match(target))


def _kinds_with_macros(package: zipfile.ZipFile) -> bool:
    return any(_MACROS.search(value) for element in _elements(package, CONTENTS) for value in element.values())


def _elements(package: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    """The attributes of each element of a part, as a program reads them: in whatever encoding, characters written as numbers too.

    A declaration of a document type, in which words can be given other meanings, has no place in such a package.
    """
    found: list[dict[str, str]] = []
    reader = ParserCreate()
    reader.StartElementHandler = lambda _name, attributes: found.append(attributes)
    reader.StartDoctypeDeclHandler = _refuse_declaration
    with package.open(name) as part:
        reader.Parse(part.read(_CONTENTS_LIMIT), True)
    return found


def _refuse_declaration(*_declared: object) -> None:
    raise Unfit(_damaged())
