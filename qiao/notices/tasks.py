"""Notices leave the product here, after the commit, outside the request where a worker runs."""

import datetime as dt

from qiao.kernel import clock, jobs
from qiao.kernel.jobs import task

from . import operations

WAITS = (dt.timedelta(minutes=10), dt.timedelta(minutes=40))
"""How long what failed waits before its second try and before its third."""


@task(queue_name="mail")
def send_out(channel: str, notice_ids: list[int], tried: int = 0, priority: int = 0) -> None:
    """Send these notices by one channel; what is sent already is not sent again. Failures are tried again, later each time."""
    left = operations.deliver(notice_ids, channel)
    if not jobs.later():
        return
    given = {"channel": channel, "priority": priority}
    if left.rest:
        jobs.enqueue(send_out.using(priority=priority), notice_ids=left.rest, tried=tried, **given)
    if left.again:
        run_after = clock.now() + WAITS[min(tried, len(WAITS) - 1)]
        jobs.enqueue(send_out.using(priority=priority, run_after=run_after), notice_ids=left.again, tried=tried + 1, **given)
    if priority < 0 and len(left.again) < len(notice_ids):  # a server that is away is not sent more
        operations.refill()


@task(queue_name="mail")
def send_waiting_mail() -> None:
    """Take up the deliveries that have waited too long or were begun and never finished."""
    operations.send_waiting()


@task(queue_name="mail")
def send_digests(user_ids: list[int]) -> None:
    """Write and send the daily letters of these people, a batch of them; the others are the next job's. Nobody gets a second one."""
    for start in range(0, len(user_ids), operations.BATCH):
        others = operations.send_digests(user_ids[start : start + operations.BATCH]) + user_ids[start + operations.BATCH :]
        if others and jobs.later():
            operations.queue_digests(others)
            return


@task(queue_name="mail")
def begin_digests() -> None:
    """Every hour of the day: the daily letters that are due."""
    operations.begin_digests()
