"""What a congress registers suggestions by: its topics, and its case numbers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from qiao.kernel.models import VisibleQuerySet
from qiao.orgs.models import Congress


class Topic(models.Model):
    """A content class by which a congress sorts its suggestions (审查分类)."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="topics", verbose_name=_("congress"))
    name = models.CharField(_("name"), max_length=40)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        ordering = ["congress", "id"]
        constraints = [models.UniqueConstraint(fields=["congress", "name"], name="topic_name_once")]

    def __str__(self) -> str:
        return self.name


class NumberSeries(models.Model):
    """The next case number of a session, or of a term between its sessions (R3.13)."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="+")
    series = models.CharField(max_length=40)
    next = models.PositiveIntegerField(default=1)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["congress", "series"], name="number_series_once")]

    def __str__(self) -> str:
        return f"{self.series}: {self.next}"
