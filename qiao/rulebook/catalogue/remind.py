"""When people are reminded of a last day (domain rules, chapter 15)."""

from django.utils.translation import gettext_lazy as _

from qiao.kernel.policy import Words
from qiao.rulebook.kinds import Choice, Choices, PeriodOf
from qiao.rulebook.ladder import RUNGS
from qiao.rulebook.periods import WORKING_DAYS

from .parameter import UNSETTLED, Parameter, period

LABEL = _("Reminders")

PRACTICE = _("No law settles this; common practice of handling units and congresses.")


def _ladder(key: str, label: Words, text: Words, default: list[str]) -> Parameter:
    return Parameter(key, "remind", Choices(RUNGS), label, text, default, PRACTICE)


PARAMETERS = [
    _ladder(
        "receipt_reminders", _("Reminders of the notice of receipt"),
        _("When the congress's staff are reminded to tell the deputy that a suggestion has been received."), ["1", "daily"],
    ),
    _ladder(
        "hand_over_reminders", _("Reminders of handing over"),
        _("When the congress's staff are reminded to hand over a suggestion."), ["3", "1", "daily"],
    ),
    _ladder(
        "sign_reminders", _("Reminders of signing for"),
        _("When the unit is reminded to sign for what was handed over; after the last day the congress's staff hear of it too."),
        ["1", "daily"],
    ),
    _ladder(
        "return_reminders", _("Reminders of the time for asking for return"),
        _("When the unit is reminded that the time for asking for return is ending."), ["0"],
    ),
    _ladder(
        "reassign_reminders", _("Reminders of assigning anew"),
        _("When the congress's staff are reminded to hand a returned suggestion to another unit."), ["3", "1", "daily"],
    ),
    _ladder(
        "objection_reminders", _("Reminders of an objection to the unit"),
        _("When the congress's staff are reminded to answer a deputy's objection to the unit."), ["3", "1", "daily"],
    ),
    _ladder(
        "contact_reminders", _("Reminders of the first contact"),
        _("When the unit is reminded to speak with the deputy; after the last day the congress's staff hear of it too."),
        ["5", "1", "after"],
    ),
    _ladder(
        "assist_reminders", _("Reminders of an assisting unit's opinion"),
        _("When an assisting unit is reminded of its opinion; from the last day on the lead unit and the congress's staff hear of it too."),
        ["7", "1", "0", "after"],
    ),
    _ladder(
        "reply_reminders", _("Reminders of the reply"),
        _(
            "When the unit's handler and the head who signs are reminded of the reply; "
            "after the last day the congress's staff hear of it too."
        ),
        ["30", "15", "7", "3", "1", "daily"],
    ),
    _ladder(
        "evaluation_reminders", _("Reminders of the evaluation"),
        _("When the lead deputy is reminded to evaluate the reply."), ["middle", "3", "after"],
    ),
    Parameter(
        "overdue_daily", "remind", PeriodOf(), _("Daily reminders: how long"),
        _("How long after a last day people are reminded every working day, where the rules say so; then once a week, until it is done."),
        period(10, WORKING_DAYS), UNSETTLED,
    ),
    Parameter(
        "overdue_escalates_to", "remind",
        Choice({"nobody": _("Nobody else"), "leaders": _("Everybody who sees all suggestions of the congress")}),
        _("Who hears of what stays overdue"),
        _("Who else is told with each weekly reminder, once the daily ones have not helped."), "leaders", UNSETTLED,
    ),
]  # fmt: skip
