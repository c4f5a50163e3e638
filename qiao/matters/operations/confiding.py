"""Not naming the signers: asked for by the lead deputy or decided by the staff, and lifted by the deputy alone (R3.63)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.accounts.models import User
from qiao.kernel import clock
from qiao.kernel.errors import Unfit
from qiao.kernel.journal import trail_of
from qiao.kernel.operation import Permit, operation
from qiao.kernel.policy import Actor
from qiao.notices.operations import reword
from qiao.rulebook.queries import rules_for

from .. import notices, policy
from ..flow import SUGGESTION
from ..models import A_DEPUTY, PRIVATE, Assignment, Confidentiality, Publicity, Suggestion
from ..people import signers_of
from .publishing import take_off

NAMELESS = gettext_lazy("The suggestion is confidential.")


@operation(SUGGESTION["ask_confidentiality"])
def ask_confidentiality(suggestion: Suggestion, *, actor: Actor, reason: str) -> None:
    """The lead deputy asks that nobody who signed is named; it holds at once, and by the rules for good or until the staff decide."""
    granted = rules_for(suggestion.congress, clock.today()).flag("confidential_on_request")
    _hide(suggestion, Confidentiality.KEPT if granted else Confidentiality.ASKED, reason)
    if suggestion.state not in PRIVATE:
        notices.confidentiality_asked(suggestion, actor, granted=granted)


@operation(SUGGESTION["keep_confidential"])
def keep_confidential(suggestion: Suggestion, *, actor: Actor, reason: str) -> None:
    """The staff decide it themselves: somebody could suffer for it."""
    _hide(suggestion, Confidentiality.KEPT, reason)
    notices.confidentiality_decided(suggestion, actor, granted=True)


@operation(SUGGESTION["grant_confidentiality"])
def grant_confidentiality(suggestion: Suggestion, *, actor: Actor, note: str = "") -> None:
    """It stays confidential."""
    suggestion.confidentiality = Confidentiality.KEPT
    notices.confidentiality_decided(suggestion, actor, granted=True)


@operation(SUGGESTION["refuse_confidentiality"])
def refuse_confidentiality(suggestion: Suggestion, *, actor: Actor, note: str) -> None:
    """It is not confidential, for a reason that the deputy reads."""
    _show(suggestion)
    notices.confidentiality_decided(suggestion, actor, granted=False, reason=note)


@operation(SUGGESTION["ask_disclosure"])
def ask_disclosure(suggestion: Suggestion, *, actor: Actor, note: str) -> None:
    """The staff ask the lead deputy to agree to be named; until they do nothing changes."""
    suggestion.confidentiality = Confidentiality.DISCLOSURE_ASKED
    notices.disclosure_asked(suggestion, note, actor)


@operation(SUGGESTION["disclose"])
def disclose(suggestion: Suggestion, *, actor: Actor) -> None:
    """The lead deputy lets the signers be named again."""
    _show(suggestion)
    notices.disclosed(suggestion, actor)


@operation(SUGGESTION["stay_confidential"])
def stay_confidential(suggestion: Suggestion, *, actor: Actor) -> None:
    """The lead deputy does not agree to be named."""
    suggestion.confidentiality = Confidentiality.KEPT
    notices.confidentiality_asked(suggestion, actor, granted=True)


@operation(Permit("assignment.entrust", policy.entruster, gettext_lazy("Name who in the unit may read the names")))
def entrust(assignment: Assignment, *, actor: Actor, user: User) -> None:
    """One person of the unit may read the names from now on, each time for a reason; naming another ends it."""
    if user not in notices.unit_people(assignment.unit, *policy.HANDLES):
        raise Unfit(_("Choose somebody of the unit who handles suggestions."))
    assignment.entrusted_to = user
    notices.entrusted(assignment, actor)


def demand_nameless(suggestion: Suggestion) -> None:
    """Refuse a confidential text that says itself who wrote it."""
    texts = f"{suggestion.title}\n{suggestion.matter}\n{suggestion.proposal}"
    for name in _names(suggestion) if suggestion.is_confidential else ():
        if name in texts:
            raise Unfit(_("It is to be confidential, and the name %(name)s stands in the text. Take it out first.") % {"name": name})


def _names(suggestion: Suggestion) -> list[str]:
    return [person.name for person in signers_of(suggestion)]


def _hide(suggestion: Suggestion, how: Confidentiality, reason: str) -> None:
    """From now on nobody who signed is named; what named them so far, the public page and notices to others, no longer does."""
    suggestion.confidentiality, suggestion.confidentiality_reason = how, reason
    published = suggestion.publicity != Publicity.NONE
    if published and rules_for(suggestion.congress, clock.today())["confidential_publication"] == "no":
        take_off(suggestion, str(NAMELESS))
    people = signers_of(suggestion)
    reword(trail_of(suggestion), [person.name for person in people], A_DEPUTY, but=[person.pk for person in people])


def _show(suggestion: Suggestion) -> None:
    suggestion.confidentiality, suggestion.confidentiality_reason = Confidentiality.NONE, ""
