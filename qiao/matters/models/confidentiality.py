"""Whose names are kept from everybody but the signers themselves, and how that stands (R3.63)."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

A_DEPUTY = _("A deputy (confidential)")
"""What stands in the place of a name."""


class Confidentiality(models.TextChoices):
    """How it stands. What is asked for is hidden already: a decision must not come too late."""

    NONE = "", _("Not confidential")
    ASKED = "asked", _("Asked for, to be decided")
    KEPT = "kept", _("Confidential")
    DISCLOSURE_ASKED = "disclosure_asked", _("Confidential; the deputy is asked to agree to be named")


class Confidential(models.Model):
    """What can be confidential. Whoever shows a name asks for ``lead_name``, never for ``lead``; the signers' own pages apart."""

    confidentiality = models.CharField(
        _("confidentiality"), max_length=16, choices=Confidentiality, default=Confidentiality.NONE, blank=True, editable=False
    )
    confidentiality_reason = models.CharField(_("why it is confidential"), max_length=1000, blank=True, editable=False)
    """For its signers and for those who decide: it may say who they are."""

    lead: Any

    class Meta:
        abstract = True

    @property
    def is_confidential(self) -> bool:
        """Whether its signers are not named."""
        return self.confidentiality != Confidentiality.NONE

    @property
    def lead_name(self) -> str:
        """The lead deputy as everybody may read them."""
        return str(A_DEPUTY if self.is_confidential else self.lead)
