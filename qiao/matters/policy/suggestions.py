"""Who may do what to a suggestion."""

from django.utils.translation import gettext_lazy as _

from qiao.congress.models import Mandate
from qiao.congress.policy import delegations_served, serve
from qiao.congress.queries import head_of
from qiao.kernel import clock
from qiao.kernel.policy import Actor, rule
from qiao.orgs.models import Congress
from qiao.rulebook.queries import rules_for

from ..models import Rating, Redaction, Suggestion
from .permissions import assign, check, evaluate, publish, read_sealed, supervise, write


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


@rule(_("This suggestion belongs to another congress."))
def marked_by_own_congress(actor: Actor, redaction: Redaction) -> bool:
    """The passage was left out by the congress acted for."""
    return redaction.suggestion.congress_id in actor.congresses


mark_remover = publish & marked_by_own_congress
