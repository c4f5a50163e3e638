"""Import runs: files on their way in."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from qiao.accounts.models import User
from qiao.kernel import clock
from qiao.kernel.models import VisibleQuerySet
from qiao.orgs.models import Congress

from .importer import IMPORTERS, Importer


class RunState(models.TextChoices):
    """Where an import stands."""

    UPLOADED = "uploaded", _("Waiting for confirmation")
    CONFIRMED = "confirmed", _("Done")
    CANCELLED = "cancelled", _("Cancelled")


class ImportRun(models.Model):
    """One uploaded table. Until it is decided it keeps its rows; then only what became of them (data minimisation)."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="import_runs", verbose_name=_("congress"))
    kind = models.CharField(_("kind"), max_length=30)
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="import_runs", verbose_name=_("uploaded by"))
    filename = models.CharField(_("file"), max_length=200)
    state = models.CharField(_("state"), max_length=10, choices=RunState, default=RunState.UPLOADED, editable=False)
    rows = models.JSONField(_("rows"), default=list, blank=True)
    """``[number, {column: text}]`` as read; after confirmation only of the rows left out."""
    unread = models.JSONField(_("columns not read"), default=list, blank=True)
    outcome = models.JSONField(_("outcome"), default=list, blank=True)
    """``[number, action, label, problems]`` of every row once confirmed."""
    counts = models.JSONField(_("counts"), default=dict, blank=True)
    at = models.DateTimeField(_("uploaded at"), default=clock.now)
    done_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = VisibleQuerySet.as_manager()
    journal_masked = frozenset({"rows", "outcome"})

    class Meta:
        verbose_name = _("import")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="import_run_decided_has_time",
                condition=models.Q(state="uploaded", done_at=None) | (~models.Q(state="uploaded") & models.Q(done_at__isnull=False)),
                violation_error_message=_("A decided import has the time of the decision, and only a decided one."),
            )
        ]
        indexes = [models.Index(fields=["congress", "kind", "-id"], name="import_run_of_congress")]

    def __str__(self) -> str:
        return self.filename

    @property
    def importer(self) -> Importer:
        """What the table means."""
        return IMPORTERS[self.kind]

    def table(self) -> list[tuple[int, dict[str, Any]]]:
        """The rows as kept."""
        return [(number, cells) for number, cells in self.rows]
