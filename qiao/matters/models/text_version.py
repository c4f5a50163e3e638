"""The text as it was fixed."""

from django.db import models

from qiao.kernel import clock
from qiao.kernel.models import VisibleQuerySet

from .suggestion import Suggestion


class TextVersion(models.Model):
    """The text as it stood when signers were asked, or when it was submitted (R3.15)."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=100)
    matter = models.TextField()
    proposal = models.TextField()
    at = models.DateTimeField(default=clock.now)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["suggestion", "number"], name="text_version_once")]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"
