"""The table of the congresses below one: a province sets up its cities, counties and townships from one file."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.imports import parsers
from qiao.imports.importer import Action, Cells, Field, Importer, RowPlan, declare
from qiao.kernel.policy import Actor
from qiao.orgs import operations
from qiao.orgs.codes import area_code
from qiao.orgs.models import Area, Congress
from qiao.orgs.policy import found_below
from qiao.orgs.queries import nearest_congress

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


def read_below(congress: Congress, rows: Cells, actor: Actor) -> Below:
    """The areas and congresses that the rows name."""
    codes = {area_code(cells.get("code", "")) for _number, cells in rows}
    areas = {area.code: area for area in Area.objects.filter(code__in=codes, valid_to=None)}
    known = {each.area.code: each for each in Congress.objects.filter(area__code__in=codes).select_related("area")}
    return Below(congress, areas, known)


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
    else:
        plan.action = Action.ADD


def apply_congress(plan: RowPlan, known: Below, actor: Actor) -> None:
    """Set up or correct one congress; what stands next above it is asked now, since a row before may have set that up."""
    if plan.action == Action.ADD:
        above = nearest_congress(area_code(plan.facts["code"])) or known.congress
        plan.made_new(operations.found_congress(above, actor=actor, **plan.facts))
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
        strike={"orgs.Congress": operations.strike_congress},
        correct={"orgs.Congress": operations.correct_congress},
        dump=dump_congresses,
    )
)
