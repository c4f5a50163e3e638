"""The ways out of the product that this installation has, and where each of them reaches a person."""

from collections.abc import Collection, Mapping

from django.conf import settings

from qiao.accounts.models import User

from .models import Address, Channel

PHONE, OWN = "{phone}", "{to}"
"""What may stand in a gateway's address for the recipient: the telephone of the directory, or what the person has entered."""


def gateway(channel: str) -> str:
    """The address to which messages of a channel are handed over; empty if the installation has none.

    One that does not say where the recipient stands in it is none: it would tell a whole group what is one person's.
    """
    place = str(settings.GATEWAYS.get(channel, ""))
    return place if PHONE in place or OWN in place else ""


def in_use() -> list[Channel]:
    """Mail, and each channel with a gateway."""
    return [channel for channel in Channel if channel == Channel.MAIL or gateway(channel)]


def others() -> list[Channel]:
    """Those besides mail."""
    return in_use()[1:]


def entered() -> list[Channel]:
    """Those for which a person enters their own address."""
    return [channel for channel in others() if OWN in gateway(channel)]


def own_addresses(users: Collection[int], channel: str) -> dict[int, str]:
    """What each of these people has entered for a channel. One query, none where nobody enters anything."""
    if OWN not in gateway(channel):
        return {}
    return {one.user_id: one.value.plain for one in Address.objects.filter(user__in=users, channel=channel)}


def address_of(user: User, channel: str, own: Mapping[int, str]) -> str:
    """Where a channel reaches a person; empty if it cannot."""
    if not user.is_active:
        return ""
    if channel == Channel.MAIL:
        return user.person.email
    return own.get(user.pk, "") if OWN in gateway(channel) else user.person.phone.plain
