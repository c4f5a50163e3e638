"""How deputies rate a reply, and what follows when they are dissatisfied."""

from django.utils.translation import gettext_lazy as _

from qiao.rulebook.kinds import Choice, Choices, Flag, PeriodOf, Scheme
from qiao.rulebook.periods import MONTHS, WORKING_DAYS
from qiao.rulebook.schemes import BASICALLY_SATISFIED, DIMENSIONS, DISSATISFIED, RATINGS, SATISFIED

from .parameter import PROTECTS, SILENT, UNSETTLED, Parameter, period

LABEL = _("Evaluation and handling again")

PARAMETERS = [
    Parameter(
        "evaluation_limit", "evaluate", PeriodOf(), _("Time for the evaluation"),
        _("Within what time the deputy evaluates the reply."), period(20, WORKING_DAYS), SILENT, "replied",
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
        _("Within what time the unit answers again after the deputy was dissatisfied."), period(3, MONTHS), SILENT, "dissatisfied",
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
