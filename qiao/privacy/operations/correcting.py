"""A person has one of their data put right."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.accounts.models import Person
from qiao.congress.operations import correct_person
from qiao.kernel import clock
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import Permit, operation
from qiao.kernel.policy import Actor

from .. import notices, policy
from ..flow import FLOW
from ..models import Asked, Correction


def _as_held(column: str, text: str, person: Person) -> Any:
    """What was typed, as the column holds it. Raises ValidationError where it cannot."""
    field: Any = Person._meta.get_field(column)
    return field.clean(text.strip(), person)


@operation(Permit("correction.ask", policy.is_oneself, gettext_lazy("Ask for a correction")))
def ask_correction(person: Person, *, actor: Actor, column: str, wish: str, reason: str = "") -> Correction:
    """A person asks the staff of the congress they act for to put one of their data right (个人信息保护法 §46)."""
    if actor.post is None:
        raise Unfit(_("You hold no post, so no congress keeps your data. Turn to the congress that kept them."))
    if _as_held(column, wish, person) == getattr(person, column):
        raise Unfit(_("This is what stands there already."))
    made = Correction(person=person, congress=actor.post.congress, column=Asked(column), wish=wish.strip(), reason=reason.strip())
    made.full_clean()
    made.save()
    notices.asked(made, actor)
    return made


@operation(FLOW["accept"])
def accept_correction(correction: Correction, *, actor: Actor) -> None:
    """The staff have compared it: the directory is changed by its own operation."""
    person, column = correction.person, correction.column
    correct_person(person, actor=actor.lend("correction.accept"), **{column: _as_held(column, correction.wish.plain, person)})
    correction.decided_at = clock.now()
    notices.decided(correction, "correction.accept", actor)


@operation(FLOW["refuse"])
def refuse_correction(correction: Correction, *, actor: Actor, note: str) -> None:
    """It stays as it is, for a reason that the person reads."""
    correction.answer, correction.decided_at = note.strip(), clock.now()
    notices.decided(correction, "correction.refuse", actor)
