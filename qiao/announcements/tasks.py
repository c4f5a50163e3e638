"""The telling of many, behind all other work."""

import time

from qiao.kernel import jobs
from qiao.kernel.jobs import task

from . import operations

LATER = -50
"""Whatever else waits goes first."""
TURN = 3.0
"""Seconds after which the job makes room and goes on later."""


@task(priority=LATER)
def tell(announcement_id: int) -> None:
    """Tell a part after the other; where a worker serves others too, only for a moment, then a new job goes on."""
    until = time.monotonic() + TURN
    while operations.tell_part(announcement_id):
        if jobs.later() and time.monotonic() > until:
            operations.queue(announcement_id)
            return
