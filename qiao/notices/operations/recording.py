"""The log of what became of each delivery: a line for each try, with the address as it may be shown."""

from collections.abc import Collection, Iterable

from qiao.accounts.models import User
from qiao.kernel import clock
from qiao.kernel.protected import HIDDEN, telephone
from qiao.notices.carrier import Failure
from qiao.notices.masking import masked
from qiao.notices.models import Attempt, Channel, Delivery, DeliveryState, Outcome, Refusal

OUTCOMES = {
    DeliveryState.SENT: Outcome.SENT,
    DeliveryState.WAITING: Outcome.FAILED,
    DeliveryState.FAILED: Outcome.GIVEN_UP,
    DeliveryState.SKIPPED: Outcome.SKIPPED,
    DeliveryState.READ: Outcome.READ,
}
"""How a try ended, by the state it left the delivery in."""
TRIES = 3


def after(failure: Failure | None, tries: int) -> DeliveryState:
    """What a try leaves behind: sent, or to be tried again until it was the last or the address is refused."""
    if failure is None:
        return DeliveryState.SENT
    return DeliveryState.FAILED if failure.refused or tries >= TRIES else DeliveryState.WAITING


def log_tries(deliveries: Iterable[Delivery], state: DeliveryState, failure: Failure | None, address: str) -> None:
    """Write down how a try to reach one person ended."""
    reason = failure.reason[:300] if failure else ""
    Attempt.objects.bulk_create(
        Attempt(delivery=one, at=clock.now(), outcome=OUTCOMES[state], reason=reason, address=_shown(one.channel, address))
        for one in deliveries
    )


def _shown(channel: str, address: str) -> str:
    if channel == Channel.MAIL:
        return masked(address)[:120]
    return telephone(address) if channel == Channel.SMS else HIDDEN if address else ""


def refused_of(users: Collection[int]) -> set[int]:
    """Whose address the mail server refused the last time, of these people."""
    return set(Refusal.objects.filter(user__in=users).values_list("user", flat=True))


def remember(user: User, failure: Failure | None, refused: set[int]) -> None:
    """Keep with the person that the mail server refused their address, until a letter reaches them; ``refused`` says of whom it is kept."""
    if failure and failure.refused:
        said = {"at": clock.now(), "address": user.person.email, "reason": failure.reason[:300]}
        Refusal.objects.update_or_create(user=user, defaults=said)
    elif failure is None and user.pk in refused:
        Refusal.objects.filter(user=user).delete()
