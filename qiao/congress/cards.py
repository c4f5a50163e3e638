"""What a deputy card carries: an address that only this installation can have written, as a picture to scan."""

import segno
from django.core import signing
from django.http import HttpRequest
from django.urls import reverse

from .models import DeputyCard


def _signer() -> signing.Signer:
    """A new secret key makes all addresses void, unless the old one stays among the fallbacks."""
    return signing.Signer(sep=".", salt="congress.card")


def token_of(card: DeputyCard) -> str:
    """What stands in the card's address: its number under the installation's signature."""
    return _signer().sign(str(card.pk))


def address_of(card: DeputyCard, request: HttpRequest) -> str:
    """The whole address of the page that says whether the card is valid."""
    return request.build_absolute_uri(reverse("congress:check_card", args=[token_of(card)]))


def picture_of(card: DeputyCard, request: HttpRequest) -> str:
    """The address as a picture to scan, ready for an image's ``src``."""
    return segno.make(address_of(card, request), error="m").svg_data_uri(scale=4, border=2)


def card_behind(token: str) -> DeputyCard | None:
    """The card an address belongs to; whoever holds the signed address may read what stands on the card."""
    try:
        pk = _signer().unsign(token)
    except signing.BadSignature:
        return None
    beside = ("mandate__person", "mandate__congress", "mandate__term", "mandate__district", "mandate__electing_unit")
    return DeputyCard.objects.select_related(*beside).filter(pk=pk).first()
