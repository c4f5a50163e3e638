"""What is done to suggestions at its hour, without anybody asking."""

from qiao.kernel.jobs import task

from . import operations


@task()
def open_evaluations() -> None:
    """Open the evaluations whose seal has ended; what is not opened today is opened by the next run."""
    operations.open_due()
