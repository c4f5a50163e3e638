"""The signatures under a reply that several lead units give together (会签, R3.26)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qiao.accounts.models import User
from qiao.kernel import clock
from qiao.kernel.models import VisibleQuerySet

from .handling import Assignment, Reply
from .suggestion import Suggestion


class Countersignature(models.Model):
    """One lead unit's signature under a joint reply; void once the reply goes back to be drafted."""

    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="countersignatures")
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="+")
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("signed by"))
    signed_at = models.DateTimeField(_("signed"), default=clock.now)
    secrecy_checked = models.BooleanField(_("checked for secrets"), default=False)
    void_at = models.DateTimeField(_("void since"), null=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("countersignature")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["reply", "assignment"], condition=Q(void_at=None), name="countersignature_once")]

    def __str__(self) -> str:
        return f"{self.assignment.unit}: {self.signed_by}"

    @property
    def journal_root(self) -> Suggestion:
        """Its lines stand in the suggestion's history."""
        return self.reply.assignment.suggestion
