"""How suggestions are numbered and days are counted."""

from django.utils.translation import gettext_lazy as _

from qiao.rulebook.kinds import Choice, Pattern

from .parameter import UNSETTLED, Parameter

LABEL = _("Numbers and counting")

PARAMETERS = [
    Parameter(
        "number_pattern", "count", Pattern({"session": _("At a session"), "intersession": _("Between sessions")}),
        _("Numbers of suggestions"),
        _("How the number of a suggestion is written."), {"session": "第%d号", "intersession": "闭会第%d号"}, _("Common practice"),
    ),
    Parameter(
        "split_numbering", "count",
        Choice({
            "first_keeps": _("The first part keeps the old number"),
            "all_new": _("Each part gets a new number; the old one stays on record"),
        }),
        _("Numbers after a split"), _("What becomes of the number of a suggestion that is split into several."), "first_keeps", UNSETTLED,
    ),
    Parameter(
        "last_day_off", "count", Choice({"moves": _("Moves to the next working day"), "stays": _("Stays")}), _("Last day on a day off"),
        _("What happens when the last day of a period falls on a day off."), "moves", _("Civil Code, article 203, by analogy"),
    ),
]  # fmt: skip
