"""Where a place lies, what lies in it, and the line of congresses above and below one."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from qiao.kernel.policy import Actor

from .models import Area, Congress, Level
from .seed import NATION

DIGITS = (2, 4, 6)


def nation() -> Area | None:
    """The country itself, at the root of the tree; nothing before the areas are loaded."""
    return Area.objects.filter(level=Level.NATION, code=NATION, valid_to=None).first()


def lying_around(area: Area, day: dt.date, actor: Actor) -> list[Area]:
    """The areas a place lies in on a day, largest first: the crumbs above it."""
    codes = [area.code[:n] for n in DIGITS if n < len(area.code)]
    return list(Area.objects.visible_to(actor).on(day).filter(code__in=codes).order_by("code"))


def areas_below(area: Area | None, day: dt.date, actor: Actor, *, everywhere: bool = False) -> QuerySet[Area]:
    """What lies directly in a place on a day, or ``everywhere`` in it; without a place, the provinces or the country."""
    rows = Area.objects.visible_to(actor).on(day).exclude(level=Level.NATION)
    if area and area.level != Level.NATION:
        rows = rows.within(area).exclude(pk=area.pk) if everywhere else rows.filter(parent__code=area.code)
    elif not everywhere:
        rows = rows.filter(level=Level.PROVINCE)
    parts = Area.objects.on(day).filter(parent=OuterRef("pk")).order_by().values("parent").annotate(n=Count("pk")).values("n")
    found: QuerySet[Area] = rows.select_related("congress").annotate(parts=Coalesce(Subquery(parts), 0))
    return found


def found_areas(rows: QuerySet[Area], words: str) -> QuerySet[Area]:
    """Areas whose code begins with what was typed, or whose name holds it; six digits may end in the zeros of GB/T 2260."""
    if words.isdecimal():
        stem = words[:6].rstrip("0") if len(words) == 6 else words  # noqa: PLR2004
        return rows.filter(Q(code__startswith=words) | Q(code__in=_padded(stem)))
    return rows.filter(name__contains=words)


def _padded(stem: str) -> Iterable[str]:
    """The codes without padding that a stem without its zeros can stand for: ``11`` → ``11``; ``1301`` → ``1301``; ``13`` and ``130``."""
    return [stem.ljust(n, "0") for n in DIGITS if len(stem) <= n < len(stem) + 2] if stem else []


def nearest_area(code: str) -> Area | None:
    """The smallest area in force in which a place of this code lies; the country, where it is known and nothing smaller is."""
    around = Area.objects.filter(code__in=[NATION, *[code[:n] for n in DIGITS if n < len(code)]], valid_to=None)
    return max(around, key=lambda area: len(area.code) if area.code != NATION else 0, default=None)


def nearest_congress(code: str) -> Congress | None:
    """The congress next above a place of this code, as the codes say."""
    above = Congress.objects.filter(area__code__in=[code[:n] for n in DIGITS if n < len(code)]).select_related("area")
    return max(above, key=lambda congress: len(congress.area.code), default=None)


def congresses_above(congress: Congress) -> list[Congress]:
    """The line of congresses above one, the highest first (R2.2: data, not levels)."""
    line = Congress.objects.select_related("superior__superior__superior__superior").get(pk=congress.pk)
    above: list[Congress] = []
    while line.superior:
        above.insert(0, line.superior)
        line = line.superior
    return above


def congresses_below(congress: Congress, actor: Actor) -> QuerySet[Congress]:
    """The congresses directly below one."""
    return Congress.objects.visible_to(actor).filter(superior=congress).select_related("area").order_by("area__code")
