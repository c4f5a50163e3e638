"""Sittings of a session, and who was there."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.kernel.models import VisibleQuerySet

from .body import Session, Term
from .mandate import Mandate


class SittingKind(models.TextChoices):
    """Which meetings of a session keep a sheet."""

    PLENARY = "plenary", _("Plenary meeting")
    DELEGATION = "delegation", _("Meeting of the delegations")
    OTHER = "other", _("Another meeting")


class PartOfDay(models.IntegerChoices):
    """When on its day a sitting begins."""

    MORNING = 1, _("Morning")
    AFTERNOON = 2, _("Afternoon")
    EVENING = 3, _("Evening")


class SheetState(models.TextChoices):
    """Whether a sheet is still written on."""

    OPEN = "open", _("Being taken")
    CLOSED = "closed", pgettext_lazy("sheet", "Closed")


class Mark(models.TextChoices):
    """What the sheet says of a deputy; nothing as long as nobody has said."""

    PRESENT = "present", _("Present")
    LEAVE = "leave", _("On leave")
    ABSENT = "absent", _("Absent without approval")


class Sitting(models.Model):
    """One meeting of a session (会次) with its attendance sheet (签到表)."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="sittings", verbose_name=_("session"))
    name = models.CharField(_("name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=12, choices=SittingKind, default=SittingKind.PLENARY)
    on = models.DateField(_("day"))
    part = models.PositiveSmallIntegerField(_("part of the day"), choices=PartOfDay, default=PartOfDay.MORNING)
    state = models.CharField(_("sheet"), max_length=8, choices=SheetState, default=SheetState.OPEN, editable=False)

    objects = VisibleQuerySet.as_manager()
    asked_with = ("session__term",)

    class Meta:
        verbose_name = _("sitting")
        ordering = ["session", "on", "part", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "name"],
                name="sitting_name_once",
                violation_error_message=_("The session has a sitting of this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def term(self) -> Term:
        """The term of the session."""
        return self.session.term

    @property
    def journal_congress(self) -> int:
        """Its lines stand in the session's congress."""
        return self.session.congress_id

    def clean(self) -> None:
        if not self.session.opens <= self.on <= self.session.closes:
            raise ValidationError({"on": _("The day lies outside the session.")})


class Attendance(models.Model):
    """One deputy's line on the sheet of one sitting; a line is there for everybody who can act on the day."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="lines", verbose_name=_("sitting"))
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="attendances", verbose_name=_("deputy"))
    mark = models.CharField(_("attendance"), max_length=8, choices=Mark, blank=True)

    objects = VisibleQuerySet.as_manager()
    asked_with = ("sitting__session", "mandate")

    class Meta:
        verbose_name = _("attendance")
        ordering = ["sitting", "id"]
        constraints = [models.UniqueConstraint(fields=["sitting", "mandate"], name="attendance_once_a_sitting")]

    def __str__(self) -> str:
        return f"{self.mandate} · {self.sitting}"

    @property
    def journal_root(self) -> Sitting:
        """Its lines stand in the history of the sitting."""
        return self.sitting
