"""Puts a congress and any number of suggestions with all that belongs to them into an empty database: for measuring only.

In bulk and past the operations, which would take hours; the shares of states, the dates, the texts and the rows beside each
suggestion are like those of a congress some years at work. What an operation would have written is written: text version,
signatures, assignment with its snapshot of the rules, clocks, contact, reply, addressee, evaluation, journal, notices, search index;
of what waits some is paused, objected to or asked more time for, and some of what is replied to is evaluated under seal.
"""

import datetime as dt
import itertools
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from bench.search import texts
from qiao.accounts.models import Person, Post, Role, User
from qiao.congress import operations as body
from qiao.congress.models import Mandate, MandateState, Session, Term
from qiao.kernel.models import Entry
from qiao.kernel.policy import Actor
from qiao.matters.models import (
    Addressee,
    Assignment,
    Clock,
    Contact,
    Evaluation,
    Extension,
    NumberSeries,
    Objection,
    Pause,
    Reply,
    Signature,
    Suggestion,
    TextVersion,
    Topic,
)
from qiao.matters.operations import add_topic
from qiao.notices.models import Notice
from qiao.orgs import operations as orgs
from qiao.orgs.models import Congress, Level, Unit
from qiao.rulebook.queries import calendar, rules_for
from qiao.search.operations import rebuild

ACTOR = Actor.system("bench")
QUALIFIED = MandateState.QUALIFIED
LOCKED = "!"
"""What Django keeps of a password that opens nothing."""
YEARS, DEPUTIES, UNITS, TOPICS, BATCH = 5, 500, 40, 20, 2000
SHARES = {
    "draft": 1.0, "cosigning": 0.5, "submitted": 1.0, "returned": 0.3, "not_accepted": 1.0, "registered": 1.0, "assigned": 1.5,
    "handling": 9.0, "replied": 4.0, "dissatisfied": 0.3, "rehandling": 0.4, "closed": 76.0, "withdrawn": 2.0, "discarded": 2.0,
}  # fmt: skip
"""Of every hundred, at any size: what is open grows with the whole, which is harder than in life."""
OPEN = {"draft", "cosigning", "submitted", "returned", "registered", "assigned", "handling", "replied", "dissatisfied", "rehandling"}
WITH_UNIT = {"assigned", "handling", "replied", "dissatisfied", "rehandling", "closed"}
SIGNED = WITH_UNIT - {"assigned"}
ANSWERED = {"replied", "dissatisfied", "rehandling", "closed"}
UNFILED = {"draft", "cosigning", "discarded"}
WAY = [
    "suggestion.draft", "suggestion.submit", "suggestion.register", "suggestion.assign", "assignment.sign_for",
    "assignment.record_contact", "assignment.draft_reply", "reply.request_approval", "reply.issue", "suggestion.evaluate",
]  # fmt: skip
FAR = {
    "draft": 1, "cosigning": 1, "discarded": 2, "submitted": 2, "returned": 3, "not_accepted": 3, "withdrawn": 3, "registered": 3,
    "assigned": 4, "handling": 6, "replied": 9,
}  # fmt: skip
"""How many lines of the way the journal has of a suggestion in a state; of all others, all."""
UNNUMBERED = UNFILED | {"submitted", "returned", "not_accepted", "withdrawn"}


@dataclass
class Stage:
    """The congress that everything belongs to."""

    congress: Congress
    term: Term
    sessions: list[Session]
    units: list[Unit]
    topics: list[Topic]
    mandates: list[Mandate]
    users: dict[int, User]
    staff: User
    liaisons: list[User]


def load(rows: int, say: Callable[[str], None]) -> Stage:
    """Fill the empty database."""
    began = time.perf_counter()
    stage, chance = build_stage(), random.Random(rows)
    _cache(400_000)
    for number, batch in enumerate(_batches(rows, chance)):
        _Batch(stage, chance, batch).write()
        if number % 10 == 9:  # noqa: PLR2004
            say(f"{(number + 1) * BATCH:,} suggestions after {time.perf_counter() - began:.0f} s")
    NumberSeries.objects.bulk_create(
        NumberSeries(congress=stage.congress, series=f"session-{session.pk}", next=rows + 1) for session in stage.sessions
    )
    rebuild("suggestion", lambda _done: None)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    _cache(20_000)
    say(f"{rows:,} suggestions loaded in {time.perf_counter() - began:.0f} s")
    return stage


def _cache(kilobytes: int) -> None:
    """Give SQLite more memory while loading, and as much as the settings do afterwards."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA cache_size=-{kilobytes}")


def stage_of(congress: Congress) -> Stage:
    """The same of a database that was filled before."""
    mandates = list(Mandate.objects.filter(congress=congress).order_by("pk"))
    deputies = {user.person_id: user for user in User.objects.filter(login__startswith="deputy")}
    liaisons = {user.login: user for user in User.objects.filter(login__startswith="liaison")}
    return Stage(
        congress=congress,
        term=congress.terms.get(),
        sessions=list(Session.objects.filter(congress=congress)),
        units=list(Unit.objects.filter(congress=congress).order_by("pk")),
        topics=list(Topic.objects.filter(congress=congress)),
        mandates=mandates,
        users={mandate.pk: deputies[mandate.person_id] for mandate in mandates},
        staff=User.objects.get(login="staff0"),
        liaisons=[liaisons[f"liaison{n}"] for n in range(UNITS)],
    )


def build_stage() -> Stage:
    """A city's congress with deputies, units and staff; the few rows of it by the product's own operations."""
    call_command("seed_roles", verbosity=0)
    call_command("seed_rulebook", verbosity=0)
    today = timezone.localdate()
    since = today.replace(year=today.year - YEARS - 1, day=1)
    area = orgs.add_area(None, actor=ACTOR, code="97", name="量省", level=Level.PROVINCE, valid_from=since)
    province = orgs.add_congress(area, actor=ACTOR, name="量省人民代表大会", short_name="量省人大")
    city = orgs.add_area(area, actor=ACTOR, code="9701", name="量市", level=Level.PREFECTURE, valid_from=since)
    congress = orgs.add_congress(city, actor=ACTOR, name="量市人民代表大会", short_name="量市人大", superior=province)
    place = orgs.add_area(city, actor=ACTOR, code="970101", name="量区", level=Level.COUNTY, valid_from=since)
    below = orgs.add_congress(place, actor=ACTOR, name="量区人民代表大会", short_name="量区人大", superior=congress)
    term = body.open_term(congress, actor=ACTOR, number=9, starts=since, seats=DEPUTIES)
    days = [today - dt.timedelta(days=365 * (YEARS - n) - 10) for n in range(YEARS)]
    sessions = [
        body.convene(term, actor=ACTOR, number=n, opens=day, closes=day + dt.timedelta(days=4)) for n, day in enumerate(days, start=1)
    ]
    units = [orgs.add_unit(congress, actor=ACTOR, name=f"量市第{n}局", active_from=since) for n in range(UNITS)]
    topics = [add_topic(congress, actor=ACTOR, name=f"主题{n}") for n in range(TOPICS)]
    mandates, users = _deputies(term, below, since)
    staff = [_account(congress, f"staff{n}", "deputy_affairs", since) for n in range(5)]
    liaisons = [_account(congress, f"liaison{n}", "unit_liaison", since, unit) for n, unit in enumerate(units)]
    return Stage(congress, term, sessions, units, topics, mandates, users, staff[0], liaisons)


def _account(congress: Congress, login: str, role: str, since: dt.date, unit: Unit | None = None) -> User:
    person = Person.objects.create(name=login, pinyin=login)
    user = User.objects.create(login=login, person=person, password=LOCKED)
    Post.objects.create(user=user, role=Role.objects.get(code=role), congress=congress, unit=unit, starts=since)
    return user


def _deputies(term: Term, below: Congress, since: dt.date) -> tuple[list[Mandate], dict[int, User]]:
    role = Role.objects.get(code="deputy")
    people = Person.objects.bulk_create(Person(name=f"代表{n:03d}", pinyin="db") for n in range(DEPUTIES))
    users = User.objects.bulk_create(User(login=f"deputy{n}", person=person, password=LOCKED) for n, person in enumerate(people))
    Post.objects.bulk_create(Post(user=user, role=role, congress=term.congress, starts=since) for user in users)
    mandates = Mandate.objects.bulk_create(
        Mandate(
            congress=term.congress, term=term, person=person, electing_unit=below, card_no=f"{n:04d}", elected_on=since, state=QUALIFIED
        )
        for n, person in enumerate(people)
    )
    return mandates, {mandate.pk: user for mandate, user in zip(mandates, users, strict=True)}


def _is_rated(s: Suggestion) -> bool:
    """Whether the deputy has said something of the answer: of what is only replied to one in five, under seal."""
    return s.state != "replied" or s.pk % 5 == 0


Plan = tuple[int, str, dt.datetime, str, str]
"""Number, state, when begun, title, text."""


def _batches(rows: int, chance: random.Random) -> Iterator[list[Plan]]:
    """What each suggestion is to be, oldest first; the open ones are among the newest quarter."""
    states = list(SHARES)
    finished = [state for state in states if state not in OPEN]
    now = timezone.now()
    opened = sum(SHARES[state] for state in OPEN) / 100
    late = [SHARES[state] * (4 if state in OPEN else (0.25 - opened) / (1 - opened) * 4) for state in states]
    early = [SHARES[state] for state in finished]
    planned = (
        (n, chance.choices(states, late)[0] if n > 0.75 * rows else chance.choices(finished, early)[0],
         now - dt.timedelta(days=365 * YEARS * (1 - n / (rows + 1))), title, text)
        for n, (title, text) in enumerate(texts(rows, chance))
    )  # fmt: skip
    while batch := list(itertools.islice(planned, BATCH)):
        yield batch


class _Batch:
    """A few thousand suggestions and everything beside them."""

    def __init__(self, stage: Stage, chance: random.Random, plans: list[Plan]) -> None:
        self.stage, self.chance, self.plans = stage, chance, plans
        self.today = timezone.localdate()
        self.rules = rules_for(stage.congress, self.today)
        self.snapshot = self.rules.to_json()
        self.reckoned = self.rules.reckon("reply_limit", self.today, calendar(), event="assigned").to_json()

    def write(self) -> None:
        """Everything, each table at once."""
        made = Suggestion.objects.bulk_create([self._suggestion(*plan) for plan in self.plans])
        TextVersion.objects.bulk_create(
            TextVersion(suggestion=s, number=1, title=s.title, matter=s.matter, proposal=s.proposal, at=s.created_at)
            for s in made if s.submitted_at
        )  # fmt: skip
        self._signatures(made)
        self._handling([s for s in made if s.unit_id])
        self._journal(made)

    def _suggestion(self, n: int, state: str, at: dt.datetime, title: str, text: str) -> Suggestion:
        stage, chance, half = self.stage, self.chance, len(text) // 2
        made = Suggestion(
            congress=stage.congress, term=stage.term, lead=chance.choice(stage.mandates), source="visit", state=state, created_at=at,
            title=title, matter=text[:half], proposal=text[half:],
        )  # fmt: skip
        if state not in UNFILED:
            made.submitted_at = at + dt.timedelta(days=1)
            made.confidentiality = chance.choices(["", "kept", "asked"], [993, 5, 2])[0]
        if state not in UNNUMBERED:
            made.session = chance.choice(stage.sessions)
            made.series, made.number, made.number_label = f"session-{made.session_id}", n + 1, f"第{n + 1}号"
            made.topic, made.registered_at = chance.choice(stage.topics), at + dt.timedelta(days=2)
        if state in WITH_UNIT:
            made.unit, made.assigned_at = chance.choice(stage.units), at + dt.timedelta(days=3)
        if state in {"assigned", "handling", "rehandling"}:
            made.due = self.today + dt.timedelta(days=chance.choice([-20, -3, 0, 1, 5, *range(8, 90, 3)]))
        if state in ANSWERED:
            made.replied_at = at + dt.timedelta(days=60)
        if state in {"closed", "withdrawn", "not_accepted"}:
            made.closed_at = at + dt.timedelta(days=70)
        if state == "closed" and not made.confidentiality and chance.random() < 0.9:  # noqa: PLR2004
            made.publicity, made.published_at = chance.choices(["full", "progress"], [9, 1])[0], at + dt.timedelta(days=80)
        return made

    def _signatures(self, made: list[Suggestion]) -> None:
        def signed(s: Suggestion) -> Iterator[Signature]:
            others = self.chance.sample(self.stage.mandates, self.chance.choice([0, 0, 0, 1, 2, 5]))
            state = "invited" if s.state == "cosigning" else "confirmed"
            return (Signature(suggestion=s, mandate=m, state=state, version=1, at=s.created_at) for m in others if m.pk != s.lead_id)

        Signature.objects.bulk_create([one for s in made for one in signed(s)])

    def _handling(self, made: list[Suggestion]) -> None:
        states = {
            "assigned": "assigned",
            "handling": "handling",
            "rehandling": "handling",
            "replied": "answered",
            "dissatisfied": "answered",
            "closed": "closed",
        }
        assignments = Assignment.objects.bulk_create(
            Assignment(suggestion=s, unit=s.unit, state=states[s.state], assigned_on=s.assigned_at.date(), rule_snapshot=self.snapshot,
                       signed_on=s.assigned_at.date() if s.state in SIGNED else None) for s in made
        )  # fmt: skip
        for s, assignment in zip(made, assignments, strict=True):
            assignment.suggestion = s
        clocks = Clock.objects.bulk_create([one for a in assignments for one in self._clocks(a)])
        Contact.objects.bulk_create(
            Contact(assignment=a, mode="phone", on=a.assigned_on, who="代表", content="已沟通。", confirmed_at=a.suggestion.assigned_at)
            for a in assignments if a.suggestion.state in ANSWERED
        )  # fmt: skip
        replies = Reply.objects.bulk_create(
            Reply(assignment=a, text=f"收悉。{a.suggestion.proposal}", result="A", state="issued", issued_at=a.suggestion.replied_at)
            for a in assignments if a.suggestion.state in ANSWERED
        )  # fmt: skip
        Addressee.objects.bulk_create(
            Addressee(reply=r, mandate=r.assignment.suggestion.lead, state="received", sent_at=r.issued_at, received_at=r.issued_at)
            for r in replies
        )  # fmt: skip
        Evaluation.objects.bulk_create(self._evaluation(r) for r in replies if _is_rated(r.assignment.suggestion))
        Pause.objects.bulk_create(Pause(clock=c, since=c.paused_on, reason="调研", source="会议纪要") for c in clocks if c.paused_on)
        waiting = [a for a in assignments if a.state in {"assigned", "handling"}]
        Objection.objects.bulk_create(Objection(assignment=a, reason="不属其职责。") for a in waiting if self._one_in(50))
        Extension.objects.bulk_create(
            Extension(assignment=a, reason="需勘察。", previous=self.today, proposed=self.today + dt.timedelta(days=90))
            for a in waiting if self._one_in(50)
        )  # fmt: skip

    def _one_in(self, number: int) -> bool:
        return self.chance.random() < 1 / number

    def _evaluation(self, r: Reply) -> Evaluation:
        """Of what is only replied to it is under seal; the others have been opened."""
        s = r.assignment.suggestion
        rating = "satisfied" if s.state == "closed" else "dissatisfied"
        opened = None if s.state == "replied" else r.issued_at
        until = self.today + dt.timedelta(days=20) if opened is None else None
        given = {"ratings": {"result": rating}, "rating": rating, "reason": "", "at": r.issued_at}
        return Evaluation(reply=r, mandate=s.lead, opened_at=opened, sealed_until=until, **given)

    def _clocks(self, a: Assignment) -> Iterator[Clock]:
        s = a.suggestion
        due = s.due or a.assigned_on + dt.timedelta(days=92)
        kinds = [("sign", s.state == "assigned"), ("return", s.state == "assigned"), ("reply", s.state in {"assigned", "handling"})]
        kinds += [("evaluation", not _is_rated(s))] if s.state in ANSWERED else []
        kinds += [("rehandle", True)] if s.state == "rehandling" else []
        for kind, running in kinds:
            yield Clock(
                congress_id=s.congress_id, suggestion=s, assignment=a, kind=kind, party="承办单位", start=a.assigned_on, due=due,
                reckoning_data=self.reckoned, source="办法", ended_on=None if running else a.assigned_on, met=not running,
                paused_on=self.today if running and kind == "reply" and self._one_in(50) else None,
            )  # fmt: skip

    def _journal(self, made: list[Suggestion]) -> None:
        kind, users = ContentType.objects.get_for_model(Suggestion), self.stage.users

        def lines(s: Suggestion) -> Iterator[Entry]:
            for day, code in enumerate(WAY[: FAR.get(s.state, len(WAY))]):
                yield Entry(
                    code=code, at=s.created_at + dt.timedelta(days=day), user=users[s.lead_id], via="web", acting_as="代表 · 量市人大",
                    kind=kind, pk_of=s.pk, trail=f"suggestion:{s.pk}", changes={"state": [None, s.state]},
                )  # fmt: skip

        Entry.objects.bulk_create([one for s in made for one in lines(s)])

        def told(s: Suggestion) -> Iterator[Notice]:
            read: Any = s.submitted_at if self.chance.random() < 0.95 else None  # noqa: PLR2004
            for user in (self.stage.staff, users[s.lead_id]):
                yield Notice(
                    user=user,
                    code="suggestion.submitted",
                    title=s.title,
                    url=f"/suggestions/{s.pk}/",
                    trail=f"suggestion:{s.pk}",
                    at=s.submitted_at,
                    read_at=read,
                )

        Notice.objects.bulk_create([one for s in made if s.submitted_at for one in told(s)])
