"""The table of the congresses below one: a province sets up its cities, counties and townships from one file."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.imports import parsers
from qiao.imports.importer import Action, Cells, Field, Importer, RowPlan, declare
from qiao.kernel.errors import Unfit
from qiao.kernel.policy import Actor
from qiao.orgs import operations
from qiao.orgs.codes import area_code
from qiao.orgs.models import Area, Congress
from qiao.orgs.policy import found_below

from .words import shown

COLUMNS = (
    Field(
        "code",
        gettext_lazy("Area code"),
        parsers.words(9),
        required=True,
        example="990101",
        also=("区划代码", "代码", "行政区划代码"),
        help=gettext_lazy("Six digits, nine for a township. Those above stand before those below."),
    ),
    Field(
        "area_name",
        gettext_lazy("Name of the area"),
        parsers.words(60),
        example="桥东区",
        also=("行政区划", "地名", "区划名称"),
        help=gettext_lazy("Needed only where the directory of areas does not know the code."),
    ),
    Field(
        "name",
        gettext_lazy("Name of the congress"),
        parsers.words(80),
        example="桥东区人民代表大会",
        also=("人大名称", "名称"),
        help=gettext_lazy("If empty, made from the name of the area."),
    ),
    Field("short_name", gettext_lazy("Short name"), parsers.words(40), example="桥东区人大", also=("简称",)),
)
NAMES = ("name", "short_name")


@dataclass
class Below:
    """What the rows are compared with."""

    congress: Congress
    areas: dict[str, Area]
    congresses: dict[str, Congress]
    above: set[str]
    """The codes of the places around them that have a congress."""
    rows: dict[str, int]
    """In which row a place stands."""
    planned: set[str] = field(default_factory=set)
    """The places that rows so far will give a congress."""

    def next_above(self, code: str) -> str:
        """The smallest place around one that has a congress, or a row of its own here."""
        return max(around for around in _around(code) if around in self.above or around in self.rows)


def _around(code: str) -> list[str]:
    return [code[:digits] for digits in operations.LEVELS if digits < len(code)]


def read_below(congress: Congress, rows: Cells, actor: Actor) -> Below:
    """The areas and congresses that the rows name, and the congresses around them."""
    codes = {area_code(cells.get("code", "")): number for number, cells in reversed(rows)}
    around = {above for code in codes for above in _around(code)}
    areas = {area.code: area for area in Area.objects.filter(code__in=codes, valid_to=None)}
    known = {each.area.code: each for each in Congress.objects.filter(area__code__in=codes).select_related("area")}
    above = Congress.objects.filter(area__code__in=around).order_by().values_list("area__code", flat=True)
    return Below(congress, areas, known, above=set(above), rows=codes)


def plan_congress(plan: RowPlan, known: Below) -> None:
    """Whether a row sets up a congress, changes the names of one, or cannot be."""
    code = area_code(plan.facts["code"])
    above = known.congress.area.code
    area = known.areas.get(code)
    plan.label = plan.facts.get("name") or plan.facts.get("area_name") or (area.name if area else code)
    if not code.isdecimal() or len(code) not in operations.LEVELS:
        plan.refuse("code", _("The code of a place has 2, 4, 6 or 9 digits."))
    elif not (code.startswith(above) and code != above):
        plan.refuse("code", _("The code %(code)s does not lie in %(area)s.") % {"code": code, "area": known.congress.area})
    elif area and not area.has_congress:
        plan.refuse("code", _("%(area)s is no place with a congress of its own.") % {"area": area})
    elif area is None and "area_name" not in plan.facts:
        plan.refuse("area_name", _("No area is known by the code %(code)s. Give its name; it is then entered with it.") % {"code": code})
    elif congress := known.congresses.get(code):
        plan.target = congress
        plan.compare({key: getattr(congress, key) for key in NAMES}, shown)
        plan.action = Action.CHANGE if plan.changes else Action.SAME
    elif known.next_above(code) not in known.above | known.planned:
        plan.refuse("code", _no_above(code, known))
    else:
        plan.action = Action.ADD
        known.planned.add(code)


def _no_above(code: str, known: Below) -> str:
    return _("The congress next above it stands in row %(row)s, which is left out or comes later.") % {
        "row": known.rows[known.next_above(code)]
    }


def apply_congress(plan: RowPlan, known: Below, actor: Actor) -> None:
    """Set up, with its area where that is new, or correct one congress; it comes below the one that a row before may have set up."""
    if plan.action == Action.ADD:
        code = area_code(plan.facts["code"])
        above = Congress.objects.filter(area__code=known.next_above(code)).first()
        if above is None:
            raise Unfit(_no_above(code, known))
        made = operations.found_congress(above, actor=actor, **plan.facts)
        if code not in known.areas:
            plan.made_new(made.area)
        plan.made_new(made)
        return
    names = {key: plan.facts.get(key, getattr(plan.target, key)) for key in NAMES}
    plan.made_other(plan.target, operations.correct_congress(plan.target, actor=actor, **names))


def dump_congresses(congress: Congress) -> Iterator[dict[str, str]]:
    """The congresses below as rows of the table, those above first."""
    below = Congress.objects.filter(area__code__startswith=congress.area.code).exclude(pk=congress.pk).select_related("area")
    for each in below.order_by("area__code").iterator():
        yield {"code": each.area.gb_code, "area_name": each.area.name, "name": each.name, "short_name": each.short_name}


def identity(facts: dict[str, Any]) -> dict[str, Any]:
    """What may stand once in a table: a place, and a name."""
    return {"code": area_code(facts["code"])} | ({"name": facts["name"]} if "name" in facts else {})


declare(
    Importer(
        kind="congresses",
        label=gettext_lazy("Congresses below"),
        about=gettext_lazy(
            "Sets up the congresses below yours and corrects the names of those already there. One is found by its area code."
        ),
        columns=COLUMNS,
        rule=found_below,
        context=read_below,
        plan=plan_congress,
        apply=apply_congress,
        identity=identity,
        back="congress:congresses",
        strike={"orgs.Congress": operations.strike_congress, "orgs.Area": operations.strike_area},
        correct={"orgs.Congress": operations.correct_congress},
        dump=dump_congresses,
    )
)
