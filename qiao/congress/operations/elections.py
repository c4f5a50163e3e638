"""Filling a seat that fell vacant within a term: the by-election and who is elected in it (选举法 §57; R5.16)."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.kernel import clock
from qiao.kernel.errors import Unfit, WrongState
from qiao.kernel.operation import Permit, operation
from qiao.kernel.policy import Actor
from qiao.orgs.models import Congress

from .. import notices, policy
from ..flow import BY_ELECTION
from ..models import ByElection, ByElectionState, District, Mandate, MandateState, Term
from ..queries import open_seats
from .body import kept
from .roll import entered, known_or_new


@operation(Permit("by_election.open", policy.decide, gettext_lazy("Open a by-election")))
def open_by_election(
    term: Term, *, actor: Actor, district: District | None = None, electing_unit: Congress | None = None, seats: int = 1, **days: Any
) -> ByElection:
    """Begin a by-election for seats that are vacant and not already to be filled."""
    made = kept(ByElection(term=term, district=district, electing_unit=electing_unit, seats=seats, **days))
    if open_seats(term, district=district, electing_unit=electing_unit) < 0:
        raise Unfit(_("There are not so many vacant seats for which no by-election is under way."))
    notices.by_election_opened(made, actor)
    return made


@operation(BY_ELECTION["reschedule"])
def reschedule(by_election: ByElection, *, actor: Actor, **days: Any) -> None:
    """Put the by-election on other days."""
    for name, value in days.items():
        setattr(by_election, name, value)


@operation(BY_ELECTION["cancel"])
def cancel(by_election: ByElection, *, actor: Actor, note: str) -> None:
    """Give the by-election up; the seats it has not filled stay vacant."""


@operation(BY_ELECTION["fill"])
def fill(by_election: ByElection, *, actor: Actor) -> None:
    """Every seat has somebody elected."""


@operation(Permit("by_election.elect", policy.decide, gettext_lazy("Enter who was elected")))
def elect(by_election: ByElection, *, actor: Actor, person: dict[str, Any], card_no: str, **facts: Any) -> Mandate:
    """Enter somebody elected: a mandate to the end of the same term, which the credentials committee has still to confirm."""
    if by_election.state != ByElectionState.OPEN:
        raise WrongState(_("This by-election is over."))
    if by_election.vote_on > clock.today():
        raise Unfit(_("The vote is on %(day)s; its result cannot be known yet.") % {"day": by_election.vote_on.isoformat()})
    term = by_election.term
    place: dict[str, Any] = {"district": by_election.district, "electing_unit": by_election.electing_unit}
    mandate = entered(
        term, known_or_new(term.congress, actor, **person), MandateState.ELECTED,
        card_no=card_no, by_election=by_election, elected_on=by_election.vote_on, **place, **facts,
    )  # fmt: skip
    if by_election.mandates.count() >= by_election.seats:
        fill(by_election, actor=actor.lend("by_election.elect"))
    return mandate
