"""What is convened when a deputy is dissatisfied a second time: an assessment, a meeting, an opinion (section 3.12)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from qiao.accounts.models import User
from qiao.kernel import clock
from qiao.kernel.models import VisibleQuerySet

from .handling import Reply
from .suggestion import Suggestion


class DeliberationForm(models.TextChoices):
    """The forms found in local regulations: Henan, Sichuan, Chongqing."""

    EXPERTS = "expert_assessment", _("Expert assessment")
    MEETING = "joint_meeting", _("Joint meeting of deputy and unit")
    COMMITTEE = "committee_opinion", _("Opinion of the deputy-affairs committee")


class Deliberation(models.Model):
    """One deliberation on one reply that did not satisfy: convened for a day, ended by the opinion that is recorded."""

    reply = models.OneToOneField(Reply, on_delete=models.PROTECT, related_name="deliberation")
    form = models.CharField(_("form"), max_length=20, choices=DeliberationForm)
    on = models.DateField(_("day"))
    who = models.CharField(_("who takes part"), max_length=300)
    convened_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", editable=False)
    convened_at = models.DateTimeField(default=clock.now, editable=False)
    opinion = models.TextField(_("opinion"), max_length=1000, blank=True, editable=False)
    concluded_at = models.DateTimeField(_("concluded"), null=True, editable=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("deliberation")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="deliberation_has_opinion",
                condition=models.Q(concluded_at=None) | ~models.Q(opinion=""),
                violation_error_message=_("A deliberation ends with its opinion."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_form_display()} ({self.on})"

    @property
    def journal_root(self) -> Suggestion:
        """Its lines stand in the suggestion's history."""
        return self.reply.assignment.suggestion
