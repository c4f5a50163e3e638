"""When people are reminded of a last day (domain rules, chapter 15)."""

from django.utils.translation import gettext_lazy as _

from qiao.kernel.policy import Words
from qiao.rulebook.kinds import Choices
from qiao.rulebook.ladder import RUNGS

from .parameter import Parameter

LABEL = _("Reminders")

PRACTICE = _("No law settles this; common practice of handling units and congresses.")


def _ladder(key: str, label: Words, text: Words, default: list[str]) -> Parameter:
    return Parameter(key, "remind", Choices(RUNGS), label, text, default, PRACTICE)


PARAMETERS = [
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
]  # fmt: skip
