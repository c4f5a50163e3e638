"""The journal's lines, and the query set that knows who may see what."""

from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

from . import clock
from .policy import SCOPES, Actor


class VisibleQuerySet(models.QuerySet[Any]):
    """A query set that can be narrowed to what an actor may see."""

    def visible_to(self, actor: Actor) -> Self:
        """Only the rows the model's scope shows to ``actor``; a model without a scope raises."""
        return self.filter(SCOPES[self.model._meta.label](actor))


class Entry(models.Model):
    """One line of the journal: who did what to which object, when, as whom, and what changed."""

    code = models.CharField(max_length=80)
    at = models.DateTimeField(default=clock.now)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    acting_as = models.CharField(max_length=200, blank=True)
    via = models.CharField(max_length=10)
    because = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    changes = models.JSONField(default=dict)
    kind = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    pk_of = models.BigIntegerField()
    subject = GenericForeignKey("kind", "pk_of")
    trail = models.CharField(max_length=80)
    """What the line belongs to, as ``noun:pk``: a reply's lines stand in its suggestion's history."""

    class Meta:
        indexes = [
            models.Index(fields=["trail", "id"], name="entry_trail"),
            models.Index(fields=["code", "at"], name="entry_code"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.trail}"
