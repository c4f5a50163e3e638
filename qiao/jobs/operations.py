"""Giving a failed job its tries anew, and clearing away what has long been done."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks_db.models import DBTaskResult

from qiao.accounts.models import SignedIn, User
from qiao.kernel import clock, jobs
from qiao.kernel.errors import Unfit
from qiao.kernel.models import Beat, Progress, Sending, Tick
from qiao.kernel.operation import Permit, operation
from qiao.kernel.policy import Actor

from . import policy

KEPT = {
    "done": dt.timedelta(days=14),
    "failed": dt.timedelta(days=180),
    "tick": dt.timedelta(days=30),
    "progress": dt.timedelta(days=7),
    "sending": dt.timedelta(days=2),
}
"""How long what is over is kept; a failure as long as the logs of a network must be (Cybersecurity Law, article 23: six months)."""


@operation(Permit("job.retry", policy.manage, gettext_lazy("Try a failed job again")))
def retry(user: User, *, actor: Actor, job: Any) -> None:
    """Give a failed job its tries anew; ``user`` is the account that asks, ``note`` names the job."""
    if not jobs.run_again(job):
        raise Unfit(_("This job does not wait to be tried again: it has been tried already, or it is gone."))


def clear() -> int:
    """Remove jobs, ticks, signs of life, progress records, marks of forms and sessions that are over long enough; returns how many rows.

    They are traces of the machinery, not of people's acts: the journal has those.
    """
    now = clock.now()
    over = [
        DBTaskResult.objects.successful().filter(finished_at__lt=now - KEPT["done"]),
        DBTaskResult.objects.failed().filter(finished_at__lt=now - KEPT["failed"]),
        Tick.objects.filter(due__lt=now - KEPT["tick"]),
        Beat.objects.filter(at__lt=now - KEPT["tick"]),
        Progress.objects.filter(at__lt=now - KEPT["progress"]),
        SignedIn.objects.filter(expire_date__lt=now),
        Sending.objects.filter(at__lt=now - KEPT["sending"]),
    ]
    return sum(rows.delete()[0] for rows in over)
