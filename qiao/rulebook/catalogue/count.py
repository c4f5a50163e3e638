"""How suggestions are numbered and days are counted."""

from django.utils.translation import gettext_lazy as _

from qiao.kernel.policy import Words
from qiao.rulebook.kinds import Choice, Choices, Pattern

from .parameter import UNSETTLED, Parameter

LABEL = _("Numbers and counting")

PAUSABLE: dict[str, Words] = {
    "receipt": _("Confirm receipt"), "hand_over": _("Hand over"), "sign": _("Sign for"), "return": _("Ask for return"),
    "reassign": _("Assign anew"), "contact": _("First contact with the deputy"), "objection": _("Answer the objection"),
    "assist": _("Give the opinion"), "redo": _("Give the opinion again"), "evaluation": _("Evaluate"),
}  # fmt: skip
"""The duties whose time may be paused at all, by the codes and in the words of the clocks: national law is silent on each."""

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
    Parameter(
        "pausable", "count", Choices(PAUSABLE), _("Time limits that may be paused"),
        _(
            "Which periods may be paused for a reason on record; the days of the pause are then not counted. What a unit owes the deputy, "
            "the reply and a second one, is not among them: national law sets its end and knows no pause, only the longer term."
        ),
        ["contact", "assist", "redo", "evaluation"], UNSETTLED,
    ),
    Parameter(
        "pause_by", "count", Choice({"assign": _("Whoever hands suggestions over"), "supervise": _("Whoever sees to their handling")}),
        _("Who pauses time limits"), _("Who in the congress's staff decides on a pause, and on its end."), "assign", UNSETTLED,
    ),
]  # fmt: skip
