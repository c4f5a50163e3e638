"""Pauses (暂停计时): days on which a clock does not count, for a reason on record."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.kernel.models import VisibleQuerySet
from qiao.rulebook.clocks import DAY
from qiao.rulebook.trace import full_date, span

from .clock import Clock
from .suggestion import Suggestion


class Pause(models.Model):
    """One pause of a clock: from the day ``since``, which is not counted, to the day before ``until``, on which it goes on."""

    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="pauses")
    since = models.DateField(gettext_lazy("paused since"))
    until = models.DateField(gettext_lazy("goes on from"), null=True, blank=True)
    reason = models.CharField(gettext_lazy("reason"), max_length=1000)
    source = models.CharField(gettext_lazy("decision or provision"), max_length=200)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("pause")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["clock"], condition=Q(until=None), name="pause_once_at_a_time",
                violation_error_message=gettext_lazy("This time limit is paused already."),
            ),
            models.CheckConstraint(
                name="pause_ends_after_it_begins", condition=Q(until=None) | Q(until__gte=F("since")),
                violation_error_message=gettext_lazy("A pause cannot end before it begins."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.clock}: {self.since} – {self.until or ''}"

    @property
    def days(self) -> str:
        """The days that are not counted, in words."""
        if self.until is None:
            return _("from %(day)s") % {"day": full_date(self.since)}
        return span(self.since, max(self.until - DAY, self.since))

    @property
    def journal_root(self) -> Suggestion:
        """Its lines stand in the suggestion's history."""
        return self.clock.suggestion
