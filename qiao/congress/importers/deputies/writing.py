"""Deputies entered, corrected and struck out by the operations of the directory, and written out as rows of the table."""

from collections.abc import Iterator, Mapping
from typing import Any

from qiao.accounts import operations as accounts_operations
from qiao.accounts.models import Person
from qiao.imports.importer import Action, RowPlan
from qiao.kernel.policy import Actor
from qiao.orgs.models import Congress

from ... import operations
from ...models import Mandate, MandateState, Term
from ..words import shown
from .columns import MANDATE, PERSON
from .rolls import Roll, Rolls


def apply_deputy(plan: RowPlan, rolls: Rolls, actor: Actor) -> None:
    """Enter or correct one deputy by the operations of the directory."""
    if plan.action == Action.ADD:
        enter_deputies([plan], rolls, actor)
        return
    facts, mandate = plan.facts, plan.target
    of_person = {key: facts[key] for key in PERSON if key in plan.changes}
    of_mandate = {key: facts[key] for key in MANDATE if key in plan.changes} | _places(plan, rolls.of(plan), actor)
    if of_person:
        plan.made_other(mandate.person, operations.correct_person(mandate.person, actor=actor, **of_person))
    if of_mandate:
        plan.made_other(mandate, operations.correct_mandate(mandate, actor=actor, **of_mandate))


def enter_deputies(plans: list[RowPlan], rolls: Rolls, actor: Actor) -> None:
    """Enter the deputies of many rows, term by term, all or none."""
    by_term: dict[Term, list[tuple[RowPlan, Person, dict[str, Any]]]] = {}
    for plan in plans:
        term, facts = plan.facts["term"], plan.facts
        person = plan.target or Person(name=facts["name"], **{key: facts[key] for key in PERSON if key in facts})
        given = {key: facts[key] for key in MANDATE if key in facts} | _places(plan, rolls.of(plan), actor)
        given.setdefault("elected_on", term.starts)
        by_term.setdefault(term, []).append((plan, person, given | {"card_no": facts["card_no"]}))
    for term, rows in by_term.items():
        operations.enter_roll(term, actor=actor, roll=[(person, given) for _plan, person, given in rows])
        cards = [given["card_no"] for _plan, _person, given in rows]
        entered = dict(Mandate.objects.filter(term=term, card_no__in=cards).values_list("card_no", "pk"))
        for plan, person, given in rows:
            if plan.target is None:
                plan.made_new(person)
            plan.made_new(Mandate, entered[given["card_no"]])


def _places(plan: RowPlan, roll: Roll, actor: Actor) -> dict[str, Any]:
    """Delegation and electing unit or district that the row changes or needs; missing ones are formed."""
    term, facts = plan.facts["term"], plan.facts
    found: dict[str, Any] = {}
    wanted = set(plan.changes) if plan.action == Action.CHANGE else set(facts)
    if "delegation" in wanted:
        key = (term.pk, facts["delegation"])
        if key not in roll.delegations:
            roll.delegations[key] = operations.form_delegation(term, actor=actor, name=facts["delegation"])
        found["delegation"] = roll.delegations[key]
    if "seat" in wanted and not roll.congress.elected_directly:
        found["electing_unit"] = roll.electing[facts["seat"]]
    elif "seat" in wanted:
        key = (term.pk, facts["seat"])
        if key not in roll.districts:
            roll.districts[key] = operations.draw_district(term, actor=actor, name=facts["seat"])
        found["district"] = roll.districts[key]
    return found


def strike_deputies(made: Mapping[str, list[int]], congress: Congress, actor: Actor) -> None:
    """Strike out the mandates and the people that many rows have entered, all or none."""
    by_term: dict[Term, list[Mandate]] = {}
    for mandate in Mandate.objects.filter(pk__in=made.get("congress.Mandate", ())).select_related("term__congress"):
        by_term.setdefault(mandate.term, []).append(mandate)
    for term, mandates in by_term.items():
        operations.strike_roll(term, actor=actor, mandates=mandates)
    people = Person.objects.filter(pk__in=made.get("accounts.Person", ()))
    accounts_operations.strike_people(congress, actor=actor, people=list(people))


def dump_deputies(congress: Congress) -> Iterator[dict[str, str]]:
    """The deputies of the congress, those whose mandate has ended left out, as rows of the table."""
    held = (
        Mandate.objects.filter(congress=congress)
        .exclude(state__in=[MandateState.ENDED, MandateState.INVALID])
        .for_list()
        .order_by("term__number", "card_no")
    )
    for mandate in held.iterator(2000):
        seat: Any = mandate.district or mandate.electing_unit
        row = {key: shown(key, getattr(mandate.person, key)) for key in PERSON}
        yield row | {key: shown(key, getattr(mandate, key)) for key in MANDATE} | {
            "card_no": mandate.card_no, "name": mandate.person.name, "seat": seat.name, "term": str(mandate.term),
            "delegation": mandate.delegation.name if mandate.delegation else "",
        }  # fmt: skip
