"""Answering a deputy face to face, and what was said there (当面答复, R3.45)."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qiao.accounts.models import User
from qiao.files.models import StoredFile
from qiao.kernel import clock
from qiao.kernel.models import VisibleQuerySet

from .handling import Assignment
from .suggestion import Suggestion


class FaceReplyQuerySet(VisibleQuerySet):
    """Records of meetings."""

    def signed(self) -> Self:
        """Those that the deputy has confirmed, here or on paper."""
        return self.filter(Q(confirmed_at__isnull=False) | Q(signed_copy__isnull=False))


class FaceReply(models.Model):
    """The record of a meeting at which the unit answered the deputy in person, one a round; the deputy confirms it here or on paper."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="face_replies")
    round = models.PositiveSmallIntegerField(_("round"), editable=False)
    on = models.DateField(_("day"))
    place = models.CharField(_("place"), max_length=100)
    unit_people = models.CharField(_("who answered for the unit"), max_length=200)
    deputies = models.CharField(_("deputies who took part"), max_length=200)
    said = models.TextField(_("what the unit said"), max_length=3000)
    opinion = models.TextField(_("the deputy's opinion"), max_length=2000, blank=True)
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", editable=False)
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed by the deputy"), null=True, editable=False)
    remark = models.CharField(_("remark of the deputy"), max_length=1000, blank=True, editable=False)
    """In the deputy's own words, with the confirmation."""
    signed_copy = models.OneToOneField(
        StoredFile, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("signed copy"), editable=False
    )

    objects = FaceReplyQuerySet.as_manager()
    asked_with = ("assignment__suggestion__lead__person", "assignment__unit")

    class Meta:
        verbose_name = _("face-to-face reply")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["assignment", "round"], name="face_reply_round_once")]

    def __str__(self) -> str:
        return f"{self.assignment.unit} ({self.on})"

    @property
    def is_signed(self) -> bool:
        """Whether the deputy has confirmed it, here or on paper."""
        return self.confirmed_at is not None or self.signed_copy_id is not None

    @property
    def journal_root(self) -> Suggestion:
        """Its lines stand in the suggestion's history."""
        return self.assignment.suggestion
