"""The table of seats: how many each electoral district has, or each electing unit where deputies are not elected directly."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.imports import parsers
from qiao.imports.importer import Action, Cells, Field, Importer, RowPlan, declare
from qiao.kernel import clock
from qiao.kernel.policy import Actor
from qiao.orgs.models import Congress
from qiao.orgs.policy import keep_directory

from .. import operations
from ..models import District, Quota, Term
from ..models.body import MOST_IN_A_DISTRICT
from ..queries import term_on
from .deputies.columns import SEAT, TERM
from .words import shown

MOST_SEATS = 3000
SEAT_COLUMNS = (
    SEAT,
    Field("seats", gettext_lazy("Seats"), parsers.number(0, MOST_SEATS), required=True, example="2", also=("名额", "代表名额", "应选名额")),
    TERM,
)


@dataclass
class Seats:
    """What the rows are compared with: terms, the congresses directly below, and the districts or quotas by term and name or unit."""

    congress: Congress
    terms: dict[int, Term]
    current: Term | None
    electing: dict[str, Congress]
    held: dict[tuple[int, str | int], District | Quota]
    stated: set[tuple[int, str | int]] = field(default_factory=set)
    """The districts and units that the rows so far speak of."""


def read_seats(congress: Congress, rows: Cells, actor: Actor) -> Seats:
    """The districts or quotas of every term of the congress."""
    below = list(Congress.objects.filter(superior=congress))
    held: dict[tuple[int, str | int], District | Quota] = {}
    for district in District.objects.filter(term__congress=congress):
        held[district.term_id, district.name] = district
    for quota in Quota.objects.filter(term__congress=congress):
        held[quota.term_id, quota.electing_unit_id] = quota
    return Seats(
        congress=congress,
        terms={term.number: term for term in Term.objects.filter(congress=congress).select_related("congress")},
        current=term_on(congress, clock.today()),
        electing={each.short_name: each for each in below} | {each.name: each for each in below},
        held=held,
    )


def plan_seats(plan: RowPlan, known: Seats) -> None:
    """Whether a row enters a district or a quota, changes its seats, or cannot be."""
    facts = plan.facts
    plan.label = facts["seat"]
    term = known.terms.get(facts["term"]) if "term" in facts else known.current
    if term is None:
        plan.refuse("term", _("The congress has no such term. Open the term first."))
        return
    unit = None if known.congress.elected_directly else known.electing.get(facts["seat"])
    if known.congress.elected_directly and not 1 <= facts["seats"] <= MOST_IN_A_DISTRICT:
        plan.refuse("seats", _("An electoral district has one to three seats."))
    elif unit is None and not known.congress.elected_directly:
        plan.refuse("seat", _("“%(name)s” is not a congress directly below this one.") % {"name": facts["seat"]})
    if plan.problems:
        return
    facts |= {"term": term, "unit": unit}
    key = (term.pk, unit.pk if unit else facts["seat"])
    if key in known.stated:
        plan.refuse("seat", _("It stands in the table already, in other words."))
        return
    known.stated.add(key)
    plan.target = known.held.get(key)
    if plan.target is None:
        plan.action = Action.ADD
        return
    plan.compare({"seats": plan.target.seats}, shown)
    plan.action = Action.CHANGE if plan.changes else Action.SAME


def apply_seats(plan: RowPlan, known: Seats, actor: Actor) -> None:
    """Enter one district or quota, or correct its seats."""
    term, unit, seats = plan.facts["term"], plan.facts["unit"], plan.facts["seats"]
    if plan.action == Action.CHANGE:
        correct = operations.correct_quota if unit else operations.correct_district
        plan.made_other(plan.target, correct(plan.target, actor=actor, seats=seats))
    elif unit:
        plan.made_new(operations.set_quota(term, actor=actor, electing_unit=unit, seats=seats))
    else:
        plan.made_new(operations.draw_district(term, actor=actor, name=plan.facts["seat"], seats=seats))


def dump_seats(congress: Congress) -> Iterator[dict[str, str]]:
    """The districts and quotas of every term, the newest term first."""
    districts = District.objects.filter(term__congress=congress).select_related("term").order_by("-term__number", "name")
    quotas = Quota.objects.filter(term__congress=congress).select_related("term", "electing_unit")
    for place in (*districts, *quotas.order_by("-term__number", "electing_unit__area__code")):
        name = place.name if isinstance(place, District) else place.electing_unit.name
        yield {"seat": name, "seats": str(place.seats), "term": str(place.term)}


def seats_identity(facts: dict[str, object]) -> dict[str, object]:
    """A district or an electing unit stands once for a term."""
    return {"seat": (facts.get("term"), facts["seat"])}


declare(
    Importer(
        kind="seats",
        label=gettext_lazy("Electoral districts and quotas"),
        about=gettext_lazy(
            "Enters how many seats each electoral district has, or each electing unit where voters do not elect, and corrects them."
        ),
        columns=SEAT_COLUMNS,
        rule=keep_directory,
        context=read_seats,
        plan=plan_seats,
        apply=apply_seats,
        identity=seats_identity,
        back="congress:vacancies",
        strike={"congress.District": operations.strike_district, "congress.Quota": operations.strike_quota},
        correct={"congress.District": operations.correct_district, "congress.Quota": operations.correct_quota},
        dump=dump_seats,
    )
)
