"""Groups of deputies, one group with its members, and the roster by profession."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from qiao.kernel import clock
from qiao.kernel.policy import Actor
from qiao.ui.http import Request, fetch, page

from .. import queries
from ..acts import offered
from ..listing import MEMBERS, groups_list, numbers_by_profession
from ..models import DeputyGroup, GroupMember
from ..policy import keep_body
from .directory import chosen_term, needed


@require_safe
def index(request: Request) -> HttpResponseBase:
    """The groups of a term, with their conveners and how many belong to each."""
    congress = needed(request)
    term = chosen_term(request, congress)
    rows = queries.with_members(DeputyGroup.objects.visible_to(request.actor).filter(term=term).on(clock.today()))
    actor: Actor = request.actor
    shown = groups_list(actor).show(request, rows, asks="suggestion.write" in actor.grants, initial={"congress": congress.pk})
    if shown.export:
        return shown.download()
    keeps = bool(term and keep_body(actor, term))
    return page(request, "congress/groups.html", {"congress": congress, "term": term, "shown": shown, "keeps": keeps})


@require_safe
def group(request: Request, pk: int) -> HttpResponseBase:
    """One group: what it is, who belongs to it, what can be done."""
    rows = DeputyGroup.objects.select_related("term__congress", "organ")
    found = fetch(rows, request.actor, pk)
    members = GroupMember.objects.visible_to(request.actor).filter(group=found)
    members = members.select_related("mandate__person", "mandate__delegation", "mandate__electing_unit", "mandate__district")
    shown = MEMBERS.show(request, members if request.GET.get("past") == "yes" else members.on(clock.today()))
    if shown.export:
        return shown.download()
    keeps = bool(keep_body(request.actor, found)) and not found.dissolved_on
    acts = offered("group", request.actor, found) if keeps else []
    return page(request, "congress/group.html", {"group": found, "shown": shown, "acts": acts, "keeps": keeps})


@require_safe
def professions(request: Request) -> HttpResponse:
    """The roster of a term by profession; each number is the length of the list it leads to."""
    congress = needed(request)
    term = chosen_term(request, congress)
    numbers = numbers_by_profession(term, queries.by_profession(term, request.actor)) if term else []
    context = {"congress": congress, "term": term, "numbers": numbers, "most": max((n["value"] for n in numbers), default=1)}
    return page(request, "congress/professions.html", context)
