"""The demonstration at the size of a province: 14 cities, 86 counties, some 1,250 townships, 83,000 deputies, 10,000 suggestions.

What the small demonstration tells stays as it is, to be looked at; round it stand the other congresses with their rolls of deputies,
and each told suggestion is copied (``operations.multiply``). People without a story have no account.
"""

import datetime as dt
import itertools
import random
from collections.abc import Callable, Iterator
from typing import Any

from qiao.accounts.models import Person
from qiao.congress import operations as body
from qiao.congress.models import Category, Mandate, Term
from qiao.kernel.policy import Actor
from qiao.matters.models import Suggestion
from qiao.orgs import operations as orgs
from qiao.orgs.models import Area, Congress, Level, OrganKind

from .operations import multiply
from .people import Invented
from .places import SINCE, Places

CITIES, COUNTIES, TOWNSHIPS = 14, 86, 1250
"""With those the small demonstration has; close to the province with the most townships that was asked about (甘肃)."""
SEATS = {Level.PREFECTURE: 330, Level.COUNTY: 190, Level.TOWNSHIP: 51}
DEPUTIES, SUGGESTIONS = 83_000, 10_000
HEADS = "云松竹柳桃杏梅兰荷桂枫桐榆槐桑麻禾谷麦稻泉溪河湖潭湾渡洲浦滩岭峰岩石坡塬沟坪坝川"
TAILS = "阳阴安宁平和丰康乐福兴隆昌盛泰明清秀远望临依听观守怀思念近合"
DISTRICT_SEATS = 3
STEP = 100


def build_province(places: Places, actor: Actor, year: int, say: Callable[[str], None]) -> None:
    """Everything beyond the small demonstration; ``say`` is told how far it is."""
    invented = Invented(seed=83)
    for number, congress in enumerate(_congresses(places.congresses["99"], actor), start=1):
        term = body.open_term(congress, actor=actor, number=14, starts=dt.date(year - 3, 1, 12), seats=SEATS[Level(congress.level)])
        _enter(term, invented, actor)
        if number % STEP == 0:
            say(f"{number} congresses more, {Mandate.objects.count():,} deputies")
    told = Suggestion.objects.exclude(number=None).count()
    times = -(-SUGGESTIONS // told)
    for congress in Congress.objects.filter(suggestions__isnull=False).distinct():
        multiply(congress, actor=actor, times=times, say=lambda _done: None)
        say(f"suggestions of {congress.short_name}: {Suggestion.objects.count():,} in all")


def _congresses(province: Congress, actor: Actor) -> Iterator[Congress]:
    """The congresses that are missing, each after the one above it; the electing units of a city are made before its roll."""
    names = _names()
    cities = _below(province, Level.PREFECTURE, CITIES, names, actor)
    counties = [c for city, n in zip(cities, _shares(COUNTIES, CITIES), strict=True) for c in _below(city, Level.COUNTY, n, names, actor)]
    shares = _shares(TOWNSHIPS, COUNTIES)
    towns = [t for county, n in zip(counties, shares, strict=True) for t in _below(county, Level.TOWNSHIP, n, names, actor)]
    yield from (c for c in [*cities, *counties, *towns] if not c.terms.exists())


def _shares(whole: int, parts: int) -> list[int]:
    """A whole number in parts that differ by one at most."""
    return [whole // parts + (n < whole % parts) for n in range(parts)]


def _names() -> Iterator[str]:
    """Invented names of places, each once, in an order without a system."""
    made = ["".join(pair) for pair in itertools.product(HEADS, TAILS)] + ["".join(pair) for pair in itertools.permutations(HEADS, 2)]
    random.Random(14).shuffle(made)  # noqa: S311
    return iter(made)


def _below(above: Congress, level: Level, wanted: int, names: Iterator[str], actor: Actor) -> list[Congress]:
    """The congresses below one, as many as wanted: those it has, and new ones with area, government and one unit."""
    kind, first, width = {Level.PREFECTURE: ("市", 1, 2), Level.COUNTY: ("县", 1, 2), Level.TOWNSHIP: ("镇", 101, 3)}[level]
    held = list(Congress.objects.filter(superior=above).select_related("area"))
    taken = {int(congress.area.code[-width:]) for congress in held}
    for number in (n for n in itertools.count(first) if n not in taken):
        if len(held) >= wanted:
            return held
        name = f"{next(names)}{kind}"
        area = orgs.add_area(above.area, actor=actor, code=f"{above.area.code}{number:0{width}}", name=name, level=level, valid_from=SINCE)
        held.append(_congress(area, above, actor))
    return held


def _congress(area: Area, above: Congress, actor: Actor) -> Congress:
    congress = orgs.add_congress(
        area, actor=actor, name=f"{above.area.name if area.level == Level.TOWNSHIP else ''}{area.name}人民代表大会",
        short_name=f"{area.name}人大", superior=above,
    )  # fmt: skip
    government = orgs.add_organ(congress, actor=actor, kind=OrganKind.GOVERNMENT, name=f"{area.name}人民政府")
    orgs.add_unit(congress, actor=actor, organ=government, name=f"{area.name}人民政府", short_name=f"{area.name}政府", active_from=SINCE)
    return congress


def _enter(term: Term, invented: Invented, actor: Actor) -> None:
    """The roll of a congress: everybody new, elected by the congresses below or in districts."""
    if term.congress.elected_directly:
        numbers = range(1, -(-term.seats // DISTRICT_SEATS) + 1)
        seats: list[dict[str, Any]] = [
            {"district": body.draw_district(term, actor=actor, name=f"第{n}选区", seats=DISTRICT_SEATS)} for n in numbers
        ]
    else:
        below = Congress.objects.filter(superior=term.congress).select_related("area")
        seats = [{"electing_unit": c, "delegation": body.form_delegation(term, actor=actor, name=f"{c.area.name}代表团")} for c in below]
    body.enter_roll(term, actor=actor, roll=[_deputy(term, number, seats, invented) for number in range(term.seats)])


def _deputy(term: Term, number: int, seats: list[dict[str, Any]], invented: Invented) -> tuple[Person, dict[str, Any]]:
    facts, chance = invented.facts(), invented.chance
    seat = seats[number // DISTRICT_SEATS] if term.congress.elected_directly else seats[number % len(seats)]
    return Person(name=invented.any_name(), **facts["person"]), {
        "card_no": f"{term.congress.area.code}{number + 1:03d}", "elected_on": term.starts - dt.timedelta(days=20),
        "category": facts["category"], "grassroots": facts["category"] in {Category.WORKER, Category.FARMER, Category.OTHER},
        "first_term": chance.random() < 0.6, **seat,  # noqa: PLR2004
    }  # fmt: skip
