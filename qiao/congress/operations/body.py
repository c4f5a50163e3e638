"""What can be done to the body: terms, sessions, delegations, districts, quotas; and to a person's data."""

from typing import Any, TypeVar

from django.db.models import Model, ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.accounts.models import Person
from qiao.accounts.operations import initials
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import Permit, operation
from qiao.kernel.policy import Actor
from qiao.orgs import policy as orgs_policy
from qiao.orgs.models import Congress

from .. import policy
from ..models import Delegation, District, Quota, Session, Term

Made = TypeVar("Made", bound=Model)


def kept(made: Made) -> Made:
    """Check and save what is new; that an object given for a foreign key exists needs no question."""
    checked(made).validate_constraints()
    made.save()
    return made


def checked(made: Made) -> Made:
    """The fields and what the model asks of them together; the database checks the constraints."""
    made.clean_fields(exclude={f.name for f in made._meta.fields if f.is_relation and f.is_cached(made)})  # type: ignore[attr-defined]
    made.clean()
    return made


IN_USE = gettext_lazy("Something belongs to it already; only what was entered by mistake and never used is struck out.")


def _changed(held: Model, facts: dict[str, Any]) -> None:
    for name, value in facts.items():
        setattr(held, name, value)


def _struck(held: Model) -> None:
    try:
        type(held)._base_manager.filter(pk=held.pk).delete()
    except ProtectedError as used:
        raise Unfit(str(IN_USE)) from used


@operation(Permit("term.open", orgs_policy.keep_directory, gettext_lazy("Open a term")))
def open_term(congress: Congress, *, actor: Actor, **facts: Any) -> Term:
    """Begin a term of the congress."""
    return kept(Term(congress=congress, **facts))


@operation(Permit("term.correct", policy.keep_body, gettext_lazy("Correct the term")))
def correct_term(term: Term, *, actor: Actor, **facts: Any) -> None:
    """Put the number, the first day or the fixed number of seats right; how a term ends is ``term.close``."""
    _changed(term, facts)


@operation(Permit("session.convene", policy.keep_body, gettext_lazy("Convene a session")))
def convene(term: Term, *, actor: Actor, **facts: Any) -> Session:
    """Enter a plenary session of the term."""
    return kept(Session(term=term, congress=term.congress, **facts))


@operation(Permit("session.correct", policy.keep_body, gettext_lazy("Correct the session")))
def correct_session(session: Session, *, actor: Actor, **facts: Any) -> None:
    """Put the number or the days of a session right; its sittings stay inside it."""
    _changed(session, facts)
    if session.sittings.exclude(on__range=(session.opens, session.closes)).exists():
        raise Unfit(_("A sitting of this session lies outside these days."))


@operation(Permit("delegation.form", policy.keep_body, gettext_lazy("Form a delegation")))
def form_delegation(term: Term, *, actor: Actor, name: str) -> Delegation:
    """Form a delegation for the sessions of the term."""
    return kept(Delegation(term=term, name=name))


@operation(Permit("delegation.correct", policy.keep_body, gettext_lazy("Correct the delegation")))
def correct_delegation(delegation: Delegation, *, actor: Actor, name: str) -> None:
    """Put the name of a delegation right."""
    delegation.name = name


@operation(Permit("delegation.strike", policy.keep_body, gettext_lazy("Strike out the delegation")))
def strike_delegation(delegation: Delegation, *, actor: Actor) -> None:
    """Remove a delegation entered by mistake, to which nobody belongs."""
    _struck(delegation)


@operation(Permit("district.draw", policy.keep_body, gettext_lazy("Enter an electoral district")))
def draw_district(term: Term, *, actor: Actor, name: str, seats: int = 1) -> District:
    """Enter an electoral district of the term."""
    return kept(District(term=term, name=name, seats=seats))


@operation(Permit("quota.set", policy.keep_body, gettext_lazy("Set the quota of an electing unit")))
def set_quota(term: Term, *, actor: Actor, electing_unit: Congress, seats: int) -> Quota:
    """Enter how many deputies of the term an electing unit elects."""
    return kept(Quota(term=term, electing_unit=electing_unit, seats=seats))


@operation(Permit("quota.correct", policy.keep_body, gettext_lazy("Correct the quota of an electing unit")))
def correct_quota(quota: Quota, *, actor: Actor, seats: int) -> None:
    """Put a quota right."""
    quota.seats = seats


@operation(Permit("district.correct", policy.keep_body, gettext_lazy("Correct an electoral district")))
def correct_district(district: District, *, actor: Actor, **facts: Any) -> None:
    """Put the name or the seats of a district right; only those given."""
    _changed(district, facts)


@operation(Permit("quota.strike", policy.keep_body, gettext_lazy("Strike out the quota")))
def strike_quota(quota: Quota, *, actor: Actor) -> None:
    """Remove the quota of a unit that elects nobody in this term."""
    if quota.term.mandates.filter(electing_unit=quota.electing_unit_id).exists():
        raise Unfit(str(IN_USE))
    _struck(quota)


@operation(Permit("district.strike", policy.keep_body, gettext_lazy("Strike out the electoral district")))
def strike_district(district: District, *, actor: Actor) -> None:
    """Remove a district entered by mistake, in which nobody was elected."""
    _struck(district)


@operation(Permit("person.correct", policy.keep_person, gettext_lazy("Correct a person's data")))
def correct_person(person: Person, *, actor: Actor, **facts: Any) -> None:
    """Change facts about a person of the congress; only those given."""
    for name, value in facts.items():
        setattr(person, name, value)
    person.pinyin = initials(person.name)
