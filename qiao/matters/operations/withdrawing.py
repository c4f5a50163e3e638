"""Taking a suggestion back: by the lead deputy, with the joint signers' agreement, or by letter (R3.16, R3.21)."""

import datetime as dt

from django.utils.translation import gettext as _

from qiao.kernel import clock
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import operation
from qiao.kernel.policy import Actor
from qiao.rulebook.queries import rules_for

from .. import notices
from ..flow import SIGNATURE, SUGGESTION
from ..models import Consent, Signature, Suggestion
from .assigning import close_assignment
from .clocks import end_clocks
from .lapsing import lapse_objections


def _demand_in_time(suggestion: Suggestion) -> None:
    rules = rules_for(suggestion.congress, clock.today())
    if rules["withdrawal_until"] == "before_assign" and suggestion.assigned_at:
        raise Unfit(_("Under this congress's rules a suggestion cannot be withdrawn once it has been assigned."))


def _stop(suggestion: Suggestion, actor: Actor, code: str) -> None:
    """Handling stops at once: clocks, assignments, the due day."""
    end_clocks(suggestion, met=False)
    for assignment in suggestion.assignments.exclude(state__in=["returned", "closed"]):
        close_assignment(assignment, actor=actor.lend(code))
    lapse_objections(suggestion, actor.lend(code))
    suggestion.due = None
    suggestion.closed_at = clock.now()
    notices.withdrawn(suggestion, actor)


@operation(SUGGESTION["withdraw"])
def withdraw(suggestion: Suggestion, *, actor: Actor) -> None:
    """Take the suggestion back; handling stops at once (R3.21)."""
    _demand_in_time(suggestion)
    _stop(suggestion, actor, "suggestion.withdraw")


@operation(SUGGESTION["ask_withdrawal"])
def ask_withdrawal(suggestion: Suggestion, *, actor: Actor, note: str) -> None:
    """Ask all who signed whether it should be withdrawn; it goes on until as many agree as the rules ask for (R3.16)."""
    _demand_in_time(suggestion)
    suggestion.withdrawal_reason = note
    signed = suggestion.signatures.confirmed()
    notices.withdrawal_asked(suggestion, [s.mandate for s in signed.select_related("mandate")], note, actor)
    signed.update(withdrawal=Consent.ASKED)


@operation(SUGGESTION["drop_withdrawal"])
def drop_withdrawal(suggestion: Suggestion, *, actor: Actor) -> None:
    """The lead deputy keeps the suggestion after all; who was asked is told."""
    suggestion.withdrawal_reason = ""
    asked = suggestion.signatures.exclude(withdrawal=Consent.NONE)
    notices.withdrawal_dropped(suggestion, [s.mandate for s in asked.select_related("mandate")], actor)
    asked.update(withdrawal=Consent.NONE)


def is_enough(rule: str, agreed: int, signed: int) -> bool:
    """Whether so many of the joint signers agree as ``rule`` asks for; the lead deputy, who proposes it, signed and agrees too."""
    return agreed == signed if rule == "unanimous" else 2 * (agreed + 1) > signed + 1


@operation(SIGNATURE["agree_withdrawal"])
def agree_withdrawal(signature: Signature, *, actor: Actor) -> None:
    """A joint signer agrees; with the last agreement that the rules ask for the suggestion is withdrawn."""
    suggestion = signature.suggestion
    signature.withdrawal = Consent.AGREED
    notices.withdrawal_answered(signature, actor, Consent.AGREED)
    others = suggestion.signatures.confirmed().exclude(pk=signature.pk)
    agreed = 1 + others.filter(withdrawal=Consent.AGREED).count()
    if is_enough(rules_for(suggestion.congress, clock.today())["withdrawal_rule"], agreed, 1 + others.count()):
        withdraw(suggestion, actor=actor.lend("signature.agree_withdrawal"), note=suggestion.withdrawal_reason)


@operation(SIGNATURE["object_withdrawal"])
def object_withdrawal(signature: Signature, *, actor: Actor) -> None:
    """A joint signer wants the suggestion to go on; they may still agree later."""
    signature.withdrawal = Consent.OBJECTED
    notices.withdrawal_answered(signature, actor, Consent.OBJECTED)


@operation(SUGGESTION["withdraw_on_paper"])
def withdraw_on_paper(suggestion: Suggestion, *, actor: Actor, letter_on: dt.date, note: str) -> None:
    """Staff record a letter of withdrawal signed by all whose agreement the rules ask for: the way for who cannot answer here."""
    _demand_in_time(suggestion)
    if letter_on > clock.today():
        raise Unfit(_("The letter cannot have come on a day that is still to come."))
    suggestion.withdrawal_letter_on = letter_on
    _stop(suggestion, actor, "suggestion.withdraw_on_paper")
