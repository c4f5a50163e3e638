"""Mandates: held on which day, with which cards and decisions, and what of a deputy may be shown to whom."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import OuterRef, Q, QuerySet, Subquery

from qiao.kernel.policy import Actor, Words

from ..flow import MANDATE
from ..models import (
    HELD,
    DeputyCard,
    Mandate,
    MandateDecision,
    MandateState,
)
from ..policy import keep_body


def held_on(day: dt.date) -> Q:
    """Mandates that were held on a day, exercised or suspended (R5.5): an end inside the term leaves the seat vacant."""
    return Q(state__in=(*HELD, MandateState.ENDED), elected_on__lte=day) & (Q(ended_on=None) | Q(ended_on__gt=day))


def sees_contact(actor: Actor, mandate: Mandate) -> bool:
    """Whether someone may see a deputy's telephone, e-mail and date of birth: oneself, and who keeps this directory."""
    return mandate.person_id in actor.people or bool(keep_body(actor, mandate))


def reads_suggestions(actor: Actor, mandate: Mandate) -> bool:
    """Whether the list of a deputy's suggestions is of use to someone: to the deputy and to those who oversee them all."""
    return mandate.person_id in actor.people or ("suggestion.oversee" in actor.grants and mandate.congress_id in actor.congresses)


def other_mandates(mandate: Mandate, actor: Actor) -> QuerySet[Mandate]:
    """The same person's other mandates, at any tier and in any term."""
    rows = Mandate.objects.visible_to(actor).filter(person=mandate.person_id).exclude(pk=mandate.pk)
    return rows.for_list().order_by("-elected_on", "pk")


@dataclass(frozen=True)
class DecisionLine:
    """A decision on a mandate and what the step it allowed is called."""

    decision: MandateDecision
    label: Words


def decisions_on(mandate: Mandate, actor: Actor) -> list[DecisionLine]:
    """The decisions on a mandate that someone may read, newest first."""
    rows = MandateDecision.objects.visible_to(actor).filter(mandate=mandate).order_by("-on", "-pk")
    return [DecisionLine(decision, MANDATE[decision.verb].label) for decision in rows]


def with_cards(rows: QuerySet[Mandate], *, only: bool = False) -> QuerySet[Mandate]:
    """Mandates, each with the day since which its present card counts, None without one; ``only`` those who have one."""
    current = DeputyCard.objects.current().filter(mandate=OuterRef("pk"))
    rows = rows.annotate(card_from=Subquery(current.values("issued_on")[:1]))
    return rows.filter(card_from__isnull=False) if only else rows
