"""Joint signing: each signer's own, dated consent to one version of the text (R3.15)."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from qiao.congress.models import Mandate
from qiao.kernel import clock
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import operation
from qiao.kernel.policy import Actor

from .. import notices
from ..flow import SIGNATURE, SUGGESTION
from ..models import Signature, SignatureState, State, Suggestion
from .texts import demand_text, fix_text

MOST_SIGNERS = 200


@operation(SUGGESTION["invite"])
def invite(suggestion: Suggestion, *, actor: Actor, mandates: Iterable[Mandate]) -> State:
    """Ask deputies of the same congress to sign the text as it stands now; what was filed and returned stays returned."""
    demand_text(suggestion)
    fix_text(suggestion)
    asked = set(suggestion.signatures.values_list("mandate_id", flat=True))
    new = [m for m in mandates if m.pk not in asked and m.pk != suggestion.lead_id]
    if not new:
        raise Unfit(_("Choose at least one deputy who has not been asked yet."))
    if len(asked) + len(new) > MOST_SIGNERS:
        raise Unfit(_("A suggestion can have at most %(most)d joint signers.") % {"most": MOST_SIGNERS})
    if any(m.congress_id != suggestion.congress_id or m.state != "qualified" for m in new):
        raise Unfit(_("Only deputies in office of the same congress can sign."))
    Signature.objects.bulk_create(Signature(suggestion=suggestion, mandate=m, version=suggestion.version) for m in new)
    notices.invited(suggestion, new, actor)
    return State.RETURNED if suggestion.state == State.RETURNED else State.COSIGNING


@operation(SIGNATURE["confirm"])
def confirm(signature: Signature, *, actor: Actor, version: int) -> None:
    """Sign; ``version`` is the text version the signer has read, which must be the present one."""
    if version != signature.suggestion.version:
        raise Unfit(_("The text was changed while you were reading it. Read it again, then sign."))
    fix_text(signature.suggestion)  # an invitation may be older than the text that is signed
    signature.version = version
    signature.at = clock.now()
    notices.signature_answered(signature, actor, SignatureState.CONFIRMED)


@operation(SIGNATURE["decline"])
def decline(signature: Signature, *, actor: Actor) -> None:
    """Do not sign, or take one's signature back before submission."""
    signature.at = clock.now()
    notices.signature_answered(signature, actor, SignatureState.DECLINED)


@operation(SIGNATURE["void"])
def void(signature: Signature, *, actor: Actor) -> None:
    """The text was changed after this consent."""
    notices.signature_void(signature, actor)


@operation(SIGNATURE["ask_again"])
def ask_again(signature: Signature, *, actor: Actor) -> None:
    """Ask a deputy once more, for the text as it stands now."""
    fix_text(signature.suggestion)
    signature.version = signature.suggestion.version
    notices.invited(signature.suggestion, [signature.mandate], actor)


@operation(SIGNATURE["revoke"])
def revoke(signature: Signature, *, actor: Actor) -> None:
    """Take an invitation back."""
