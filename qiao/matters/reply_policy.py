"""Who may see and do what with that by which a reply reaches the deputies: its addressees and their receipts."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qiao.kernel.policy import Actor, rule, scope

from .models import Addressee, AddresseeState, Reply
from .policy import _seen, assign, cosign, write


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


@scope("matters.Addressee")
def addressees(actor: Actor) -> Q:
    """Whoever sees the suggestion; the deputies see that of an issued reply like its letter."""
    return _seen("reply__assignment__suggestion", actor)
