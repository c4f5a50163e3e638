"""How a reply reaches the deputies, by letter and face to face, as the page of its suggestion shows it to this reader."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from qiao.kernel.policy import Actor

from ..acts import offered
from ..flow import ADDRESSEE, ASSIGNMENT
from ..models import Addressee, AddresseeState, Assignment, FaceReply, Reply

ON_DELIVERY = ("reply.pass_on", "reply.send_to_each", "reply.remind")
"""Acts on a reply that is out, offered beside those to whom it goes."""


@dataclass(frozen=True)
class Delivery:
    """One reply's addressees, the reader's own row among them, and what the reader may do."""

    rows: list[Addressee]
    named: bool
    """Whether the reader may know who they are."""
    mine: Addressee | None
    shows_receipts: bool
    """A unit gets the letters, and does not see who has confirmed them."""
    acts: list[dict[str, Any]]
    records: dict[int, str]
    """Where a receipt on paper is recorded: addressee → address."""

    @property
    def received(self) -> int:
        """How many have it."""
        return sum(one.state == AddresseeState.RECEIVED for one in self.rows)

    @property
    def waits_with_lead(self) -> int:
        """How many get it from the lead deputy."""
        return sum(one.state == AddresseeState.WITH_LEAD for one in self.rows)


def deliveries(actor: Actor, replies: list[Reply], *, named: bool) -> dict[int, Delivery]:
    """By reply, of those that went to somebody."""
    return {reply.pk: _delivery(actor, reply, rows, named=named) for reply in replies if (rows := list(reply.addressees.all()))}


def _delivery(actor: Actor, reply: Reply, rows: list[Addressee], *, named: bool) -> Delivery:
    acts = [
        {"label": act.label, "url": reverse("matters:reply_act", args=[reply.pk, act.code.split(".")[1]])}
        for act in offered("reply", actor, reply)
        if act.code in ON_DELIVERY
    ]
    recorded = [one for one in rows if ADDRESSEE["record_receipt"].is_open(actor, one)]
    return Delivery(
        rows=rows,
        named=named,
        mine=next((one for one in rows if ADDRESSEE["receive"].is_open(actor, one)), None),
        shows_receipts=not actor.units,
        acts=acts,
        records={one.pk: reverse("matters:addressee_act", args=[one.pk, "record_receipt"]) for one in recorded},
    )


def face_acts(actor: Actor, records: list[FaceReply]) -> dict[int, list[dict[str, Any]]]:
    """What the reader may do with the record of each meeting."""
    return {
        one.pk: [
            {"label": act.label, "url": reverse("matters:face_reply_act", args=[one.pk, act.code.split(".")[1]]), "kind": act.tone}
            for act in offered("face_reply", actor, one)
            if not (act.code == "face_reply.confirm" and one.confirmed_at)
        ]
        for one in records
    }


def form_to_meet(actor: Actor, assignment: Assignment | None) -> str:
    """Where a unit that may answer in person finds the form to take along; else nothing."""
    open_now = assignment is not None and ASSIGNMENT["record_face_reply"].check(actor, assignment)
    return reverse("matters:face_reply_form", args=[assignment.pk]) if assignment and open_now else ""
