"""Deliberation after a second dissatisfaction: staff convene it, and record its opinion and what follows (section 3.12)."""

import datetime as dt

from django.utils.translation import gettext as _

from qiao.kernel import clock
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import operation
from qiao.kernel.policy import Actor

from .. import notices
from ..flow import SUGGESTION
from ..models import Deliberation, State, Suggestion
from .evaluating import begin_again, finish
from .rounds import last_reply, unsatisfying

AGAIN, EXPLAINED = "rehandling", "closed_explained"
"""What may follow from the opinion."""


@operation(SUGGESTION["convene"])
def convene(suggestion: Suggestion, *, actor: Actor, form: str, on: dt.date, who: str) -> None:
    """Call an assessment, a meeting or an opinion for a day; unit and signers are told."""
    reply = last_reply(suggestion)
    if form not in reply.assignment.rules["second_dissatisfied_action"]:
        raise Unfit(_("This congress's rules do not have this form of deliberation."))
    if on < clock.today():
        raise Unfit(_("It cannot be convened for a day that is over."))
    made = Deliberation(reply=reply, form=form, on=on, who=who, convened_by=actor.user)
    made.full_clean()
    made.save()
    notices.convened(suggestion, made, actor)


@operation(SUGGESTION["conclude"])
def conclude(suggestion: Suggestion, *, actor: Actor, outcome: str, note: str) -> State:
    """Record the opinion (``note``): the unit handles it again by it, or it is closed and every signer reads the opinion."""
    made = Deliberation.objects.select_related("reply__assignment__unit").get(reply=last_reply(suggestion))
    if clock.today() < made.on:
        raise Unfit(_("The deliberation is convened for %(day)s; its opinion is recorded then.") % {"day": made.on})
    if outcome not in {AGAIN, EXPLAINED}:
        raise Unfit(_("Say whether it is handled again or closed."))
    made.opinion, made.concluded_at = note, clock.now()
    made.full_clean()
    made.save(update_fields=["opinion", "concluded_at"])
    if outcome == AGAIN:
        for reply in unsatisfying(suggestion):
            begin_again(suggestion, reply.assignment, note, actor, "suggestion.conclude")
        return State.REHANDLING
    finish(suggestion, actor, "suggestion.conclude")
    notices.closed_explained(suggestion, note, actor, reply=made.reply)
    return State.CLOSED
