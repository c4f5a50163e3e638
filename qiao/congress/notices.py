"""Who is told what when a mandate changes; the words are in ``templates/congress/notices``."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from qiao.accounts.models import Post, Role, User
from qiao.kernel import clock
from qiao.kernel.flow import Step
from qiao.kernel.journal import trail_of
from qiao.kernel.policy import Actor
from qiao.notices.operations import tell

from .models import ByElection, DeputyCard, EndReason, Leave, Mandate, Session, Term
from .policy import ABSENCES_THAT_END, KEEPS, heads_who_decide


def holders(*grants: str, **where: Any) -> list[User]:
    """Everybody who today holds a post that grants one of these, in a congress or unit."""
    roles = [role.pk for role in Role.objects.all() if not set(grants).isdisjoint(role.grants)]
    posts = Post.objects.current(clock.today()).filter(role__in=roles, **where).order_by()
    return list(User.objects.filter(pk__in=posts.values("user"), is_active=True))


def _deciding(*congresses: int | None) -> list[User]:
    """The staff of these congresses who record decisions on mandates."""
    return holders("mandate.decide", congress__in=[pk for pk in congresses if pk], unit=None)


def mandate_changed(mandate: Mandate, step: Step, on: dt.date, actor: Actor, *, ground: str) -> None:
    """The deputy, the electing unit and the congress's staff hear of a decision (R5.11, table 5.4); nobody writes to the dead."""
    deputy = [] if ground == EndReason.DEATH else list(User.objects.filter(person=mandate.person_id, is_active=True))
    tell(
        [*deputy, *_deciding(mandate.congress_id, mandate.electing_unit_id)],
        code=step.code,
        template="congress/notices/mandate_recall.txt" if step.verb == "initiate_recall" else "congress/notices/mandate.txt",
        context={"mandate": mandate, "step": step.label, "on": on},
        url=reverse("congress:deputy", args=[mandate.pk]), trail=trail_of(mandate), actor=actor,
    )  # fmt: skip


def term_closed(term: Term, people: list[int], actor: Actor) -> None:
    """All deputies of a term hear that it is over."""
    tell(
        User.objects.filter(person__in=people, is_active=True),
        code="term.close",
        template="congress/notices/term.txt",
        context={"term": term},
        url=reverse("congress:index", query={"congress": term.congress_id}),
        trail=trail_of(term),
        actor=actor,
    )


def by_election_opened(by_election: ByElection, actor: Actor) -> None:
    """The electing unit and the congress's staff hear of a by-election."""
    tell(
        _deciding(by_election.term.congress_id, by_election.electing_unit_id),
        code="by_election.open",
        template="congress/notices/by_election.txt",
        context={"by_election": by_election},
        url=reverse("congress:vacancies", query={"congress": by_election.term.congress_id}),
        trail=trail_of(by_election),
        actor=actor,
    )


def cards_issued(mandates: list[Mandate], actor: Actor) -> None:
    """Each deputy hears that a card is ready to be shown."""
    term = mandates[0].term
    tell(
        User.objects.filter(person__in=[mandate.person_id for mandate in mandates], is_active=True),
        code="card.issue",
        template="congress/notices/card_issued.txt",
        context={"term": term},
        url=reverse("congress:own_card"),
        trail=trail_of(mandates[0]) if len(mandates) == 1 else trail_of(term),
        actor=actor,
    )


def card_withdrawn(card: DeputyCard, actor: Actor) -> None:
    """The deputy hears that the card no longer counts, and why."""
    tell(
        User.objects.filter(person=card.mandate.person_id, is_active=True),
        code="card.withdraw",
        template="congress/notices/card_withdrawn.txt",
        context={"card": card},
        url=reverse("congress:card", args=[card.mandate_id]),
        trail=trail_of(card.mandate),
        actor=actor,
    )


def leave_asked(leave: Leave, actor: Actor) -> None:
    """Whoever decides hears that a deputy asks for leave."""
    heads = [head.mandate.person_id for head in heads_who_decide(leave)]
    deciding = User.objects.filter(person__in=heads, is_active=True) if heads else _keeping(leave)
    _of_leave(leave, deciding, "leave.ask", "congress/notices/leave_asked.txt", actor)


def leave_decided(leave: Leave, step: Step, actor: Actor) -> None:
    """The deputy hears what became of the request; of a withdrawal whoever decides."""
    deputy = User.objects.filter(person=leave.mandate.person_id, is_active=True)
    people = _keeping(leave) if step.verb == "withdraw" else deputy
    _of_leave(leave, people, step.code, "congress/notices/leave_decided.txt", actor, step=step.label)


def _keeping(leave: Leave) -> list[User]:
    """The staff who keep the sheets of the session."""
    return holders(KEEPS, congress=leave.session.congress_id, unit=None)


def _of_leave(leave: Leave, people: Iterable[User], code: str, template: str, actor: Actor, **more: Any) -> None:
    tell(
        people, code=code, template=template, context={"leave": leave, **more},
        url=reverse("congress:leave", args=[leave.pk]), trail=trail_of(leave), actor=actor,
    )  # fmt: skip


def absence_counted(mandate: Mandate, session: Session, counted: int, actor: Actor) -> None:
    """Deputy and staff hear that an absence from a whole session counts, the deputy while there is time to mend (R5.13)."""
    tell(
        [*User.objects.filter(person=mandate.person_id, is_active=True), *_deciding(mandate.congress_id)],
        code="mandate.absent",
        template="congress/notices/absence.txt",
        context={"mandate": mandate, "session": session, "ends": counted >= ABSENCES_THAT_END},
        url=reverse("congress:deputy", args=[mandate.pk]), trail=trail_of(mandate), actor=actor,
    )  # fmt: skip
