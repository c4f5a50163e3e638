"""To whom a reply is delivered, and whether it has reached them (R3.43)."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qiao.congress.models import Mandate
from qiao.kernel import clock
from qiao.kernel.models import VisibleQuerySet

from .handling import Reply
from .suggestion import Suggestion


class AddresseeState(models.TextChoices):
    """Where the reply is on its way to one deputy."""

    WITH_LEAD = "with_lead", _("With the lead deputy, to be passed on")
    SENT = "sent", _("Sent, receipt not confirmed")
    RECEIVED = "received", _("Received")


class AddresseeQuerySet(VisibleQuerySet):
    """Addressees."""

    def waiting(self) -> Self:
        """Those to whom it was sent and who have not confirmed it."""
        return self.filter(state=AddresseeState.SENT)

    def overdue(self) -> Self:
        """Those of them whose day for confirming is over."""
        return self.waiting().filter(due__lt=clock.today())


class Addressee(models.Model):
    """One deputy to whom a reply goes: the lead deputy, and by the rules each joint signer."""

    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="addressees")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="+", verbose_name=_("deputy"))
    state = models.CharField(_("state"), max_length=10, choices=AddresseeState, default=AddresseeState.WITH_LEAD, editable=False)
    passed_on = models.BooleanField(_("passed on by the lead deputy"), default=False, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, editable=False)
    due = models.DateField(_("receipt to be confirmed by"), null=True, editable=False)
    reminded_on = models.DateField(_("reminded on"), null=True, editable=False)
    received_at = models.DateTimeField(_("received"), null=True, editable=False)
    paper_on = models.DateField(_("received on paper on"), null=True, editable=False)
    """Where staff recorded a receipt that came on paper."""

    objects = AddresseeQuerySet.as_manager()
    asked_with = ("mandate__person", "reply__assignment__suggestion__lead")

    class Meta:
        verbose_name = _("addressee")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["reply", "mandate"], name="addressee_once"),
            models.CheckConstraint(
                name="addressee_state_has_its_moment",
                condition=Q(state="with_lead") | Q(state="sent", sent_at__isnull=False) | Q(state="received", received_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["mandate", "state"], name="addressee_of_deputy"),
            models.Index(fields=["due"], condition=Q(state="sent"), name="addressee_waiting"),
        ]

    def __str__(self) -> str:
        return str(self.mandate)

    @property
    def journal_root(self) -> Suggestion:
        """Its lines stand in the suggestion's history."""
        return self.reply.assignment.suggestion
