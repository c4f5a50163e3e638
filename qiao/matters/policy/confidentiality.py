"""Who may ask for confidentiality, decide on it, lift it, and read the names all the same (R3.63)."""

from django.utils.translation import gettext_lazy as _

from qiao.kernel import clock
from qiao.kernel.policy import Actor, rule
from qiao.rulebook.queries import rules_for

from ..models import Assignment, AssignmentState, Confidentiality, Suggestion
from .assignments import assigned_by_own_congress
from .permissions import open_names
from .suggestions import checker, is_by_deputies, is_of_own_congress, lead_author


@rule(_("It is confidential already, or the deputy has asked for it."))
def is_named(actor: Actor, suggestion: Suggestion) -> bool:
    """Its signers are named."""
    return not suggestion.is_confidential


@rule(_("No confidentiality waits to be decided."))
def waits_for_confidentiality(actor: Actor, suggestion: Suggestion) -> bool:
    """The deputy has asked for it and the staff have not decided."""
    return suggestion.confidentiality == Confidentiality.ASKED


@rule(_("It is not confidential, or the deputy has been asked already."))
def is_kept_confidential(actor: Actor, suggestion: Suggestion) -> bool:
    """Its signers are not named, and nobody waits for an answer."""
    return suggestion.confidentiality == Confidentiality.KEPT


@rule(_("It is not confidential."))
def is_confidential(actor: Actor, suggestion: Suggestion) -> bool:
    """Its signers are not named."""
    return suggestion.is_confidential


@rule(_("You are not asked whether you agree to be named."))
def waits_for_disclosure(actor: Actor, suggestion: Suggestion) -> bool:
    """The staff have asked the deputy to agree to be named."""
    return suggestion.confidentiality == Confidentiality.DISCLOSURE_ASKED


@rule(_("Your post does not include this."))
def is_entrusted(actor: Actor, suggestion: Suggestion) -> bool:
    """The staff have named this person of the handling unit, which still has it, and the rules allow it today (R3.63)."""
    user = actor.user.pk if actor.user else None
    held = Assignment.objects.filter(suggestion=suggestion, unit__in=actor.units, entrusted_to=user).exclude(state=AssignmentState.RETURNED)
    return held.exists() and rules_for(suggestion.congress, clock.today()).flag("confidential_handler")


confidentiality_asker = lead_author & is_by_deputies & is_named
confider = checker & is_by_deputies & is_named
confidentiality_decider = checker & waits_for_confidentiality
disclosure_asker = checker & is_kept_confidential
discloser = lead_author & is_confidential
insister = lead_author & waits_for_disclosure
names_reader = is_confidential & ((open_names & is_of_own_congress) | is_entrusted)


HANDLES = ("suggestion.handle", "suggestion.sign_off")


@rule(_("It is not confidential."))
def is_of_confidential(actor: Actor, assignment: Assignment) -> bool:
    """What was assigned is confidential."""
    return assignment.suggestion.is_confidential


@rule(_("The unit gave it back."))
def is_still_with_unit(actor: Actor, assignment: Assignment) -> bool:
    """The unit still has it."""
    return assignment.state != AssignmentState.RETURNED


@rule(_("By this congress's rules nobody in the unit reads the names."))
def may_entrust(actor: Actor, assignment: Assignment) -> bool:
    """The rules let one person of the unit read them."""
    return rules_for(assignment.suggestion.congress, clock.today()).flag("confidential_handler")


entruster = open_names & assigned_by_own_congress & is_of_confidential & is_still_with_unit & may_entrust
