"""The delegations of a term: who heads each and who works for it."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from qiao.kernel.operation import demand
from qiao.ui.http import Request, page

from .. import operations, queries
from .directory import chosen_term, needed


@require_safe
def index(request: Request) -> HttpResponse:
    """For those who keep the directory: each delegation of the term with its heads and its staff."""
    congress = needed(request)
    term = chosen_term(request, congress)
    if term:
        demand(operations.form_delegation.guard, request.actor, term)
    context = {"congress": congress, "term": term, "delegations": queries.delegations_of(term, request.actor) if term else []}
    return page(request, "congress/delegations.html", context)
