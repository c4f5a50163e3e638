"""The terms, sessions and organs of a congress, and the line in which it stands."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from qiao.accounts.models import Person
from qiao.kernel.policy import Actor
from qiao.orgs.models import Congress, Organ, Unit

from ..models import (
    Mandate,
    MandateState,
    Session,
    Term,
)
from .mandates import held_on


def term_on(congress: Congress, day: dt.date) -> Term | None:
    """The term running on a day; between two terms, or before the first, the nearest that has begun, else the newest."""
    return _running(Term.objects.filter(congress=congress).order_by("-number"), day)


def _running(terms: Iterable[Term], day: dt.date) -> Term | None:
    newest = list(terms)
    running = [term for term in newest if term.starts <= day and (term.ends is None or term.ends >= day)]
    begun = [term for term in newest if term.starts <= day]
    return next(iter(running or begun or newest), None)


def out_of_line(person: Person, congress: Congress) -> Mandate | None:
    """A running mandate of the person in a congress neither above nor below this one (选举法 §48; R2.6)."""
    held = Mandate.objects.filter(person=person.pk).exclude(state__in=(MandateState.ENDED, MandateState.INVALID)).exclude(congress=congress)
    if not held.exists():
        return None
    elsewhere = held.select_related("congress__superior__superior__superior__superior")
    above = set(_line(congress))
    return next((m for m in elsewhere if m.congress_id not in above and congress.pk not in _line(m.congress)), None)


def _line(congress: Congress) -> Iterable[int]:
    line: Congress | None = congress
    while line:
        yield line.pk
        line = line.superior


@dataclass(frozen=True)
class Overview:
    """What the page of a congress shows besides its place in the line."""

    term: Term | None
    terms: list[Term]
    sessions: list[Session]
    organs: list[Organ]
    deputies: int
    units: int

    @property
    def vacant(self) -> int:
        """Seats of the running term that nobody holds."""
        return max(self.term.seats - self.deputies, 0) if self.term else 0


def overview_of(congress: Congress, day: dt.date, actor: Actor) -> Overview:
    """Terms, sessions, organs and counts of a congress; each count is that of the list it links to."""
    terms = list(Term.objects.visible_to(actor).filter(congress=congress).annotate(held=Count("mandates")).order_by("-number"))
    term = _running(terms, day)
    return Overview(
        term=term,
        terms=terms,
        sessions=list(Session.objects.visible_to(actor).filter(congress=congress).select_related("term").order_by("-opens")[:10]),
        organs=list(Organ.objects.visible_to(actor).filter(congress=congress).order_by("pk")),
        deputies=Mandate.objects.visible_to(actor).filter(held_on(day), term=term).count() if term else 0,
        units=Unit.objects.visible_to(actor).filter(congress=congress).active_on(day).count(),
    )
