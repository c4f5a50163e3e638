"""A job, as the list of the system administrator reads it."""

from typing import Self

from django.utils.translation import gettext_lazy as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from qiao.kernel.models import VisibleQuerySet
from qiao.kernel.policy import Words

WORDS: dict[str, tuple[Words, str]] = {
    TaskResultStatus.READY: (_("Waiting"), "neutral"),
    TaskResultStatus.RUNNING: (_("Running"), "info"),
    TaskResultStatus.FAILED: (_("Failed"), "bad"),
    TaskResultStatus.SUCCESSFUL: (_("Done"), "good"),
}
"""What a state is called, and its tone."""


class JobQuerySet(VisibleQuerySet):
    """Jobs."""

    def at(self, state: str) -> Self:
        """Those in a state."""
        return self.filter(status=state)


class Job(DBTaskResult):
    """One piece of background work: a row of the task library, read through the scope."""

    objects = JobQuerySet.as_manager()  # type: ignore[assignment, misc]

    class Meta:
        proxy = True
        verbose_name = _("job")

    def __str__(self) -> str:
        return self.task_path

    @property
    def words(self) -> Words:
        """Its state in a word."""
        return WORDS[self.status][0]

    @property
    def tone(self) -> str:
        return WORDS[self.status][1]

    @property
    def tries(self) -> int:
        """How often a worker has begun it."""
        return len(self.worker_ids)

    def is_left(self, alive: set[str]) -> bool:
        """Whether its worker is not among the living: one of them takes it over."""
        return bool(self.status == TaskResultStatus.RUNNING and (not self.worker_ids or self.worker_ids[-1] not in alive))

    @property
    def error(self) -> str:
        """The last line of what went wrong: the message without the way to it. What it was given stays inside."""
        return (self.traceback.strip().splitlines() or [""])[-1][:300]

    @property
    def failed(self) -> bool:
        return bool(self.status == TaskResultStatus.FAILED)
