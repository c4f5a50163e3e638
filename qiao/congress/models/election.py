"""By-elections: how a seat that fell vacant within a term is filled again."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qiao.kernel.models import VisibleQuerySet
from qiao.orgs.models import Congress

from .body import District, Term


class ByElectionState(models.TextChoices):
    """Where a by-election stands."""

    OPEN = "open", _("Under way")
    FILLED = "filled", _("Seats filled")
    CANCELLED = "cancelled", _("Cancelled")


class ByElection(models.Model):
    """The election of deputies for vacant seats by the original district or electing unit (选举法 §57; R5.16)."""

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="by_elections", verbose_name=_("term"))
    district = models.ForeignKey(
        District, null=True, blank=True, on_delete=models.PROTECT, related_name="by_elections", verbose_name=_("electoral district")
    )
    electing_unit = models.ForeignKey(
        Congress, null=True, blank=True, on_delete=models.PROTECT, related_name="by_elections", verbose_name=_("electing unit")
    )
    seats = models.PositiveSmallIntegerField(_("seats"), default=1)
    voters_listed_on = models.DateField(_("list of voters published on"), null=True, blank=True)
    candidates_on = models.DateField(_("candidates published on"), null=True, blank=True)
    vote_on = models.DateField(_("day of the vote"))
    state = models.CharField(_("state"), max_length=10, choices=ByElectionState, default=ByElectionState.OPEN, editable=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("by-election")
        ordering = ["-vote_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="by_election_in_one_place",
                condition=Q(electing_unit=None, district__isnull=False) | Q(electing_unit__isnull=False, district=None),
                violation_error_message=_("A by-election is held by an electing unit or in an electoral district."),
            ),
            models.CheckConstraint(
                name="by_election_has_a_seat",
                condition=Q(seats__gte=1),
                violation_error_message=_("A by-election fills at least one seat."),
            ),
            models.CheckConstraint(
                name="by_election_days_in_order",
                condition=(Q(candidates_on=None) | Q(candidates_on__lte=models.F("vote_on")))
                & (Q(voters_listed_on=None) | Q(voters_listed_on__lte=models.F("vote_on"))),
                violation_error_message=_("The lists of voters and candidates are published before the vote."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.district or self.electing_unit)
