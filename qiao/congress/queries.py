"""Who sits in a congress on a day, how the body is made up, and what of a deputy may be shown to whom."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce, Greatest

from qiao.accounts.models import Person, Post, Role, Sex, User
from qiao.kernel import clock
from qiao.kernel.models import VisibleQuerySet
from qiao.kernel.policy import Actor, Words
from qiao.orgs.models import Congress, Organ, Unit

from .flow import MANDATE
from .models import (
    HELD,
    ByElection,
    ByElectionState,
    Category,
    Delegation,
    DelegationHead,
    DelegationRank,
    DelegationStaff,
    DeputyCard,
    DeputyGroup,
    District,
    GroupMember,
    GroupRank,
    Mandate,
    MandateDecision,
    MandateState,
    Quota,
    Session,
    Term,
)
from .policy import SERVES, keep_body

HAN = ("", "汉族", "汉")
"""Ethnicities that do not count as a minority; an empty one is not known."""
BANDS = ((0, 29), (30, 39), (40, 49), (50, 59), (60, 200))
UNKNOWN = "unknown"


def term_on(congress: Congress, day: dt.date) -> Term | None:
    """The term running on a day; between two terms, or before the first, the nearest that has begun, else the newest."""
    return _running(Term.objects.filter(congress=congress).order_by("-number"), day)


def _running(terms: Iterable[Term], day: dt.date) -> Term | None:
    newest = list(terms)
    running = [term for term in newest if term.starts <= day and (term.ends is None or term.ends >= day)]
    begun = [term for term in newest if term.starts <= day]
    return next(iter(running or begun or newest), None)


def _serving_posts(congress_id: int) -> QuerySet[Post]:
    """The posts made for work in a delegation that are held today."""
    roles = [role.pk for role in Role.objects.all() if SERVES in role.grants]
    return Post.objects.current(clock.today()).filter(congress=congress_id, role__in=roles)


def free_for_delegations(congress_id: int) -> QuerySet[Post]:
    """Those of them that work for no delegation yet."""
    taken = DelegationStaff.objects.filter(ends=None).order_by().values("post")
    return _serving_posts(congress_id).exclude(pk__in=taken).select_related("user__person", "role").order_by("user__person__name", "pk")


def delegations_of(term: Term, actor: Actor) -> list[Delegation]:
    """The delegations of a term, each with those who head it now as ``heading`` and those who work for it as ``serving``."""
    heads = DelegationHead.objects.visible_to(actor).on(clock.today()).select_related("mandate__person")
    staff = DelegationStaff.objects.visible_to(actor).filter(ends=None).select_related("post__user__person")
    found = Delegation.objects.visible_to(actor).filter(term=term)
    return list(found.prefetch_related(Prefetch("heads", heads, to_attr="heading"), Prefetch("staff", staff, to_attr="serving")))


def head_of(delegation: Delegation, day: dt.date) -> Mandate | None:
    """The deputy who as its head spoke for a delegation on a day; None where it had none."""
    heads = DelegationHead.objects.on(day).filter(delegation=delegation, rank=DelegationRank.HEAD)
    found = heads.select_related("mandate__person").order_by("-starts", "-pk").first()
    return found.mandate if found else None


def serving(delegation_id: int | None, congress_id: int) -> QuerySet[User]:
    """The accounts of those who today work for a delegation; nobody for none."""
    staff = DelegationStaff.objects.filter(delegation=delegation_id, ends=None, post__in=_serving_posts(congress_id).order_by())
    found: QuerySet[User] = User.objects.filter(pk__in=staff.order_by().values("post__user"), is_active=True)
    return found


def held_on(day: dt.date) -> Q:
    """Mandates that were held on a day, exercised or suspended (R5.5): an end inside the term leaves the seat vacant."""
    return Q(state__in=(*HELD, MandateState.ENDED), elected_on__lte=day) & (Q(ended_on=None) | Q(ended_on__gt=day))


def years_before(day: dt.date, years: int) -> dt.date:
    """The same day so many years earlier; 29 February becomes 28 February, and nothing lies before the first day there is."""
    if day.year <= years:
        return dt.date.min
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def of_age(band: str, day: dt.date) -> Q:
    """Persons whose age on a day lies in a band like ``30-39``; ``unknown`` for those without a date of birth."""
    if band == UNKNOWN:
        return Q(person__born_on=None)
    youngest, oldest = (int(part) for part in band.split("-"))
    return Q(person__born_on__lte=years_before(day, youngest), person__born_on__gt=years_before(day, oldest + 1))


def is_minority() -> Q:
    """Persons of an ethnic minority."""
    return ~Q(person__ethnicity__in=HAN)


@dataclass(frozen=True)
class Share:
    """One number of the structure: what is counted, how many, and the filter of the list that holds exactly these."""

    key: str
    value: Any
    count: int


@dataclass(frozen=True)
class Structure:
    """How a congress was made up on a day."""

    term: Term
    day: dt.date
    total: int
    women: int
    minority: int
    grassroots: int
    first_term: int
    categories: list[Share]
    parties: list[Share]
    ages: list[Share]

    @property
    def vacancies(self) -> int:
        """Seats nobody held."""
        return max(self.term.seats - self.total, 0)


def structure_of(term: Term, day: dt.date, actor: Actor) -> Structure:
    """The numbers of a term as of a day (R5.4), each of them the length of a list of deputies."""
    rows = list(
        Mandate.objects.visible_to(actor)
        .filter(held_on(day), term=term)
        .values_list("person__sex", "person__ethnicity", "grassroots", "first_term", "category", "person__party", "person__born_on")
    )
    categories, parties = Counter(row[4] for row in rows), Counter(row[5] for row in rows)
    ages = Counter(_band(row[6], day) for row in rows)
    return Structure(
        term=term,
        day=day,
        total=len(rows),
        women=sum(row[0] == Sex.FEMALE for row in rows),
        minority=sum(row[1] not in HAN for row in rows),
        grassroots=sum(row[2] for row in rows),
        first_term=sum(row[3] for row in rows),
        categories=[Share("category", value, categories[value]) for value in Category.values if categories[value]],
        parties=[Share("party", value or UNKNOWN, count) for value, count in parties.most_common()],
        ages=[Share("age", band, ages[band]) for band in (*band_names(), UNKNOWN) if ages[band]],
    )


def band_names() -> list[str]:
    """The age bands, youngest first."""
    return [f"{youngest}-{oldest}" for youngest, oldest in BANDS]


def _band(born: dt.date | None, day: dt.date) -> str:
    if born is None:
        return UNKNOWN
    age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    return next((f"{low}-{high}" for low, high in BANDS if low <= age <= high), UNKNOWN)


def sees_contact(actor: Actor, mandate: Mandate) -> bool:
    """Whether someone may see a deputy's telephone, e-mail and date of birth: oneself, and who keeps this directory."""
    return mandate.person_id in actor.people or bool(keep_body(actor, mandate))


def reads_suggestions(actor: Actor, mandate: Mandate) -> bool:
    """Whether the list of a deputy's suggestions is of use to someone: to the deputy and to those who oversee them all."""
    return mandate.person_id in actor.people or ("suggestion.oversee" in actor.grants and mandate.congress_id in actor.congresses)


def other_mandates(mandate: Mandate, actor: Actor) -> QuerySet[Mandate]:
    """The same person's other mandates, at any tier and in any term."""
    rows = Mandate.objects.visible_to(actor).filter(person=mandate.person_id).exclude(pk=mandate.pk)
    return rows.for_list().order_by("-elected_on", "pk")


def out_of_line(person: Person, congress: Congress) -> Mandate | None:
    """A running mandate of the person in a congress neither above nor below this one (选举法 §48; R2.6)."""
    held = Mandate.objects.filter(person=person.pk).exclude(state__in=(MandateState.ENDED, MandateState.INVALID)).exclude(congress=congress)
    if not held.exists():
        return None
    elsewhere = held.select_related("congress__superior__superior__superior__superior")
    above = set(_line(congress))
    return next((m for m in elsewhere if m.congress_id not in above and congress.pk not in _line(m.congress)), None)


def _line(congress: Congress) -> Iterable[int]:
    line: Congress | None = congress
    while line:
        yield line.pk
        line = line.superior


@dataclass(frozen=True)
class Overview:
    """What the page of a congress shows besides its place in the line."""

    term: Term | None
    terms: list[Term]
    sessions: list[Session]
    organs: list[Organ]
    deputies: int
    units: int

    @property
    def vacant(self) -> int:
        """Seats of the running term that nobody holds."""
        return max(self.term.seats - self.deputies, 0) if self.term else 0


def overview_of(congress: Congress, day: dt.date, actor: Actor) -> Overview:
    """Terms, sessions, organs and counts of a congress; each count is that of the list it links to."""
    terms = list(Term.objects.visible_to(actor).filter(congress=congress).annotate(held=Count("mandates")).order_by("-number"))
    term = _running(terms, day)
    return Overview(
        term=term,
        terms=terms,
        sessions=list(Session.objects.visible_to(actor).filter(congress=congress).select_related("term").order_by("-opens")[:10]),
        organs=list(Organ.objects.visible_to(actor).filter(congress=congress).order_by("pk")),
        deputies=Mandate.objects.visible_to(actor).filter(held_on(day), term=term).count() if term else 0,
        units=Unit.objects.visible_to(actor).filter(congress=congress).active_on(day).count(),
    )


TAKEN = (*HELD, MandateState.ELECTED)
"""A seat in these states needs no by-election: somebody has it or is elected to it."""


def _number(rows: QuerySet[Any], place: str, what: Any) -> Any:
    """How much of ``what`` the rows of each place make together, 0 where there is none."""
    return Coalesce(Subquery(rows.order_by().values(place).annotate(n=what).values("n"), output_field=IntegerField()), 0)


def seats_of(term: Term) -> VisibleQuerySet:
    """The electoral districts of a term, or the quotas of its electing units, each with its seats taken, vacant and to be filled.

    ``filling`` are the seats of by-elections under way for which nobody is entered yet.
    """
    place = "district" if term.congress.elected_directly else "electing_unit"
    here = OuterRef("pk" if place == "district" else "electing_unit")
    mandates = Mandate.objects.filter(term=term, state__in=TAKEN, **{place: here})
    running = ByElection.objects.filter(term=term, state=ByElectionState.OPEN, **{place: here})
    found = mandates.filter(by_election__state=ByElectionState.OPEN)
    rows: VisibleQuerySet = (
        District.objects.filter(term=term) if place == "district" else Quota.objects.filter(term=term).select_related("electing_unit")
    )
    counted: VisibleQuerySet = rows.annotate(
        taken=_number(mandates, place, Count("pk")),
        filling=Greatest(_number(running, place, Sum("seats")) - _number(found, place, Count("pk")), 0),
    ).annotate(vacant=Greatest(F("seats") - F("taken"), 0))
    return counted


def open_seats(term: Term, *, district: District | None = None, electing_unit: Congress | None = None) -> int:
    """The vacant seats of one place for which no by-election is under way; negative if there are more by-elections than seats."""
    rows = seats_of(term).filter(**({"pk": district.pk} if district else {"electing_unit": electing_unit}))
    place = rows.first()
    return place.seats - place.taken - place.filling if place else -1


def by_elections_of(term: Term, actor: Actor) -> QuerySet[ByElection]:
    """The by-elections of a term, those under way first, with how many are elected."""
    rows = ByElection.objects.visible_to(actor).filter(term=term).select_related("district", "electing_unit", "term")
    under_way = Case(When(state=ByElectionState.OPEN, then=0), default=1)
    ordered: QuerySet[ByElection] = rows.annotate(elected=Count("mandates")).order_by(under_way, "-vote_on", "-pk")
    return ordered


@dataclass(frozen=True)
class SeatTotals:
    """The fixed number of a term's seats against those given to units or districts and those taken today (R5.5)."""

    seats: int
    allotted: int
    taken: int

    @property
    def vacant(self) -> int:
        """Seats of the fixed number that nobody holds."""
        return max(self.seats - self.taken, 0)


def seat_totals(term: Term) -> SeatTotals:
    """The sums of a term's seats, in two queries."""
    rows: QuerySet[Any] = District.objects.filter(term=term) if term.congress.elected_directly else Quota.objects.filter(term=term)
    allotted = rows.aggregate(n=Sum("seats"))["n"] or 0
    return SeatTotals(term.seats, allotted, Mandate.objects.filter(term=term, state__in=TAKEN).count())


@dataclass(frozen=True)
class DecisionLine:
    """A decision on a mandate and what the step it allowed is called."""

    decision: MandateDecision
    label: Words


def decisions_on(mandate: Mandate, actor: Actor) -> list[DecisionLine]:
    """The decisions on a mandate that someone may read, newest first."""
    rows = MandateDecision.objects.visible_to(actor).filter(mandate=mandate).order_by("-on", "-pk")
    return [DecisionLine(decision, MANDATE[decision.verb].label) for decision in rows]


def with_cards(rows: QuerySet[Mandate], *, only: bool = False) -> QuerySet[Mandate]:
    """Mandates, each with the day since which its present card counts, None without one; ``only`` those who have one."""
    current = DeputyCard.objects.current().filter(mandate=OuterRef("pk"))
    rows = rows.annotate(card_from=Subquery(current.values("issued_on")[:1]))
    return rows.filter(card_from__isnull=False) if only else rows


def with_members(rows: QuerySet[DeputyGroup]) -> QuerySet[DeputyGroup]:
    """Groups, each with the number of its members today and its conveners as ``conveners``."""
    today = GroupMember.objects.on(clock.today())
    conveners = today.exclude(rank=GroupRank.MEMBER).select_related("mandate__person").order_by("rank", "pk")
    rows = rows.annotate(size=_number(today.filter(group=OuterRef("pk")), "group", Count("pk"))).select_related("organ")
    return rows.prefetch_related(Prefetch("members", conveners, to_attr="conveners"))


def groups_of(mandate: Mandate, actor: Actor) -> QuerySet[GroupMember]:
    """The groups to which a deputy belongs today, with the rank in each."""
    members: QuerySet[GroupMember] = GroupMember.objects.visible_to(actor).on(clock.today()).filter(mandate=mandate)
    return members.select_related("group").order_by("group", "pk")


def own_groups(actor: Actor) -> QuerySet[GroupMember]:
    """The groups to which the person acting belongs today in the congress acted for."""
    mine: QuerySet[GroupMember] = GroupMember.objects.visible_to(actor).on(clock.today())
    return (
        mine.filter(mandate__person__in=actor.people, mandate__congress__in=actor.congresses)
        .select_related("group")
        .order_by("group", "pk")
    )


def by_profession(term: Term, actor: Actor) -> list[Share]:
    """How many deputies of a term are at home in each profession today, the most first; those of whom it is not known last. One query."""
    rows = Mandate.objects.visible_to(actor).filter(held_on(clock.today()), term=term).order_by()
    counted = rows.values_list("profession").annotate(n=Count("pk")).order_by("-n", "profession")
    shares = [Share("profession", value or UNKNOWN, n) for value, n in counted]
    return sorted(shares, key=lambda share: share.value == UNKNOWN)
