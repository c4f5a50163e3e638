"""The parameters a congress may set, with the national default and the national limit of each.

Where national law is silent, a limit in time defaults to the longest that any regulation read has: nobody is late by a
rule that is not theirs. Other defaults are the ones that protect the deputy most. What no source settles is a parameter too.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qiao.kernel.errors import Unfit
from qiao.kernel.policy import Words

from .kinds import Choice, Choices, Flag, Kind, Pattern, PeriodOf, Scheme
from .periods import DAYS, MONTHS, WORKING_DAYS, Period
from .schemes import BASICALLY_SATISFIED, COMMON_REASONS, DIMENSIONS, DISSATISFIED, RATINGS, REASONS, RESULTS, SATISFIED

LAW = _("Deputies Law (2025), article 51")
SILENT = _("National law is silent; the longest limit found in a local regulation.")
PROTECTS = _("National law is silent; the rule that protects the deputy most.")
UNSETTLED = _("No source settles this; the congress decides.")


@dataclass(frozen=True)
class Limit:
    """How far a congress may go, and the article that says so."""

    most: Period
    article: Words


@dataclass(frozen=True)
class Parameter:
    """One thing that may differ between congresses; ``start_event`` is what starts the clock of a period."""

    key: str
    group: str
    kind: Kind
    label: Words
    help: Words
    default: Any
    source: Words
    start_event: str = ""
    limit: Limit | None = None

    @property
    def is_applied(self) -> bool:
        """Whether the product acts by it already, rather than only keeping it for the record."""
        return self.key not in NOT_APPLIED

    def check(self, value: Any) -> None:
        """Refuse a value of the wrong kind or beyond the national limit."""
        self.kind.check(value)
        if self.limit and not Period.from_json(value).never_exceeds(self.limit.most):
            raise Unfit(
                gettext("“%(label)s” may be at most %(limit)s. The limit is set by national law: %(article)s.")
                % {"label": self.label, "limit": self.limit.most, "article": self.limit.article}
            )

    def words(self, value: Any) -> list[str]:
        """A value as a reader of the rulebook sees it."""
        return self.kind.words(value)


NOT_APPLIED = frozenset({
    "return_from", "first_contact_limit", "signer_rank", "publish_policy",
})  # fmt: skip
"""Rules a congress can put on record whose steps the product does not have yet; the rulebook's page says so beside each.

``return_from``: what is handed over in the product is received the same day, so both choices come to the same.
"""

GROUPS: dict[str, Words] = {
    "entry": _("Submission and withdrawal"),
    "assign": _("Handing over and returning"),
    "reply": _("Handling and reply"),
    "evaluate": _("Evaluation and handling again"),
    "publish": _("Publication"),
    "count": _("Numbers and counting"),
    "access": _("Signing in"),
}


def _period(n: int, unit: str) -> dict[str, Any]:
    return Period(n, unit).to_json()


_ENTRY = [
    Parameter(
        "require_signed_paper", "entry", Flag(), _("Signed paper original"),
        _("Whether a suggestion is registered only when its paper original, signed by hand, has been received."),
        False, _("National law does not ask for it."),
    ),
    Parameter(
        "receipt_notice_limit", "entry", PeriodOf(), _("Time for the notice of receipt"),
        _("Within what time the deputy is told that a suggestion made between sessions has been received."),
        _period(7, DAYS), SILENT, "submitted",
    ),
    Parameter(
        "rejection_reasons", "entry", Scheme(), _("Reasons for not accepting"),
        _("The reasons for which something may be refused as a suggestion. The deputy always hears the reason."),
        [REASONS[code] for code in COMMON_REASONS], _("National law is silent; the reasons most regulations share."),
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

_ASSIGN = [
    Parameter(
        "assign_decider", "assign",
        Choice({
            "secretariat": _("The secretariat of the session"), "deputy_affairs": _("The deputy-affairs committee"),
            "chairpersons": _("The chairpersons' meeting"), "joint": _("Jointly with the government's general office"),
        }),
        _("Who decides on handing over"), _("Who decides which unit a suggestion made between sessions is handed to."),
        "deputy_affairs", LAW,
    ),
    Parameter(
        "intersession_assign_limit", "assign", PeriodOf(), _("Time for handing over between sessions"),
        _("Within what time a suggestion made between sessions is handed over."), _period(10, WORKING_DAYS), SILENT, "submitted",
    ),
    Parameter(
        "sign_limit", "assign", PeriodOf(), _("Time for signing for receipt"),
        _("Within what time the unit signs for what was handed over to it."), _period(7, DAYS), SILENT, "assigned",
    ),
    Parameter(
        "return_limit", "assign", PeriodOf(), _("Time for asking for return"),
        _("Within what time a unit that is not competent may ask to return a suggestion, with reasons."), _period(10, WORKING_DAYS), SILENT,
    ),
    Parameter(
        "return_from", "assign", Choice({"received": _("The day of signing for"), "assigned": _("The day of handing over")}),
        _("Time for asking for return: counted from"), _("The day from which the time for asking for return is counted."),
        "received", SILENT,
    ),
    Parameter(
        "clock_on_reassign", "assign", Choice({"restart": _("Starts again"), "original": _("Goes on")}),
        _("Clock of the reply after reassignment"),
        _("Whether the time for the reply starts again when another unit is given the suggestion."), "restart", UNSETTLED,
    ),
]  # fmt: skip

_REPLY = [
    Parameter(
        "first_contact_limit", "reply", PeriodOf(), _("Time for the first contact"),
        _("Within what time the unit first speaks with the deputy."), _period(20, WORKING_DAYS), SILENT, "received",
    ),
    Parameter(
        "contact_required", "reply", Flag(), _("Contact before the reply"),
        _("Whether a reply can be issued only when at least one contact with the deputy has been recorded."), True, LAW,
    ),
    Parameter(
        "assist_limit", "reply", PeriodOf(), _("Time for the opinion of an assisting unit"),
        _("Within what time an assisting unit gives its opinion to the lead unit."), _period(2, MONTHS), SILENT, "assigned",
    ),
    Parameter(
        "assist_redo_limit", "reply", PeriodOf(), _("Time for an opinion that must be redone"),
        _("Within what time an assisting unit gives an opinion again that the lead unit has sent back."), _period(5, WORKING_DAYS),
        SILENT, "sent_back",
    ),
    Parameter(
        "reply_limit", "reply", PeriodOf(), _("Time for the reply"),
        _("Within what time the unit answers the deputy."), _period(3, MONTHS), LAW, "assigned", Limit(Period(3, MONTHS), LAW),
    ),
    Parameter(
        "reply_limit_long", "reply", PeriodOf(), _("Time for the reply to wide-ranging or difficult suggestions"),
        _("Within what time, also counted from the day of handing over, the unit answers what is wide-ranging or difficult."),
        _period(6, MONTHS), LAW, "assigned", Limit(Period(6, MONTHS), LAW),
    ),
    Parameter(
        "extension_consent", "reply", Flag(), _("Consent to the long term"),
        _("Whether the longer time for the reply needs the consent of whoever handed the suggestion over."), True, PROTECTS,
    ),
    Parameter(
        "result_scheme", "reply",
        Scheme(flags={
            "creates_commitment": _("creates a commitment"), "requires_due_date": _("needs a date"),
            "counts_as_resolved": _("counts as resolved"),
        }),
        _("Classes of results"),
        _("What a reply may say it has come to, and what follows: a commitment, a date, whether it counts as resolved."),
        RESULTS, _("Practice of the National People's Congress"),
    ),
    Parameter(
        "signer_rank", "reply",
        Choice({"head": _("A responsible head"), "principal_head": _("The principal head"), "deputy_head": _("The deputy head in charge")}),
        _("Who signs the reply"), _("The rank of the person in the unit who signs the reply."), "head", UNSETTLED,
    ),
    Parameter(
        "cosigner_reply", "reply",
        Choice({
            "each": _("Each signer is answered"), "lead_forwards_with_consent": _("The lead deputy passes it on, having agreed to do so"),
            "lead_only": _("Only the lead deputy is answered"),
        }),
        _("Reply to joint signers"), _("How those who signed jointly receive the reply."), "each", PROTECTS,
    ),
]  # fmt: skip

_EVALUATE = [
    Parameter(
        "evaluation_limit", "evaluate", PeriodOf(), _("Time for the evaluation"),
        _("Within what time the deputy evaluates the reply."), _period(20, WORKING_DAYS), SILENT, "replied",
    ),
    Parameter(
        "evaluation_dimensions", "evaluate", Scheme(), _("What is evaluated"),
        _("The points that the deputy rates one by one."), [DIMENSIONS["result"]],
        _("National law is silent; most regulations ask for one rating."),
    ),
    Parameter(
        "evaluation_scale", "evaluate", Scheme(fixed=frozenset({SATISFIED, BASICALLY_SATISFIED, DISSATISFIED})), _("Ratings"),
        _("How the three ratings are worded."), RATINGS, _("Common to all regulations read."),
    ),
    Parameter(
        "reason_required_on", "evaluate",
        Choices({SATISFIED: _("Satisfied"), BASICALLY_SATISFIED: _("Basically satisfied"), DISSATISFIED: _("Dissatisfied")}),
        _("Reason required with"), _("The ratings that the deputy must give a reason for."), [DISSATISFIED],
        _("National law is silent; common to the regulations that say anything."),
    ),
    Parameter(
        "seal_until", "evaluate",
        Choice({
            "window_end": _("Until the deputy's time to evaluate is over"), "staff_opens": _("Until the congress's staff open it"),
            "none": _("Not sealed"),
        }),
        _("Seal on the evaluation"),
        _("How long the unit learns nothing of the rating, and nothing follows from it yet; dissatisfaction can be opened earlier."),
        "window_end", PROTECTS,
    ),
    Parameter(
        "silence_policy", "evaluate",
        Choice({"exclude": _("Left out of the figures"), "pending": _("Stays open"), "satisfied": _("Counted as satisfied")}),
        _("No evaluation in time"), _("How a suggestion is counted whose reply the deputy has not evaluated in time."), "exclude", PROTECTS,
    ),
    Parameter(
        "rehandle_auto", "evaluate", Flag(), _("Handled again without a decision"),
        _("Whether a rating of “dissatisfied” by itself obliges the unit to handle the suggestion again; otherwise staff decide."),
        True, _("Rules of Procedure of the National People's Congress (2021), article 32, by analogy"),
    ),
    Parameter(
        "rehandle_limit", "evaluate", PeriodOf(), _("Time for the second reply"),
        _("Within what time the unit answers again after the deputy was dissatisfied."), _period(3, MONTHS), SILENT, "dissatisfied",
    ),
    Parameter(
        "max_rehandle", "evaluate", Choice({"1": _("Once"), "2": _("Twice"), "3": _("Three times"), "unlimited": _("As often as needed")}),
        _("How often it is simply handled again"),
        _("After so many times staff take it to deliberation, or close it with an explanation, instead of ordering it once more."),
        "unlimited", PROTECTS,
    ),
    Parameter(
        "second_dissatisfied_action", "evaluate",
        Choices({
            "expert_assessment": _("Expert assessment"), "joint_meeting": _("Joint meeting of deputy and unit"),
            "committee_opinion": _("Opinion of the deputy-affairs committee"), "close_explained": _("Close with an explanation"),
        }),
        _("After a second dissatisfaction"),
        _("What may follow when the deputy is dissatisfied with a second or later reply, beside having it handled again."),
        ["expert_assessment", "joint_meeting", "committee_opinion", "close_explained"], UNSETTLED,
    ),
]  # fmt: skip

_PUBLISH = [
    Parameter(
        "publish_policy", "publish",
        Choice({"must": _("Published, unless the law forbids it"), "may_with_consent": _("May be published with consent")}),
        _("Publication of suggestions and replies"), _("Whether texts are published as a rule, or only where those concerned agree."),
        "may_with_consent", _("National law makes only the report on handling public; the more careful rule."),
    ),
    Parameter(
        "deputy_consent_needed", "publish", Flag(), _("Consent of the deputy"),
        _("Whether a suggestion is published only when its lead deputy agrees."), True, PROTECTS,
    ),
]  # fmt: skip

_COUNT = [
    Parameter(
        "number_pattern", "count", Pattern({"session": _("At a session"), "intersession": _("Between sessions")}),
        _("Numbers of suggestions"),
        _("How the number of a suggestion is written."), {"session": "第%d号", "intersession": "闭会第%d号"}, _("Common practice"),
    ),
    Parameter(
        "last_day_off", "count", Choice({"moves": _("Moves to the next working day"), "stays": _("Stays")}), _("Last day on a day off"),
        _("What happens when the last day of a period falls on a day off."), "moves", _("Civil Code, article 203, by analogy"),
    ),
]  # fmt: skip

_ACCESS = [
    Parameter(
        "second_factor_required", "access",
        Choices({
            "deputy": _("Deputies"), "deputy_affairs": _("Deputy-affairs staff"), "leader": _("Leaders"),
            "unit_liaison": _("Liaisons of units"), "unit_handler": _("Handlers of units"), "unit_signer": _("Signers of units"),
            "sysadmin": _("System administrators"), "secadmin": _("Security administrators"), "auditadmin": _("Audit administrators"),
        }),
        _("Second factor required"),
        _("Who must confirm their sign-in by a code of their telephone besides the password."),
        [], _("GB/T 22239-2019, 8.1.4.1, asks for two factors at level 3; the congress decides for whom."),
    ),
]  # fmt: skip

CATALOGUE: dict[str, Parameter] = {p.key: p for p in [*_ENTRY, *_ASSIGN, *_REPLY, *_EVALUATE, *_PUBLISH, *_COUNT, *_ACCESS]}
