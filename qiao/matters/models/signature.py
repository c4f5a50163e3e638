"""Joint signers and what they agree to."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from qiao.congress.models import Mandate
from qiao.kernel import clock
from qiao.kernel.models import VisibleQuerySet

from .suggestion import Suggestion


class SignatureState(models.TextChoices):
    """Where one joint signer's consent stands."""

    INVITED = "invited", _("Invited")
    CONFIRMED = "confirmed", _("Signed")
    DECLINED = "declined", _("Declined")
    VOID = "void", _("Void: the text was changed")
    REVOKED = "revoked", _("Invitation taken back")


class Consent(models.TextChoices):
    """What a joint signer says to the withdrawal of what they signed (R3.16)."""

    NONE = "", _("Not asked")
    ASKED = "asked", _("Asked to agree to the withdrawal")
    AGREED = "agreed", _("Agrees to the withdrawal")
    OBJECTED = "objected", _("Objects to the withdrawal")


class SignatureQuerySet(VisibleQuerySet):
    """Joint signatures."""

    def confirmed(self) -> Self:
        """Those that stand."""
        return self.filter(state=SignatureState.CONFIRMED)


class Signature(models.Model):
    """One joint signer: an explicit, individual, dated consent to one version of the text (R3.15)."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="signatures")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="signatures", verbose_name=_("deputy"))
    state = models.CharField(_("state"), max_length=10, choices=SignatureState, default=SignatureState.INVITED, editable=False)
    version = models.PositiveSmallIntegerField(_("text version"), editable=False)
    withdrawal = models.CharField(
        _("answer to the withdrawal"), max_length=10, choices=Consent, default=Consent.NONE, blank=True, editable=False
    )
    at = models.DateTimeField(default=clock.now, editable=False)

    objects = SignatureQuerySet.as_manager()
    asked_with = ("suggestion__lead__person", "mandate__person")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["suggestion", "mandate"], name="signature_once")]
        indexes = [models.Index(fields=["mandate", "state"], name="signature_of_deputy")]

    def __str__(self) -> str:
        return str(self.mandate)

    @property
    def journal_root(self) -> Suggestion:
        """Its lines stand in the suggestion's history."""
        return self.suggestion
