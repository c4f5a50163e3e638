"""Sealing by the clock, and verifying outside the request."""

from django.utils import translation
from django.utils.translation import gettext as _

from qiao.kernel import jobs, seals
from qiao.kernel.jobs import task
from qiao.kernel.models import Entry


@task
def seal() -> int:
    """Seal what was written since the last time."""
    return seals.seal_waiting()


@task(queue_name="reports")
def verify(congress: int, progress: int, language: str) -> None:
    """Go through a journal for somebody who waits for the answer, said in their language."""
    with translation.override(language):
        jobs.step(progress, more=0, total=Entry.objects.filter(congress_id=congress).count())
        report = seals.verify(congress, lambda more: jobs.step(progress, more=more))
        said = {"entries": report.entries, "seals": report.seals, "unsealed": report.unsealed, "digest": report.digest}
        words = _("Everything holds: %(entries)s entries under %(seals)s seals, %(unsealed)s not sealed yet.") % said
        jobs.ended(
            progress, message=report.fault or words, failed=bool(report.fault), result={**said, "entry": report.entry, "seal": report.seal}
        )
