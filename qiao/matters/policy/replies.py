"""Who may draft and sign a reply, record a contact and a meeting, pass a reply on and confirm its receipt."""

from django.utils.translation import gettext_lazy as _

from qiao.kernel.policy import Actor, rule

from ..models import Addressee, AddresseeState, AssignmentState, Contact, FaceReply, Reply
from .permissions import assign, cosign, handle, sign_off, write


@rule(_("This reply is another unit's."))
def is_own_units_reply(actor: Actor, reply: Reply) -> bool:
    """The reply is this unit's, or it answers together with others."""
    return any(one.unit_id in actor.units for one in reply.answerers)


@rule(_("The suggestion is no longer being handled."))
def is_being_handled(actor: Actor, reply: Reply) -> bool:
    """The unit still has the suggestion: handling stops at once when it is withdrawn (R3.21)."""
    return any(one.state == AssignmentState.HANDLING for one in reply.answerers)


@rule(_("It is not handled together with others."))
def is_of_group(actor: Actor, reply: Reply) -> bool:
    """The reply is to a suggestion with which others are handled together."""
    return reply.assignment.suggestion.handled_with_id is not None


@rule(_("Several units answer it together: each signs, and the last signature issues it."))
def is_of_one_unit(actor: Actor, reply: Reply) -> bool:
    """One unit answers, and whoever signs issues."""
    return not reply.is_joint


@rule(_("One unit answers; its signature issues the reply."))
def is_of_several(actor: Actor, reply: Reply) -> bool:
    """Several lead units answer together (R3.26)."""
    return reply.is_joint


@rule(_("Your unit has signed it already."))
def waits_for_own_unit(actor: Actor, reply: Reply) -> bool:
    """The actor's unit has still to sign this version."""
    return any(one.unit_id in actor.units and signed is None for one, signed in reply.signings)


drafter = handle & is_own_units_reply & is_being_handled
sharer = drafter & is_of_group
signer = sign_off & is_own_units_reply & is_being_handled
issuer = signer & is_of_one_unit
countersigner = signer & is_of_several & waits_for_own_unit
secrecy_checker = (handle | sign_off) & is_own_units_reply


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


contacted_deputy = write & is_lead_of_contact
met_deputy = contacted_deputy
record_keeper = (handle & is_met_by_own_unit) | (assign & is_met_in_own_congress)


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
