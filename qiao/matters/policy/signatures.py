"""Who may do what to a joint signature and to a file."""

from django.utils.translation import gettext_lazy as _

from qiao.kernel.policy import Actor, rule

from ..models import OURS, WITHDRAWABLE, Attachment, Consent, Signature
from .permissions import cosign, handle, write


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
    return reply is not None and reply.state == "draft" and any(one.unit_id in actor.units for one in reply.answerers)


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
