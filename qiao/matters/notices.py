"""Who is told what when something is done to a suggestion (chapter 15); the words are in ``templates/matters/notices``."""

from collections.abc import Iterable
from typing import Any

from qiao.accounts.models import User
from qiao.congress.models import DelegationHead, Mandate
from qiao.congress.notices import holders
from qiao.congress.queries import serving
from qiao.kernel import clock
from qiao.kernel.journal import trail_of
from qiao.kernel.policy import Actor
from qiao.notices.operations import tell
from qiao.orgs.models import Unit
from qiao.rulebook.trace import listed

from .issuers import issuers
from .models import (
    LEADING,
    Assignment,
    Consent,
    Contact,
    Deliberation,
    Extension,
    FaceReply,
    Objection,
    Opinion,
    Rating,
    Reply,
    Signature,
    SignatureState,
    State,
    Suggestion,
    UnitRole,
)


def deputies(mandates: Iterable[Mandate]) -> list[User]:
    """The accounts of deputies, of those who have one."""
    return list(User.objects.filter(person__in=[m.person_id for m in mandates], is_active=True))


def signers(suggestion: Suggestion) -> list[User]:
    """The lead deputy and all who have signed; for a delegation all who head it today."""
    signed = Signature.objects.confirmed().filter(suggestion=suggestion).values_list("mandate__person", flat=True)
    heads = DelegationHead.objects.on(clock.today()).filter(delegation=suggestion.delegation_id) if suggestion.delegation_id else []
    people = [suggestion.lead.person_id, *signed.order_by(), *(head.mandate.person_id for head in heads)]
    return list(User.objects.filter(person__in=people, is_active=True))


def staff(suggestion: Suggestion) -> list[User]:
    """The congress's people who assign and decide."""
    return holders("suggestion.assign", congress=suggestion.congress_id, unit=None)


def unit_people(unit: Unit, *grants: str) -> list[User]:
    """The unit's people who may do one of these."""
    return holders(*grants, unit=unit)


def reply_people(reply: Reply, *grants: str) -> list[User]:
    """The people of the unit whose reply it is, or of all that answer together, who may do one of these."""
    return [user for one in reply.answerers for user in unit_people(one.unit, *grants)]


def office_above(unit: Unit) -> list[User]:
    """The people who dispatch for the office that coordinates the unit, if one does (chapter 15)."""
    return unit_people(unit.coordinator, "suggestion.dispatch") if unit.coordinator else []


def _tell(users: Iterable[User], name: str, suggestion: Suggestion, actor: Actor, **context: Any) -> int:
    """Say it, and to how many it was said."""
    said = tell(
        users, code=f"suggestion.{name}", template=f"matters/notices/{name}.txt", context={"suggestion": suggestion, **context},
        url=f"/suggestions/{suggestion.pk}/", trail=trail_of(suggestion), actor=actor,
    )  # fmt: skip
    return len(said)


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


def delegation_check(suggestion: Suggestion, actor: Actor) -> None:
    """The delegation's staff have something to check."""
    _tell(serving(suggestion.lead.delegation_id, suggestion.congress_id), "delegation_check", suggestion, actor)


def passed_on(suggestion: Suggestion, actor: Actor) -> None:
    """The lead deputy hears that it goes on; the congress's staff have something to check."""
    _tell(deputies([suggestion.lead]), "passed_on", suggestion, actor)
    submitted(suggestion, actor)


def withdrawn(suggestion: Suggestion, actor: Actor) -> None:
    """Staff, unit and signers hear that it is over."""
    units = suggestion.assignments.exclude(state="returned").values("unit") if suggestion.unit else []
    people = holders("suggestion.receive", "suggestion.handle", unit__in=units)
    _tell([*staff(suggestion), *people, *signers(suggestion)], "withdrawn", suggestion, actor)


def withdrawal_asked(suggestion: Suggestion, mandates: Iterable[Mandate], reason: str, actor: Actor) -> None:
    """The joint signers are asked whether it should be withdrawn."""
    _tell(deputies(mandates), "withdrawal_asked", suggestion, actor, reason=reason)


def withdrawal_answered(signature: Signature, actor: Actor, answer: Consent) -> None:
    """The lead deputy hears who agrees and who does not."""
    _tell(
        deputies([signature.suggestion.lead]), "withdrawal_answered", signature.suggestion, actor, signature=signature, answer=answer.label
    )


def withdrawal_dropped(suggestion: Suggestion, mandates: Iterable[Mandate], actor: Actor) -> None:
    """Who was asked hears that it goes on."""
    _tell(deputies(mandates), "withdrawal_dropped", suggestion, actor)


def received(suggestion: Suggestion, actor: Actor) -> None:
    """The signers hear that it has arrived (R3.22)."""
    _tell(signers(suggestion), "received", suggestion, actor)


def registered(suggestion: Suggestion, actor: Actor) -> None:
    """The signers hear the number."""
    _tell(signers(suggestion), "registered", suggestion, actor)


def split_asked(suggestion: Suggestion, reason: str, actor: Actor) -> None:
    """The lead deputy is asked whether it should be split."""
    _tell(deputies([suggestion.lead]), "split_asked", suggestion, actor, reason=reason)


def split_agreed(suggestion: Suggestion, number: int, actor: Actor) -> None:
    """Staff and joint signers hear that it is split, and into how many."""
    _tell([*staff(suggestion), *signers(suggestion)], "split_agreed", suggestion, actor, number=number)


def split_objected(suggestion: Suggestion, reason: str, actor: Actor) -> None:
    """The staff hear that it stays whole, and why."""
    _tell(staff(suggestion), "split_objected", suggestion, actor, reason=reason)


def split_dropped(suggestion: Suggestion, actor: Actor) -> None:
    """The lead deputy hears that it stays whole."""
    _tell(deputies([suggestion.lead]), "split_dropped", suggestion, actor)


def grouped(suggestion: Suggestion, actor: Actor) -> None:
    """The signers hear that it is handled together with others, and keeps its own reply (R3.44)."""
    _tell(signers(suggestion), "grouped", suggestion, actor)


def confidentiality_asked(suggestion: Suggestion, actor: Actor, *, granted: bool) -> None:
    """The staff hear that the deputy does not want to be named; where the rules leave it to them, that they must decide."""
    _tell(staff(suggestion), "confidentiality_asked", suggestion, actor, granted=granted)


def confidentiality_decided(suggestion: Suggestion, actor: Actor, *, granted: bool, reason: str = "") -> None:
    """The signers hear whether they are named."""
    _tell(signers(suggestion), "confidentiality_decided", suggestion, actor, granted=granted, reason=reason)


def disclosure_asked(suggestion: Suggestion, reason: str, actor: Actor) -> None:
    """The lead deputy is asked to agree to be named."""
    _tell(deputies([suggestion.lead]), "disclosure_asked", suggestion, actor, reason=reason)


def disclosed(suggestion: Suggestion, actor: Actor) -> None:
    """Staff and joint signers hear that the signers are named from now on."""
    _tell([*staff(suggestion), *signers(suggestion)], "disclosed", suggestion, actor)


def entrusted(assignment: Assignment, actor: Actor) -> None:
    """Who may read the names hears of it, and what it binds them to; so do the signers."""
    suggestion = assignment.suggestion
    _tell([assignment.entrusted_to] if assignment.entrusted_to else [], "entrusted", suggestion, actor)
    _tell(signers(suggestion), "entrusted_signers", suggestion, actor, assignment=assignment)


def given_back(suggestion: Suggestion, actor: Actor, reason: str) -> None:
    """The lead deputy hears what to mend."""
    _tell(deputies([suggestion.lead]), "given_back", suggestion, actor, reason=reason)


def refused(suggestion: Suggestion, actor: Actor, reason: str, outcome: State) -> None:
    """The signers hear why it is not accepted, or what it goes on as; so does the unit that gets it as a reference."""
    _tell(signers(suggestion), "refused", suggestion, actor, reason=reason, outcome=outcome)
    if suggestion.passed_to:
        people = unit_people(suggestion.passed_to, "suggestion.receive", "suggestion.handle")
        _tell(people, "as_reference", suggestion, actor, reason=reason)


def assigned(suggestion: Suggestion, made: list[Assignment], actor: Actor, *, office: Unit | None = None) -> None:
    """The units that answer have something to sign for; the signers hear who handles it and until when (R3.28).

    ``made`` are the assignments, those that answer first; ``office`` is the one that dispatched it to them.
    """
    answering = [one for one in made if one.answers_deputy]
    for one in answering:
        _tell(unit_people(one.unit, "suggestion.receive", "suggestion.dispatch"), "assigned_unit", suggestion, actor, assignment=one)
    helping = listed([one.unit.name for one in made if not one.answers_deputy])
    said = {"answering": answering, "assisting": helping, "office": office, "jointly": made[0].role == UnitRole.JOINT}
    _tell(signers(suggestion), "assigned", suggestion, actor, assignment=made[0], **said)
    if made[0].rules.flag("electing_unit_told"):
        _tell_electing_unit(suggestion, answering, actor)


def _tell_electing_unit(suggestion: Suggestion, answering: list[Assignment], actor: Actor) -> None:
    """Those who elected the lead deputy hear who handles it (R3.28); not who signed what is confidential, nor of a delegation's."""
    lead = suggestion.lead
    if lead.electing_unit_id is None or suggestion.is_confidential or suggestion.delegation_id:
        return
    tell(
        holders("suggestion.assign", congress=lead.electing_unit_id, unit=None), code="suggestion.assigned_electing",
        template="matters/notices/assigned_electing.txt", url=f"/directory/deputies/{lead.pk}/", trail=trail_of(suggestion), actor=actor,
        context={"suggestion": suggestion, "units": listed([one.unit.name for one in answering])},
    )  # fmt: skip


def assigned_to_assist(assignment: Assignment, lead: Assignment, actor: Actor) -> None:
    """The assisting unit has something to sign for, and hears whom it helps."""
    people = unit_people(assignment.unit, "suggestion.receive")
    _tell(people, "assigned_to_assist", assignment.suggestion, actor, assignment=assignment, lead=lead)


def assistance_over(assignment: Assignment, actor: Actor) -> None:
    """The assisting unit need not give its opinion any more."""
    people = unit_people(assignment.unit, "suggestion.receive", "suggestion.handle")
    _tell(people, "assistance_over", assignment.suggestion, actor, assignment=assignment)


def opinion_given(opinion: Opinion, actor: Actor) -> None:
    """The lead unit has an opinion to work into its reply."""
    suggestion = opinion.assignment.suggestion
    leads = suggestion.assignments.standing().filter(role__in=LEADING).select_related("unit")
    people = [user for one in leads for user in unit_people(one.unit, "suggestion.handle")]
    _tell(people, "opinion_given", suggestion, actor, opinion=opinion)


def opinion_sent_back(assignment: Assignment, reason: str, actor: Actor) -> None:
    """The assisting unit hears what the lead unit misses."""
    people = unit_people(assignment.unit, "suggestion.handle", "suggestion.sign_off")
    _tell(people, "opinion_sent_back", assignment.suggestion, actor, assignment=assignment, reason=reason)


def return_requested(assignment: Assignment, actor: Actor) -> None:
    """Whoever handed it over decides on a return: the congress's staff, or the office that dispatched it."""
    first = assignment.dispatched_from
    people = unit_people(first.unit, "suggestion.dispatch") if first else staff(assignment.suggestion)
    _tell(people, "return_requested", assignment.suggestion, actor, assignment=assignment)


def return_decided(assignment: Assignment, actor: Actor, *, granted: bool) -> None:
    """The unit hears the decision."""
    people = unit_people(assignment.unit, "suggestion.receive")
    _tell(people, "return_decided", assignment.suggestion, actor, assignment=assignment, granted=granted)


def objected(objection: Objection, actor: Actor) -> None:
    """The congress's staff must answer the deputy's objection to the unit."""
    suggestion = objection.assignment.suggestion
    _tell(staff(suggestion), "objected", suggestion, actor, objection=objection)


def objection_answered(objection: Objection, actor: Actor, *, upheld: bool) -> None:
    """The lead deputy hears the answer."""
    suggestion = objection.assignment.suggestion
    _tell(deputies([suggestion.lead]), "objection_answered", suggestion, actor, objection=objection, upheld=upheld)


def taken_away(objection: Objection, actor: Actor) -> None:
    """The unit hears that it was taken from it, and why."""
    people = unit_people(objection.assignment.unit, "suggestion.receive", "suggestion.handle", "suggestion.sign_off")
    _tell(people, "taken_away", objection.assignment.suggestion, actor, objection=objection)


def recalled(office: Assignment, given: list[Assignment], reason: str, actor: Actor) -> None:
    """The departments hear that the office has taken it back, and why; the signers hear who has it again."""
    for one in given:
        people = unit_people(one.unit, "suggestion.receive", "suggestion.handle", "suggestion.sign_off")
        _tell(people, "recalled", office.suggestion, actor, office=office.unit, reason=reason)
    _tell(signers(office.suggestion), "recalled_signers", office.suggestion, actor, office=office.unit)


def extension_requested(extension: Extension, actor: Actor) -> None:
    """Whoever decides on more time by the rules: the congress's staff who assign, those who see to it, or the office that dispatched."""
    suggestion = extension.assignment.suggestion
    if extension.office:
        people = unit_people(extension.office, "suggestion.dispatch")
    elif extension.assignment.rules["extension_by"] == "supervise":
        people = holders("suggestion.supervise", congress=suggestion.congress_id, unit=None)
    else:
        people = staff(suggestion)
    _tell(people, "extension_requested", suggestion, actor, extension=extension)


def extension_decided(extension: Extension, actor: Actor, *, granted: bool) -> None:
    """The unit hears the decision; the signers hear of a later date and why (R3.38)."""
    suggestion = extension.assignment.suggestion
    leads = extension.assignment.partners
    unit = [user for one in leads for user in unit_people(one.unit, "suggestion.handle", "suggestion.receive")]
    _tell(unit, "extension_decided", suggestion, actor, extension=extension, granted=granted)
    if granted:
        _tell(signers(suggestion), "extended", suggestion, actor, extension=extension)


def contact_recorded(contact: Contact, actor: Actor) -> None:
    """The lead deputy is asked to confirm a contact."""
    suggestion = contact.assignment.suggestion
    _tell(deputies([suggestion.lead]), "contact_recorded", suggestion, actor, contact=contact)


def face_reply_recorded(face_reply: FaceReply, actor: Actor) -> None:
    """The lead deputy is asked to confirm the record of a meeting."""
    suggestion = face_reply.assignment.suggestion
    _tell(deputies([suggestion.lead]), "face_reply_recorded", suggestion, actor, face_reply=face_reply)


def approval_requested(reply: Reply, actor: Actor) -> None:
    """Who in the unit may sign it has a reply to sign; where nobody has the rank, whoever signs replies hears of it."""
    people = [
        user for one in reply.answerers for user in [post.user for post in issuers(one)] or unit_people(one.unit, "suggestion.sign_off")
    ]
    _tell(people, "approval_requested", reply.assignment.suggestion, actor, reply=reply)


def reply_sent_back(reply: Reply, actor: Actor, reason: str) -> None:
    """The handler hears what to change; of a joint reply all who handle it, and whoever has signed it already."""
    people = [reply.drafted_by] if reply.drafted_by else reply_people(reply, "suggestion.handle")
    if reply.is_joint:
        people += [*reply_people(reply, "suggestion.handle"), *(one.signed_by for _unit, one in reply.signings if one)]
    _tell(people, "reply_sent_back", reply.assignment.suggestion, actor, reply=reply, reason=reason)


def reply_issued(reply: Reply, mandates: Iterable[Mandate], actor: Actor, *, to_pass_on: int) -> None:
    """Those to whom it goes directly get the answer; so many joint signers wait for the lead deputy to pass it on; staff hear of it."""
    suggestion = reply.assignment.suggestion
    _tell(deputies(mandates), "reply_issued", suggestion, actor, reply=reply, to_pass_on=to_pass_on)
    above = [user for one in reply.answerers for user in office_above(one.unit)]
    others = reply_people(reply, "suggestion.handle") if reply.is_joint else []
    _tell([*staff(suggestion), *above, *others], "reply_issued_staff", suggestion, actor, reply=reply)


def reply_handed_on(reply: Reply, mandates: Iterable[Mandate], actor: Actor, *, by_lead: bool) -> None:
    """Joint signers get the answer that was first with the lead deputy."""
    _tell(deputies(mandates), "reply_handed_on", reply.assignment.suggestion, actor, reply=reply, by_lead=by_lead)


def receipt_reminded(reply: Reply, mandates: Iterable[Mandate], actor: Actor) -> None:
    """Deputies are asked to read a reply and to confirm that they have it."""
    _tell(deputies(mandates), "receipt_reminded", reply.assignment.suggestion, actor, reply=reply)


def evaluated(suggestion: Suggestion, rating: Rating, actor: Actor, *, sealed: bool) -> None:
    """Those in the congress who may read it under seal hear the rating."""
    people = [user for user in staff(suggestion) if user in holders("evaluation.read_sealed", congress=suggestion.congress_id, unit=None)]
    _tell(people, "evaluated", suggestion, actor, rating=rating, sealed=sealed)


def evaluation_recorded(suggestion: Suggestion, actor: Actor, *, sealed: bool) -> None:
    """The lead deputy hears that their form was entered, and while it is sealed can correct it."""
    _tell(deputies([suggestion.lead]), "evaluation_recorded", suggestion, actor, sealed=sealed)


def evaluation_opened(suggestion: Suggestion, reply: Reply, rating: Rating, actor: Actor) -> None:
    """The unit may read the rating now."""
    unit = reply_people(reply, "suggestion.sign_off", "suggestion.handle")
    _tell(unit, "evaluation_opened", suggestion, actor, rating=rating)


def rehandling_ordered(suggestion: Suggestion, assignment: Assignment, demand: str, actor: Actor) -> None:
    """The unit must handle it again; the signers hear that it will."""
    unit = [user for one in assignment.partners for user in unit_people(one.unit, "suggestion.sign_off", "suggestion.handle")]
    _tell([*unit, *signers(suggestion)], "rehandling_ordered", suggestion, actor, assignment=assignment, demand=demand)


def convened(suggestion: Suggestion, deliberation: Deliberation, actor: Actor) -> None:
    """Unit and signers hear what is convened, for what day and who takes part."""
    unit = reply_people(deliberation.reply, "suggestion.sign_off", "suggestion.handle")
    _tell([*unit, *signers(suggestion)], "convened", suggestion, actor, deliberation=deliberation)


def closed_explained(suggestion: Suggestion, explanation: str, actor: Actor, *, reply: Reply | None = None) -> None:
    """The signers hear why it is closed all the same; so does the unit that took part in a deliberation on it."""
    people = reply_people(reply, "suggestion.sign_off", "suggestion.handle") if reply else []
    _tell([*people, *signers(suggestion)], "closed_explained", suggestion, actor, explanation=explanation)


def consent_said(suggestion: Suggestion, actor: Actor, *, agrees: bool) -> None:
    """Who publishes for the congress hears whether the deputy agrees."""
    _tell(holders("suggestion.publish", congress=suggestion.congress_id, unit=None), "consent_said", suggestion, actor, agrees=agrees)


def secrecy_checked(reply: Reply, actor: Actor) -> None:
    """Who publishes for the congress hears what the unit's check says."""
    suggestion = reply.assignment.suggestion
    people = holders("suggestion.publish", congress=suggestion.congress_id, unit=None)
    _tell(people, "secrecy_checked", suggestion, actor, reply=reply)


def published(suggestion: Suggestion, actor: Actor) -> None:
    """The signers hear what the public can read."""
    _tell(signers(suggestion), "published", suggestion, actor)
