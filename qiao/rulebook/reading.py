"""The rulebook as its pages show it: every rule on a day, one rule with its history, two rulebooks side by side."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from qiao.kernel import clock
from qiao.kernel.models import Entry as JournalEntry
from qiao.kernel.operation import OPERATIONS
from qiao.kernel.policy import Words
from qiao.orgs.models import Congress

from . import presets
from .catalogue import CATALOGUE, GROUPS, Parameter
from .models import Provision
from .rules import Rules
from .sources import cited
from .trace import STARTS, full_date

MOST_VALUES = 50
"""How many of a rule's values its page tells; the journal has them all."""


@dataclass(frozen=True)
class Line:
    """One rule as it holds on a day; ``provision`` is None where the default holds, ``coming`` what begins later."""

    parameter: Parameter
    provision: Provision | None = None
    coming: tuple[Provision, ...] = ()

    @property
    def value(self) -> Any:
        """The value as it is stored."""
        return self.provision.value if self.provision else self.parameter.default

    @property
    def words(self) -> list[str]:
        """The value as a reader sees it."""
        return self.parameter.words(self.value)

    @property
    def source(self) -> Words:
        """Where the value comes from."""
        return self.provision.source if self.provision else self.parameter.source

    @property
    def since(self) -> dt.date | None:
        """The day from which the congress's own value holds."""
        return self.provision.valid_from if self.provision else None


@dataclass(frozen=True)
class Chapter:
    """A group of rules under its heading."""

    label: Words
    lines: list[Any]


def lines(congress: Congress, on: dt.date) -> dict[str, Line]:
    """Every rule of a congress on a day, with what begins later. One query."""
    rows = Provision.objects.filter(congress=congress).from_day(on)
    own = {key: list(group) for key, group in groupby(rows, key=lambda p: p.key)}
    return {key: _line(parameter, own.get(key, []), on) for key, parameter in CATALOGUE.items()}


def _line(parameter: Parameter, own: list[Provision], on: dt.date) -> Line:
    now = next((p for p in own if p.valid_from <= on), None)
    return Line(parameter, now, tuple(p for p in own if p.valid_from > on))


def chapters(found: Iterable[Any]) -> list[Chapter]:
    """Lines under the headings of their groups; a group without a line is left out."""
    by_group: dict[str, list[Any]] = {}
    for line in found:
        by_group.setdefault(line.parameter.group, []).append(line)
    return [Chapter(label, by_group[group]) for group, label in GROUPS.items() if group in by_group]


def says(line: Line, words: str) -> bool:
    """Whether a rule has these words in its name, its meaning, its value or its source."""
    parameter = line.parameter
    text = " ".join([parameter.key, str(parameter.label), str(parameter.help), str(line.source), *line.words]).casefold()
    return all(word in text for word in words.casefold().split())


def starts(parameter: Parameter) -> str:
    """How the period of a rule is counted from its event, in words; nothing for what is no period."""
    sentence = STARTS.get(parameter.start_event, "") if parameter.start_event else ""
    return str(sentence) % {"day": _("a certain day")} if sentence else ""


@dataclass(frozen=True)
class Moment:
    """One value of a rule in its history, with the journal's lines about it, newest first."""

    provision: Provision
    deeds: list[dict[str, Any]] = field(default_factory=list)


def history(congress: Congress, key: str) -> list[Moment]:
    """The values a rule has had and will have, newest first: since when, why, entered by whom. Two queries."""
    values = list(Provision.objects.filter(congress=congress, key=key).order_by("-valid_from", "-pk")[:MOST_VALUES])
    trails = {f"provision:{p.pk}": Moment(p) for p in values}
    for entry in JournalEntry.objects.filter(trail__in=trails).select_related("user__person").order_by("-id"):
        trails[entry.trail].deeds.append({"entry": entry, "label": OPERATIONS[entry.code].guard.label})
    return list(trails.values())


@dataclass(frozen=True)
class Elsewhere:
    """What a preset says of one rule; nothing where its regulation is silent."""

    place: str
    words: list[str]
    source: str


def elsewhere(parameter: Parameter) -> list[Elsewhere]:
    """What the regulations of other places say of a rule."""
    found = [(place, entry) for code, place in presets.names().items() for entry in presets.load(code) if entry.key == parameter.key]
    return [Elsewhere(place, parameter.words(entry.value), entry.source) for place, entry in found]


@dataclass(frozen=True)
class Beside:
    """One rule with what a preset says of it; ``theirs`` is None where its regulation is silent."""

    line: Line
    theirs: presets.Entry | None

    @property
    def parameter(self) -> Parameter:
        """The rule."""
        return self.line.parameter

    @property
    def their_words(self) -> list[str]:
        """What the preset says, as a reader sees it."""
        return self.parameter.words(self.theirs.value) if self.theirs else []

    @property
    def differs(self) -> bool:
        """Whether both say something, and not the same."""
        return self.theirs is not None and self.theirs.value != self.line.value

    @property
    def is_laid_down(self) -> bool:
        """Whether the congress has laid down just this, from this source, so that there is nothing to adopt."""
        own, theirs = self.line.provision, self.theirs
        return theirs is None or (own is not None and (own.value, own.source) == (theirs.value, theirs.source))


def beside(every: Iterable[Line], preset: str) -> list[Beside]:
    """Rules with what a preset says of each."""
    theirs = {entry.key: entry for entry in presets.load(preset)} if preset else {}
    return [Beside(line, theirs.get(line.parameter.key)) for line in every]


@dataclass(frozen=True)
class Kept:
    """One rule as a snapshot has it, with what holds today."""

    parameter: Parameter
    value: Any
    kept_source: str
    now: Line

    @property
    def words(self) -> list[str]:
        """The value kept, as a reader sees it."""
        return self.parameter.words(self.value)

    @property
    def source(self) -> str:
        """Where the value kept comes from, as its reader understands it."""
        return cited(self.kept_source)

    @property
    def has_changed(self) -> bool:
        """Whether the rulebook says something else today."""
        return bool(self.value != self.now.value)


def kept(rules: Rules, congress: Congress, today: dt.date) -> list[Kept]:
    """The rules of a snapshot beside those of today. One query."""
    now = lines(congress, today)
    return [Kept(CATALOGUE[key], rules[key], rules.source(key), now[key]) for key in CATALOGUE if key in rules.entries]


def narrowed(every: Mapping[str, Line], asked: Any) -> list[Beside]:
    """The rules that the form of the page asks for, each with what the chosen preset says of it."""
    found = [line for line in every.values() if says(line, asked.given("q"))]
    if group := asked.given("group"):
        found = [line for line in found if line.parameter.group == group]
    found = [line for line in found if TESTS[asked.given("show")](line)]
    pairs = beside(found, asked.given("against"))
    return [pair for pair in pairs if pair.differs] if asked.given("against") else pairs


TESTS: dict[str, Callable[[Line], bool]] = {
    "": lambda line: True,
    "own": lambda line: line.provision is not None,
    "default": lambda line: line.provision is None,
    "coming": lambda line: bool(line.coming),
    "recorded": lambda line: not line.parameter.is_applied,
}
"""What the list of rules can be narrowed to."""


def said_of(made: Provision) -> str:
    """What a page says when a rule has been given a new value."""
    if made.valid_from > clock.today():
        return _("Entered. It holds from %(day)s.") % {"day": full_date(made.valid_from)}
    return _("Entered. It holds for what is handed over from now on.")
