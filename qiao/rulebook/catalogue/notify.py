"""When people are reached outside the product (chapter 15)."""

from django.utils.translation import gettext_lazy as _

from qiao.rulebook.kinds import Choice

from .parameter import UNSETTLED, Parameter

LABEL = _("Notices")

PARAMETERS = [
    Parameter(
        "quiet_hours", "notify",
        Choice({
            "none": _("None"), "20-8": _("20:00 to 8:00"), "21-8": _("21:00 to 8:00"), "21-7": _("21:00 to 7:00"),
            "22-8": _("22:00 to 8:00"), "22-7": _("22:00 to 7:00"), "22-6": _("22:00 to 6:00"),
        }),
        _("Quiet hours"),
        _("When nobody is reached by e-mail or telephone; what is sent then waits for the morning. Each person may choose otherwise."),
        "21-8", UNSETTLED,
    ),
]  # fmt: skip
