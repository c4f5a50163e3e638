"""Everything that can be done to areas, congresses, organs and units."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.db.models import Model
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qiao.kernel import clock
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import Permit, operation
from qiao.kernel.policy import Actor, is_system, permission

from . import policy
from .codes import area_code
from .models import Area, Congress, Level, Organ, Unit
from .queries import nearest_area, nearest_congress
from .seed import Line

Made = TypeVar("Made", bound=Model)
install = permission("installation.manage", _("Set up areas and congresses"))


def _kept(made: Made) -> Made:
    made.full_clean()
    made.save()
    return made


@operation(Permit("area.add", install, _("Add an area")))
def add_area(parent: Area | None, *, actor: Actor, **facts: Any) -> Area:
    """Enter an area as it stands from ``valid_from`` on, below ``parent``."""
    return _kept(Area(parent=parent, **facts))


@operation(Permit("area.strike", is_system, _("Strike out an area entered by mistake")))
def strike_area(area: Area, *, actor: Actor) -> None:
    """Remove an area on which nothing stands. Raises ProtectedError where something does."""
    Area.objects.filter(pk=area.pk).delete()


@operation(Permit("area.load", install, _("Load the tree of areas")))
def load_areas(
    nation: Area, *, actor: Actor, tree: Iterable[Line], valid_from: dt.date, tell: Callable[[Level, dict[str, int]], None]
) -> None:
    """Bring the tree below the country to what was published for ``valid_from``; repeating it changes nothing.

    What has a new name ends on that day and is followed by a new row; what was loaded for a later day stays. In batches and
    with one line in the journal: the tree is one published table, not 44,703 decisions. ``tell`` hears of each level.
    """
    lines: dict[Level, list[Line]] = {}
    for line in tree:
        lines.setdefault(line.level, []).append(line)
    above = {nation.code: nation}
    for level in [each for each in Level if each in lines]:
        here = {area.code: area for area in Area.objects.filter(level=level, valid_to=None)}
        counts = _load_level(lines[level], here, above, valid_from)
        tell(level, counts)
        above = here


def _load_level(lines: list[Line], here: dict[str, Area], above: dict[str, Area], day: dt.date) -> dict[str, int]:
    """One level of the tree; ``here`` holds afterwards the areas as they stand from ``day`` on."""
    added, renamed, mended, same = [], [], [], 0
    for line in lines:
        old, parent = here.get(line.code), above[line.parent]
        new = Area(code=line.code, name=line.name, level=line.level, parent=parent, has_congress=line.has_congress, valid_from=day)
        if old is None:
            added.append(new)
        elif old.name != line.name and old.valid_from < day:
            renamed.append((old, new))
        elif old.valid_from <= day and _mended(old, new):
            mended.append(old)
            continue
        else:
            same += 1
            continue
        here[line.code] = new
    Area.objects.bulk_create(added + [new for _old, new in renamed], batch_size=5000)
    for old, new in renamed:
        old.valid_to, old.successor = day, new
    Area.objects.bulk_update([old for old, _new in renamed], ["valid_to", "successor"], batch_size=500)
    Area.objects.bulk_update(mended, ["name", "parent", "has_congress"], batch_size=500)
    return {"added": len(added), "renamed": len(renamed), "mended": len(mended), "same": same}


def _mended(old: Area, new: Area) -> bool:
    """Give a row that goes on the facts of the published one; whether that changed it."""
    before = (old.name, old.parent_id, old.has_congress)
    old.name, old.parent, old.has_congress = new.name, new.parent, new.has_congress
    return before != (old.name, old.parent_id, old.has_congress)


@operation(Permit("congress.add", install, _("Add a congress")))
def add_congress(area: Area, *, actor: Actor, **facts: Any) -> Congress:
    """Set up the congress of an area."""
    return _kept(Congress(area=area, level=area.level, **facts))


LEVELS = {2: Level.PROVINCE, 4: Level.PREFECTURE, 6: Level.COUNTY, 9: Level.TOWNSHIP}
"""The level of a place by the digits of its code."""


@operation(Permit("congress.found", policy.found, _("Enter a congress below")))
def found_congress(
    above: Congress | None, *, actor: Actor, code: str, area_name: str = "", name: str = "", short_name: str = ""
) -> Congress:
    """Set up the congress of the place with this code, below the one next above it; the first of an installation has none above it.

    The place is the one that the tree of areas knows; where it knows none, it is entered under ``area_name``. The names are made
    from the place's where they are not given.
    """
    code = area_code(code)
    if len(code) not in LEVELS or not code.isdecimal():
        raise Unfit(gettext("The code of a place has 2, 4, 6 or 9 digits."))
    if above and not (code.startswith(above.area.code) and code != above.area.code):
        raise Unfit(gettext("The code %(code)s does not lie in %(area)s.") % {"code": code, "area": above.area})
    lent = actor.lend("congress.found")
    area = Area.objects.filter(code=code, valid_to=None).first()
    if area is None:
        if not area_name.strip():
            raise Unfit(gettext("No area is known by the code %(code)s. Give its name; it is then entered with it.") % {"code": code})
        area = add_area(
            nearest_area(code), actor=lent, code=code, name=area_name.strip(), level=LEVELS[len(code)], valid_from=clock.today()
        )
    if not area.has_congress:
        raise Unfit(gettext("%(area)s is no place with a congress of its own.") % {"area": area})
    if Congress.objects.filter(area__code=code).exists():
        raise Unfit(gettext("%(area)s has its congress already.") % {"area": area})
    nearest = nearest_congress(code)
    if nearest and nearest != above:
        raise Unfit(
            gettext("A place with the code %(code)s comes next below %(congress)s: enter it there.") % {"code": code, "congress": nearest}
        )
    name, short_name = name.strip() or f"{area.name}人民代表大会", short_name.strip() or f"{area.name}人大"
    made: Congress = add_congress(area, actor=lent, superior=above, name=name, short_name=short_name)
    return made


@operation(Permit("congress.correct", policy.keep_directories, _("Correct the congress")))
def correct_congress(congress: Congress, *, actor: Actor, name: str, short_name: str) -> None:
    """Put the names of a congress right."""
    congress.name, congress.short_name = name, short_name


@operation(Permit("congress.strike", policy.found_below, _("Strike out a congress entered by mistake")))
def strike_congress(congress: Congress, *, actor: Actor) -> None:
    """Remove a congress to which nothing belongs. Raises ProtectedError where something does."""
    if congress.pk in actor.congresses:
        raise Unfit(gettext("Nobody strikes out the congress they act for."))
    Congress.objects.filter(pk=congress.pk).delete()


@operation(Permit("organ.add", policy.keep_directory, _("Add an organ")))
def add_organ(congress: Congress, *, actor: Actor, **facts: Any) -> Organ:
    """Enter an organ of the congress, or one answerable to it."""
    return _kept(Organ(congress=congress, **facts))


@operation(Permit("unit.add", policy.keep_directory, _("Add a handling unit")))
def add_unit(congress: Congress, *, actor: Actor, **facts: Any) -> Unit:
    """Enter a handling unit of the congress."""
    return _kept(Unit(congress=congress, **facts))


@operation(Permit("unit.correct", policy.keep_directory, _("Change a handling unit")))
def correct_unit(unit: Unit, *, actor: Actor, **facts: Any) -> None:
    """Change facts about a unit; only those given."""
    for name, value in facts.items():
        setattr(unit, name, value)


@operation(Permit("unit.close", policy.keep_directory, _("Close a handling unit")))
def close_unit(unit: Unit, *, actor: Actor, on: dt.date) -> None:
    """Let a unit end on a day: nothing is assigned to it from then on; what it has stays with it."""
    if on <= unit.active_from:
        raise Unfit(gettext("A unit must end after it begins."))
    unit.active_to = on


@operation(Permit("unit.strike", policy.keep_directory, _("Strike out a handling unit entered by mistake")))
def strike_unit(unit: Unit, *, actor: Actor) -> None:
    """Remove a unit to which nothing belongs. Raises ProtectedError where something does: such a unit is closed instead."""
    Unit.objects.filter(pk=unit.pk).delete()
