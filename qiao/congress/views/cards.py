"""Deputy cards: the deputy's own to show, the list for staff, sheets to print, and what whoever scans one reads."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from qiao.kernel import clock
from qiao.kernel.operation import demand
from qiao.kernel.policy import Actor
from qiao.ui.http import Request, fetch, page

from .. import operations, queries
from ..acts import offered
from ..cards import card_behind, picture_of
from ..listing import CARDS, CARDS_A_PAGE, PRINTED, seat_of
from ..models import DeputyCard, Mandate
from .directory import chosen_term, needed


@login_not_required
@never_cache
@require_safe
def check(request: Request, token: str) -> HttpResponse:
    """What whoever scans a card reads: whether it is valid today, and what stands on it."""
    card = card_behind(token)
    today = clock.today()
    context = {"card": card, "today": today, "seat": seat_of(card.mandate) if card else "", "valid": bool(card and card.is_valid_on(today))}
    response = page(request, "congress/check_card.html", context, status=200 if card else 404)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@require_safe
def own(request: Request) -> HttpResponse:
    """Lead a deputy to the card of the mandate held in the congress acted for, else of the newest."""
    mine = Mandate.objects.visible_to(request.actor).filter(person__in=request.actor.people).in_office().order_by("-elected_on")
    held = mine.filter(congress__in=request.actor.congresses).first() or mine.first()
    return redirect("congress:card", held.pk) if held else page(request, "congress/no_card.html", {})


@never_cache
@require_safe
def card(request: Request, pk: int) -> HttpResponse:
    """A deputy's card as it is shown on a telephone, and earlier ones; for the deputy and for those who keep the directory."""
    mandate = fetch(Mandate.objects.for_list(), request.actor, pk)
    if not queries.sees_contact(request.actor, mandate):
        demand(operations.issue_card.guard, request.actor, mandate)
    cards = list(DeputyCard.objects.visible_to(request.actor).filter(mandate=mandate).order_by("-pk"))
    current = next((each for each in cards if each.withdrawn_on is None), None)
    if current:
        current.mandate = mandate
    context = {
        "mandate": mandate,
        "card": current,
        "past": [each for each in cards if each is not current],
        "picture": picture_of(current, request) if current else "",
        "valid": bool(current and current.is_valid_on(clock.today())),
        "seat": seat_of(mandate),
        "issue": offered("card", request.actor, mandate) if mandate.is_exercised else [],
        "withdraw": bool(current and operations.withdraw_card.guard.check(request.actor, current)),
    }
    return page(request, "congress/card.html", context)


@require_safe
def index(request: Request) -> HttpResponseBase:
    """Who of the deputies in office has a card and who has none."""
    congress = needed(request)
    term = chosen_term(request, congress)
    if term is None:
        return page(request, "congress/cards.html", {"congress": congress, "term": None})
    demand(operations.issue_cards.guard, request.actor, term)
    rows = queries.with_cards(Mandate.objects.visible_to(request.actor).filter(term=term).in_office().for_list())
    shown = CARDS.show(request, rows, shown_term=term, initial={"congress": congress.pk, "term": term.pk})
    if shown.export:
        return shown.download()
    return page(
        request,
        "congress/cards.html",
        {
            "congress": congress,
            "term": term,
            "shown": shown,
            "print_query": shown.url(page=None, order=None, term=term.pk, congress=congress.pk),
        },
    )


def _with_pictures(request: Request, mandates: list[Mandate], actor: Actor) -> list[dict[str, object]]:
    """Each deputy's present card with its picture, in the order given."""
    current = DeputyCard.objects.visible_to(actor).current().filter(mandate__in=mandates)
    held = {card.mandate_id: card for card in current}
    found = [(mandate, held[mandate.pk]) for mandate in mandates if mandate.pk in held]
    return [{"mandate": m, "seat": seat_of(m), "card": c, "picture": picture_of(c, request)} for m, c in found]


@never_cache
@require_safe
def printed(request: Request) -> HttpResponse:
    """The cards of the deputies that the list shows, eight on a sheet of A4."""
    congress = needed(request)
    term = chosen_term(request, congress)
    demand(operations.issue_cards.guard, request.actor, term or congress)
    rows = queries.with_cards(Mandate.objects.visible_to(request.actor).filter(term=term).in_office().for_list(), only=True)
    shown = PRINTED.show(request, rows, shown_term=term, initial={"congress": congress.pk})
    cards = _with_pictures(request, shown.rows, request.actor)
    sheets = [cards[start : start + CARDS_A_PAGE] for start in range(0, len(cards), CARDS_A_PAGE)]
    return page(request, "congress/print_cards.html", {"congress": congress, "term": term, "shown": shown, "sheets": sheets})
