"""The directory's lists: their columns, what narrows them, their exports, and the numbers that link to them."""

import dataclasses
import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.kernel import clock
from qiao.kernel.policy import Actor
from qiao.orgs.models import Area
from qiao.orgs.queries import found_areas
from qiao.ui.listing import Column, Listing

from .forms import (
    AreaFilter,
    CardFilter,
    CongressFilter,
    DeputyFilter,
    FiguresFilter,
    GroupFilter,
    LeaveFilter,
    MemberFilter,
    SeatFilter,
    SheetFilter,
    UnitFilter,
    age_label,
)
from .forms.attendance import UNMARKED
from .models import EXERCISED, HELD, Category, District, GroupMember, Mandate, MandateState, Session, Term
from .queries import UNKNOWN, Share, Structure, held_on, is_minority, of_age


def yes_or_no(value: bool) -> str:
    """A fact in words, as the import reads it back."""
    return _("Yes") if value else _("No")


def seat_of(mandate: Mandate) -> str:
    """Who elected a deputy: the congress below or the electoral district."""
    return str(mandate.district or mandate.electing_unit)


def _where(field: str) -> Any:
    return lambda rows, value: rows.filter(**{field: value})


def _is(field: str) -> Any:
    return lambda rows, value: rows.filter(**{field: value == "yes"})


def _deputies_named(rows: Any, words: str) -> Any:
    text = words.strip()
    return rows.filter(Q(person__name__contains=text) | Q(person__pinyin__startswith=text.lower()) | Q(card_no__startswith=text))


def _elected_by(rows: Any, seat: Any) -> Any:
    return rows.filter(district=seat) if isinstance(seat, District) else rows.filter(electing_unit=seat)


def _in_state(rows: Any, state: str) -> Any:
    """By the state that everybody reads: a mandate about whose end is being decided is in office until then."""
    if state == MandateState.QUALIFIED:
        return rows.filter(state__in=EXERCISED, suspended_on=None)
    return rows.filter(state__in=HELD, suspended_on__isnull=False) if state == MandateState.SUSPENDED else rows.filter(state=state)


DEPUTIES = Listing(
    name="deputies",
    columns=[
        Column("name", gettext_lazy("Name"), lambda m: m.person.name, ("person__pinyin", "person__name")),
        Column("card_no", gettext_lazy("Deputy card number"), lambda m: m.card_no, ("card_no",)),
        Column("sex", gettext_lazy("Sex"), lambda m: m.person.get_sex_display(), ("person__sex",)),
        Column("seat", gettext_lazy("Electing unit or electoral district"), seat_of, ("district__name", "electing_unit__area__code")),
        Column("delegation", gettext_lazy("Delegation"), lambda m: m.delegation, ("delegation__name",)),
        Column("category", gettext_lazy("Category"), lambda m: m.get_category_display(), ("category",)),
        Column("work_unit", gettext_lazy("Workplace"), lambda m: m.person.work_unit),
        Column("state", gettext_lazy("State"), lambda m: m.public_state.label, ("state",)),
    ],
    filters=DeputyFilter,
    narrow={
        "q": _deputies_named,
        "delegation": _where("delegation"),
        "seat": _elected_by,
        "category": _where("category"),
        "sex": _where("person__sex"),
        "grassroots": _is("grassroots"),
        "first_term": _is("first_term"),
        "state": _in_state,
        "on": lambda rows, day: rows.filter(held_on(day)),
        "minority": lambda rows, value: rows.filter(is_minority() if value == "yes" else ~is_minority()),
        "profession": lambda rows, value: rows.filter(profession="" if value == UNKNOWN else value),
        "party": lambda rows, value: rows.filter(person__party="" if value == UNKNOWN else value),
    },
    order="card_no",
)
"""In the order of the card numbers."""

MORE_OF_A_DEPUTY = [
    Column("term", gettext_lazy("Term"), lambda m: m.term),
    Column("ethnicity", gettext_lazy("Ethnicity"), lambda m: m.person.ethnicity),
    Column("party", gettext_lazy("Political affiliation"), lambda m: m.person.party),
    Column("education", gettext_lazy("Education"), lambda m: m.person.education),
    Column("job_title", gettext_lazy("Position"), lambda m: m.person.job_title),
    Column("profession", gettext_lazy("Profession"), lambda m: m.profession),
    Column("grassroots", gettext_lazy("Grassroots deputy"), lambda m: yes_or_no(m.grassroots)),
    Column("first_term", gettext_lazy("First term"), lambda m: yes_or_no(m.first_term)),
    Column("elected_on", gettext_lazy("Elected on"), lambda m: m.elected_on),
]
"""What a file holds besides: public facts only, under headings that the import reads back."""


def deputies_list(day: dt.date, *, whole: bool) -> Listing:
    """The list of deputies with ages as of a day; ``whole`` with every column that a file gets."""
    narrow = DEPUTIES.narrow | {"age": lambda rows, band: rows.filter(of_age(band, day))}
    columns = DEPUTIES.columns + (MORE_OF_A_DEPUTY if whole else [])
    return dataclasses.replace(DEPUTIES, narrow=narrow, columns=columns)


CARDS = Listing(
    name="cards",
    columns=[
        Column("name", gettext_lazy("Name"), lambda m: m.person.name, ("person__pinyin", "person__name")),
        Column("card_no", gettext_lazy("Deputy card number"), lambda m: m.card_no, ("card_no",)),
        Column("seat", gettext_lazy("Electing unit or electoral district"), seat_of),
        Column("delegation", gettext_lazy("Delegation"), lambda m: m.delegation, ("delegation__name",)),
        Column("issued_on", gettext_lazy("Card valid from"), lambda m: m.card_from, ("card_from",), blanks_last=True),
    ],
    filters=CardFilter,
    narrow={
        "q": _deputies_named,
        "delegation": _where("delegation"),
        "card": lambda rows, value: rows.filter(card_from__isnull=value == "no"),
    },
    order="card_no",
    per_page=50,
)
"""Deputies in office, each with the day since which the present card counts."""

CARDS_A_PAGE = 8
PRINTED = dataclasses.replace(CARDS, per_page=10 * CARDS_A_PAGE)
"""The same for paper: ten sheets at a time."""


def _units_named(rows: Any, words: str) -> Any:
    text = words.strip()
    return rows.filter(Q(name__contains=text) | Q(short_name__contains=text) | Q(credit_code__startswith=text.upper()))


def _active(rows: Any, value: str) -> Any:
    today = clock.today()
    return rows.active_on(today) if value == "yes" else rows.exclude(pk__in=rows.active_on(today).values("pk"))


UNITS = Listing(
    name="units",
    columns=[
        Column("name", gettext_lazy("Name of the unit"), lambda u: u.name, ("name",)),
        Column("short_name", gettext_lazy("Short name"), lambda u: u.short_name),
        Column("field", gettext_lazy("Field of work"), lambda u: u.field, ("field",)),
        Column("organ", gettext_lazy("Belongs to"), lambda u: u.organ, ("organ__name",)),
        Column("phone", gettext_lazy("Office telephone"), lambda u: u.phone),
        Column("credit_code", gettext_lazy("Unified social credit code"), lambda u: u.credit_code),
        Column("active_from", gettext_lazy("Active from"), lambda u: u.active_from, ("active_from",)),
        Column("active_to", gettext_lazy("Active to"), lambda u: u.active_to, ("active_to",)),
    ],
    filters=UnitFilter,
    narrow={
        "q": _units_named,
        "field": lambda rows, words: rows.filter(field__contains=words.strip()),
        "organ": _where("organ"),
        "active": _active,
    },
    order="name",
)

AREAS = Listing(
    name="areas",
    columns=[
        Column("name", gettext_lazy("Name of the area"), lambda a: a.name, ("name",)),
        Column("code", gettext_lazy("Code"), lambda a: a.gb_code, ("code",)),
        Column("level", gettext_lazy("Level"), lambda a: a.get_level_display()),
        Column("parts", gettext_lazy("Areas below"), lambda a: a.parts),
        Column("congress", gettext_lazy("Congress"), lambda a: getattr(a, "congress", None) or yes_or_no(a.has_congress)),
        Column("valid_from", gettext_lazy("Valid from"), lambda a: a.valid_from),
        Column("valid_to", gettext_lazy("Valid to"), lambda a: a.valid_to),
    ],
    filters=AreaFilter,
    narrow={"q": lambda rows, words: found_areas(rows, words.strip()), "congress": _is("has_congress")},
    order="code",
    per_page=50,
)


SEATS = Listing(
    name="seats",
    columns=[
        Column("name", gettext_lazy("Electing unit or electoral district"), str),
        Column("seats", gettext_lazy("Seats"), lambda s: s.seats, ("seats",)),
        Column("taken", gettext_lazy("Seats taken"), lambda s: s.taken, ("taken",)),
        Column("vacant", gettext_lazy("Vacant seats"), lambda s: s.vacant, ("vacant",)),
        Column("filling", gettext_lazy("In a by-election"), lambda s: s.filling, ("filling",)),
    ],
    filters=SeatFilter,
    narrow={
        "q": lambda rows, words: rows.filter(
            **{"name__contains" if rows.model is District else "electing_unit__name__contains": words.strip()}
        ),
        "vacant": lambda rows, value: rows.filter(vacant__gt=0) if value == "yes" else rows.filter(vacant=0),
    },
    order="-vacant",
)
"""Those with vacant seats first."""


def area_crumbs(here: Area | None, around: list[Area]) -> list[dict[str, str]]:
    """The way from the provinces down to a place, each step a link but the last."""
    links = [{"label": area.name, "url": f"?within={area.code}"} for area in around]
    return [{"label": _("Areas"), "url": "?"}, *links, {"label": here.name}] if here else []


CONGRESSES = Listing(
    name="congresses",
    columns=[
        Column("name", gettext_lazy("Congress"), lambda c: c.name, ("name",)),
        Column("level", gettext_lazy("Level"), lambda c: c.get_level_display()),
        Column("code", gettext_lazy("Area code"), lambda c: c.area.gb_code, ("area__code",)),
        Column("superior", gettext_lazy("Congress above"), lambda c: c.superior),
    ],
    filters=CongressFilter,
    narrow={
        "q": lambda rows, words: rows.filter(Q(name__contains=words.strip()) | Q(area__code__startswith=words.strip())),
        "level": _where("level"),
    },
    order="code",
)


@dataclasses.dataclass(frozen=True)
class Number:
    """A number of the structure in words, its share of the whole, and the list that holds exactly these deputies."""

    label: str
    value: int
    percent: float
    href: str

    @property
    def text(self) -> str:
        """The number with its share."""
        return f"{self.value} · {self.percent:.1f}%"


def numbers_of(structure: Structure) -> dict[str, Any]:
    """The structure as the page shows it."""
    base = {"congress": structure.term.congress_id, "term": structure.term.pk, "on": structure.day.isoformat()}

    def number(label: Any, count: int, **more: Any) -> Number:
        share = round(100 * count / structure.total, 2) if structure.total else 0.0
        return Number(str(label), count, share, f"{reverse('congress:deputies')}?{urlencode(base | more)}")

    return {
        "total": number(_("Deputies"), structure.total),
        "marks": [
            number(_("Women"), structure.women, sex="2"),
            number(_("Ethnic minorities"), structure.minority, minority="yes"),
            number(_("Grassroots deputies"), structure.grassroots, grassroots="yes"),
            number(_("In their first term"), structure.first_term, first_term="yes"),
        ],
        "categories": [number(Category(s.value).label, s.count, category=s.value) for s in structure.categories],
        "parties": [number(_("Not recorded") if s.value == UNKNOWN else s.value, s.count, party=s.value) for s in structure.parties],
        "ages": [number(age_label(s.value), s.count, age=s.value) for s in structure.ages],
    }


def _holders_named(rows: Any, words: str) -> Any:
    """What belongs to deputies of this name, initials or card number."""
    return rows.filter(mandate__in=_deputies_named(Mandate.objects.all(), words).order_by().values("pk"))


SHEET = Listing(
    name="attendance",
    columns=[
        Column("card_no", gettext_lazy("Deputy card number"), lambda line: line.mandate.card_no, ("mandate__card_no",)),
        Column("name", gettext_lazy("Name"), lambda line: line.mandate.person.name, ("mandate__person__pinyin", "mandate__person__name")),
        Column("delegation", gettext_lazy("Delegation"), lambda line: line.mandate.delegation, ("mandate__delegation", "mandate__card_no")),
        Column("mark", gettext_lazy("Attendance"), lambda line: line.get_mark_display(), ("mark", "mandate__card_no")),
    ],
    filters=SheetFilter,
    narrow={
        "q": _holders_named,
        "delegation": _where("mandate__delegation"),
        "mark": lambda rows, value: rows.filter(mark="" if value == UNMARKED else value),
    },
    order="delegation",
    per_page=100,
)
"""The lines of one sheet, as they sit: by delegation."""

PRINTED_SHEET = dataclasses.replace(SHEET, per_page=3000)
"""The same on paper: as many as the largest congress has deputies (R2.7)."""


def figures_list(counted: dict[int, list[Session]]) -> Listing:
    """How often each deputy of a term was there; ``counted`` are the whole sessions missed without approval, by mandate."""
    return Listing(
        name="attendance-of-deputies",
        columns=[
            Column("card_no", gettext_lazy("Deputy card number"), lambda m: m.card_no, ("card_no",)),
            Column("name", gettext_lazy("Name"), lambda m: m.person.name, ("person__pinyin", "person__name")),
            Column("delegation", gettext_lazy("Delegation"), lambda m: m.delegation, ("delegation__name",)),
            Column("expected", gettext_lazy("Sittings"), lambda m: m.expected, ("expected",)),
            Column("present", gettext_lazy("Present"), lambda m: m.present, ("present",)),
            Column("on_leave", gettext_lazy("On leave"), lambda m: m.on_leave, ("on_leave",)),
            Column("absent", gettext_lazy("Absent without approval"), lambda m: m.absent, ("absent",)),
            Column(
                "sessions",
                gettext_lazy("Whole sessions absent without approval"),
                lambda m: "、".join(str(each) for each in counted.get(m.pk, [])),
            ),
        ],
        filters=FiguresFilter,
        narrow={
            "q": _deputies_named,
            "delegation": _where("delegation"),
            "sessions": lambda rows, least: rows.filter(pk__in=[pk for pk, each in counted.items() if len(each) >= int(least)]),
        },
        order="-absent",
        per_page=50,
    )


LEAVES = Listing(
    name="leaves",
    columns=[
        Column("name", gettext_lazy("Name"), lambda leave: leave.mandate.person.name, ("mandate__person__pinyin", "mandate__person__name")),
        Column("delegation", gettext_lazy("Delegation"), lambda leave: leave.mandate.delegation, ("mandate__delegation__name",)),
        Column("session", gettext_lazy("Session"), lambda leave: leave.session),
        Column("starts", gettext_lazy("First day"), lambda leave: leave.starts, ("starts",)),
        Column("ends", gettext_lazy("Last day"), lambda leave: leave.ends, ("ends",)),
        Column("ground", gettext_lazy("Ground"), lambda leave: leave.get_ground_display()),
        Column("state", gettext_lazy("State"), lambda leave: leave.get_state_display(), ("waits", "-starts")),
    ],
    filters=LeaveFilter,
    narrow={"q": _holders_named, "state": _where("state"), "ground": _where("ground")},
    order="state",
)
"""Those that wait for a decision first."""


def _with_a_member(rows: Any, words: str) -> Any:
    """Groups to which a deputy of this name, initials or card number belongs today."""
    named = _deputies_named(Mandate.objects.all(), words).order_by().values("pk")
    return rows.filter(pk__in=GroupMember.objects.on(clock.today()).filter(mandate__in=named).order_by().values("group"))


def _of(actor: Actor) -> Any:
    """The groups to which the person acting belongs today, or the others."""
    own = GroupMember.objects.on(clock.today()).filter(mandate__person__in=actor.people).order_by().values("group")
    return lambda rows, value: rows.filter(pk__in=own) if value == "yes" else rows.exclude(pk__in=own)


def groups_list(actor: Actor) -> Listing:
    """The groups of a term; a deputy can ask for the own ones."""
    return Listing(
        name="groups",
        columns=[
            Column("name", gettext_lazy("Name of the group"), lambda g: g.name, ("name",)),
            Column("kind", gettext_lazy("Kind"), lambda g: g.get_kind_display(), ("kind", "name")),
            Column("field", gettext_lazy("Field"), lambda g: g.field, ("field",)),
            Column("organ", gettext_lazy("Attached to"), lambda g: g.organ),
            Column("conveners", gettext_lazy("Conveners"), lambda g: "、".join(str(each) for each in g.conveners)),
            Column("size", gettext_lazy("Members"), lambda g: g.size, ("size",)),
        ],
        filters=GroupFilter,
        narrow={
            "q": lambda rows, words: rows.filter(Q(name__contains=words.strip()) | Q(field__contains=words.strip())),
            "kind": _where("kind"),
            "member": _with_a_member,
            "mine": _of(actor),
        },
        order="kind",
        per_page=50,
    )


MEMBERS = Listing(
    name="group-members",
    columns=[
        Column("name", gettext_lazy("Name"), lambda m: m.mandate.person.name, ("mandate__person__pinyin", "mandate__person__name")),
        Column("rank", gettext_lazy("Rank"), lambda m: m.get_rank_display(), ("rank", "mandate__person__pinyin")),
        Column("card_no", gettext_lazy("Deputy card number"), lambda m: m.mandate.card_no, ("mandate__card_no",)),
        Column("profession", gettext_lazy("Profession"), lambda m: m.mandate.profession, ("mandate__profession",)),
        Column("work_unit", gettext_lazy("Workplace"), lambda m: m.mandate.person.work_unit),
        Column("starts", gettext_lazy("Member since"), lambda m: m.starts, ("starts",)),
        Column("ends", gettext_lazy("Left on"), lambda m: m.ends, ("ends",)),
    ],
    filters=MemberFilter,
    narrow={"q": _holders_named, "past": lambda rows, _left: rows.filter(ends__isnull=False)},
    order="rank",
    per_page=50,
)
"""Conveners first: of the ranks' words theirs comes first."""


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
