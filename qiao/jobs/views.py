"""Jobs, workers and schedule on one page; and how far one's own job has come."""

from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from qiao.accounts.models import User
from qiao.kernel import clock, jobs, schedule, worker
from qiao.kernel.errors import NotAllowed
from qiao.kernel.models import Progress
from qiao.kernel.policy import Actor
from qiao.ui.http import Request, done, fetch, page

from . import operations, policy
from .listing import JOBS
from .models import Job


def _demand(actor: Actor) -> None:
    said = policy.manage(actor)
    if not said:
        raise NotAllowed(said.reason, "job.manage")


@require_safe
def index(request: Request) -> HttpResponseBase:
    """What waits, runs and has failed; who is at work; what is due next."""
    _demand(request.actor)
    shown = JOBS.show(request, Job.objects.visible_to(request.actor))
    if shown.export:
        return shown.download()
    now = clock.now()
    lines = [{"label": line.label, "cron": line.cron, "last": line.last_due(now), "next": line.next_due(now)} for line in schedule.LINES]
    workers = worker.living()
    left = {job.pk for job in shown.rows if job.is_left({beat.worker for beat in workers})}
    context = {"shown": shown, "left": left, "workers": workers, "lines": lines, "waits_for_workers": jobs.later()}
    return page(request, "jobs/index.html", context)


@require_POST
def retry(request: Request, pk: UUID) -> HttpResponse:
    """Try a failed job again."""
    job = fetch(Job, request.actor, str(pk))
    operations.retry(get_object_or_404(User, pk=request.user.pk), actor=request.actor, job=job.pk, note=f"{job.task_path} {job.pk}")
    return done(request, _("The job will be tried again."), reverse("jobs:index"))


@require_safe
def progress(request: Request, pk: int) -> HttpResponse:
    """How far a job has come: the part of a page that asks for itself until it is over."""
    return page(request, "jobs/progress.html", {"progress": fetch(Progress, request.actor, pk)}, part="part")
