"""Splitting (拆分): one suggestion on several matters becomes several, if its lead deputy agrees (R3.8)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qiao.kernel import clock
from qiao.kernel.models import VisibleQuerySet

from .suggestion import Suggestion


class SplitAnswer(models.TextChoices):
    """What became of a proposal to split."""

    WAITING = "waiting", _("Waits for the deputy")
    AGREED = "agreed", _("The deputy agreed")
    OBJECTED = "objected", _("The deputy objected")
    DROPPED = "dropped", _("Not pursued")


class Split(models.Model):
    """A proposal of the staff to split one suggestion; until the deputy agrees nothing changes."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="splits")
    parts = models.JSONField(_("parts"), default=list)
    """The texts proposed, in order: title, matter, proposal of each."""
    reason = models.CharField(_("reason"), max_length=1000)
    answer = models.CharField(_("answer"), max_length=10, choices=SplitAnswer, default=SplitAnswer.WAITING, editable=False)
    objection = models.CharField(_("why the deputy objects"), max_length=1000, blank=True, editable=False)
    proposed_at = models.DateTimeField(_("proposed"), default=clock.now, editable=False)
    answered_at = models.DateTimeField(_("answered"), null=True, editable=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("split")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["suggestion"],
                condition=Q(answer="waiting"),
                name="split_one_waits",
                violation_error_message=_("The deputy has been asked already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.suggestion} ({len(self.parts)})"
