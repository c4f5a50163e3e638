"""The index is read through ``find`` and ``similar``, which ask for audiences; its tables are shown to nobody but the system."""

from django.db.models import Q

from qiao.kernel.policy import NOTHING, Actor, scope


@scope("search.Document")
def documents(actor: Actor) -> Q:
    """Nobody reads the index by its rows."""
    return Q() if actor.is_system else NOTHING


@scope("search.Census")
def censuses(actor: Actor) -> Q:
    """Nobody reads the counts."""
    return Q() if actor.is_system else NOTHING


@scope("search.Frequency")
def frequencies(actor: Actor) -> Q:
    """Nobody reads the frequencies."""
    return Q() if actor.is_system else NOTHING
