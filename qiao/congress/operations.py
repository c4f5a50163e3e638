"""Everything that can be done to terms, sessions, delegations, districts and mandates."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.accounts.models import Person
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import Permit, operation
from qiao.kernel.policy import Actor
from qiao.orgs import policy as orgs_policy
from qiao.orgs.models import Congress

from . import policy
from .models import Delegation, District, Mandate, MandateState, Session, Term


def _kept(made: Any) -> Any:
    made.full_clean()
    made.save()
    return made


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


@operation(Permit("mandate.enter", policy.keep_body, gettext_lazy("Enter a deputy")))
def enter_mandate(term: Term, *, actor: Actor, person: Person, **facts: Any) -> Mandate:
    """Enter a deputy elected for the term; one person holds at most one running mandate of it."""
    if term.mandates.filter(person=person).exclude(state=MandateState.ENDED).exists():
        raise Unfit(_("%(name)s already holds a mandate in this term.") % {"name": person.name})
    return _kept(Mandate(term=term, congress=term.congress, person=person, **facts))


@operation(Permit("mandate.correct", policy.keep_body, gettext_lazy("Correct a deputy's data")))
def correct_mandate(mandate: Mandate, *, actor: Actor, **facts: Any) -> None:
    """Change facts about a mandate; only those given."""
    for name, value in facts.items():
        setattr(mandate, name, value)
