"""When people are reached outside the product (chapter 15)."""

from django.utils.translation import gettext_lazy as _

from qiao.rulebook.kinds import Choice, Choices

from .parameter import PROTECTS, UNSETTLED, Parameter

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
    Parameter(
        "outside_channels", "notify",
        Choices({"sms": _("Text messages"), "wecom": _("WeCom"), "dingtalk": _("DingTalk"), "feishu": _("Feishu")}),
        _("Ways besides e-mail"),
        _("By which of these the people of the congress may let themselves be reached, where the installation has them."),
        ["sms", "wecom", "dingtalk", "feishu"], UNSETTLED,
    ),
    Parameter(
        "outside_words", "notify",
        Choice({"kind": _("Only what kind of thing has happened"), "title": _("The title of the notice")}),
        _("What such a message says"),
        _(
            "It passes through the hands of others than the congress. A title names units and deputies, never the matter of a suggestion; "
            "the text never leaves."
        ),
        "kind", PROTECTS,
    ),
]  # fmt: skip
