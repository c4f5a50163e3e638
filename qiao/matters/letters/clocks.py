"""The print of all dates of a suggestion: what it says, as plain data in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qiao.kernel import clock
from qiao.rulebook.trace import full_date

from ..models import Clock, Suggestion
from .content import line


class Traced(Protocol):
    """One clock with its trace."""

    @property
    def clock(self) -> Clock:
        """The clock itself."""

    @property
    def runs(self) -> list[Any]:
        """How its days were counted off."""

    @property
    def heading(self) -> str:
        """What must be done, and by whom."""

    @property
    def steps(self) -> list[str]:
        """How the date came about."""

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What else is on record."""


@dataclass(frozen=True)
class ClockPart:
    """One clock on paper."""

    heading: str
    state: str
    steps: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    counted: tuple[str, ...]


@dataclass(frozen=True)
class ClocksPaper:
    """All clocks of a suggestion on paper; ``draft`` is for the page's form, which every paper shares."""

    name: str
    title: str
    about: str
    printed: str
    counting: str
    nothing: str
    lang: str
    clocks: tuple[ClockPart, ...]
    draft: str = ""


def clocks_paper(suggestion: Suggestion, traced: Iterable[Traced]) -> ClocksPaper:
    """The print of all dates and how they came about."""
    number = suggestion.number_label
    return ClocksPaper(
        name=_("Time limits of %(number)s") % {"number": number} if number else _("Time limits"),
        title=_("All dates and how they came about"),
        about=line(f"{suggestion.cited_as} {suggestion.title}".strip()),
        printed=_("As of %(day)s") % {"day": full_date(clock.today())},
        counting=_("Counted off day by day"),
        nothing=_("No time limit has begun yet."),
        lang="en" if get_language() == "en" else "zh",
        clocks=tuple(_part(one) for one in traced),
    )


def _part(one: Traced) -> ClockPart:
    facts = tuple((label, line(text)) for label, text in one.facts)
    return ClockPart(line(one.heading), one.clock.state_words, tuple(map(line, one.steps)), facts, tuple(map(str, one.runs)))
