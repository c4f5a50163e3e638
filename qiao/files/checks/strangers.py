"""Files that are not accepted: what they are, in words, and what to do instead."""

import filetype
from django.utils.translation import gettext as _

from ..models import Kind
from . import office, tables

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xfe\xed\xfa", b"#!", b"\x00asm", b"@echo off")
_MARKUP = (b"<!doctype html", b"<html", b"<head", b"<body", b"<script", b"<?php")
_HEAD = 1024


def refusal(data: bytes, kind: Kind | None, claimed: Kind | None, accepted: frozenset[Kind]) -> str:
    """Why this file is not accepted, for the person who chose it."""
    if data.startswith(OLD_OFFICE):
        return _("This is an old or protected Word or Excel file. Save it as .docx, .xlsx or PDF and choose that file.")
    if office.has_macros(data):
        return _("This document contains macros or programs. Save it as a plain .docx, .xlsx or PDF and choose that file.")
    found = str(kind.label) if kind else described(data)
    if claimed in accepted and claimed != kind:
        words = {"claimed": claimed.label if claimed else "", "found": found}
        return _("This file says it is “%(claimed)s” but is “%(found)s”. Save the document as “%(claimed)s” again and choose it.") % words
    words = {"found": found, "kinds": _(", ").join(str(k.label) for k in Kind if k in accepted)}
    return _("Files of the kind “%(found)s” are not accepted here. Save it in one of these kinds: %(kinds)s.") % words


def described(data: bytes) -> str:
    """What a file seems to be, in everyday words."""
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if data.startswith(_PROGRAMS) or head.startswith(_PROGRAMS):
        return _("program")
    if head.startswith(_MARKUP):
        return _("web page")
    if b"<svg" in head:
        return _("drawing that may contain scripts")
    if tables.is_text(data):
        return _("plain text")
    guess = filetype.guess(data[:8192])
    return _by_mime(guess.mime if guess else "")


def _by_mime(mime: str) -> str:
    broad = mime.partition("/")[0]
    if broad == "image":
        return _("picture of another kind")
    if broad in {"audio", "video"}:
        return _("recording")
    if mime in {"application/zip", "application/gzip", "application/x-tar"} or any(word in mime for word in ("rar", "7z", "bzip", "xz")):
        return _("packed archive")
    return _("unknown")
