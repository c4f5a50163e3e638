"""The journal's lines and seals, what the background work keeps of itself, and the query set that knows who may see what."""

from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from . import clock
from .policy import SCOPES, Actor

INSTALLATION = 0
"""The number under which the installation's own lines stand, beside those of the congresses."""


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
    congress_id = models.BigIntegerField(default=INSTALLATION)
    """The congress whose journal the line stands in; 0 is the installation's own. A number, not a key: the kernel knows no congress."""

    by = ""
    """Who did it, in words; whoever shows it fills this in."""
    hidden = unnamed = True
    """Whether it belongs to a matter that hides people, and hides who did it: yes, until somebody has asked (``anonymity``)."""

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("journal entry")
        indexes = [
            models.Index(fields=["trail", "id"], name="entry_trail"),
            models.Index(fields=["code", "at", "id"], name="entry_by_code"),
            models.Index(fields=["at", "id"], name="entry_by_time"),
            models.Index(fields=["user", "at", "id"], name="entry_by_person"),
            models.Index(fields=["congress_id", "at", "id"], name="entry_of_congress"),
            models.Index(fields=["congress_id", "id"], name="entry_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.trail}"


class Seal(models.Model):
    """What makes a stretch of one congress's journal evidence: a hash over its lines and the seal before, signed by the installation.

    ``leaves`` holds a line ``id hash`` for each entry, so that a change is found to the entry, and a part of the journal
    can be shown to somebody who may not see the rest.
    """

    congress_id = models.BigIntegerField()
    number = models.PositiveIntegerField()
    """From 1, without a gap, for each congress."""
    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField()
    """Every entry of the congress after the seal before and up to this one is in it."""
    leaves = models.TextField()
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)
    """Ed25519 over ``digest``, hexadecimal."""
    key = models.CharField(max_length=64)
    """The public key it is checked with, hexadecimal."""
    at = models.DateTimeField(default=clock.now)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("seal")
        constraints = [models.UniqueConstraint(fields=["congress_id", "number"], name="seal_once_a_number")]
        indexes = [models.Index(fields=["congress_id", "last_id"], name="seal_by_entry")]

    def __str__(self) -> str:
        return f"{self.congress_id}/{self.number}"


class Beat(models.Model):
    """A worker's sign of life; whose sign is old is dead, and its job is taken over."""

    worker = models.CharField(max_length=64, unique=True)
    queues = models.CharField(max_length=200)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("worker")

    def __str__(self) -> str:
        return self.worker


class Tick(models.Model):
    """One moment at which one line of the schedule was due: the row that only one worker can write."""

    name = models.CharField(max_length=120)
    due = models.DateTimeField()

    class Meta:
        verbose_name = _("run of the schedule")
        constraints = [models.UniqueConstraint(fields=["name", "due"], name="tick_once")]
        indexes = [models.Index(fields=["due"], name="tick_due")]

    def __str__(self) -> str:
        return f"{self.name} {self.due}"


class Sending(models.Model):
    """One form as it was shown to one person: that it has arrived, and where its sender went on to when it was dealt with."""

    key = models.CharField(max_length=64, unique=True)
    location = models.CharField(max_length=2000, blank=True)
    at = models.DateTimeField(default=clock.now, db_index=True)

    class Meta:
        verbose_name = _("form that was sent")

    def __str__(self) -> str:
        return self.key


class Progress(models.Model):
    """How far a job has come, for the person who waits for it: so many of so many, a sentence, and at the end where to go on."""

    class State(models.TextChoices):
        """How it stands."""

        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    label = models.CharField(max_length=200)
    state = models.CharField(max_length=8, choices=State, default=State.RUNNING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=500, blank=True)
    result = models.JSONField(default=dict)
    """What the job found, as plain values, for the page that began it."""
    url = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=clock.now)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("progress of a job")

    def __str__(self) -> str:
        return self.label
