"""The lists of attendance and leave."""

import dataclasses

from django.utils.translation import gettext_lazy

from qiao.ui.listing import Column, Listing

from ..forms import (
    FiguresFilter,
    LeaveFilter,
    SheetFilter,
)
from ..forms.attendance import UNMARKED
from ..models import Session
from .parts import deputies_named, holders_named, where

SHEET = Listing(
    name="attendance",
    columns=[
        Column("card_no", gettext_lazy("Deputy card number"), lambda line: line.mandate.card_no, ("mandate__card_no",)),
        Column("name", gettext_lazy("Name"), lambda line: line.mandate.person.name, ("mandate__person__pinyin", "mandate__person__name")),
        Column("delegation", gettext_lazy("Delegation"), lambda line: line.mandate.delegation, ("mandate__delegation", "mandate__card_no")),
        Column("mark", gettext_lazy("Attendance"), lambda line: line.get_mark_display(), ("mark", "mandate__card_no")),
    ],
    filters=SheetFilter,
    narrow={
        "q": holders_named,
        "delegation": where("mandate__delegation"),
        "mark": lambda rows, value: rows.filter(mark="" if value == UNMARKED else value),
    },
    order="delegation",
    per_page=100,
)
"""The lines of one sheet, as they sit: by delegation."""


PRINTED_SHEET = dataclasses.replace(SHEET, per_page=3000)
"""The same on paper: as many as the largest congress has deputies (R2.7)."""


def figures_list(counted: dict[int, list[Session]]) -> Listing:
    """How often each deputy of a term was there; ``counted`` are the whole sessions missed without approval, by mandate."""
    return Listing(
        name="attendance-of-deputies",
        columns=[
            Column("card_no", gettext_lazy("Deputy card number"), lambda m: m.card_no, ("card_no",)),
            Column("name", gettext_lazy("Name"), lambda m: m.person.name, ("person__pinyin", "person__name")),
            Column("delegation", gettext_lazy("Delegation"), lambda m: m.delegation, ("delegation__name",)),
            Column("expected", gettext_lazy("Sittings"), lambda m: m.expected, ("expected",)),
            Column("present", gettext_lazy("Present"), lambda m: m.present, ("present",)),
            Column("on_leave", gettext_lazy("On leave"), lambda m: m.on_leave, ("on_leave",)),
            Column("absent", gettext_lazy("Absent without approval"), lambda m: m.absent, ("absent",)),
            Column(
                "sessions",
                gettext_lazy("Whole sessions absent without approval"),
                lambda m: "、".join(str(each) for each in counted.get(m.pk, [])),
            ),
        ],
        filters=FiguresFilter,
        narrow={
            "q": deputies_named,
            "delegation": where("delegation"),
            "sessions": lambda rows, least: rows.filter(pk__in=[pk for pk, each in counted.items() if len(each) >= int(least)]),
        },
        order="-absent",
        per_page=50,
    )


LEAVES = Listing(
    name="leaves",
    columns=[
        Column("name", gettext_lazy("Name"), lambda leave: leave.mandate.person.name, ("mandate__person__pinyin", "mandate__person__name")),
        Column("delegation", gettext_lazy("Delegation"), lambda leave: leave.mandate.delegation, ("mandate__delegation__name",)),
        Column("session", gettext_lazy("Session"), lambda leave: leave.session),
        Column("starts", gettext_lazy("First day"), lambda leave: leave.starts, ("starts",)),
        Column("ends", gettext_lazy("Last day"), lambda leave: leave.ends, ("ends",)),
        Column("ground", gettext_lazy("Ground"), lambda leave: leave.get_ground_display()),
        Column("state", gettext_lazy("State"), lambda leave: leave.get_state_display(), ("waits", "-starts")),
    ],
    filters=LeaveFilter,
    narrow={"q": holders_named, "state": where("state"), "ground": where("ground")},
    order="state",
)
"""Those that wait for a decision first."""
