"""Objections (对承办单位的异议): the lead deputy says that another unit should handle it, and the congress's side answers (R3.27)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qiao.kernel import clock
from qiao.kernel.models import VisibleQuerySet
from qiao.orgs.models import Unit

from .handling import Assignment
from .suggestion import Suggestion


class ObjectionState(models.TextChoices):
    """Where an objection stands."""

    RAISED = "raised", _("Objection to answer")
    KEPT = "kept", _("The unit stays")
    UPHELD = "upheld", _("Another unit is named")
    LAPSED = "lapsed", _("No longer needed")


class Objection(models.Model):
    """The lead deputy's objection to the unit it was handed to; one for each assignment, always answered."""

    assignment = models.OneToOneField(Assignment, on_delete=models.PROTECT, related_name="objection")
    state = models.CharField(_("state"), max_length=8, choices=ObjectionState, default=ObjectionState.RAISED, editable=False)
    reason = models.TextField(_("reason"), max_length=1000)
    wished_unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit proposed instead")
    )
    raised_at = models.DateTimeField(_("raised"), default=clock.now, editable=False)
    answer = models.TextField(_("answer"), max_length=1000, blank=True, editable=False)
    answered_at = models.DateTimeField(_("answered"), null=True, editable=False)

    objects = VisibleQuerySet.as_manager()
    asked_with = ("assignment__suggestion__lead__person", "assignment__unit")

    class Meta:
        verbose_name = _("objection")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="objection_answered_with_words", condition=~Q(state__in=["kept", "upheld"]) | ~Q(answer=""),
                violation_error_message=_("The deputy must be told why."),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["assignment"], condition=Q(state="raised"), name="objection_to_answer")]

    def __str__(self) -> str:
        return str(self.assignment)

    @property
    def journal_root(self) -> Suggestion:
        """Its lines stand in the suggestion's history."""
        return self.assignment.suggestion
