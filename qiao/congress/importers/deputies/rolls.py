"""What the rows of a table of deputies are compared with: the deputies, people and places of the congresses it speaks of."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from qiao.accounts.models import Person
from qiao.imports.importer import Cells, RowPlan
from qiao.kernel import clock
from qiao.kernel.policy import Actor
from qiao.orgs.models import Congress
from qiao.orgs.policy import keep_directories

from ...models import Delegation, District, Mandate, MandateState, Term
from ...queries import term_on

BATCH = 500


@dataclass
class Roll:
    """What the rows of a table of deputies are compared with."""

    congress: Congress
    terms: dict[int, Term]
    current: Term | None
    by_card: dict[tuple[int, str], Mandate]
    by_person: dict[tuple[int, int], Mandate]
    namesakes: dict[tuple[int, str], list[Mandate]]
    people: dict[str, list[Person]]
    electing: dict[str, Congress]
    delegations: dict[tuple[int, str], Delegation] = field(default_factory=dict)
    districts: dict[tuple[int, str], District] = field(default_factory=dict)


@dataclass
class Rolls:
    """The rolls of the congresses that a table speaks of, by what it calls them; the reason for one that it may not speak of."""

    by_name: dict[str, Roll | str]

    def of(self, plan: RowPlan) -> Roll:
        """The roll that an accepted row belongs to."""
        roll = self.by_name[plan.cells.get("congress", "")]
        assert isinstance(roll, Roll)  # noqa: S101 — planned rows of others are refused
        return roll


def read_rolls(congress: Congress, rows: Cells, actor: Actor) -> Rolls:
    """The rolls that the rows of a batch may speak of: the congress's own, and where the actor may those below."""
    names = {cells.get("congress", "") for _number, cells in rows}
    meant: dict[str, set[Congress]] = {name: set() for name in names} | {"": {congress}}
    called = Q(name__in=names) | Q(short_name__in=names) | Q(area__code__in=names)
    for found in Congress.objects.filter(called).select_related("area") if names - {""} else ():
        for name in {found.name, found.short_name, found.area.code} & names:
            meant[name].add(found)
    said = {name: _refusal(name, congresses, actor) for name, congresses in meant.items()}
    spoken_of = {congresses.copy().pop() for name, congresses in meant.items() if not said[name]}
    rolls = {each: read_roll(each, [row for row in rows if each in meant[row[1].get("congress", "")]]) for each in spoken_of}
    return Rolls({name: said[name] or rolls[congresses.copy().pop()] for name, congresses in meant.items()})


def _refusal(name: str, meant: set[Congress], actor: Actor) -> str:
    """Why the deputies of what is called so cannot be entered; empty if they can."""
    if not meant:
        return _("There is no congress “%(name)s”.") % {"name": name}
    if len(meant) > 1:
        return _("Several congresses are called “%(name)s”. Write the area code.") % {"name": name}
    return keep_directories(actor, next(iter(meant))).reason


def read_roll(congress: Congress, rows: Cells) -> Roll:
    """The deputies, people and places that the rows of a batch may speak of."""
    names = {cells.get("name", "") for _number, cells in rows}
    people: dict[str, list[Person]] = {}
    for person in _in_parts(Person.objects.all(), "name__in", names):
        people.setdefault(person.name, []).append(person)
    held = Mandate.objects.filter(congress=congress).for_list()
    by_card = {(m.term_id, m.card_no): m for m in _in_parts(held, "card_no__in", {cells.get("card_no", "") for _number, cells in rows})}
    by_person = {}
    namesakes: dict[tuple[int, str], list[Mandate]] = {}
    for mandate in _in_parts(held.exclude(state__in=[MandateState.ENDED, MandateState.INVALID]), "person__name__in", names):
        by_person[mandate.term_id, mandate.person_id] = mandate
        namesakes.setdefault((mandate.term_id, mandate.person.name), []).append(mandate)
    below = list(Congress.objects.filter(superior=congress))
    return Roll(
        congress=congress,
        terms={term.number: term for term in Term.objects.filter(congress=congress).select_related("congress")},
        current=term_on(congress, clock.today()),
        by_card=by_card,
        by_person=by_person,
        namesakes=namesakes,
        people=people,
        electing={each.short_name: each for each in below} | {each.name: each for each in below},
        delegations={(each.term_id, each.name): each for each in Delegation.objects.filter(term__congress=congress)},
        districts={(each.term_id, each.name): each for each in District.objects.filter(term__congress=congress)},
    )


def _in_parts(rows: Any, field: str, values: set[str]) -> Iterator[Any]:
    """The rows whose field is one of many values, asked for in parts that every database takes."""
    wanted = sorted(values)
    for start in range(0, len(wanted), BATCH):
        yield from rows.filter(**{field: wanted[start : start + BATCH]})
