"""The public copy before the public reads it: what would be read, what is left out and why, who checked what (R3.62)."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from qiao.kernel import clock
from qiao.kernel.operation import demand
from qiao.rulebook.queries import rules_for
from qiao.ui.http import Request, fetch, page

from .. import queries
from ..flow import SUGGESTION
from ..forms import RedactForm
from ..models import Redaction, Suggestion
from ..models.publication import policy_of
from ..operations.publishing import agreed


@require_safe
def copy(request: Request, pk: int) -> HttpResponse:
    """Preview, mark passages, and see how the three checks stand."""
    suggestion = fetch(Suggestion.objects.for_list().select_related("published_by__person"), request.actor, pk)
    demand(SUGGESTION["redact"], request.actor, suggestion)
    rules = rules_for(suggestion.congress, clock.today())
    marks = Redaction.objects.visible_to(request.actor).filter(suggestion=suggestion).standing().select_related("by__person", "reply")
    context = {
        "suggestion": suggestion,
        "copy": queries.copy_of(suggestion),
        "marks": marks,
        "form": RedactForm(subject=suggestion),
        "asked": policy_of(rules, "suggestion") == "may" and rules.flag("deputy_consent_needed"),
        "agreed": agreed(suggestion, rules, "suggestion"),
    }
    return page(request, "matters/public_copy.html", context)
