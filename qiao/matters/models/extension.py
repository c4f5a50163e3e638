"""Extensions (延期): a unit asks for more time for its reply, and whoever handed the suggestion over decides."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qiao.accounts.models import User
from qiao.kernel import clock
from qiao.kernel.models import VisibleQuerySet
from qiao.orgs.models import Unit

from .handling import Assignment
from .suggestion import Suggestion


class ExtensionState(models.TextChoices):
    """Where a request for more time stands."""

    REQUESTED = "requested", _("More time requested")
    GRANTED = "granted", _("More time granted")
    REFUSED = "refused", _("More time refused")
    LAPSED = "lapsed", _("No longer needed")


class Extension(models.Model):
    """One request for more time: why, until when, and what was decided. An assignment is extended once at most (R3.38)."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="extensions")
    state = models.CharField(_("state"), max_length=10, choices=ExtensionState, default=ExtensionState.REQUESTED, editable=False)
    office = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("decided by"), editable=False
    )
    """The coordinating office, where the rules leave it to whoever dispatched; else the congress's staff decide."""
    reason = models.TextField(_("reason"), max_length=1000)
    proposed = models.DateField(_("proposed last day"))
    previous = models.DateField(_("last day until then"), editable=False)
    until = models.DateField(_("new last day"), null=True, editable=False)
    decision = models.TextField(_("decision"), max_length=1000, blank=True, editable=False)
    requested_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", editable=False)
    requested_at = models.DateTimeField(_("requested"), default=clock.now, editable=False)

    objects = VisibleQuerySet.as_manager()
    asked_with = ("assignment__suggestion__lead__person", "assignment__unit")

    class Meta:
        verbose_name = _("extension")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"], condition=Q(state__in=["requested", "granted"]), name="extension_once",
                violation_error_message=_("More time was already asked for or given; there is no second extension."),
            ),
            models.CheckConstraint(
                name="extension_granted_has_day", condition=~Q(state="granted") | Q(until__isnull=False),
                violation_error_message=_("An extension needs its new last day."),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["assignment"], condition=Q(state="requested"), name="extension_to_decide")]

    def __str__(self) -> str:
        return f"{self.assignment}: {self.previous} → {self.until or self.proposed}"

    @property
    def journal_root(self) -> Suggestion:
        """Its lines stand in the suggestion's history."""
        return self.assignment.suggestion
