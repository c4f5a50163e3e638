"""Mail leaves the product here, after the commit, outside the request where a worker runs."""

import datetime as dt

from qiao.kernel import clock, jobs
from qiao.kernel.jobs import task

from . import operations

AGAIN = dt.timedelta(minutes=10)


@task(queue_name="mail")
def send_mail(notice_ids: list[int]) -> None:
    """Send these notices by e-mail; what is sent already is not sent again. Failures are tried again later by a worker."""
    again = operations.deliver(notice_ids)
    if again and send_mail.get_backend().supports_defer:
        jobs.enqueue(send_mail.using(run_after=clock.now() + AGAIN), notice_ids=again)


@task(queue_name="mail")
def send_waiting_mail() -> None:
    """Take up the deliveries that have waited too long or were begun and never finished."""
    operations.send_waiting()


@task(queue_name="mail")
def send_digests(user_ids: list[int]) -> None:
    """Write and send the daily letters of these people; who has had theirs gets no second one."""
    operations.send_digests(user_ids)


@task(queue_name="mail")
def begin_digests() -> None:
    """Every hour of the day: the daily letters that are due."""
    operations.begin_digests()
