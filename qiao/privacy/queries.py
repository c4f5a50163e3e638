"""What is held about a person: each kind with where it comes from, what it is for, how long it stays (个人信息保护法 §§17, 45)."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from qiao.accounts.models import FailedSignIn, Person, Post, SignedIn, User
from qiao.congress.models import Mandate
from qiao.kernel import clock
from qiao.kernel.models import Entry
from qiao.kernel.policy import Words
from qiao.kernel.protected import Protected
from qiao.matters.models import Suggestion
from qiao.notices.models import Address, Notice
from qiao.orgs.models import Congress
from qiao.rulebook.periods import MONTHS, words_of
from qiao.rulebook.queries import rules_for

from .models import Disposal, Reading
from .retention import KINDS, Kind, due, months_of

MOST = 500
"""Rows of one kind in a copy; the newest."""
SHOWN = 50

Row = dict[str, Any]


@dataclass(frozen=True)
class Fact:
    """One value of the person: its name, itself in full for its owner, what it is for."""

    label: Words
    value: str
    purpose: Words


@dataclass(frozen=True)
class Holding:
    """One kind of rows about a person."""

    key: str
    label: Words
    source: Words
    purpose: Words
    keep: Words
    rows: Callable[[Person], Iterable[Row]]


KNOWN_BY = _("To tell you from others of your name")
ROLL = _("Published facts of a deputy (Deputies Law 2025, article 58)")
REACH = _("So that staff can reach you about your duties; nobody else sees it")
PURPOSES: dict[str, Words] = {
    "name": ROLL, "sex": ROLL, "ethnicity": ROLL, "party": ROLL, "education": ROLL, "work_unit": ROLL, "job_title": ROLL,
    "born_on": KNOWN_BY, "id_number": KNOWN_BY, "phone": REACH, "email": _("So that notices reach you outside the product"),
}  # fmt: skip
OF_STAFF = _("The congress’s staff, from the papers of the election or by a table")
BY_ITSELF = _("Written by the product when it happens")
WHILE = _("As long as the mandate or post, then as the archive’s rules say")
UNTIL_SIGNED_IN = _("Until you sign in again, six months at most")
ONCE_READ = _("Three years once read, unless the installation says otherwise")
THREE_YEARS = _("Three years at least, as the congress’s rules say")
WITH_JOURNAL = _("Six months at least (Cybersecurity Law); the journal is not shortened")


def facts(person: Person) -> list[Fact]:
    """Every value of the person's own row, in full: it is theirs."""
    told = []
    for name, purpose in PURPOSES.items():
        shown = getattr(person, f"get_{name}_display", None)
        value = shown() if shown else getattr(person, name)
        text = value.plain if isinstance(value, Protected) else str(value or "")
        label = _("Name") if name == "name" else person._meta.get_field(name).verbose_name  # type: ignore[union-attr]
        told.append(Fact(label, text, purpose))
    return told


def _mandates(person: Person) -> Iterable[Row]:
    held = Mandate.objects.filter(person=person).select_related("term", "congress").order_by("-id")[:MOST]
    return [
        {
            "congress": m.congress.name,
            "term": str(m.term),
            "card_no": m.card_no,
            "elected_on": m.elected_on,
            "state": str(m.get_state_display()),
        }
        for m in held
    ]


def _posts(person: Person) -> Iterable[Row]:
    held = Post.objects.filter(user__person=person).select_related("role", "congress", "unit").order_by("-id")[:MOST]
    return [{"post": str(p), "from": p.starts, "to": p.ends} for p in held]


def _account(person: Person) -> Iterable[Row]:
    held = User.objects.filter(person=person)
    return [{"login": u.login, "language": u.language, "password_set": u.password_changed_at, "last_sign_in": u.last_login} for u in held]


def _sessions(person: Person) -> Iterable[Row]:
    held = SignedIn.objects.filter(user__person=person).order_by("-expire_date")[:MOST]
    return [{"address": s.address, "device": s.agent, "until": s.expire_date} for s in held]


def _failures(person: Person) -> Iterable[Row]:
    held = FailedSignIn.objects.filter(user__person=person).order_by("-id")[:MOST]
    return [{"at": f.at, "address": f.address} for f in held]


def _suggestions(person: Person) -> Iterable[Row]:
    held = Suggestion.objects.filter(Q(lead__person=person) | Q(signatures__mandate__person=person)).distinct().order_by("-id")[:MOST]
    return [{"number": s.number, "title": s.title, "state": str(s.get_state_display())} for s in held]


def _notices(person: Person) -> Iterable[Row]:
    held = Notice.objects.filter(user__person=person).order_by("-id")[:MOST]
    return [{"at": n.at, "title": n.title, "read": n.read_at} for n in held]


def _addresses(person: Person) -> Iterable[Row]:
    held = Address.objects.filter(user__person=person).order_by("channel")
    return [{"channel": str(a.get_channel_display()), "address": a.value.plain} for a in held]


def _deeds(person: Person) -> Iterable[Row]:
    held = Entry.objects.filter(user__person=person).order_by("-id")[:MOST]
    return [{"at": e.at, "code": e.code, "object": e.trail, "acting_as": e.acting_as} for e in held]


def _readings(person: Person) -> Iterable[Row]:
    return [
        {
            "at": r.at,
            "what": str(r.get_column_display()),
            "by": name_of(r),
            "acting_as": r.acting_as,
            "for": str(r.get_purpose_display()),
            "reason": r.note,
        }
        for r in readings_of(person)[:MOST]
    ]


def name_of(reading: Reading) -> str:
    """Who has looked, by name."""
    return reading.user.person.name if reading.user else str(_("The system"))


def readings_of(person: Person) -> Any:
    """Who has looked at what is protected of a person, the newest first."""
    return Reading.objects.filter(person=person).select_related("user__person").order_by("-id")


HOLDINGS = [
    Holding("mandates", _("Your mandates"), OF_STAFF, ROLL, WHILE, _mandates),
    Holding("posts", _("Posts"), _("The administrator who gave them"), _("What you may do here"), WHILE, _posts),
    Holding("account", _("Account"), _("The administrator who opened it, and you"), _("Signing in"), WHILE, _account),
    Holding("sessions", _("Where you are signed in"), BY_ITSELF, _("So that you can end them"), _("Until they end"), _sessions),
    Holding(
        "failures",
        _("Failed sign-ins"),
        BY_ITSELF,
        _("Against guessing of passwords"),
        UNTIL_SIGNED_IN,
        _failures,
    ),
    Holding(
        "suggestions", _("Suggestions you wrote or signed"), _("You"), _("The duty itself"), _("For good: they are archives"), _suggestions
    ),
    Holding("notices", _("Notices to you"), BY_ITSELF, _("So that you know what happens"), ONCE_READ, _notices),
    Holding(
        "addresses",
        _("Where notices reach you besides e-mail"),
        _("You"),
        _("So that you hear of them"),
        _("Until you empty it, or with your telephone"),
        _addresses,
    ),
    Holding("deeds", _("What you did here, in the journal"), BY_ITSELF, _("Evidence (GB/T 22239-2019, 8.1.4.3)"), WITH_JOURNAL, _deeds),
    Holding("readings", _("Who read protected values of yours"), BY_ITSELF, _("So that you know"), THREE_YEARS, _readings),
]


def signers(suggestion: Suggestion) -> list[Mandate]:
    """Who has signed a suggestion, the lead deputy first."""
    signed = suggestion.signatures.confirmed().order_by("pk").values_list("mandate", flat=True)
    found = Mandate.objects.select_related("person", "delegation").in_bulk([suggestion.lead_id, *signed])
    return [found[pk] for pk in (suggestion.lead_id, *signed)]


def everything(person: Person) -> dict[str, Any]:
    """A whole copy: plain values, days and moments as they are."""
    own = {name: fact.value for name, fact in zip(PURPOSES, facts(person), strict=True)}
    return {"person": own} | {holding.key: list(holding.rows(person)) for holding in HOLDINGS}


@dataclass(frozen=True)
class Told:
    """A kind of rows as the page and the document show it."""

    holding: Holding
    rows: list[Row]


def told(person: Person) -> list[Told]:
    """Every kind with its rows."""
    return [Told(holding, list(holding.rows(person))) for holding in HOLDINGS]


SOON = dt.timedelta(days=30)
MOST_COUNTED = 1_000


@dataclass(frozen=True)
class Term:
    """A kind of data with its term: how many months, how many rows are due soon (no number for the installation's), the last disposal."""

    kind: Kind
    months: int
    soon: int | None
    last: Disposal | None

    @property
    def words(self) -> str:
        """How long it is kept."""
        return words_of(self.months, MONTHS)

    @property
    def written(self) -> str:
        """How many are due, as it is written."""
        return "" if self.soon is None else f"{MOST_COUNTED}+" if self.soon > MOST_COUNTED else str(self.soon)


def terms(congress: Congress) -> list[Term]:
    """Every kind of data that is not kept for good, as it stands in a congress."""
    rules, soon = rules_for(congress, clock.today()), clock.today() + SOON
    newest = Disposal.objects.filter(Q(congress=congress) | Q(congress=None)).order_by().values("kind").annotate(newest=Max("pk"))
    last = {disposal.kind: disposal for disposal in Disposal.objects.filter(pk__in=newest.values("newest"))}

    def count(kind: Kind) -> int | None:
        return None if kind.is_installations else due(kind, congress, rules, soon)[: MOST_COUNTED + 1].count()

    return [Term(kind, months_of(kind, rules), count(kind), last.get(kind.key)) for kind in KINDS]
