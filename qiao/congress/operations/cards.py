"""Deputy cards: issued, issued to all at once, withdrawn (R5.18)."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.kernel import clock, journal
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import Permit, operation
from qiao.kernel.policy import Actor

from .. import notices, policy
from ..models import CardEnd, DeputyCard, Mandate, Term
from .body import kept


def withdraw_cards(mandate: Mandate, on: dt.date, why: CardEnd) -> None:
    """The card in force, if there is one, is no longer valid; for the bodies of other operations."""
    DeputyCard.objects.current().filter(mandate=mandate).update(withdrawn_on=on, withdrawn_why=why)


@operation(Permit("card.issue", policy.keep_body, gettext_lazy("Issue a deputy card")))
def issue_card(mandate: Mandate, *, actor: Actor, issued_on: dt.date, why: str = "") -> DeputyCard:
    """Give the deputy a card; one that was in force is withdrawn, ``why`` says whether it was lost or only replaced."""
    if not mandate.is_exercised:
        raise Unfit(_("A card is issued to a deputy in office."))
    if issued_on < mandate.elected_on:
        raise Unfit(_("The day lies before the election."))
    withdraw_cards(mandate, clock.today(), CardEnd(why or CardEnd.REISSUED))
    card = kept(DeputyCard(mandate=mandate, issued_on=issued_on))
    notices.cards_issued([mandate], actor)
    return card


@operation(Permit("term.issue_cards", policy.keep_body, gettext_lazy("Issue cards to all who have none")))
def issue_cards(term: Term, *, actor: Actor, issued_on: dt.date) -> None:
    """Give every deputy in office who has no card one; each has its line in the journal, all are issued or none."""
    if issued_on < term.starts:
        raise Unfit(_("The day lies before the term."))
    holders = DeputyCard.objects.current().filter(mandate__term=term).values("mandate")
    without = list(term.mandates.in_office().exclude(pk__in=holders).select_related("term", "person").order_by("card_no"))
    if not without:
        raise Unfit(_("Every deputy in office has a card already."))
    cards = [DeputyCard(mandate=mandate, issued_on=max(issued_on, mandate.elected_on)) for mandate in without]
    DeputyCard.objects.bulk_create(cards, batch_size=500)
    journal.record_made("card.issue", actor, cards)
    notices.cards_issued(without, actor)


@operation(Permit("card.withdraw", policy.keep_card, gettext_lazy("Withdraw the card")))
def withdraw_card(card: DeputyCard, *, actor: Actor, why: str) -> None:
    """The card was lost or handed back: whoever scans it reads at once that it is not valid."""
    if card.withdrawn_on:
        raise Unfit(_("This card has been withdrawn already."))
    if CardEnd(why) not in {CardEnd.LOST, CardEnd.RETURNED}:
        raise Unfit(_("This ground has a step of its own."))
    card.withdrawn_on, card.withdrawn_why = clock.today(), why
    notices.card_withdrawn(card, actor)
