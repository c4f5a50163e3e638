"""The log of what became of each delivery: a line for each try, with the address as it may be shown."""

from collections.abc import Iterable

from qiao.kernel import clock
from qiao.notices.masking import masked
from qiao.notices.models import Attempt, Delivery, DeliveryState, Outcome

OUTCOMES = {
    DeliveryState.SENT: Outcome.SENT,
    DeliveryState.WAITING: Outcome.FAILED,
    DeliveryState.FAILED: Outcome.GIVEN_UP,
    DeliveryState.SKIPPED: Outcome.SKIPPED,
    DeliveryState.READ: Outcome.READ,
}
"""How a try ended, by the state it left the delivery in."""


def log_tries(deliveries: Iterable[Delivery], state: DeliveryState, error: str, address: str) -> None:
    """Write down how a try to reach one person ended."""
    Attempt.objects.bulk_create(
        Attempt(delivery=one, at=clock.now(), outcome=OUTCOMES[state], reason=error[:300], address=masked(address)[:120])
        for one in deliveries
    )
