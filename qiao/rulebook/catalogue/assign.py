"""Who hands over, in what time, and what happens when a unit is not competent."""

from django.utils.translation import gettext_lazy as _

from qiao.rulebook.kinds import Choice, Flag, PeriodOf
from qiao.rulebook.periods import DAYS, MONTHS, WORKING_DAYS

from .parameter import LAW, PROTECTS, SILENT, UNSETTLED, Parameter, period

LABEL = _("Handing over and returning")

PARAMETERS = [
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
        _("Within what time a suggestion made between sessions is handed over."), period(10, WORKING_DAYS), SILENT, "submitted",
    ),
    Parameter(
        "session_assign_limit", "assign", PeriodOf(), _("Time for handing over after a session"),
        _("Within what time, counted from the day a session closes, the suggestions made in it are handed over."),
        period(1, MONTHS), SILENT, "session_closes",
    ),
    Parameter(
        "sign_limit", "assign", PeriodOf(), _("Time for signing for receipt"),
        _("Within what time the unit signs for what was handed over to it."), period(7, DAYS), SILENT, "assigned",
    ),
    Parameter(
        "return_limit", "assign", PeriodOf(), _("Time for asking for return"),
        _("Within what time a unit that is not competent may ask to return a suggestion, with reasons."), period(10, WORKING_DAYS), SILENT,
    ),
    Parameter(
        "return_from", "assign", Choice({"received": _("The day of signing for"), "assigned": _("The day of handing over")}),
        _("Time for asking for return: counted from"),
        _(
            "The day from which the time for asking for return is counted. From signing for: who signs late has no more time "
            "than who signs on the last day for it, and can still ask after signing."
        ),
        "assigned", PROTECTS,
    ),
    Parameter(
        "return_max_times", "assign",
        Choice({"1": _("Once"), "2": _("Twice"), "3": _("Three times"), "unlimited": _("As often as needed")}),
        _("How often a suggestion may be returned"),
        _("After so many granted returns the unit that has it must handle it, or talk to the congress's staff."), "unlimited", UNSETTLED,
    ),
    Parameter(
        "late_return_policy", "assign",
        Choice({"refuse": _("Not considered"), "explain": _("Considered if the unit explains why it asks late")}),
        _("Return asked for too late"), _("What becomes of a return that is asked for when the time for it has passed."),
        "refuse", PROTECTS,
    ),
    Parameter(
        "reassign_limit", "assign", PeriodOf(), _("Time for assigning anew"),
        _("Within what time the congress's side hands a suggestion to another unit once a return is granted."),
        period(10, WORKING_DAYS), SILENT, "return_granted",
    ),
    Parameter(
        "objection_limit", "assign", PeriodOf(), _("Time for objecting to the unit"),
        _("Within what time after hand-over the lead deputy may object to the unit that was given the suggestion."),
        period(10, WORKING_DAYS), UNSETTLED, "assigned",
    ),
    Parameter(
        "objection_answer_limit", "assign", PeriodOf(), _("Time for answering an objection"),
        _("Within what time the congress's side keeps the unit with an explanation, or names another."),
        period(10, WORKING_DAYS), UNSETTLED, "objected",
    ),
    Parameter(
        "several_leads", "assign", Flag(), _("Several lead units"),
        _(
            "Whether a suggestion may be handed to several units that lead together: they agree, give one reply, and the head of each "
            "signs it."
        ),
        False, _("National law is silent; Shanghai knows several lead units, which answer jointly."),
    ),
    Parameter(
        "electing_unit_told", "assign", Flag(), _("Tell the electing unit"),
        _(
            "Whether the staff of the congress that elected the lead deputy hear which unit handles the suggestion; of a confidential one "
            "never."
        ),
        False, _("National law is silent; some regulations have the electing unit told as well."),
    ),
    Parameter(
        "clock_on_reassign", "assign", Choice({"restart": _("Starts again"), "original": _("Goes on")}),
        _("Clock of the reply after reassignment"),
        _("Whether the time for the reply starts again when another unit is given the suggestion."), "restart", UNSETTLED,
    ),
    Parameter(
        "clock_from_hop", "assign",
        Choice({"first": _("The congress's hand-over to the organ"), "second": _("The dispatch to the department")}),
        _("Clock of the reply after dispatch: counted from"),
        _(
            "Where a coordinating office, such as a government's general office, dispatches what the congress handed to it: from "
            "which of the two the department's time for the reply is counted."
        ),
        "first", LAW,
    ),
]  # fmt: skip
