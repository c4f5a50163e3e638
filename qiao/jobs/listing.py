"""The list of jobs: the newest first."""

from django.utils.translation import gettext_lazy as _

from qiao.ui.listing import Column, Listing

from .forms import JobFilter

JOBS = Listing(
    name="jobs",
    columns=[
        Column("task", _("Job"), lambda job: job.task_path),
        Column("queue", _("Queue"), lambda job: job.queue_name),
        Column("state", _("State"), lambda job: job.words),
        Column("at", _("Queued at"), lambda job: job.enqueued_at, order=("enqueued_at",)),
        Column("tries", _("Tries"), lambda job: job.tries),
        Column("error", _("What went wrong"), lambda job: job.error),
    ],
    filters=JobFilter,
    narrow={"state": lambda rows, state: rows.at(state), "queue": lambda rows, queue: rows.filter(queue_name=queue)},
    order="-at",
)
