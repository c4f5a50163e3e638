"""Numbers of the structure in words, each with the list that holds exactly these deputies."""

import dataclasses
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.kernel import clock
from qiao.kernel.policy import Words

from ..forms import age_label
from ..models import Category, Term
from ..queries import UNKNOWN, Share, Structure


@dataclasses.dataclass(frozen=True)
class Number:
    """A number of the structure in words, its share of the whole, and the list that holds exactly these deputies."""

    label: str
    value: int
    percent: float
    href: str
    change: int | None = None
    """By how much it differs from the same number of the day compared with."""

    @property
    def text(self) -> str:
        """The number with its share, and how it has changed."""
        share = f"{self.value} · {self.percent:.1f}%"
        return share if not self.change else f"{share} · {self.change:+d}"


@dataclasses.dataclass(frozen=True)
class Part:
    """One chart of the structure: its title, what its rows are, the numbers, and those of the day compared with, row by row."""

    title: Words
    head: Words
    rows: list[Number]
    before: list[Number]


PARTS: tuple[tuple[str, Words, Words], ...] = (
    ("marks", gettext_lazy("Who sits in the congress"), gettext_lazy("Group")),
    ("categories", gettext_lazy("By category"), gettext_lazy("Category")),
    ("ages", gettext_lazy("By age"), gettext_lazy("Age")),
    ("educations", gettext_lazy("By education"), gettext_lazy("Education")),
    ("ethnicities", gettext_lazy("By ethnicity"), gettext_lazy("Ethnicity")),
    ("parties", gettext_lazy("By political affiliation"), gettext_lazy("Political affiliation")),
)


def parts_of(structure: Structure, against: Structure | None) -> list[Part]:
    """The charts of a structure; beside another, each with the same rows on both sides, and what has changed."""
    now, then = numbers_of(structure), numbers_of(against) if against else {}
    return [Part(title, head, *_beside(now[key], then[key] if against else None)) for key, title, head in PARTS]


def _beside(now: list[Number], then: list[Number] | None) -> tuple[list[Number], list[Number]]:
    if then is None:
        return now, []
    ours, theirs = ({each.label: each for each in numbers} for numbers in (now, then))
    labels = list(dict.fromkeys([*ours, *theirs]))
    none = {label: Number(label, 0, 0.0, "") for label in labels}
    before = [theirs.get(label, none[label]) for label in labels]
    found = [ours.get(label, none[label]) for label in labels]
    return [dataclasses.replace(new, change=new.value - old.value) for new, old in zip(found, before, strict=True)], before


def table_of(parts: list[Part], structure: Structure, against: Structure | None) -> tuple[list[str], list[list[str]]]:
    """The same as a table to print or take away: its headings, and a row for each number."""
    days = [each.day.isoformat() for each in (against, structure) if each]
    heading = [_("Characteristic"), _("Group of deputies"), *[words for day in days for words in (day, f"{day} %")]]
    rows = [["", _("Deputies"), *_cells(structure, against)]]
    for part in parts:
        for at, number in enumerate(part.rows):
            sides = [*part.before[at : at + 1], number]
            cells = [text for side in sides for text in (str(side.value), f"{side.percent:g}")]
            rows.append([str(part.title), number.label, *cells, *([f"{number.change:+d}"] if number.change is not None else [])])
    return (heading + [_("Difference")] if against else heading), rows


def _cells(structure: Structure, against: Structure | None) -> list[str]:
    """The line of all deputies."""
    sides = [text for each in (against, structure) if each for text in (str(each.total), "100")]
    return [*sides, f"{structure.total - against.total:+d}"] if against else sides


def numbers_of(structure: Structure) -> dict[str, Any]:
    """The structure as the page shows it."""
    base = {"congress": structure.term.congress_id, "term": structure.term.pk, "on": structure.day.isoformat()}

    def number(label: Any, count: int, **more: Any) -> Number:
        share = round(100 * count / structure.total, 2) if structure.total else 0.0
        return Number(str(label), count, share, f"{reverse('congress:deputies')}?{urlencode(base | more)}")

    def named(shares: list[Share]) -> list[Number]:
        return [number(_("Not recorded") if s.value == UNKNOWN else s.value, s.count, **{s.key: s.value}) for s in shares]

    return {
        "total": number(_("Deputies"), structure.total),
        "marks": [
            number(_("Women"), structure.women, sex="2"),
            number(_("Ethnic minorities"), structure.minority, minority="yes"),
            number(_("Grassroots deputies"), structure.grassroots, grassroots="yes"),
            number(_("In their first term"), structure.first_term, first_term="yes"),
            number(_("Re-elected"), structure.total - structure.first_term, first_term="no"),
        ],
        "categories": [number(Category(s.value).label, s.count, category=s.value) for s in structure.categories],
        "parties": named(structure.parties),
        "ethnicities": named(structure.ethnicities),
        "educations": named(structure.educations),
        "ages": [number(age_label(s.value), s.count, age=s.value) for s in structure.ages],
    }


def numbers_by_profession(term: Term, shares: list[Share]) -> list[dict[str, Any]]:
    """The roster as a chart: each profession, how many deputies, and the list that holds exactly these."""
    base = {"congress": term.congress_id, "term": term.pk, "on": clock.today().isoformat()}
    return [
        {
            "label": _("Not recorded") if share.value == UNKNOWN else share.value,
            "value": share.count,
            "href": f"{reverse('congress:deputies')}?{urlencode(base | {'profession': share.value})}",
        }
        for share in shares
    ]
