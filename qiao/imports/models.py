"""Import runs: files on their way in."""

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from qiao.accounts.actors import actor_in
from qiao.accounts.models import Post, User
from qiao.kernel import clock
from qiao.kernel.models import VisibleQuerySet
from qiao.kernel.policy import Actor
from qiao.kernel.protected import ProtectedJSONField
from qiao.orgs.models import Congress

from .importer import IMPORTERS, Action, Importer, RowPlan


class RunState(models.TextChoices):
    """Where an import stands. What takes time is done in batches by a job; the state says which work is going on."""

    READING = "reading", _("Being compared")
    UPLOADED = "uploaded", _("Waiting for confirmation")
    WRITING = "writing", _("Being written")
    CONFIRMED = "confirmed", _("Done")
    CANCELLED = "cancelled", _("Cancelled")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")


WORKING = frozenset({RunState.READING, RunState.WRITING, RunState.UNDOING})
UNDO_WITHIN = dt.timedelta(days=1)


class ImportRun(models.Model):
    """One uploaded table, and how far its rows are."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="import_runs", verbose_name=_("congress"))
    kind = models.CharField(_("kind"), max_length=30)
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="import_runs", verbose_name=_("uploaded by"))
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    """The post in which it was uploaded: by its rules each row is judged."""
    filename = models.CharField(_("file"), max_length=200)
    state = models.CharField(_("state"), max_length=10, choices=RunState, default=RunState.READING, editable=False)
    columns = models.JSONField(_("columns"), default=list, blank=True)
    """The keys of the columns that the table has."""
    unread = models.JSONField(_("columns not read"), default=list, blank=True)
    total = models.PositiveIntegerField(_("rows"), default=0)
    done = models.PositiveIntegerField(_("rows done"), default=0)
    """Of the work that is going on, for the progress shown."""
    at = models.DateTimeField(_("uploaded at"), default=clock.now)
    done_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = VisibleQuerySet.as_manager()
    journal_masked = frozenset({"unread"})  # anybody's words

    class Meta:
        verbose_name = _("import")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="import_run_decided_has_time",
                condition=models.Q(state__in=["reading", "uploaded"], done_at=None)
                | (~models.Q(state__in=["reading", "uploaded"]) & models.Q(done_at__isnull=False)),
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

    @property
    def is_working(self) -> bool:
        """Whether a job is at work on it."""
        return self.state in WORKING

    @property
    def actor(self) -> Actor:
        """Whoever brought the table, in the post it was brought in; an import by the system is the system's."""
        return actor_in(self.post, because=self.trail) if self.post else Actor.system(self.trail)

    @property
    def trail(self) -> str:
        """How the journal's lines of its rows name it."""
        return f"import_run:{self.pk}"

    @property
    def undo_until(self) -> dt.datetime | None:
        """The moment until which a written import can be undone."""
        return self.done_at + UNDO_WITHIN if self.done_at else None


class ImportRow(models.Model):
    """One row of a table. Once decided it keeps its cells only if it was left out (data minimisation); what it says lies encrypted."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows", verbose_name=_("import"))
    number = models.PositiveIntegerField(_("row"))
    """As a spreadsheet program shows it."""
    cells = ProtectedJSONField(_("cells"), default=dict, blank=True)
    action = models.CharField(_("what would happen"), max_length=6, choices=Action, blank=True)
    """Empty until the row has been compared."""
    label = models.CharField(_("entry"), max_length=200, blank=True)
    changes = ProtectedJSONField(_("changes"), default=dict, blank=True)
    notes = models.JSONField(_("notes"), default=list, blank=True)
    problems = ProtectedJSONField(_("problems"), default=dict, blank=True)
    made = ProtectedJSONField(_("what it made"), default=list, blank=True)
    """What writing it made or changed, with the values before and after, so that it can be undone."""
    waits = models.BooleanField(_("still to be done"), default=True)
    """Whether the work that is going on has yet to come to it."""

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of an import")
        ordering = ["run", "number"]
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="import_row_once")]
        indexes = [
            models.Index(fields=["run", "action", "number"], name="import_row_by_action"),
            models.Index(fields=["run", "number"], condition=models.Q(waits=True), name="import_row_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.number}"

    def plan(self) -> RowPlan:
        """The row as it was compared."""
        changes = {key: (old, new) for key, (old, new) in self.changes.items()}
        return RowPlan(
            self.number, self.cells, self.action, self.label, changes=changes, notes=self.notes, problems=self.problems, made=self.made
        )

    def take(self, plan: RowPlan) -> None:
        """Keep what was found out about it."""
        self.action, self.label, self.changes = plan.action, plan.label[:200], {key: list(pair) for key, pair in plan.changes.items()}
        self.notes, self.problems, self.made = plan.notes, plan.problems, plan.made
