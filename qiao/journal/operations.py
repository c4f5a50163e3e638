"""Reading the journal as a whole is itself written down; sealing it moves nothing."""

from typing import Any

from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from qiao.kernel import jobs
from qiao.kernel.models import Progress
from qiao.kernel.operation import Permit, operation
from qiao.kernel.policy import Actor

from . import policy

VERIFY = "qiao.journal.tasks.verify"
"""By its name: tasks are a door and call operations, never the other way."""


@operation(Permit("journal.export", policy.may_export, gettext_lazy("Take the journal away as a file")))
def export(subject: Any, *, actor: Actor, note: str) -> None:
    """Somebody takes entries of a congress's journal away, for a reason; for the installation's own, ``subject`` is their account."""


@operation(Permit("journal.verify", policy.may_export, gettext_lazy("Verify the journal")))
def verify(subject: Any, *, actor: Actor, journal: int, name: str) -> Progress:
    """Have a congress's journal verified by a job; what is returned says how far it has come."""
    label = _("Verifying the journal: %(name)s") % {"name": name}
    progress = jobs.begin(actor, label, url=reverse("journal:index"))
    jobs.enqueue(import_string(VERIFY), congress=journal, progress=progress.pk, language=get_language())
    return progress
