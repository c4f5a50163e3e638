"""Who is a deputy: entering one or many, correcting what is said of a mandate."""

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.accounts.models import Person
from qiao.accounts.operations import add_person, initials
from qiao.kernel import journal
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import Permit, operation
from qiao.kernel.policy import Actor
from qiao.orgs.models import Congress

from .. import policy
from ..models import Mandate, MandateState, Term
from ..queries import out_of_line
from .body import checked, kept

OVER = (MandateState.ENDED, MandateState.INVALID)
"""A mandate in these states keeps nobody from another one of the term."""


def _refuse_out_of_line(person: Person, congress: Congress) -> None:
    """One person is a deputy in one line of tiers only (R2.6)."""
    if other := out_of_line(person, congress):
        said = _("%(name)s is a deputy of %(congress)s, which is neither above nor below this congress.")
        raise Unfit(said % {"name": person.name, "congress": other.congress.name})


@operation(Permit("mandate.enter", policy.keep_body, gettext_lazy("Enter a deputy")))
def enter_mandate(term: Term, *, actor: Actor, person: Person, **facts: Any) -> Mandate:
    """Enter a deputy elected for the term; one person holds at most one running mandate of it, and others only in one line of tiers."""
    return entered(term, person, MandateState.QUALIFIED, **facts)


def entered(term: Term, person: Person, state: MandateState, **facts: Any) -> Mandate:
    """A new mandate of the term, of somebody who holds none in it and none out of its line."""
    if term.mandates.filter(person=person).exclude(state__in=OVER).exists():
        raise Unfit(_("%(name)s already holds a mandate in this term.") % {"name": person.name})
    _refuse_out_of_line(person, term.congress)
    return kept(Mandate(term=term, congress=term.congress, person=person, state=state, **facts))


def _same_as(name: str, facts: dict[str, Any]) -> list[Person]:
    """The people that somebody with this name, identity number or birthday may be: one number is one person, whatever the birthday says."""
    if number := facts.get("id_number"):
        prints: Any = Person._meta.get_field("id_number_hash")
        if held := list(Person.objects.filter(name=name, id_number_hash__in=prints.any_of(number))[:2]):
            return held
    return list(Person.objects.filter(name=name, born_on=facts["born_on"])[:2]) if facts.get("born_on") else []


def known_or_new(congress: Congress, actor: Actor, *, name: str, **facts: Any) -> Person:
    """The person of this name and date of birth, if there is one, else a new one: nobody stands in the directory twice."""
    same = _same_as(name.strip(), facts)
    if len(same) > 1:
        raise Unfit(_("Several people of this name have this date of birth. Ask the administrator to merge them."))
    person: Person = same[0] if same else add_person(congress, actor=actor.lend("mandate.enter"), name=name, **facts)
    return person


@operation(Permit("term.add_deputy", policy.keep_body, gettext_lazy("Add a deputy")))
def add_deputy(term: Term, *, actor: Actor, person: dict[str, Any], **facts: Any) -> Mandate:
    """Enter one deputy already confirmed, with the person's data."""
    return entered(term, known_or_new(term.congress, actor, **person), MandateState.QUALIFIED, **facts)


@operation(Permit("term.enter_roll", policy.keep_rolls, gettext_lazy("Enter many deputies")))
def enter_roll(term: Term, *, actor: Actor, roll: Sequence[tuple[Person, dict[str, Any]]]) -> None:
    """Enter many deputies at once, each a person (new or known) with the facts of the mandate.

    The rules are those of ``enter_mandate`` and each person and mandate has its line in the journal, but what one by one would take
    a dozen statements a deputy is written in batches. All are entered, or none.
    """
    new = [person for person, _facts in roll if person.pk is None]
    known = [person for person, _facts in roll if person.pk is not None]
    if held := term.mandates.filter(person__in=known).exclude(state__in=OVER).select_related("person").first():
        raise Unfit(_("%(name)s already holds a mandate in this term.") % {"name": held.person.name})
    for person in known:
        _refuse_out_of_line(person, term.congress)
    for person in new:
        person.pinyin = initials(person.name)
        person.clean_fields()
    try:
        Person.objects.bulk_create(new, batch_size=1000)
        mandates = [
            Mandate(term=term, congress=term.congress, person=person, state=MandateState.QUALIFIED, **facts) for person, facts in roll
        ]
        for mandate in mandates:
            checked(mandate)
        Mandate.objects.bulk_create(mandates, batch_size=1000)
    except IntegrityError as clash:
        raise Unfit(_("Two deputies have the same card number, or one stands there twice.")) from clash
    journal.record_made("person.add", actor, new)
    journal.record_made("mandate.enter", actor, mandates)


@operation(Permit("mandate.strike", policy.keep_body, gettext_lazy("Strike out a deputy entered by mistake")))
def strike_mandate(mandate: Mandate, *, actor: Actor) -> None:
    """Remove a mandate that was never used. Raises ProtectedError where something belongs to it: such a mandate is ended instead."""
    Mandate.objects.filter(pk=mandate.pk).delete()


@operation(Permit("term.strike_roll", policy.keep_rolls, gettext_lazy("Strike out many deputies entered by mistake")))
def strike_roll(term: Term, *, actor: Actor, mandates: Sequence[Mandate]) -> None:
    """Remove many mandates of the term that were never used, each with its line in the journal: all, or ProtectedError."""
    held = Mandate.objects.filter(term=term, pk__in=[mandate.pk for mandate in mandates])
    struck = list(held.select_for_update(of=("self",)))
    held.delete()
    journal.record_struck("mandate.strike", actor, struck)


@operation(Permit("mandate.correct", policy.keep_body, gettext_lazy("Correct a deputy's data")))
def correct_mandate(mandate: Mandate, *, actor: Actor, **facts: Any) -> None:
    """Change facts about a mandate; only those given."""
    for name, value in facts.items():
        setattr(mandate, name, value)
