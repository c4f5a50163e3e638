"""The table of handling units."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.imports import parsers
from qiao.imports.importer import Action, Cells, Field, Importer, RowPlan, declare
from qiao.kernel import clock
from qiao.kernel.policy import Actor
from qiao.orgs import operations as orgs_operations
from qiao.orgs.codes import check_credit_code
from qiao.orgs.models import Congress, Organ, Unit
from qiao.orgs.policy import keep_directory

from .words import shown

UNIT_COLUMNS = (
    Field(
        "name",
        gettext_lazy("Name of the unit"),
        parsers.words(80),
        required=True,
        example="县教育局",
        also=("名称", "单位名称", "单位"),
        help=gettext_lazy("One name stands once in a congress; by it, or by the credit code, a unit is found again."),
    ),
    Field("short_name", gettext_lazy("Short name"), parsers.words(40), example="教育局", also=("简称",)),
    Field("field", gettext_lazy("Field of work"), parsers.words(200), example="教育", also=("职责领域", "工作领域", "职责")),
    Field(
        "organ",
        gettext_lazy("Belongs to"),
        parsers.words(80),
        example="县人民政府",
        also=("所属机关", "隶属", "系统"),
        help=gettext_lazy("An organ of the congress, by its name."),
    ),
    Field(
        "coordinator",
        gettext_lazy("Coordinating office"),
        parsers.words(80),
        example="县人民政府办公室",
        also=("协调机关", "归口单位", "分办单位"),
        help=gettext_lazy("The unit that dispatches to it, by its name; it must be there already."),
    ),
    Field(
        "credit_code",
        gettext_lazy("Unified social credit code"),
        parsers.checked(check_credit_code),
        also=("统一社会信用代码", "信用代码"),
        help=gettext_lazy("18 characters; may be empty."),
    ),
    Field("phone", gettext_lazy("Office telephone"), parsers.phone, example="0000-1234567", also=("办公电话", "联系电话", "电话")),
    Field(
        "active_from",
        gettext_lazy("Active from"),
        parsers.day,
        example="2021-12-20",
        also=("启用日期",),
        help=gettext_lazy("If empty, today."),
    ),
    Field(
        "active_to",
        gettext_lazy("Active to"),
        parsers.day,
        also=("停用日期",),
        help=gettext_lazy("From this day nothing is assigned to it."),
    ),
)
UNIT = ("name", "short_name", "field", "credit_code", "phone", "active_from", "active_to")


@dataclass
class Units:
    """What the rows of a table of units are compared with."""

    congress: Congress
    by_name: dict[str, Unit]
    by_code: dict[str, Unit]
    organs: dict[str, Organ]


def read_units(congress: Congress, rows: Cells, actor: Actor) -> Units:
    """The units and organs of the congress."""
    units = list(Unit.objects.filter(congress=congress).select_related("organ", "coordinator"))
    return Units(
        congress=congress,
        by_name={unit.name: unit for unit in units},
        by_code={unit.credit_code: unit for unit in units if unit.credit_code},
        organs={organ.name: organ for organ in Organ.objects.filter(congress=congress)},
    )


def plan_unit(plan: RowPlan, known: Units) -> None:
    """Whether a row enters a unit, changes the one found by credit code or name, or cannot be."""
    facts = plan.facts
    plan.label = facts["name"]
    if "organ" in facts and facts["organ"] not in known.organs:
        plan.refuse("organ", _("The congress has no organ “%(name)s”.") % {"name": facts["organ"]})
        return
    if "coordinator" in facts and facts["coordinator"] not in known.by_name:
        plan.refuse("coordinator", _("The congress has no unit “%(name)s”.") % {"name": facts["coordinator"]})
        return
    coded, named = known.by_code.get(facts.get("credit_code", "")), known.by_name.get(facts["name"])
    if coded and named and coded != named:
        plan.refuse("credit_code", _("This credit code is that of “%(name)s”.") % {"name": coded.name})
        return
    unit = plan.target = coded or named
    if unit is None:
        plan.action = Action.ADD
        starts = facts.setdefault("active_from", clock.today())
        ends = facts.get("active_to")
    else:
        plan.compare({key: getattr(unit, key) for key in UNIT} | _names(unit), shown)
        plan.action = Action.CHANGE if plan.changes else Action.SAME
        starts, ends = facts.get("active_from", unit.active_from), facts.get("active_to", unit.active_to)
    if ends and ends <= starts:
        plan.refuse("active_to", _("A unit must end after it begins."))


def apply_unit(plan: RowPlan, known: Units, actor: Actor) -> None:
    """Enter or change one unit by the operations of the directory."""
    adding = plan.action == Action.ADD
    given = {key: plan.facts[key] for key in UNIT if key in plan.facts and (adding or key in plan.changes)}
    named = plan.facts if adding else plan.changes
    if "organ" in named:
        given["organ"] = known.organs[plan.facts["organ"]]
    if "coordinator" in named:
        given["coordinator"] = known.by_name[plan.facts["coordinator"]]
    if adding:
        plan.made_new(orgs_operations.add_unit(known.congress, actor=actor, **given))
        return
    ends = given.pop("active_to", None)
    unit = orgs_operations.correct_unit(plan.target, actor=actor, **given) if given else plan.target
    if ends:
        unit = orgs_operations.close_unit(unit, actor=actor, on=ends)
    plan.made_other(plan.target, unit)


def dump_units(congress: Congress) -> Iterator[dict[str, str]]:
    """The units of the congress as rows of the table."""
    for unit in Unit.objects.filter(congress=congress).select_related("organ", "coordinator").order_by("name").iterator():
        yield {key: shown(key, getattr(unit, key)) for key in UNIT} | _names(unit)


def _names(unit: Unit) -> dict[str, str]:
    """What a unit belongs to, as a table names it."""
    return {"organ": unit.organ.name if unit.organ else "", "coordinator": unit.coordinator.name if unit.coordinator else ""}


def unit_identity(facts: dict[str, Any]) -> dict[str, Any]:
    """What may stand once in a table: a name, and a credit code."""
    return {key: facts[key] for key in ("name", "credit_code") if key in facts}


declare(
    Importer(
        kind="units",
        label=gettext_lazy("Handling units"),
        about=gettext_lazy("Enters handling units and changes those already there. A unit is found by its credit code or its name."),
        columns=UNIT_COLUMNS,
        rule=keep_directory,
        context=read_units,
        plan=plan_unit,
        apply=apply_unit,
        identity=unit_identity,
        back="congress:units",
        strike={"orgs.Unit": orgs_operations.strike_unit},
        correct={"orgs.Unit": orgs_operations.correct_unit},
        dump=dump_units,
    )
)
