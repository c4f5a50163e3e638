"""The steps of a mandate from the election to its end (R5.10–R5.15), and the end of a whole term."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.kernel import clock
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import Permit, operation
from qiao.kernel.policy import Actor

from .. import notices, policy
from ..figures import absences_of
from ..flow import MANDATE
from ..models import HELD, PENDING, CardEnd, Decider, EndReason, Mandate, MandateDecision, MandateState, Term
from .cards import withdraw_cards
from .delegations import leave_the_head
from .groups import leave_all_groups

OWN_STEPS = {EndReason.TERM, EndReason.RESIGNED, EndReason.ORDERED, EndReason.RECALLED}
"""Ends that follow from a step of their own, and are not simply declared."""
DAY = dt.timedelta(days=1)


def _decided(mandate: Mandate, verb: str, actor: Actor, *, on: dt.date, decided_by: str = "", **facts: Any) -> None:
    """Keep the decision and tell those concerned: the deputy, the electing unit, the congress's staff."""
    if on > clock.today():
        raise Unfit(_("The day lies in the future; record the decision when it was taken."))
    if on < mandate.elected_on:
        raise Unfit(_("The day lies before the election."))
    if decided_by and decided_by not in policy.deciders(verb, mandate.congress):
        raise Unfit(_("By law somebody else decides this for a deputy of this congress."))
    MandateDecision.objects.create(mandate=mandate, verb=verb, on=on, decided_by=decided_by, **facts)
    notices.mandate_changed(mandate, MANDATE[verb], on, actor, ground=facts.get("ground", ""))


def _ended(mandate: Mandate, on: dt.date, reason: EndReason) -> None:
    mandate.ended_on, mandate.end_reason, mandate.suspended_on = on, reason, None
    withdraw_cards(mandate, on, CardEnd.ENDED)
    leave_the_head(mandate, on)
    leave_all_groups(mandate, on)


def _goes_on(mandate: Mandate) -> MandateState:
    return MandateState.SUSPENDED if mandate.suspended_on else MandateState.QUALIFIED


@operation(MANDATE["confirm"])
def confirm(mandate: Mandate, *, actor: Actor, on: dt.date, decided_by: str, document_no: str = "") -> None:
    """The election was found valid; the deputy's name is published and the mandate begins (选举法 §47)."""
    mandate.qualified_on = on
    _decided(mandate, "confirm", actor, on=on, decided_by=decided_by, document_no=document_no)


@operation(MANDATE["invalidate"])
def invalidate(mandate: Mandate, *, actor: Actor, on: dt.date, decided_by: str, note: str, document_no: str = "") -> None:
    """The election was found invalid; the seat is vacant."""
    _decided(mandate, "invalidate", actor, on=on, decided_by=decided_by, document_no=document_no, note=note)


@operation(MANDATE["suspend"])
def suspend(mandate: Mandate, *, actor: Actor, on: dt.date, decided_by: str, ground: str, document_no: str = "") -> str:
    """Suspend the exercise of the mandate on one of the law's two grounds; a procedure under way goes on beside (代表法 §61)."""
    if mandate.suspended_on:
        raise Unfit(_("The deputy is suspended already."))
    mandate.suspended_on = on
    _decided(mandate, "suspend", actor, on=on, decided_by=decided_by, ground=ground, document_no=document_no)
    return mandate.state if mandate.state in PENDING else MandateState.SUSPENDED


@operation(MANDATE["lift_suspension"])
def lift_suspension(mandate: Mandate, *, actor: Actor, on: dt.date, decided_by: str, document_no: str = "") -> str:
    """The ground of the suspension is gone within the term: the deputy acts again (代表法 §61)."""
    if not mandate.suspended_on:
        raise Unfit(_("The deputy is not suspended."))
    if on < mandate.suspended_on:
        raise Unfit(_("The suspension cannot end before it began."))
    mandate.suspended_on = None
    _decided(mandate, "lift_suspension", actor, on=on, decided_by=decided_by, document_no=document_no)
    return mandate.state if mandate.state in PENDING else MandateState.QUALIFIED


@operation(MANDATE["resign"])
def resign(mandate: Mandate, *, actor: Actor, on: dt.date, note: str) -> None:
    """The deputy's written resignation has come in; the mandate goes on until it is accepted (选举法 §55)."""
    _decided(mandate, "resign", actor, on=on, note=note)


@operation(MANDATE["accept_resignation"])
def accept_resignation(mandate: Mandate, *, actor: Actor, on: dt.date, decided_by: str, document_no: str = "") -> None:
    """The resignation was accepted by a majority; the seat is vacant from that day."""
    _ended(mandate, on, EndReason.RESIGNED)
    _decided(mandate, "accept_resignation", actor, on=on, decided_by=decided_by, document_no=document_no, ground=EndReason.RESIGNED)


@operation(MANDATE["refuse_resignation"])
def refuse_resignation(mandate: Mandate, *, actor: Actor, on: dt.date, decided_by: str, note: str) -> str:
    """The resignation was not accepted; the mandate goes on."""
    _decided(mandate, "refuse_resignation", actor, on=on, decided_by=decided_by, note=note)
    return _goes_on(mandate)


@operation(MANDATE["order_resignation"])
def order_resignation(mandate: Mandate, *, actor: Actor, on: dt.date, decided_by: str, note: str, document_no: str = "") -> None:
    """The deputy is ordered to resign (责令辞职; 代表法 2025 §62)."""
    _decided(mandate, "order_resignation", actor, on=on, decided_by=decided_by, document_no=document_no, note=note)


@operation(MANDATE["accept_ordered"])
def accept_ordered(mandate: Mandate, *, actor: Actor, on: dt.date, decided_by: str, document_no: str = "") -> None:
    """The ordered resignation was accepted; the seat is vacant from that day."""
    _ended(mandate, on, EndReason.ORDERED)
    _decided(mandate, "accept_ordered", actor, on=on, decided_by=decided_by, document_no=document_no, ground=EndReason.ORDERED)


@operation(MANDATE["drop_order"])
def drop_order(mandate: Mandate, *, actor: Actor, on: dt.date, decided_by: str, note: str) -> str:
    """The order to resign is dropped; the mandate goes on."""
    _decided(mandate, "drop_order", actor, on=on, decided_by=decided_by, note=note)
    return _goes_on(mandate)


@operation(MANDATE["initiate_recall"])
def initiate_recall(mandate: Mandate, *, actor: Actor, on: dt.date, decided_by: str, note: str, movers: int | None = None) -> None:
    """A motion to recall the deputy was put; the deputy may defend himself in writing or in person (选举法 §§50–52)."""
    needed = policy.VOTERS_FOR_RECALL[mandate.congress.has_standing_committee]
    if decided_by == Decider.VOTERS and (movers or 0) < needed:
        raise Unfit(_("A demand for recall needs the signatures of at least %(count)s voters of the district.") % {"count": needed})
    _decided(mandate, "initiate_recall", actor, on=on, decided_by=decided_by, note=note, movers=movers)


@operation(MANDATE["recall"])
def recall(mandate: Mandate, *, actor: Actor, on: dt.date, decided_by: str, document_no: str = "") -> None:
    """The recall was voted by a majority; the seat is vacant from that day (选举法 §53)."""
    _ended(mandate, on, EndReason.RECALLED)
    _decided(mandate, "recall", actor, on=on, decided_by=decided_by, document_no=document_no, ground=EndReason.RECALLED)


@operation(MANDATE["reject_recall"])
def reject_recall(mandate: Mandate, *, actor: Actor, on: dt.date, decided_by: str, note: str) -> str:
    """The recall found no majority; the mandate goes on."""
    _decided(mandate, "reject_recall", actor, on=on, decided_by=decided_by, note=note)
    return _goes_on(mandate)


def _proved(mandate: Mandate, reason: str) -> None:
    """Refuse a ground that has a step of its own, and absence that the closed sheets do not show."""
    if EndReason(reason) in OWN_STEPS:
        raise Unfit(_("This ground has a step of its own."))
    counted = len(absences_of(mandate)) if reason == EndReason.ABSENT else policy.ABSENCES_THAT_END
    if counted < policy.ABSENCES_THAT_END:
        said = _("By article 62 of the Deputies Law it takes absence from %(needed)s sessions without approval; on record: %(counted)s.")
        raise Unfit(said % {"needed": policy.ABSENCES_THAT_END, "counted": counted})


@operation(MANDATE["propose_end"])
def propose_end(mandate: Mandate, *, actor: Actor, on: dt.date, decided_by: str, reason: str, note: str, document_no: str = "") -> None:
    """The credentials committee has reported that a ground of the law is there; whose office it is declares the end (代表法 §63)."""
    _proved(mandate, reason)
    _decided(mandate, "propose_end", actor, on=on, decided_by=decided_by, document_no=document_no, ground=reason, note=note)


@operation(MANDATE["end"])
def end(mandate: Mandate, *, actor: Actor, on: dt.date, decided_by: str, reason: str, document_no: str = "", note: str = "") -> None:
    """The mandate ended on one of the law's grounds; the seat is vacant from that day (代表法 §62)."""
    _proved(mandate, reason)
    _ended(mandate, on, EndReason(reason))
    _decided(mandate, "end", actor, on=on, decided_by=decided_by, document_no=document_no, ground=reason, note=note)


@operation(MANDATE["expire"])
def expire(mandate: Mandate, *, actor: Actor, on: dt.date) -> None:
    """The term is over."""
    _ended(mandate, on, EndReason.TERM)


@operation(Permit("term.close", policy.decide, gettext_lazy("Close the term")))
def close_term(term: Term, *, actor: Actor, ends: dt.date) -> None:
    """End the term and all its mandates: each has its line in the journal, all end or none, and the deputies are told together."""
    if not term.starts <= ends < clock.today():
        raise Unfit(_("The last day of the term must lie after its first day and before today."))
    if waiting := term.mandates.filter(state=MandateState.ELECTED).count():
        raise Unfit(_("%(count)s elections are not yet found valid or invalid; decide on them first.") % {"count": waiting})
    term.ends = ends
    held = term.mandates.filter(state__in=HELD)
    notices.term_closed(term, list(held.values_list("person", flat=True).order_by()), actor)
    system = actor.lend("term.close")
    for mandate in held.order_by("pk").iterator(chunk_size=200):
        expire(mandate, actor=system, on=ends + DAY)
