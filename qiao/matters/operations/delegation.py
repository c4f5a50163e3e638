"""What a delegation's staff do in session with what its deputies submit, before the congress's staff get it (R3.19)."""

from qiao.congress.queries import serving
from qiao.kernel import clock
from qiao.kernel.operation import operation
from qiao.kernel.policy import Actor
from qiao.rulebook.queries import rules_for

from .. import notices
from ..flow import SUGGESTION
from ..models import ClockKind, Suggestion
from .clocks import end_clocks


def goes_to_delegation(suggestion: Suggestion) -> bool:
    """Whether the delegation checks it first: in session, where the rules say so, once, and only where somebody does that work.

    What is confidential goes past it: whose delegation it is would nearly be a name.
    """
    outside = suggestion.session_id is None or suggestion.lead.delegation_id is None
    if outside or suggestion.passed_on_at or suggestion.is_confidential:
        return False
    if not rules_for(suggestion.congress, clock.today()).flag("delegation_precheck"):
        return False
    return serving(suggestion.lead.delegation_id, suggestion.congress_id).exists()


@operation(SUGGESTION["pass_on"])
def pass_on(suggestion: Suggestion, *, actor: Actor, note: str = "") -> None:
    """The delegation has checked it: it goes to the congress's staff, with a remark if there is one."""
    suggestion.passed_on_at = clock.now()
    notices.passed_on(suggestion, actor)


@operation(SUGGESTION["turn_back"])
def turn_back(suggestion: Suggestion, *, actor: Actor, note: str) -> None:
    """The delegation returns it to the deputy, saying what to mend; it can be submitted again."""
    end_clocks(suggestion, ClockKind.HAND_OVER, met=False)
    notices.given_back(suggestion, actor, note)
