"""Data whose term is over, every night."""

from qiao.kernel import jobs
from qiao.kernel.jobs import task

from . import operations


@task()
def dispose(after: int = 0) -> None:
    """Delete or clear what is due, so many congresses at a time; repeated, it finds nothing left."""
    if last := operations.dispose_due(after):
        jobs.enqueue(dispose, after=last)
