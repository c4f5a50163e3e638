"""Who may do what to a suggestion, its signatures, assignments and replies; who may see them stands in ``scopes``."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from qiao.congress.models import Mandate
from qiao.congress.policy import delegations_served, serve
from qiao.congress.queries import head_of
from qiao.kernel import clock
from qiao.kernel.policy import Actor, permission, rule
from qiao.orgs.models import Congress
from qiao.rulebook.queries import calendar, rules_for
from qiao.rulebook.rules import Rules

from .models import (
    OURS,
    WITHDRAWABLE,
    Addressee,
    AddresseeState,
    Assignment,
    AssignmentState,
    Attachment,
    Consent,
    Contact,
    Extension,
    FaceReply,
    Objection,
    Rating,
    Redaction,
    Reply,
    Signature,
    Suggestion,
    UnitRole,
)

write = permission("suggestion.write", _("Write and submit suggestions"))
cosign = permission("suggestion.cosign", _("Sign suggestions jointly"))
evaluate = permission("suggestion.evaluate", _("Evaluate replies"))
oversee = permission("suggestion.oversee", _("See every submitted suggestion of the congress"))
check = permission("suggestion.check", _("Check and register suggestions"))
assign = permission("suggestion.assign", _("Assign suggestions and decide on returns"))
supervise = permission("suggestion.supervise", _("Decide what follows dissatisfaction"))
read_sealed = permission("evaluation.read_sealed", _("Read evaluations while they are sealed"))
open_names = permission("suggestion.open_names", _("Read who has signed a confidential suggestion"))
publish = permission("suggestion.publish", _("Publish suggestions and replies"))
dispatch = permission("suggestion.dispatch", _("Dispatch to the units below and decide on their returns"))
receive = permission("suggestion.receive", _("Sign for suggestions or ask for their return"))
handle = permission("suggestion.handle", _("Contact the deputy and draft replies"))
sign_off = permission("suggestion.sign_off", _("Sign and issue replies"))


@rule(_("Only deputies in office can do this."))
def holds_office(actor: Actor, congress: Congress) -> bool:
    """The actor holds a mandate of the congress that can be exercised today."""
    return Mandate.objects.in_office().filter(congress=congress, person__in=actor.people).exists()


@rule(_("Only the lead deputy can do this."))
def is_lead(actor: Actor, suggestion: Suggestion) -> bool:
    """The actor is the first signer."""
    return suggestion.lead.person_id in actor.people


@rule(_("Your mandate is suspended or has ended."))
def lead_in_office(actor: Actor, suggestion: Suggestion) -> bool:
    """The lead deputy's mandate can be exercised (R5.11)."""
    return suggestion.lead.is_exercised


@rule(_("This suggestion belongs to another congress."))
def is_of_own_congress(actor: Actor, suggestion: Suggestion) -> bool:
    """The suggestion was submitted to the congress acted for."""
    return suggestion.congress_id in actor.congresses


@rule(_("The lead deputy belongs to another delegation than yours."))
def is_of_served_delegation(actor: Actor, suggestion: Suggestion) -> bool:
    """The actor works for the delegation of the lead deputy."""
    return bool(delegations_served(actor).filter(delegation=suggestion.lead.delegation_id).exists())


def needs_signers(suggestion: Suggestion) -> bool:
    """Whether others signed it whose agreement the congress's rules ask for before it is withdrawn (R3.16)."""
    return suggestion.is_signed_jointly and suggestion.withdrawal_rule != "lead"


@rule(_("Under this congress's rules the joint signers must agree to a withdrawal. Ask them first."))
def decides_alone(actor: Actor, suggestion: Suggestion) -> bool:
    """Nobody else need agree to the withdrawal."""
    return not needs_signers(suggestion)


@rule(_("Nobody else need agree: you can withdraw it at once."))
def needs_others(actor: Actor, suggestion: Suggestion) -> bool:
    """The joint signers must agree to the withdrawal."""
    return needs_signers(suggestion)


@rule(_("The joint signers have been asked already."))
def is_not_asked_yet(actor: Actor, suggestion: Suggestion) -> bool:
    """No withdrawal waits for answers."""
    return not suggestion.withdrawal_reason


@rule(_("No withdrawal waits for the joint signers."))
def waits_for_signers(actor: Actor, suggestion: Suggestion) -> bool:
    """A withdrawal waits for answers."""
    return bool(suggestion.withdrawal_reason)


@rule(_("Its receipt is confirmed already."))
def is_to_be_received(actor: Actor, suggestion: Suggestion) -> bool:
    """The deputy was not told yet, or the paper original that the rules ask for is still missing (R3.20, R3.22)."""
    if suggestion.received_on is None:
        return True
    return suggestion.paper_on is None and rules_for(suggestion.congress, clock.today()).flag("require_signed_paper")


@rule(_("It was submitted in a session; no decision on handing over is recorded for it."))
def is_between_sessions(actor: Actor, suggestion: Suggestion) -> bool:
    """It was not submitted in a session."""
    return suggestion.session_id is None


@rule(_("The deputy has evaluated the reply; open the evaluation instead."))
def is_unrated(actor: Actor, suggestion: Suggestion) -> bool:
    """No evaluation waits under seal."""
    return suggestion.sealed_evaluation is None


@rule(_("The deputy has evaluated the reply here; what they say here counts."))
def is_not_rated_here(actor: Actor, suggestion: Suggestion) -> bool:
    """No evaluation waits under seal but one from paper, which staff may put right."""
    sealed = suggestion.sealed_evaluation
    return sealed is None or sealed.paper_on is not None


@rule(_("There is no sealed evaluation that may be opened today."))
def seal_may_open(actor: Actor, suggestion: Suggestion) -> bool:
    """Its last day is over, or the rules leave it to the staff; dissatisfaction, on which something must be done, opens any day."""
    sealed = suggestion.sealed_evaluation
    if sealed is None:
        return False
    return sealed.sealed_until is None or sealed.sealed_until < clock.today() or sealed.rating == Rating.DISSATISFIED


@rule(_("It is taken to deliberation only when the deputy is dissatisfied a second time."))
def is_dissatisfied_again(actor: Actor, suggestion: Suggestion) -> bool:
    """A second or later reply did not satisfy the deputy (section 3.12)."""
    return suggestion.dissatisfied_rounds > 1


@rule(_("The lead deputy has been asked already whether it should be split."))
def is_not_asked_to_split(actor: Actor, suggestion: Suggestion) -> bool:
    """No proposal to split it waits for an answer."""
    return suggestion.waiting_split is None


@rule(_("No proposal to split it waits for an answer."))
def waits_for_split(actor: Actor, suggestion: Suggestion) -> bool:
    """A proposal to split it waits for its lead deputy."""
    return suggestion.waiting_split is not None


@rule(_("It is not handled together with others."))
def is_grouped(actor: Actor, suggestion: Suggestion) -> bool:
    """Others are handled together with it."""
    return suggestion.handled_with_id is not None


@rule(_("It is not handled together with others."))
def is_of_group(actor: Actor, reply: Reply) -> bool:
    """The reply is to a suggestion with which others are handled together."""
    return reply.assignment.suggestion.handled_with_id is not None


@rule(_("A delegation puts it forward as a whole; this is for what deputies put forward."))
def is_by_deputies(actor: Actor, suggestion: Suggestion) -> bool:
    """No delegation puts it forward."""
    return suggestion.delegation_id is None


@rule(_("No delegation puts it forward."))
def is_by_delegation(actor: Actor, suggestion: Suggestion) -> bool:
    """A delegation puts it forward."""
    return suggestion.delegation_id is not None


@rule(_("Only the lead deputy can do this."))
def speaks_for_it(actor: Actor, suggestion: Suggestion) -> bool:
    """The first signer; for a delegation also whoever heads it today (R3.48)."""
    if suggestion.lead.person_id in actor.people:
        return True
    head = head_of(suggestion.delegation, clock.today()) if suggestion.delegation else None
    return head is not None and head.person_id in actor.people


lead = write & is_lead & lead_in_office
lead_author = write & is_lead
joint_lead = lead & is_by_deputies
discussion_recorder = lead & is_by_delegation
evaluator = evaluate & speaks_for_it
checker = check & is_of_own_congress
delegation_checker = serve & is_of_own_congress & is_of_served_delegation
passer = delegation_checker | checker
"""The congress's staff too: what a delegation leaves lying must not miss the session."""
splitter = checker & is_not_asked_to_split
split_dropper = checker & waits_for_split
split_consenter = lead_author & waits_for_split
assigner = assign & is_of_own_congress & is_not_asked_to_split
recipient = checker & is_to_be_received
ungrouper = assigner & is_grouped
decision_recorder = assigner & is_between_sessions
withdrawer = lead_author & decides_alone
withdrawal_asker = lead_author & is_not_asked_yet & needs_others
withdrawal_dropper = lead_author & waits_for_signers
supervisor = supervise & is_of_own_congress
convener = supervisor & is_dissatisfied_again
paper_recorder = supervisor & read_sealed & is_not_rated_here
closer_unrated = supervisor & is_unrated
opener = supervisor & read_sealed & seal_may_open
publisher = publish & is_of_own_congress


# --- signatures ---------------------------------------------------------------------------------------------------------------


@rule(_("Only the deputy who was invited can do this."))
def is_invited(actor: Actor, signature: Signature) -> bool:
    """The signature is asked of this person."""
    return signature.mandate.person_id in actor.people


@rule(_("The suggestion has already been submitted."))
def is_unsubmitted(actor: Actor, signature: Signature | Attachment) -> bool:
    """Consents can change only while the text is the deputies' own."""
    return signature.suggestion.state in OURS


@rule(_("Only the lead deputy can do this."))
def leads_it(actor: Actor, signature: Signature | Attachment) -> bool:
    """The actor is the first signer of what is to be signed."""
    return signature.suggestion.lead.person_id in actor.people


@rule(_("Your mandate is suspended or has ended."))
def signer_in_office(actor: Actor, signature: Signature) -> bool:
    """The invited deputy's mandate can be exercised (R5.11)."""
    return signature.mandate.is_exercised


@rule(_("The reply is no longer being drafted in your unit."))
def is_on_own_draft(actor: Actor, attachment: Attachment) -> bool:
    """The file belongs to a reply that this unit is still drafting."""
    reply = attachment.reply
    return reply is not None and reply.state == "draft" and reply.assignment.unit_id in actor.units


@rule(_("The suggestion has already been submitted."))
def is_on_own_text(actor: Actor, attachment: Attachment) -> bool:
    """The file belongs to the text of a suggestion, not to a reply."""
    return attachment.reply_id is None


@rule(_("You are not asked whether it should be withdrawn."))
def is_asked_to_withdraw(actor: Actor, signature: Signature) -> bool:
    """The lead deputy wants to withdraw what this person signed, and it is still under way."""
    return signature.withdrawal != Consent.NONE and signature.suggestion.state in WITHDRAWABLE


withdrawal_consenter = cosign & is_invited & is_asked_to_withdraw
file_remover = (write & is_on_own_text & leads_it & is_unsubmitted) | (handle & is_on_own_draft)
cosigner = cosign & is_invited & is_unsubmitted
consenter = cosigner & signer_in_office
inviter = write & leads_it & is_unsubmitted


# --- assignments and replies --------------------------------------------------------------------------------------------------


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
    led = Assignment.objects.filter(suggestion=assignment.suggestion_id, role=UnitRole.LEAD, unit__in=actor.units)
    return led.filter(state=AssignmentState.HANDLING).exists()


@rule(_("This reply is another unit's."))
def is_own_units_reply(actor: Actor, reply: Reply) -> bool:
    """The reply is this unit's."""
    return reply.assignment.unit_id in actor.units


@rule(_("Only the lead deputy can do this."))
def is_lead_of_contact(actor: Actor, contact: Contact | FaceReply) -> bool:
    """The contact, or the meeting, was with this deputy."""
    return contact.assignment.suggestion.lead.person_id in actor.people


@rule(_("This suggestion is not with your unit."))
def is_met_by_own_unit(actor: Actor, face_reply: FaceReply) -> bool:
    """This unit answered at the meeting."""
    return face_reply.assignment.unit_id in actor.units


@rule(_("This suggestion belongs to another congress."))
def is_met_in_own_congress(actor: Actor, face_reply: FaceReply) -> bool:
    """The suggestion was assigned by the congress acted for."""
    return face_reply.assignment.suggestion.congress_id in actor.congresses


@rule(_("The suggestion is no longer being handled."))
def is_being_handled(actor: Actor, reply: Reply) -> bool:
    """The unit still has the suggestion: handling stops at once when it is withdrawn (R3.21)."""
    return reply.assignment.state == AssignmentState.HANDLING


@rule(_("This suggestion belongs to another congress."))
def asked_of_own_congress(actor: Actor, extension: Extension) -> bool:
    """The suggestion for which more time is asked was assigned by the congress acted for."""
    return extension.assignment.suggestion.congress_id in actor.congresses


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


objector = write & is_lead_of_assigned & assigned_lead_in_office & answers_deputy & is_unobjected & may_still_object
objection_decider = assign & objected_in_own_congress


@rule(_("This suggestion belongs to another congress."))
def marked_by_own_congress(actor: Actor, redaction: Redaction) -> bool:
    """The passage was left out by the congress acted for."""
    return redaction.suggestion.congress_id in actor.congresses


@rule(_("By this congress's rules somebody else decides on more time."))
def assigning_side_extends(actor: Actor, extension: Extension) -> bool:
    """The rules leave the decision to whoever hands suggestions over (table 3.8)."""
    return bool(extension.assignment.rules["extension_by"] == "assign")


@rule(_("By this congress's rules somebody else decides on more time."))
def supervising_side_extends(actor: Actor, extension: Extension) -> bool:
    """The rules leave the decision to whoever sees to the handling."""
    return bool(extension.assignment.rules["extension_by"] == "supervise")


receiver = receive & is_with_own_unit
late_returner = receiver & may_return_signed
handler = handle & is_with_own_unit
answerer = handler & answers_deputy
opinion_giver = (handle | sign_off) & is_with_own_unit & is_assisting
opinion_reader = handle & is_assisting & leads_assistant
extension_decider = ((assign & assigning_side_extends) | (supervise & supervising_side_extends)) & asked_of_own_congress
dispatcher = dispatch & is_with_own_unit & answers_deputy & has_units_below
return_decider = (assign & assigned_by_own_congress & is_first_hop) | (dispatch & dispatched_by_own_unit)
"""Whoever handed it over: the congress's staff, on the second hop the coordinating office."""
drafter = handle & is_own_units_reply & is_being_handled
sharer = drafter & is_of_group
signer = sign_off & is_own_units_reply & is_being_handled
secrecy_checker = (handle | sign_off) & is_own_units_reply
mark_remover = publish & marked_by_own_congress
contacted_deputy = write & is_lead_of_contact
met_deputy = contacted_deputy
record_keeper = (handle & is_met_by_own_unit) | (assign & is_met_in_own_congress)


# --- to whom a reply goes -------------------------------------------------------------------------------------------------------


@rule(_("This reply is addressed to somebody else."))
def is_addressee(actor: Actor, addressee: Addressee) -> bool:
    """The deputy to whom it goes."""
    return addressee.mandate.person_id in actor.people


@rule(_("This suggestion belongs to another congress."))
def addressed_in_own_congress(actor: Actor, addressee: Addressee) -> bool:
    """The suggestion was made in the congress acted for."""
    return addressee.reply.assignment.suggestion.congress_id in actor.congresses


@rule(_("This suggestion belongs to another congress."))
def answered_in_own_congress(actor: Actor, reply: Reply) -> bool:
    """The suggestion was made in the congress acted for."""
    return reply.assignment.suggestion.congress_id in actor.congresses


@rule(_("Only the lead deputy can do this."))
def is_lead_of_reply(actor: Actor, reply: Reply) -> bool:
    """The reply answers the actor's own suggestion."""
    return reply.assignment.suggestion.lead.person_id in actor.people


@rule(_("No joint signer waits for it through the lead deputy."))
def is_with_lead(actor: Actor, reply: Reply) -> bool:
    """Joint signers are to get it from the lead deputy."""
    return any(one.state == AddresseeState.WITH_LEAD for one in reply.addressees.all())


@rule(_("Everybody to whom it was sent has confirmed it."))
def is_unconfirmed(actor: Actor, reply: Reply) -> bool:
    """Somebody has not confirmed receipt."""
    return any(one.state == AddresseeState.SENT for one in reply.addressees.all())


forwarder = write & is_lead_of_reply & is_with_lead
sender = forwarder | (assign & answered_in_own_congress & is_with_lead)
"""Who has the joint signers answered one by one: the lead deputy who does not pass it on, or staff for one who lets it lie."""
receiver_of_reply = (write | cosign) & is_addressee
receipt_recorder = assign & addressed_in_own_congress
receipt_reminder = assign & answered_in_own_congress & is_unconfirmed
