"""Whether a row enters a deputy, corrects one found by term and card number, or cannot be."""

from typing import Any

from django.utils.translation import gettext as _

from qiao.accounts.models import Person
from qiao.imports import parsers
from qiao.imports.importer import Action, RowPlan
from qiao.orgs.models import Congress

from ...models import Mandate, Term
from ...queries import out_of_line
from ..words import shown
from .columns import MANDATE, PERSON
from .rolls import Roll, Rolls


def plan_deputy(plan: RowPlan, rolls: Rolls) -> None:
    """Whether a row enters a deputy, corrects one found by term and card number, or cannot be."""
    roll, facts = rolls.by_name[plan.cells.get("congress", "")], plan.facts
    if isinstance(roll, str):
        plan.refuse("congress", roll)
        return
    plan.label = facts["name"]
    term = roll.terms.get(facts["term"]) if "term" in facts else roll.current
    if term is None:
        plan.refuse("term", _("The congress has no such term. Open the term first."))
        return
    facts["term"] = term
    if not roll.congress.elected_directly and facts["seat"] not in roll.electing:
        plan.refuse("seat", _("“%(name)s” is not a congress directly below this one.") % {"name": facts["seat"]})
        return
    mandate = roll.by_card.get((term.pk, facts["card_no"]))
    if mandate is None:
        _plan_new(plan, roll, term)
    elif mandate.person.name != facts["name"]:
        plan.refuse("card_no", _("This card number is %(name)s’s in this term.") % {"name": mandate.person.name})
    else:
        _plan_known(plan, mandate, roll)


def _plan_new(plan: RowPlan, roll: Roll, term: Term) -> None:
    """A card number not yet given: a new mandate, of a new person or of one the directory knows."""
    facts, name = plan.facts, plan.facts["name"]
    plan.open_masks(None)
    if plan.problems:
        return
    same = [person for person in roll.people.get(name, []) if is_same(person, facts)]
    if len(same) > 1:
        plan.refuse("name", _("Several people of this name have this date of birth or telephone. Ask the administrator to merge them."))
        return
    plan.target = same[0] if same else None
    if same and (held := roll.by_person.get((term.pk, same[0].pk))):
        plan.refuse(
            "card_no", _("%(name)s is already a deputy of this term with the card number %(card)s.") % {"name": name, "card": held.card_no}
        )
        return
    if unclear := next((m for m in roll.namesakes.get((term.pk, name), []) if not _is_other(m.person, facts)), None):
        said = _(
            "A deputy of this name has the card number %(card)s. Give a date of birth or a telephone in both places to tell them apart."
        )
        plan.refuse("name", said % {"card": unclear.card_no})
        return
    if same and (elsewhere := out_of_line(same[0], roll.congress)):
        said = _("%(name)s is a deputy of %(congress)s, which is neither above nor below this congress.")
        plan.refuse("name", said % {"name": name, "congress": elsewhere.congress.name})
        return
    plan.action = Action.ADD
    if same:
        plan.notes.append(_("The same person as one already in the directory, whose own data stay as they are."))
    _note_places(plan, roll, term)


def is_same(person: Person, facts: dict[str, Any]) -> bool:
    """Whether a namesake is surely the same: by the identity number, else the date of birth or, where one lacks it, the telephone.

    Stars that an export has put in place of a number prove nothing.
    """
    for key in ("id_number", "born_on", "phone"):
        if getattr(person, key) and _is_told(facts, key):
            return bool(getattr(person, key) == facts[key])
    return False


def _is_other(person: Person, facts: dict[str, Any]) -> bool:
    """Whether a namesake is surely somebody else: both have a date of birth or a telephone, and these differ."""
    return any(key in facts and getattr(person, key) and getattr(person, key) != facts[key] for key in ("born_on", "phone", "id_number"))


def _note_places(plan: RowPlan, roll: Roll, term: Term) -> None:
    facts = plan.facts
    if "delegation" in facts and (term.pk, facts["delegation"]) not in roll.delegations:
        plan.notes.append(_("The delegation “%(name)s” is new.") % {"name": facts["delegation"]})
    if roll.congress.elected_directly and (term.pk, facts["seat"]) not in roll.districts:
        plan.notes.append(_("The electoral district “%(name)s” is new.") % {"name": facts["seat"]})


def _plan_known(plan: RowPlan, mandate: Mandate, roll: Roll) -> None:
    """A deputy found by the card number: what of the row differs from what is there."""
    plan.target = mandate
    plan.open_masks(mandate.person)
    if plan.problems:
        return
    seat: Any = mandate.district or mandate.electing_unit
    if isinstance(seat, Congress) and plan.facts["seat"] in {seat.name, seat.short_name}:
        plan.facts["seat"] = seat.name
    now = {key: getattr(mandate.person, key) for key in PERSON} | {key: getattr(mandate, key) for key in MANDATE}
    now |= {"seat": seat.name, "delegation": mandate.delegation.name if mandate.delegation else ""}
    plan.compare(now, shown)
    plan.action = Action.CHANGE if plan.changes else Action.SAME
    _note_places(plan, roll, mandate.term)


def _is_told(facts: dict[str, Any], key: str) -> bool:
    """Whether a cell says something, and not only stars."""
    return key in facts and not isinstance(facts[key], parsers.Masked)


def deputy_identity(facts: dict[str, Any]) -> dict[str, Any]:
    """What may stand once in a table: a card number, and a person by name with date of birth or telephone."""
    term, name = (facts.get("congress"), facts.get("term")), facts["name"]
    keys: dict[str, Any] = {key: (term, name, facts[key]) for key in ("born_on", "phone") if _is_told(facts, key)}
    if _is_told(facts, "id_number"):
        keys["id_number"] = (term, facts["id_number"])
    return {"card_no": (term, facts["card_no"]), **keys}
