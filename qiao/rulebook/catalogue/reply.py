"""Contact with the deputy, the time for the reply and what a reply says (代表法 2025, article 51)."""

from django.utils.translation import gettext_lazy as _

from qiao.rulebook.kinds import Choice, Choices, DayOf, Flag, PeriodOf, Scheme
from qiao.rulebook.periods import MONTHS, WORKING_DAYS, Period
from qiao.rulebook.schemes import RESULTS

from .parameter import LAW, PROTECTS, SILENT, UNSETTLED, Limit, Parameter, period

LABEL = _("Handling and reply")

PARAMETERS = [
    Parameter(
        "first_contact_limit", "reply", PeriodOf(), _("Time for the first contact"),
        _("Within what time the unit that answers first speaks with the deputy."), period(20, WORKING_DAYS), SILENT, "assigned",
    ),
    Parameter(
        "contact_required", "reply", Flag(), _("Contact before the reply"),
        _("Whether a reply can be issued only when at least one contact with the deputy has been recorded."), True, LAW,
    ),
    Parameter(
        "contact_stages_required", "reply",
        Choices({"before": _("Before handling"), "during": _("During handling"), "after": _("When handling is done")}),
        _("Stages of contact before the reply"),
        _(
            "The stages at which the unit must have spoken with the deputy before the reply goes out: what the deputy means, how it goes "
            "on, what the unit is going to answer."
        ),
        [], _("Practice in several provinces, not law; the congress decides."),
    ),
    Parameter(
        "assist_limit", "reply", PeriodOf(), _("Time for the opinion of an assisting unit"),
        _("Within what time an assisting unit gives its opinion to the lead unit."), period(2, MONTHS), SILENT, "assigned",
    ),
    Parameter(
        "assist_redo_limit", "reply", PeriodOf(), _("Time for an opinion that must be redone"),
        _("Within what time an assisting unit gives an opinion again that the lead unit has sent back."), period(5, WORKING_DAYS),
        SILENT, "sent_back",
    ),
    Parameter(
        "reply_limit", "reply", PeriodOf(), _("Time for the reply"),
        _("Within what time the unit answers the deputy."), period(3, MONTHS), LAW, "assigned", Limit(Period(3, MONTHS), LAW),
    ),
    Parameter(
        "reply_limit_long", "reply", PeriodOf(), _("Time for the reply to wide-ranging or difficult suggestions"),
        _("Within what time, also counted from the day of handing over, the unit answers what is wide-ranging or difficult."),
        period(6, MONTHS), LAW, "assigned", Limit(Period(6, MONTHS), LAW),
    ),
    Parameter(
        "fixed_due_date", "reply", DayOf({"session": _("At a session"), "between": _("Between sessions")}),
        _("Day by which replies are due"),
        _(
            "A calendar day by which the unit answers what is handed over while this rule holds, where it comes earlier than the time "
            "for the reply. It can never come later: national law sets the longest time."
        ),
        {"session": "", "between": ""}, _("National law sets no day; some cities do, each for its year."),
    ),
    Parameter(
        "extension_by", "reply", Choice({
            "assign": _("Whoever hands suggestions over"), "supervise": _("Whoever sees to their handling"),
            "office": _("Whoever handed it to the unit: for what was dispatched, the coordinating office"),
        }),
        _("Who decides on the long term"),
        _(
            "Whose consent more time for the reply needs: the assigning side's, that of whoever decides what follows dissatisfaction, "
            "or for a unit to which an office dispatched that office's."
        ),
        "assign", _("National law does not say whose; most regulations name whoever handed it over."),
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
        _("Who signs the reply"),
        _("The least rank in the unit of whoever signs the reply. Every head is a responsible one; the principal head stands above all."),
        "head", UNSETTLED,
    ),
    Parameter(
        "face_reply_required", "reply",
        Choice({"none": _("Not required"), "or_reason": _("Required, or the reason why there was none"), "always": _("Always required")}),
        _("Face-to-face reply"),
        _("Whether the reply goes out only when the record is kept of a meeting at which the unit answered the deputy in person."),
        "none", _("National law is silent; some regulations make it the main form of answering."),
    ),
    Parameter(
        "cosigner_reply", "reply",
        Choice({
            "each": _("Each signer is answered"), "lead_forwards_with_consent": _("The lead deputy passes it on, having agreed to do so"),
            "lead_only": _("Only the lead deputy is answered"),
        }),
        _("Reply to joint signers"), _("How those who signed jointly receive the reply."), "each", PROTECTS,
    ),
    Parameter(
        "reply_receipt_limit", "reply", PeriodOf(), _("Time for confirming receipt of a reply"),
        _("Who has not confirmed by then that they have the reply is reminded, and the congress's staff see it."),
        period(5, WORKING_DAYS), UNSETTLED, "replied",
    ),
]  # fmt: skip
