"""Deputy cards: what a deputy shows, and how long it is valid."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qiao.kernel.models import VisibleQuerySet

from .mandate import Mandate


class CardEnd(models.TextChoices):
    """Why a card is no longer valid (R5.18)."""

    REISSUED = "reissued", _("Replaced by a new card")
    LOST = "lost", _("Lost")
    RETURNED = "returned", _("Handed back")
    ENDED = "ended", _("The mandate has ended")


class DeputyCardQuerySet(VisibleQuerySet):
    """Deputy cards."""

    def current(self) -> Self:
        """Cards that have not been withdrawn; a mandate has one at most."""
        return self.filter(withdrawn_on=None)


class DeputyCard(models.Model):
    """One card issued for a mandate, on paper and as a picture to scan; it lasts as long as the term (代表法 §49; R5.18)."""

    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="cards", verbose_name=_("mandate"))
    issued_on = models.DateField(_("issued on"))
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    withdrawn_why = models.CharField(_("why it was withdrawn"), max_length=10, choices=CardEnd, blank=True)

    objects = DeputyCardQuerySet.as_manager()

    class Meta:
        verbose_name = _("deputy card")
        ordering = ["mandate", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["mandate"],
                condition=Q(withdrawn_on=None),
                name="card_current_once",
                violation_error_message=_("This deputy already has a card."),
            ),
            models.CheckConstraint(
                name="card_withdrawn_with_reason",
                condition=Q(withdrawn_on=None, withdrawn_why="") | (Q(withdrawn_on__isnull=False) & ~Q(withdrawn_why="")),
                violation_error_message=_("A card is withdrawn on a day and for a reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mandate} · {self.issued_on}"

    @property
    def journal_root(self) -> Mandate:
        """A card's lines stand in the history of its mandate."""
        return self.mandate

    def is_valid_on(self, day: dt.date) -> bool:
        """Whether the card stands for a deputy who can act on that day of the term; its mandate and term are asked, not only the card."""
        term = self.mandate.term
        in_term = term.starts <= day and (term.ends is None or day <= term.ends)
        return self.withdrawn_on is None and self.issued_on <= day and in_term and self.mandate.is_exercised
