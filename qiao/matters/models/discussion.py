"""What a delegation has discussed before it puts a suggestion forward as a whole (R3.17)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qiao.accounts.models import User
from qiao.kernel import clock
from qiao.kernel.models import VisibleQuerySet

from .suggestion import Suggestion


class Discussion(models.Model):
    """The discussion of one text version in the delegation, with its count; a change of the text asks for a new one."""

    suggestion = models.OneToOneField(Suggestion, on_delete=models.PROTECT, related_name="discussion")
    version = models.PositiveSmallIntegerField(_("text version"), editable=False)
    on = models.DateField(_("day"))
    present = models.PositiveSmallIntegerField(_("deputies present"))
    in_favour = models.PositiveSmallIntegerField(_("in favour"))
    against = models.PositiveSmallIntegerField(_("against"), default=0)
    summary = models.TextField(_("what was said"), max_length=2000, blank=True)
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", editable=False)
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("discussion in the delegation")
        constraints = [
            models.CheckConstraint(
                name="discussion_counts_those_present",
                condition=Q(present__gte=F("in_favour") + F("against")),
                violation_error_message=_("More deputies are counted in favour and against than were present."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.suggestion} ({self.on})"

    @property
    def journal_root(self) -> Suggestion:
        """Its lines stand in the suggestion's history."""
        return self.suggestion
