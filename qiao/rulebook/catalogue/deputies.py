"""Leave from sessions, and groups of deputies."""

from django.utils.translation import gettext_lazy as _

from qiao.rulebook.kinds import Choice, Flag

from .parameter import UNSETTLED, Parameter

LABEL = _("Leave and groups of deputies")

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
    Parameter(
        "one_deputy_group", "deputies", Flag(), _("One deputy group for each deputy"),
        _("Whether a deputy belongs to one deputy group only. Professional groups come beside it, as many as there are fields."),
        True, _("National law is silent; so in Beijing and Shanghai."),
    ),
]  # fmt: skip
