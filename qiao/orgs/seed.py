"""Reads the published tree of administrative divisions: four files, each line checked before anything is written."""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from qiao.kernel.errors import Unfit

from .models import Level

DEMONSTRATION = "99"
"""No province has this code; the demonstration's invented one stands under it and is never read from a file."""
NATION = "0"
"""The code of the country itself, which the published files leave out."""


@dataclass(frozen=True)
class Line:
    """One area as a file has it: its code begins with its parent's."""

    code: str
    name: str
    level: Level
    parent: str
    has_congress: bool


@dataclass(frozen=True)
class _File:
    """One file of the tree: its name, what it holds, and where a line names what it lies in."""

    name: str
    level: Level
    digits: int
    parent: str


FILES = [
    _File("provinces.json", Level.PROVINCE, 2, ""),
    _File("cities.json", Level.PREFECTURE, 4, "provinceCode"),
    _File("areas.json", Level.COUNTY, 6, "cityCode"),
    _File("streets.csv", Level.TOWNSHIP, 9, "areaCode"),
]
NO_PREFECTURE = re.compile(r"^(市辖区|县)$|直辖县级|(地区|盟)$")
"""市辖区, 县 and 省直辖县级行政区划 only hold counties together; a 地区 or 盟 is an agency of the province (地方组织法 §85)."""
TOWNSHIP = re.compile(r"(乡|镇|苏木)$")
"""A 乡, 民族乡, 镇 or 苏木 elects a congress (R2.1). What else stands at this level has none: 街道, 地区, 办事处, 管委会,
开发区, 园区, and the farms, forests and prisons that statistics count as townships (R2.5)."""


def has_congress(level: Level, code: str, name: str, parent_name: str) -> bool:
    """Whether an area has a people's congress, judged by its code and name.

    A rule of thumb: the files do not say. County codes ending in 71–79 are development zones that exist for statistics
    alone; a county named like its prefecture (东莞市, 中山市, 儋州市, 嘉峪关市) only stands for the missing tier.
    """
    if level == Level.PREFECTURE:
        return not NO_PREFECTURE.search(name)
    if level == Level.COUNTY:
        return code[4] != "7" and name != parent_name and name[-1] in "县市区旗"
    return level != Level.TOWNSHIP or bool(TOWNSHIP.search(name))


def read_tree(folder: Path) -> list[Line]:
    """All areas of the four files, from the provinces down; Unfit names the file and the row that is wrong."""
    if not folder.is_dir():
        raise Unfit(_("There is no folder “%(folder)s”.") % {"folder": folder})
    tree: dict[str, Line] = {}
    for file in FILES:
        for number, row in _rows(folder / file.name):
            line = _line(file, number, row, tree)
            tree[line.code] = line
    return list(tree.values())


def _rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows of a file, numbered as an editor (CSV) or a list (JSON) numbers them."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        if path.suffix == ".csv":
            yield from enumerate(csv.DictReader(io.StringIO(text)), start=2)
            return
        rows = json.loads(text)
        if not isinstance(rows, list):
            raise ValueError("not a list")
    except (OSError, ValueError, csv.Error) as error:
        raise Unfit(_("“%(file)s” is missing or cannot be read: %(error)s") % {"file": path.name, "error": error}) from error
    yield from enumerate(rows, start=1)


def _line(file: _File, number: int, row: Any, tree: dict[str, Line]) -> Line:
    """One row, checked against what has been read before it."""
    row = row if isinstance(row, dict) else {}
    code, name = str(row.get("code") or "").strip(), str(row.get("name") or "").strip()
    parent = str(row.get(file.parent) or "").strip() if file.parent else ""
    wrong = _fault(file, code, name, parent, tree)
    if wrong:
        said = _("“%(file)s”, row %(row)s: %(wrong)s")
        raise Unfit(said % {"file": file.name, "row": number, "wrong": wrong})
    above = tree[parent].name if parent else ""
    return Line(code, name, file.level, parent or NATION, has_congress(file.level, code, name, above))


def _fault(file: _File, code: str, name: str, parent: str, tree: dict[str, Line]) -> str:
    """What is wrong with a row, in a sentence; empty when nothing is."""
    if not (code.isdecimal() and len(code) == file.digits):
        return _("The code “%(code)s” must have %(digits)s digits.") % {"code": code, "digits": file.digits}
    if code.startswith(DEMONSTRATION):
        return _("Codes beginning with %(code)s are kept for the demonstration.") % {"code": DEMONSTRATION}
    if not name or len(name) > 60:  # noqa: PLR2004
        return _("The name must have 1 to 60 characters.")
    if code in tree:
        return _("The code %(code)s stands there twice.") % {"code": code}
    if file.parent and (parent not in tree or not code.startswith(parent)):
        return _("The area %(code)s must lie in one named before it, not in “%(parent)s”.") % {"code": code, "parent": parent}
    return ""
