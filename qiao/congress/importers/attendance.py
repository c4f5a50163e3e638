"""The table of attendance: who was there, sitting by sitting."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.imports import parsers
from qiao.imports.importer import Action, Cells, Field, Importer, RowPlan, declare
from qiao.kernel.policy import Actor
from qiao.orgs.models import Congress

from .. import operations
from ..models import Attendance, Leave, LeaveState, Mark, SheetState
from ..policy import keep_attendance_of

WORDS = {"到会": Mark.PRESENT, "缺席": Mark.ABSENT, "未到": Mark.ABSENT}
"""What offices write in the column, beside our own words for it."""

ATTENDANCE_COLUMNS = (
    Field(
        "sitting",
        gettext_lazy("Sitting"),
        parsers.words(60),
        required=True,
        example="第一次全体会议",
        also=("会议", "会次"),
        help=gettext_lazy("The name of a sitting whose sheet is being taken."),
    ),
    Field("card_no", gettext_lazy("Deputy card number"), parsers.words(20), required=True, example="990001", also=("证号", "代表证号")),
    Field("name", gettext_lazy("Name"), parsers.words(60), example="韩秋月", also=("姓名", "代表姓名")),
    Field(
        "mark",
        gettext_lazy("Attendance"),
        parsers.one_of(Mark.choices, WORDS),
        example="出席",
        also=("出席情况", "签到", "到会情况"),
        help=gettext_lazy("Present or absent. “On leave” needs a leave that was approved. If empty, nothing is recorded."),
    ),
)


@dataclass
class Sheets:
    """The lines of the sheets being taken, by sitting and card number, and who has leave."""

    lines: dict[tuple[str, str], Attendance]
    sittings: set[str]
    on_leave: set[tuple[int, int]]


def read_sheets(congress: Congress, rows: Cells, actor: Actor) -> Sheets:
    """What is being taken in the congress."""
    lines = Attendance.objects.filter(sitting__session__congress=congress, sitting__state=SheetState.OPEN)
    by_key = {(line.sitting.name, line.mandate.card_no): line for line in lines.select_related("sitting", "mandate__person")}
    granted = Leave.objects.filter(session__congress=congress, state=LeaveState.APPROVED)
    days = {(leave.mandate_id, leave.session_id): (leave.starts, leave.ends) for leave in granted}
    covered = {
        (line.sitting_id, line.mandate_id)
        for line in by_key.values()
        if (span := days.get((line.mandate_id, line.sitting.session_id))) and span[0] <= line.sitting.on <= span[1]
    }
    return Sheets(by_key, {sitting for sitting, _card in by_key}, covered)


def plan_line(plan: RowPlan, known: Sheets) -> None:
    """Whether a row fills in a line, changes one, or cannot be."""
    facts = plan.facts
    plan.label = f"{facts['sitting']} · {facts['card_no']}"
    if facts["sitting"] not in known.sittings:
        plan.refuse("sitting", _("No sheet of a sitting with this name is being taken."))
        return
    line = plan.target = known.lines.get((facts["sitting"], facts["card_no"]))
    if line is None:
        plan.refuse("card_no", _("No deputy with this card number is on the sheet."))
        return
    if "name" in facts and facts["name"] != line.mandate.person.name:
        plan.refuse("name", _("This card number is that of “%(name)s”.") % {"name": line.mandate.person.name})
        return
    if "mark" not in facts:
        return
    granted = (line.sitting_id, line.mandate_id) in known.on_leave
    if facts["mark"] == Mark.LEAVE and not granted:
        plan.refuse("mark", _("This deputy has no approved leave on the day. Enter the leave first."))
        return
    facts["mark"] = Mark.LEAVE if granted and facts["mark"] == Mark.ABSENT else facts["mark"]
    plan.compare({"mark": line.mark}, lambda _key, value: str(Mark(value).label) if value else _("Not recorded yet"))
    plan.action = Action.CHANGE if plan.changes else Action.SAME


def apply_line(plan: RowPlan, known: Sheets, actor: Actor) -> None:
    """Write one line of a sheet."""
    plan.made_other(plan.target, operations.mark_line(plan.target, actor=actor, mark=plan.facts["mark"]))


def dump_sheets(congress: Congress) -> Iterator[dict[str, str]]:
    """The lines of the sheets being taken."""
    lines = Attendance.objects.filter(sitting__session__congress=congress, sitting__state=SheetState.OPEN)
    for line in lines.select_related("sitting", "mandate__person").order_by("sitting__on", "sitting__part", "mandate__card_no").iterator():
        said = str(line.get_mark_display()) if line.mark else ""
        yield {"sitting": line.sitting.name, "card_no": line.mandate.card_no, "name": line.mandate.person.name, "mark": said}


def line_identity(facts: dict[str, Any]) -> dict[str, Any]:
    """A deputy stands once on a sheet."""
    return {"card_no": (facts.get("sitting"), facts["card_no"])} if "card_no" in facts else {}


declare(
    Importer(
        kind="attendance",
        label=gettext_lazy("Attendance"),
        about=gettext_lazy("Fills in the sheets of sittings that are being taken. A deputy is found by sitting and card number."),
        columns=ATTENDANCE_COLUMNS,
        rule=keep_attendance_of,
        context=read_sheets,
        plan=plan_line,
        apply=apply_line,
        identity=line_identity,
        back="congress:attendance",
        strike={},
        correct={"congress.Attendance": operations.mark_line},
        dump=dump_sheets,
    )
)
