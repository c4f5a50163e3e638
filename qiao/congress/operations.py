"""Everything that can be done to terms, sessions, delegations, districts and mandates."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db import IntegrityError
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.accounts.models import Person
from qiao.accounts.operations import initials
from qiao.kernel import journal
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import Permit, operation
from qiao.kernel.policy import Actor
from qiao.orgs import policy as orgs_policy
from qiao.orgs.models import Congress

from . import policy
from .models import Delegation, District, Mandate, MandateState, Session, Term
from .queries import out_of_line

Made = TypeVar("Made", bound=Model)


def _kept(made: Made) -> Made:
    """Check and save what is new; that an object given for a foreign key exists needs no question."""
    _checked(made).validate_constraints()
    made.save()
    return made


def _checked(made: Made) -> Made:
    """The fields and what the model asks of them together; the database checks the constraints."""
    made.clean_fields(exclude={f.name for f in made._meta.fields if f.is_relation and f.is_cached(made)})  # type: ignore[attr-defined]
    made.clean()
    return made


def _refuse_out_of_line(person: Person, congress: Congress) -> None:
    """One person is a deputy in one line of tiers only (R2.6)."""
    if other := out_of_line(person, congress):
        said = _("%(name)s is a deputy of %(congress)s, which is neither above nor below this congress.")
        raise Unfit(said % {"name": person.name, "congress": other.congress.name})


@operation(Permit("term.open", orgs_policy.keep_directory, gettext_lazy("Open a term")))
def open_term(congress: Congress, *, actor: Actor, **facts: Any) -> Term:
    """Begin a term of the congress."""
    return _kept(Term(congress=congress, **facts))


@operation(Permit("session.convene", policy.keep_body, gettext_lazy("Convene a session")))
def convene(term: Term, *, actor: Actor, **facts: Any) -> Session:
    """Enter a plenary session of the term."""
    return _kept(Session(term=term, congress=term.congress, **facts))


@operation(Permit("delegation.form", policy.keep_body, gettext_lazy("Form a delegation")))
def form_delegation(term: Term, *, actor: Actor, name: str) -> Delegation:
    """Form a delegation for the sessions of the term."""
    return _kept(Delegation(term=term, name=name))


@operation(Permit("district.draw", policy.keep_body, gettext_lazy("Enter an electoral district")))
def draw_district(term: Term, *, actor: Actor, name: str, seats: int = 1) -> District:
    """Enter an electoral district of the term."""
    return _kept(District(term=term, name=name, seats=seats))


@operation(Permit("person.correct", policy.keep_person, gettext_lazy("Correct a person's data")))
def correct_person(person: Person, *, actor: Actor, **facts: Any) -> None:
    """Change facts about a person of the congress; only those given."""
    for name, value in facts.items():
        setattr(person, name, value)
    person.pinyin = initials(person.name)


@operation(Permit("mandate.enter", policy.keep_body, gettext_lazy("Enter a deputy")))
def enter_mandate(term: Term, *, actor: Actor, person: Person, **facts: Any) -> Mandate:
    """Enter a deputy elected for the term; one person holds at most one running mandate of it, and others only in one line of tiers."""
    if term.mandates.filter(person=person).exclude(state=MandateState.ENDED).exists():
        raise Unfit(_("%(name)s already holds a mandate in this term.") % {"name": person.name})
    _refuse_out_of_line(person, term.congress)
    return _kept(Mandate(term=term, congress=term.congress, person=person, **facts))


@operation(Permit("term.enter_roll", policy.keep_body, gettext_lazy("Enter many deputies")))
def enter_roll(term: Term, *, actor: Actor, roll: Sequence[tuple[Person, dict[str, Any]]]) -> None:
    """Enter many deputies at once, each a person (new or known) with the facts of the mandate.

    The rules are those of ``enter_mandate`` and each person and mandate has its line in the journal, but what one by one would take
    a dozen statements a deputy is written in batches. All are entered, or none.
    """
    new = [person for person, _facts in roll if person.pk is None]
    known = [person for person, _facts in roll if person.pk is not None]
    if held := term.mandates.filter(person__in=known).exclude(state=MandateState.ENDED).select_related("person").first():
        raise Unfit(_("%(name)s already holds a mandate in this term.") % {"name": held.person.name})
    for person in known:
        _refuse_out_of_line(person, term.congress)
    for person in new:
        person.pinyin = initials(person.name)
        person.clean_fields()
    try:
        Person.objects.bulk_create(new, batch_size=1000)
        mandates = [Mandate(term=term, congress=term.congress, person=person, **facts) for person, facts in roll]
        for mandate in mandates:
            _checked(mandate)
        Mandate.objects.bulk_create(mandates, batch_size=1000)
    except IntegrityError as clash:
        raise Unfit(_("Two deputies have the same card number, or one stands there twice.")) from clash
    journal.record_made("person.add", actor, new)
    journal.record_made("mandate.enter", actor, mandates)


@operation(Permit("mandate.strike", policy.keep_body, gettext_lazy("Strike out a deputy entered by mistake")))
def strike_mandate(mandate: Mandate, *, actor: Actor) -> None:
    """Remove a mandate that was never used. Raises ProtectedError where something belongs to it: such a mandate is ended instead."""
    Mandate.objects.filter(pk=mandate.pk).delete()


@operation(Permit("mandate.correct", policy.keep_body, gettext_lazy("Correct a deputy's data")))
def correct_mandate(mandate: Mandate, *, actor: Actor, **facts: Any) -> None:
    """Change facts about a mandate; only those given."""
    for name, value in facts.items():
        setattr(mandate, name, value)
