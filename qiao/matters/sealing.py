"""What hides from a unit, and from the public, that there is an evaluation under seal (R3.52)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from qiao.kernel import clock
from qiao.kernel.policy import Actor

from .models import Clock, ClockKind, State, Suggestion

EVALUATED = ("suggestion.evaluate", "suggestion.record_evaluation")
"""The journal's lines that an evaluation was given."""


def not_yet_told(suggestion: Suggestion) -> Q:
    """Lines of the journal that say nothing before the seal opens: an evaluation of what is answered now."""
    if suggestion.state != State.REPLIED:
        return Q(pk__in=())
    return Q(code__in=EVALUATED, at__gte=suggestion.replied_at)


def as_seen(clocks: Iterable[Clock], suggestion: Suggestion, actor: Actor | None) -> list[Any]:
    """The clocks as the actor may know them: to a unit, and to the public (None), the time to evaluate what is answered now goes on
    until the seal opens.

    What is changed is this reader's copy; nothing of it is to be saved.
    """
    found = list(clocks)
    if (actor is None or actor.units) and suggestion.state == State.REPLIED and suggestion.replied_at:
        answered_on = clock.day_of(suggestion.replied_at)
        for one in found:
            if one.kind == ClockKind.EVALUATION and one.start >= answered_on:
                one.ended_on, one.met = None, False
    return found
