"""What is asked of a suggestion before it is registered, and how it is withdrawn."""

from django.utils.translation import gettext_lazy as _

from qiao.rulebook.kinds import Choice, Choices, Flag, PeriodOf, Scheme
from qiao.rulebook.periods import DAYS
from qiao.rulebook.schemes import COMMON_REASONS, REASONS

from .parameter import PROTECTS, SILENT, Parameter, period

LABEL = _("Submission and withdrawal")

SILENT_ON_UNSUITABLE = _("National law is silent; common to the regulations read.")

PARAMETERS = [
    Parameter(
        "require_signed_paper", "entry", Flag(), _("Signed paper original"),
        _("Whether a suggestion is registered only when its paper original, signed by hand, has been received."),
        False, _("National law does not ask for it."),
    ),
    Parameter(
        "delegation_precheck", "entry", Flag(), _("Check by the delegation"),
        _("Whether a suggestion made in a session goes first to the staff of the deputy's delegation, who check it and pass it on."),
        False, _("National law does not ask for it."),
    ),
    Parameter(
        "allow_delegation_suggestion", "entry", Flag(), _("Suggestions of delegations"),
        _("Whether a delegation may put a suggestion forward as a whole, in session and signed by its head."),
        False, _("National law speaks of deputies; the National People's Congress and some regulations know suggestions of delegations."),
    ),
    Parameter(
        "delegation_rule", "entry",
        Choice({"full_discussion": _("Discussed by the whole delegation"), "majority": _("More than half of its deputies in favour")}),
        _("Before a delegation's suggestion"),
        _("What must be on record before a delegation's suggestion is submitted; more must be in favour than against in either case."),
        "full_discussion", _("National law is silent; the rule of Chongqing."),
    ),
    Parameter(
        "receipt_notice_limit", "entry", PeriodOf(), _("Time for the notice of receipt"),
        _("Within what time the deputy is told that a suggestion made between sessions has been received."),
        period(7, DAYS), SILENT, "submitted",
    ),
    Parameter(
        "rejection_reasons", "entry", Scheme(), _("Reasons for not accepting"),
        _("The reasons for which something may be refused as a suggestion. The deputy always hears the reason."),
        [REASONS[code] for code in COMMON_REASONS], _("National law is silent; the reasons most regulations share."),
    ),
    Parameter(
        "unsuitable_action", "entry",
        Choices({
            "not_accepted": _("Not accepted; it ends there"), "as_letter": _("Treated as a letter"),
            "as_reference": _("Passed to a unit as a reference for its work"),
        }),
        _("What is no suggestion"),
        _("What may become of something that cannot be accepted as a suggestion, beside returning it to be mended."),
        ["not_accepted"], SILENT_ON_UNSUITABLE,
    ),
    Parameter(
        "withdrawal_until", "entry", Choice({"before_assign": _("Until it is handed over"), "any": _("At any time")}),
        _("Withdrawal possible"), _("Until when a suggestion may be withdrawn; handling then stops at once."), "any", PROTECTS,
    ),
    Parameter(
        "withdrawal_rule", "entry",
        Choice({"lead": _("The lead deputy alone"), "unanimous": _("All who signed"), "majority": _("More than half of those who signed")}),
        _("Who withdraws"), _("Whose agreement the withdrawal of a jointly signed suggestion needs."), "unanimous", PROTECTS,
    ),
]  # fmt: skip
