"""Who heads a delegation, from when to when."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .body import Delegation, Term
from .mandate import Mandate
from .tenure import Tenure


class DelegationRank(models.TextChoices):
    """Whom a delegation elects to head it."""

    HEAD = "head", _("Head of the delegation")
    DEPUTY_HEAD = "deputy_head", _("Deputy head of the delegation")


class DelegationHead(Tenure):
    """A deputy as head (团长) or deputy head (副团长) of a delegation, elected by it (代表法 §14; R5.6)."""

    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="heads", verbose_name=_("delegation"))
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="delegations_headed", verbose_name=_("deputy"))
    rank = models.CharField(_("rank"), max_length=12, choices=DelegationRank)

    asked_with = ("delegation__term",)

    class Meta:
        verbose_name = _("head of a delegation")
        ordering = ["delegation", "-rank", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["delegation"],
                condition=Q(ends=None, rank=DelegationRank.HEAD),
                name="delegation_has_one_head",
                violation_error_message=_("This delegation has a head already. Release that one first."),
            ),
            models.UniqueConstraint(
                fields=["mandate"],
                condition=Q(ends=None),
                name="delegation_head_once",
                violation_error_message=_("This deputy heads the delegation already."),
            ),
            models.CheckConstraint(
                name="delegation_head_ends_after_it_starts",
                condition=Q(ends=None) | Q(ends__gte=F("starts")),
                violation_error_message=_("The last day lies before the first."),
            ),
        ]

    @property
    def term(self) -> Term:
        """The term of the delegation, whose congress keeps it."""
        return self.delegation.term

    @property
    def journal_congress(self) -> int:
        """Its lines stand in the delegation's congress."""
        return self.delegation.term.congress_id
