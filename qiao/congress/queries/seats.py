"""The seats of a term by district or electing unit, taken, vacant, and being filled."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, IntegerField, OuterRef, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce, Greatest

from qiao.kernel.models import VisibleQuerySet
from qiao.kernel.policy import Actor
from qiao.orgs.models import Congress

from ..models import (
    HELD,
    ByElection,
    ByElectionState,
    District,
    Mandate,
    MandateState,
    Quota,
    Term,
)

TAKEN = (*HELD, MandateState.ELECTED)
"""A seat in these states needs no by-election: somebody has it or is elected to it."""


def number_of(rows: QuerySet[Any], place: str, what: Any) -> Any:
    """How much of ``what`` the rows of each place make together, 0 where there is none."""
    return Coalesce(Subquery(rows.order_by().values(place).annotate(n=what).values("n"), output_field=IntegerField()), 0)


def seats_of(term: Term) -> VisibleQuerySet:
    """The electoral districts of a term, or the quotas of its electing units, each with its seats taken, vacant and to be filled.

    ``filling`` are the seats of by-elections under way for which nobody is entered yet.
    """
    place = "district" if term.congress.elected_directly else "electing_unit"
    here = OuterRef("pk" if place == "district" else "electing_unit")
    mandates = Mandate.objects.filter(term=term, state__in=TAKEN, **{place: here})
    running = ByElection.objects.filter(term=term, state=ByElectionState.OPEN, **{place: here})
    found = mandates.filter(by_election__state=ByElectionState.OPEN)
    rows: VisibleQuerySet = (
        District.objects.filter(term=term) if place == "district" else Quota.objects.filter(term=term).select_related("electing_unit")
    )
    counted: VisibleQuerySet = rows.annotate(
        taken=number_of(mandates, place, Count("pk")),
        filling=Greatest(number_of(running, place, Sum("seats")) - number_of(found, place, Count("pk")), 0),
    ).annotate(vacant=Greatest(F("seats") - F("taken"), 0))
    return counted


def open_seats(term: Term, *, district: District | None = None, electing_unit: Congress | None = None) -> int:
    """The vacant seats of one place for which no by-election is under way; negative if there are more by-elections than seats."""
    rows = seats_of(term).filter(**({"pk": district.pk} if district else {"electing_unit": electing_unit}))
    place = rows.first()
    return place.seats - place.taken - place.filling if place else -1


def by_elections_of(term: Term, actor: Actor) -> QuerySet[ByElection]:
    """The by-elections of a term, those under way first, with how many are elected."""
    rows = ByElection.objects.visible_to(actor).filter(term=term).select_related("district", "electing_unit", "term")
    under_way = Case(When(state=ByElectionState.OPEN, then=0), default=1)
    ordered: QuerySet[ByElection] = rows.annotate(elected=Count("mandates")).order_by(under_way, "-vote_on", "-pk")
    return ordered


@dataclass(frozen=True)
class SeatTotals:
    """The fixed number of a term's seats against those given to units or districts and those taken today (R5.5)."""

    seats: int
    allotted: int
    taken: int

    @property
    def vacant(self) -> int:
        """Seats of the fixed number that nobody holds."""
        return max(self.seats - self.taken, 0)


def seat_totals(term: Term) -> SeatTotals:
    """The sums of a term's seats, in two queries."""
    rows: QuerySet[Any] = District.objects.filter(term=term) if term.congress.elected_directly else Quota.objects.filter(term=term)
    allotted = rows.aggregate(n=Sum("seats"))["n"] or 0
    return SeatTotals(term.seats, allotted, Mandate.objects.filter(term=term, state__in=TAKEN).count())
