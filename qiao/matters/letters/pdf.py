"""The papers as PDF, set by typst. What people typed reaches the forms as data and is never read as markup."""

import io
import json
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

import segno
import typst
from django.conf import settings
from django.utils.translation import gettext as _

from qiao.kernel.errors import Unfit

from .clocks import ClocksPaper
from .content import Letter, Paper
from .sheets import Sheet

FORMS = Path(__file__).parent
FAMILY = "Noto Serif SC"
WEIGHTS = {400, 700}


def letter_pdf(letter: Letter) -> bytes:
    """A letter of reply."""
    return _set("reply.typ", {**asdict(letter), "foot": letter.foot})


def paper_pdf(paper: Paper) -> bytes:
    """A suggestion's paper."""
    return _set("suggestion.typ", {**asdict(paper), "facts": paper.facts})


def clocks_pdf(paper: ClocksPaper) -> bytes:
    """All dates of a suggestion."""
    return _set("clocks.typ", asdict(paper))


def sheet_pdf(sheet: Sheet) -> bytes:
    """A form to fill in by hand, with its address as a picture to scan."""
    picture = io.BytesIO()
    segno.make(sheet.address, error="m").save(picture, kind="svg", border=1, xmldecl=False)
    return _set("sheet.typ", {**asdict(sheet), "draft": "", "picture": picture.getvalue().decode()})


def _set(form: str, data: dict[str, Any]) -> bytes:
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    made: bytes = typst.compile(
        FORMS / form, root=FORMS, font_paths=fonts(str(settings.FONTS)), ignore_system_fonts=True, sys_inputs=inputs
    )
    return made


@lru_cache(maxsize=1)
def fonts(folder: str) -> typst.Fonts:
    """The fonts the forms are set in; refuses if they are not there, for Chinese would come out as empty boxes."""
    found = typst.Fonts(include_system_fonts=False, font_paths=[folder] if Path(folder).is_dir() else [])
    if not {font.weight for font in found.fonts() if font.family == FAMILY} >= WEIGHTS:
        raise Unfit(_("The fonts for printed documents are missing. Please tell your administrator."), "letter.fonts")
    return found
