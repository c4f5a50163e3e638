"""When the signers of a suggestion are not named, and to whom they are all the same (R3.63)."""

from django.utils.translation import gettext_lazy as _

from qiao.rulebook.kinds import Choice, Flag

from .parameter import PROTECTS, Parameter

LABEL = _("Confidentiality")

PARAMETERS = [
    Parameter(
        "confidential_on_request", "confide", Flag(), _("Confidential on request"),
        _(
            "Whether a suggestion becomes confidential as soon as its lead deputy asks for it. Otherwise the congress's staff decide; "
            "until then the signers are not named either."
        ),
        True, PROTECTS,
    ),
    Parameter(
        "confidential_handler", "confide", Flag(), _("A named person of the unit may read the names"),
        _("Whether the congress's staff may name one person of the handling unit who may read the names, each time for a reason."),
        False, PROTECTS,
    ),
    Parameter(
        "confidential_publication", "confide", Choice({"no": _("Not published"), "nameless": _("Published without names")}),
        _("Publication of what is confidential"), _("Whether the public may read a confidential suggestion without its signers' names."),
        "no", PROTECTS,
    ),
]  # fmt: skip
