"""Seeing a protected value in full, and taking away what is held about oneself."""

import datetime as dt

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.accounts.models import Person
from qiao.congress.policy import open_person
from qiao.kernel import clock
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import Permit, operation
from qiao.kernel.policy import Actor
from qiao.matters.models import Suggestion
from qiao.matters.policy import names_reader

from .. import policy
from ..models import Column, Purpose, Reading
from ..queries import signers

LEAST = 4
"""Characters of a reason that says something."""


@operation(Permit("person.open", open_person, gettext_lazy("Read a protected value in full")))
def open_value(person: Person, *, actor: Actor, column: str, purpose: str, note: str) -> Reading:
    """Write down who sees which value for what, before it is shown; so many in an hour at most (个人信息保护法 §51)."""
    _demand_reason(actor, note)
    reading = _reading(person, column, actor, purpose, note)
    reading.save()
    return reading


def _demand_reason(actor: Actor, note: str) -> None:
    """A reason that says something, and not too many values within an hour."""
    if len(note.strip()) < LEAST:
        raise Unfit(_("Give the reason in a sentence."))
    lately = Reading.objects.filter(user=actor.user, at__gt=clock.now() - dt.timedelta(hours=1)).count()
    if lately >= settings.READINGS_AN_HOUR:
        raise Unfit(
            _("You have read %(count)s protected values within an hour; that is the most. Go on later, or ask the security administrator.")
            % {"count": lately}
        )


def _reading(person: Person, column: str, actor: Actor, purpose: str, note: str) -> Reading:
    return Reading(
        person=person, column=Column(column), purpose=Purpose(purpose), note=note.strip(), user=actor.user, acting_as=actor.acting_as,
        congress=actor.post.congress if actor.post else None,
    )  # fmt: skip


@operation(Permit("suggestion.open_names", names_reader, gettext_lazy("Read who has signed a confidential suggestion")))
def open_names(suggestion: Suggestion, *, actor: Actor, purpose: str, note: str) -> None:
    """Write down who reads the names for what, before they are shown: in the suggestion's history, and for each signer to see (R3.63)."""
    _demand_reason(actor, note)
    people = [mandate.person for mandate in signers(suggestion)]
    Reading.objects.bulk_create(_reading(person, Column.SIGNER, actor, purpose, note) for person in people)


@operation(Permit("person.take_away", policy.is_oneself, gettext_lazy("Take away what is held about oneself")))
def take_away(person: Person, *, actor: Actor) -> None:
    """A person takes a copy of their data away (个人信息保护法 §45)."""
