"""Background work about background work."""

from qiao.kernel.jobs import task

from . import operations


@task
def clear() -> None:
    """Every night: what has long been done goes."""
    operations.clear()
