"""Leave from sessions."""

from django.utils.translation import gettext_lazy as _

from qiao.rulebook.kinds import Choice

from .parameter import UNSETTLED, Parameter

LABEL = _("Leave of deputies")

APPROVERS = {
    "delegation_head": _("The head of the deputy’s delegation"),
    "chair": _("A chair or vice-chair for whom the chairpersons’ meeting has decided so"),
    "chairs": _("The chairpersons’ meeting; in a township the presidium"),
    "standing_committee": _("The standing committee; in a township the presidium"),
}
"""Who lets a deputy stay away (R5.13)."""

PARAMETERS = [
    Parameter(
        "leave_approver_session", "deputies", Choice(APPROVERS), _("Leave from a whole session"),
        _("Who decides it. Whoever is away from two whole sessions without approval loses the mandate by law."),
        "chairs", UNSETTLED,
    ),
    Parameter(
        "leave_approver_days", "deputies", Choice(APPROVERS), _("Leave from days of a session"),
        _("Who decides on leave from a part of a session."), "delegation_head", UNSETTLED,
    ),
]  # fmt: skip
