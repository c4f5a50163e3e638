"""Who may do what with what is handed to a unit: sign for it, return it, dispatch it, object to it, ask for more time."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from qiao.kernel import clock
from qiao.kernel.policy import Actor, rule
from qiao.rulebook.queries import calendar
from qiao.rulebook.rules import Rules

from ..models import LEADING, Assignment, AssignmentState, Extension, Objection, State, UnitRole
from .permissions import assign, dispatch, handle, receive, sign_off, supervise, write


@rule(_("This suggestion is not with your unit."))
def is_with_own_unit(actor: Actor, assignment: Assignment) -> bool:
    """The assignment is this unit's."""
    return assignment.unit_id in actor.units


def counts_from_receipt(rules: Rules) -> bool:
    """Whether the time for asking for return runs from signing for, so that a unit which has signed can still ask (R3.29)."""
    return bool(rules["return_from"] == "received")


@rule(_("Under this congress's rules a unit that has signed for a suggestion can no longer return it."))
def may_return_signed(actor: Actor, assignment: Assignment) -> bool:
    """The time for return is counted from signing for."""
    return counts_from_receipt(assignment.rules)


@rule(_("This suggestion belongs to another congress."))
def assigned_by_own_congress(actor: Actor, assignment: Assignment) -> bool:
    """The suggestion was assigned by the congress acted for."""
    return assignment.suggestion.congress_id in actor.congresses


@rule(_("This was dispatched by an office, which decides on it."))
def is_first_hop(actor: Actor, assignment: Assignment) -> bool:
    """The congress itself handed it to the unit."""
    return assignment.dispatched_from_id is None


@rule(_("Your unit did not dispatch this."))
def dispatched_by_own_unit(actor: Actor, assignment: Assignment) -> bool:
    """The second hop began with the actor's unit (R3.24)."""
    return assignment.dispatched_from is not None and assignment.dispatched_from.unit_id in actor.units


@rule(_("No unit is below yours."))
def has_units_below(actor: Actor, assignment: Assignment) -> bool:
    """The unit that has it is a coordinating office."""
    return assignment.unit.departments.exists()


@rule(_("An assisting unit gives its opinion to the lead unit and does not answer the deputy itself."))
def answers_deputy(actor: Actor, assignment: Assignment) -> bool:
    """The unit handles it alone or leads (R3.34)."""
    return assignment.answers_deputy


@rule(_("Only an assisting unit gives an opinion to the lead unit."))
def is_assisting(actor: Actor, assignment: Assignment) -> bool:
    """The unit helps another that leads."""
    return assignment.role == UnitRole.ASSIST


@rule(_("Only the lead unit can do this, while it handles the suggestion."))
def leads_assistant(actor: Actor, assignment: Assignment) -> bool:
    """The actor's unit leads the handling in which this unit assists, and has still to answer."""
    led = Assignment.objects.filter(suggestion=assignment.suggestion_id, role__in=LEADING, unit__in=actor.units)
    return led.filter(state=AssignmentState.HANDLING).exists()


@rule(_("This suggestion belongs to another congress."))
def asked_of_own_congress(actor: Actor, extension: Extension) -> bool:
    """The suggestion for which more time is asked was assigned by the congress acted for."""
    return extension.assignment.suggestion.congress_id in actor.congresses


@rule(_("By this congress's rules somebody else decides on more time."))
def assigning_side_extends(actor: Actor, extension: Extension) -> bool:
    """The rules leave the decision to whoever hands suggestions over (table 3.8), or to whoever handed over this one."""
    return extension.office_id is None and extension.assignment.rules["extension_by"] in {"assign", "office"}


@rule(_("By this congress's rules somebody else decides on more time."))
def supervising_side_extends(actor: Actor, extension: Extension) -> bool:
    """The rules leave the decision to whoever sees to the handling."""
    return bool(extension.assignment.rules["extension_by"] == "supervise")


@rule(_("By this congress's rules somebody else decides on more time."))
def own_office_extends(actor: Actor, extension: Extension) -> bool:
    """The rules leave the decision to the office that dispatched it, and that is the actor's."""
    return extension.office_id in actor.units


@rule(_("Only the lead deputy can do this."))
def is_lead_of_assigned(actor: Actor, assignment: Assignment) -> bool:
    """What was assigned is the actor's own suggestion."""
    return assignment.suggestion.lead.person_id in actor.people


@rule(_("Your mandate is suspended or has ended."))
def assigned_lead_in_office(actor: Actor, assignment: Assignment) -> bool:
    """The lead deputy's mandate can be exercised (R5.11)."""
    return assignment.suggestion.lead.is_exercised


@rule(_("You have objected to this unit already."))
def is_unobjected(actor: Actor, assignment: Assignment) -> bool:
    """The deputy objects to an assignment once."""
    return not hasattr(assignment, "objection")


def last_day_to_object(assignment: Assignment) -> dt.date:
    """Until when the lead deputy can object to the unit: counted from hand-over, of which they are told the same day."""
    return assignment.rules.reckon("objection_limit", assignment.assigned_on, calendar()).due


@rule(_("The time to object to the unit has passed."))
def may_still_object(actor: Actor, assignment: Assignment) -> bool:
    """The time the rules give the deputy is not over."""
    return last_day_to_object(assignment) >= clock.today()


@rule(_("This suggestion belongs to another congress."))
def objected_in_own_congress(actor: Actor, objection: Objection) -> bool:
    """The suggestion was assigned by the congress acted for."""
    return objection.assignment.suggestion.congress_id in actor.congresses


@rule(_("It was answered before and is being handled again: what is answered cannot be taken back."))
def is_in_first_round(actor: Actor, assignment: Assignment) -> bool:
    """Nothing that was asked for again is taken back (R3.24)."""
    return bool(assignment.suggestion.state != State.REHANDLING)


objector = write & is_lead_of_assigned & assigned_lead_in_office & answers_deputy & is_unobjected & may_still_object
objection_decider = assign & objected_in_own_congress
receiver = receive & is_with_own_unit
late_returner = receiver & may_return_signed
handler = handle & is_with_own_unit
answerer = handler & answers_deputy
opinion_giver = (handle | sign_off) & is_with_own_unit & is_assisting
opinion_reader = handle & is_assisting & leads_assistant
extension_decider = (
    (assign & assigning_side_extends & asked_of_own_congress)
    | (supervise & supervising_side_extends & asked_of_own_congress)
    | (dispatch & own_office_extends)
)
dispatcher = dispatch & is_with_own_unit & answers_deputy & has_units_below
recaller = dispatch & is_with_own_unit & is_in_first_round
return_decider = (assign & assigned_by_own_congress & is_first_hop) | (dispatch & dispatched_by_own_unit)
"""Whoever handed it over: the congress's staff, on the second hop the coordinating office."""
