"""Who is told what when something is done to a suggestion (chapter 15); the words are in ``templates/matters/notices``."""

from collections.abc import Iterable
from typing import Any

from qiao.accounts.models import Post, Role, User
from qiao.congress.models import Mandate
from qiao.kernel import clock
from qiao.kernel.journal import trail_of
from qiao.kernel.policy import Actor
from qiao.notices.operations import tell
from qiao.orgs.models import Unit

from .models import Assignment, Contact, Extension, Rating, Reply, Signature, SignatureState, Suggestion


def deputies(mandates: Iterable[Mandate]) -> list[User]:
    """The accounts of deputies, of those who have one."""
    return list(User.objects.filter(person__in=[m.person_id for m in mandates], is_active=True))


def signers(suggestion: Suggestion) -> list[User]:
    """The lead deputy and all who have signed."""
    signed = Signature.objects.filter(suggestion=suggestion, state=SignatureState.CONFIRMED).values_list("mandate__person", flat=True)
    return list(User.objects.filter(person__in=[suggestion.lead.person_id, *signed.order_by()], is_active=True))


def holders(*grants: str, **where: Any) -> list[User]:
    """Everybody who today holds a post that grants one of these, in a congress or unit."""
    roles = [role.pk for role in Role.objects.all() if not set(grants).isdisjoint(role.grants)]
    posts = Post.objects.current(clock.today()).filter(role__in=roles, **where).order_by()
    return list(User.objects.filter(pk__in=posts.values("user"), is_active=True))


def staff(suggestion: Suggestion) -> list[User]:
    """The congress's people who assign and decide."""
    return holders("suggestion.assign", congress=suggestion.congress_id, unit=None)


def unit_people(unit: Unit, *grants: str) -> list[User]:
    """The unit's people who may do one of these."""
    return holders(*grants, unit=unit)


def _tell(users: Iterable[User], name: str, suggestion: Suggestion, actor: Actor, **context: Any) -> None:
    tell(
        users, code=f"suggestion.{name}", template=f"matters/notices/{name}.txt", context={"suggestion": suggestion, **context},
        url=f"/suggestions/{suggestion.pk}/", trail=trail_of(suggestion), actor=actor,
    )  # fmt: skip


def invited(suggestion: Suggestion, mandates: Iterable[Mandate], actor: Actor) -> None:
    """Deputies are asked to sign."""
    _tell(deputies(mandates), "invited", suggestion, actor)


def signature_answered(signature: Signature, actor: Actor, answer: SignatureState) -> None:
    """The lead deputy hears who signed and who did not."""
    _tell(deputies([signature.suggestion.lead]), "signature_answered", signature.suggestion, actor, signature=signature, answer=answer)


def signature_void(signature: Signature, actor: Actor) -> None:
    """A signer hears that the text they signed was changed."""
    _tell(deputies([signature.mandate]), "signature_void", signature.suggestion, actor)


def submitted(suggestion: Suggestion, actor: Actor) -> None:
    """The congress's staff have something to check."""
    _tell(holders("suggestion.check", congress=suggestion.congress_id, unit=None), "submitted", suggestion, actor)


def withdrawn(suggestion: Suggestion, actor: Actor) -> None:
    """Staff, unit and signers hear that it is over."""
    unit = unit_people(suggestion.unit, "suggestion.receive", "suggestion.handle") if suggestion.unit else []
    _tell([*staff(suggestion), *unit, *signers(suggestion)], "withdrawn", suggestion, actor)


def registered(suggestion: Suggestion, actor: Actor) -> None:
    """The signers hear the number."""
    _tell(signers(suggestion), "registered", suggestion, actor)


def given_back(suggestion: Suggestion, actor: Actor, reason: str) -> None:
    """The lead deputy hears what to mend."""
    _tell(deputies([suggestion.lead]), "given_back", suggestion, actor, reason=reason)


def refused(suggestion: Suggestion, actor: Actor, reason: str) -> None:
    """The signers hear why it is not accepted."""
    _tell(signers(suggestion), "refused", suggestion, actor, reason=reason)


def assigned(suggestion: Suggestion, assignment: Assignment, actor: Actor) -> None:
    """The unit has something to sign for; the signers hear who handles it and until when (R3.28)."""
    _tell(unit_people(assignment.unit, "suggestion.receive"), "assigned_unit", suggestion, actor, assignment=assignment)
    _tell(signers(suggestion), "assigned", suggestion, actor, assignment=assignment)


def return_requested(assignment: Assignment, actor: Actor) -> None:
    """The congress's staff decide on a return."""
    _tell(staff(assignment.suggestion), "return_requested", assignment.suggestion, actor, assignment=assignment)


def return_decided(assignment: Assignment, actor: Actor, *, granted: bool) -> None:
    """The unit hears the decision."""
    people = unit_people(assignment.unit, "suggestion.receive")
    _tell(people, "return_decided", assignment.suggestion, actor, assignment=assignment, granted=granted)


def extension_requested(extension: Extension, actor: Actor) -> None:
    """The congress's staff decide on more time."""
    suggestion = extension.assignment.suggestion
    _tell(staff(suggestion), "extension_requested", suggestion, actor, extension=extension)


def extension_decided(extension: Extension, actor: Actor, *, granted: bool) -> None:
    """The unit hears the decision; the signers hear of a later date and why (R3.38)."""
    suggestion = extension.assignment.suggestion
    unit = unit_people(extension.assignment.unit, "suggestion.handle", "suggestion.receive")
    _tell(unit, "extension_decided", suggestion, actor, extension=extension, granted=granted)
    if granted:
        _tell(signers(suggestion), "extended", suggestion, actor, extension=extension)


def contact_recorded(contact: Contact, actor: Actor) -> None:
    """The lead deputy is asked to confirm a contact."""
    suggestion = contact.assignment.suggestion
    _tell(deputies([suggestion.lead]), "contact_recorded", suggestion, actor, contact=contact)


def approval_requested(reply: Reply, actor: Actor) -> None:
    """The unit's signer has a reply to sign."""
    people = unit_people(reply.assignment.unit, "suggestion.sign_off")
    _tell(people, "approval_requested", reply.assignment.suggestion, actor, reply=reply)


def reply_sent_back(reply: Reply, actor: Actor, reason: str) -> None:
    """The handler hears what to change."""
    people = [reply.drafted_by] if reply.drafted_by else unit_people(reply.assignment.unit, "suggestion.handle")
    _tell(people, "reply_sent_back", reply.assignment.suggestion, actor, reply=reply, reason=reason)


def reply_issued(reply: Reply, actor: Actor) -> None:
    """Every signer gets the answer, or by the congress's rules the lead deputy alone (R3.43); its staff hear of it."""
    suggestion = reply.assignment.suggestion
    answered = signers(suggestion) if reply.assignment.rules["cosigner_reply"] == "each" else deputies([suggestion.lead])
    _tell(answered, "reply_issued", suggestion, actor, reply=reply)
    _tell(staff(suggestion), "reply_issued_staff", suggestion, actor, reply=reply)


def evaluated(suggestion: Suggestion, rating: Rating, actor: Actor, *, sealed: bool) -> None:
    """Those in the congress who may read it under seal hear the rating."""
    people = [user for user in staff(suggestion) if user in holders("evaluation.read_sealed", congress=suggestion.congress_id, unit=None)]
    _tell(people, "evaluated", suggestion, actor, rating=rating, sealed=sealed)


def evaluation_opened(suggestion: Suggestion, reply: Reply, rating: Rating, actor: Actor) -> None:
    """The unit may read the rating now."""
    unit = unit_people(reply.assignment.unit, "suggestion.sign_off", "suggestion.handle")
    _tell(unit, "evaluation_opened", suggestion, actor, rating=rating)


def rehandling_ordered(suggestion: Suggestion, assignment: Assignment, demand: str, actor: Actor) -> None:
    """The unit must handle it again; the signers hear that it will."""
    unit = unit_people(assignment.unit, "suggestion.sign_off", "suggestion.handle")
    _tell([*unit, *signers(suggestion)], "rehandling_ordered", suggestion, actor, assignment=assignment, demand=demand)


def closed_explained(suggestion: Suggestion, explanation: str, actor: Actor) -> None:
    """The signers hear why it is closed all the same."""
    _tell(signers(suggestion), "closed_explained", suggestion, actor, explanation=explanation)


def published(suggestion: Suggestion, actor: Actor) -> None:
    """The signers hear what the public can read."""
    _tell(signers(suggestion), "published", suggestion, actor)
