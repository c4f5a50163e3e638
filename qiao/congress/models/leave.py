"""Leave from a session or from days of it."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qiao.kernel.models import VisibleQuerySet

from .body import Session, Term
from .mandate import Mandate


class LeaveState(models.TextChoices):
    """Where a request for leave stands."""

    ASKED = "asked", _("Waits for a decision")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Not approved")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class LeaveGround(models.TextChoices):
    """Why somebody cannot come."""

    ILLNESS = "illness", _("Illness")
    DUTY = "duty", _("Official duty")
    FAMILY = "family", _("Family")
    OTHER = "other", _("Another reason")


class Leave(models.Model):
    """A deputy's request to be away from a session, or from some days of it (请假; R5.13)."""

    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="leaves", verbose_name=_("deputy"))
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="leaves", verbose_name=_("session"))
    starts = models.DateField(_("first day"))
    ends = models.DateField(_("last day"))
    ground = models.CharField(_("ground"), max_length=12, choices=LeaveGround)
    reason = models.CharField(_("reason"), max_length=500)
    state = models.CharField(_("state"), max_length=12, choices=LeaveState, default=LeaveState.ASKED, editable=False)
    approver = models.CharField(_("to be decided by"), max_length=24)
    """Who decides it by the rulebook of the day on which it was asked: a value of ``leave_approver_session`` or ``leave_approver_days``."""
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=500, blank=True)

    objects = VisibleQuerySet.as_manager()
    asked_with = ("mandate__person", "session__term")
    journal_masked = frozenset({"reason"})
    """An illness is nobody's business but the deputy's and the decider's."""

    class Meta:
        verbose_name = _("leave")
        ordering = ["-session__opens", "-id"]
        constraints = [
            models.CheckConstraint(
                name="leave_ends_after_it_starts",
                condition=Q(ends__gte=F("starts")),
                violation_error_message=_("The last day lies before the first."),
            )
        ]
        indexes = [models.Index(fields=["session", "state"], name="leave_of_session")]

    def __str__(self) -> str:
        return f"{self.mandate} · {self.session}"

    @property
    def term(self) -> Term:
        """The term of the session."""
        return self.session.term

    @property
    def journal_congress(self) -> int:
        """Its lines stand in the session's congress."""
        return self.session.congress_id

    @property
    def is_whole(self) -> bool:
        """Whether it is from the whole session."""
        return self.starts <= self.session.opens and self.ends >= self.session.closes

    def clean(self) -> None:
        if not self.session.opens <= self.starts <= self.ends <= self.session.closes:
            raise ValidationError({"starts": _("The days lie outside the session.")})
