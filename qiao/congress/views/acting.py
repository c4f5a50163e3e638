"""One view for every verb that is a form: the table of acts says which form, which operation, which words."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from qiao.ui.acts import perform as perform_act
from qiao.ui.http import Request, fetch

from ..acts import ACTS

BESIDE = {
    "Congress": ("area", "superior"),
    "Unit": ("congress",),
    "Mandate": ("person", "congress", "term"),
    "DeputyCard": ("mandate__person", "mandate__congress", "mandate__term"),
    "Term": ("congress",),
    "Session": ("congress", "term__congress"),
    "Sitting": ("session__term__congress",),
    "DeputyGroup": ("term__congress",),
    "GroupMember": ("group__term__congress", "mandate__person"),
    "Leave": ("mandate__person", "session__term__congress"),
    "Quota": ("term__congress", "electing_unit"),
    "Delegation": ("term__congress",),
    "DelegationHead": ("delegation__term__congress", "mandate__person"),
    "DelegationStaff": ("delegation__term__congress", "post__user__person"),
    "District": ("term__congress",),
    "ByElection": ("term__congress", "district", "electing_unit"),
}
"""What is read with the object of an act."""


@require_http_methods(["GET", "HEAD", "POST"])
def perform(request: Request, noun: str, pk: int, verb: str) -> HttpResponse:
    """Ask what the verb needs, then do it; the address may say what stands in the form at first."""
    act = ACTS.get(f"{noun}.{verb}")
    if act is None:
        raise Http404
    subject = fetch(act.of.objects.select_related(*BESIDE.get(act.of.__name__, ())), request.actor, pk)
    return perform_act(request, act, subject, back=act.back(subject), template="congress/act.html", initial=request.GET.dict())
