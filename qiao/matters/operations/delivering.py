"""Delivering an issued reply to everybody who signed, and what shows that it has arrived (R3.43)."""

import datetime as dt

from django.utils.translation import gettext as _

from qiao.congress.models import DelegationHead, Mandate
from qiao.kernel import clock
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import each, operation
from qiao.kernel.policy import Actor
from qiao.rulebook.queries import calendar

from .. import notices
from ..flow import ADDRESSEE, REPLY
from ..models import Addressee, AddresseeState, Reply, Suggestion

EACH, BY_LEAD = "each", "lead_forwards_with_consent"
"""Values of the rule ``cosigner_reply`` by which joint signers get the reply: from the unit, or from the lead deputy."""


def _sent(reply: Reply) -> dict[str, object]:
    """What is written of somebody to whom the reply is sent now."""
    due = reply.assignment.rules.reckon("reply_receipt_limit", clock.today(), calendar()).due
    return {"sent_at": clock.now(), "due": due}


def contact_group(suggestion: Suggestion) -> list[Mandate]:
    """Those who receive the reply for a delegation beside its head: whoever heads it today, deputy heads too (R3.17)."""
    if suggestion.delegation_id is None:
        return []
    heads = DelegationHead.objects.on(clock.today()).filter(delegation=suggestion.delegation_id).exclude(mandate=suggestion.lead_id)
    return list(dict.fromkeys(head.mandate for head in heads.select_related("mandate__person").order_by("-rank", "pk")))


def deliver(reply: Reply, actor: Actor) -> None:
    """Send a reply that is being issued: to the lead deputy, and to the joint signers as the rules of its hand-over say."""
    suggestion, rule = reply.assignment.suggestion, reply.assignment.rules["cosigner_reply"]
    signed = suggestion.signatures.confirmed().select_related("mandate") if rule in {EACH, BY_LEAD} else []
    mandates, sent = [signature.mandate for signature in signed], {"state": AddresseeState.SENT, **_sent(reply)}
    heads = contact_group(suggestion)
    each = [Addressee(reply=reply, mandate=mandate, **(sent if rule == EACH else {})) for mandate in mandates]
    each += [Addressee(reply=reply, mandate=mandate, **sent) for mandate in heads]
    Addressee.objects.bulk_create([Addressee(reply=reply, mandate=suggestion.lead, **sent), *each])
    direct = [suggestion.lead, *heads, *(mandates if rule == EACH else [])]
    notices.reply_issued(reply, direct, actor, to_pass_on=len(mandates) if rule == BY_LEAD else 0)


@operation(ADDRESSEE["send"])
def send_reply(addressee: Addressee, *, actor: Actor, by_lead: bool) -> None:
    """A joint signer gets what was with the lead deputy."""
    addressee.passed_on = by_lead
    for name, value in _sent(addressee.reply).items():
        setattr(addressee, name, value)


def _hand_on(reply: Reply, actor: Actor, *, by_lead: bool) -> None:
    """Send it to all who wait for it through the lead deputy."""
    waiting = list(reply.addressees.filter(state=AddresseeState.WITH_LEAD).select_related("mandate"))
    for addressee in waiting:
        send_reply(addressee, actor=actor, by_lead=by_lead)
    notices.reply_handed_on(reply, [one.mandate for one in waiting], actor, by_lead=by_lead)


@operation(REPLY["pass_on"])
def pass_reply_on(reply: Reply, *, actor: Actor) -> None:
    """The lead deputy agrees to pass the reply on, and does: each joint signer gets it."""
    _hand_on(reply, actor.lend("reply.pass_on"), by_lead=True)


@operation(REPLY["send_to_each"])
def send_to_each(reply: Reply, *, actor: Actor) -> None:
    """Each joint signer gets it from the unit after all: the lead deputy does not pass it on."""
    _hand_on(reply, actor.lend("reply.send_to_each"), by_lead=False)


@operation(ADDRESSEE["receive"])
def receive_reply(addressee: Addressee, *, actor: Actor) -> None:
    """The deputy has it."""
    addressee.received_at = clock.now()


@operation(ADDRESSEE["record_receipt"])
def record_receipt(addressee: Addressee, *, actor: Actor, on: dt.date) -> None:
    """Staff record a receipt that was signed on paper; ``on`` is the day it bears."""
    issued = addressee.reply.issued_at
    if on > clock.today() or (issued and on < clock.day_of(issued)):
        raise Unfit(_("The receipt bears a day between the reply's and today."))
    addressee.received_at, addressee.paper_on = clock.now(), on


@operation(REPLY["remind"])
def remind_addressees(reply: Reply, *, actor: Actor) -> None:
    """Ask those who have not confirmed receipt to read the reply."""
    waiting = reply.addressees.waiting()
    notices.receipt_reminded(reply, [one.mandate for one in waiting.select_related("mandate")], actor)
    waiting.update(reminded_on=clock.today())


def received_by_lead(reply: Reply, actor: Actor) -> None:
    """Whoever evaluates a reply has it."""
    mine = reply.addressees.waiting().filter(mandate=reply.assignment.suggestion.lead_id)
    for one in mine:
        receive_reply(one, actor=actor)


BATCH = 200
"""Replies whose addressees one background job reminds."""


def remind_unconfirmed() -> int:
    """Remind once, by itself, whoever has not confirmed a reply by the day the rules name; of how many replies."""
    late = Addressee.objects.overdue().filter(reminded_on=None).order_by("due").values_list("reply", flat=True)
    replies = Reply.objects.filter(pk__in=list(dict.fromkeys(late[:BATCH])))
    told = each(remind_addressees, replies, actor=Actor.system("the day for confirming receipt is over"))
    return sum(one.refusal is None for one in told)
