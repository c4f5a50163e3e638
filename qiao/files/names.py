"""File names as they are kept and shown: no paths, nothing invisible, the ending of what the file truly is."""

import re
import unicodedata
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from .models import NAME_LIMIT, Kind

ENDINGS: dict[Kind, tuple[str, ...]] = {kind: (kind.value,) for kind in Kind} | {Kind.JPEG: ("jpg", "jpeg")}
"""The endings a kind may have; the first is given where another one stood."""
CLAIMS: dict[str, Kind] = {ending: kind for kind, endings in ENDINGS.items() for ending in endings}

_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_AWKWARD = re.compile(r'[<>:"|?*]')


def claim(name: str) -> Kind | None:
    """What a name says the file is."""
    return CLAIMS.get(PurePosixPath(name).suffix.removeprefix(".").lower())


def clean(name: str, kind: Kind) -> str:
    """The name a file is kept under: the last part of any path, visible characters, a true ending, at most 120 characters."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(c for c in last if unicodedata.category(c) not in _UNSEEN)
    tidy = " ".join(_AWKWARD.sub("_", seen).split()).strip(". ")
    stem, _dot, ending = tidy.rpartition(".")
    if ending.lower() not in CLAIMS:
        stem, ending = tidy, ""
    true = ending.lower() if ending.lower() in ENDINGS[kind] else ENDINGS[kind][0]
    stem = stem.strip(". ") or _("attachment")
    return f"{stem[: NAME_LIMIT - len(true) - 1].rstrip()}.{true}"
