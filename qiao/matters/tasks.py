"""What is done to suggestions at its hour, without anybody asking."""

from qiao.kernel import jobs
from qiao.kernel.jobs import task

from . import operations


@task()
def open_evaluations() -> None:
    """Open the evaluations whose seal has ended; what is not opened today is opened by the next run."""
    operations.open_due()


@task()
def remind(after: int = 0) -> None:
    """Remind of what is due, so many at a time; what was missed on a day is caught up with by the next run."""
    if last := operations.remind_due(after):
        jobs.enqueue(remind, after=last)


@task()
def remind_of_receipts() -> None:
    """Remind those who have not confirmed a reply by the day for it; what is left is done by the next run of this job."""
    if operations.remind_unconfirmed():
        jobs.enqueue(remind_of_receipts)


@task()
def recount(draft: int, after: int = 0) -> None:
    """Reckon the open clocks anew by a table of days off, so many at a time."""
    if last := operations.recount_next(draft, after):
        jobs.enqueue(recount, draft=draft, after=last)
