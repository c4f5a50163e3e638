"""manage.py load_messages: make suggestions of citizens' messages and their real answers, through the product's own operations.

Messages are people's words and may name people. Whoever loads a file answers for having the right to, and for masking it
before: nothing is masked here, and what is loaded stays, as everything filed does.
"""

import datetime as dt
import itertools
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from qiao.accounts.actors import actor_in
from qiao.accounts.models import Post
from qiao.congress.models import Mandate
from qiao.congress.queries import term_on
from qiao.kernel import clock
from qiao.kernel.errors import Refused, Unfit
from qiao.kernel.models import Entry
from qiao.kernel.policy import Actor
from qiao.matters import operations
from qiao.matters.models import Reply, ReplyState, State, Suggestion
from qiao.orgs.models import Congress, Unit
from qiao.web.indexing import postponed
from qiao.web.messages_file import Bad, Message, read

MARK = "load_messages"
UNIT_GRANTS = ("suggestion.receive", "suggestion.handle", "suggestion.sign_off")
KIND_OF_BODY = re.compile(r"(委员会|委|局|厅|办公室|中心)$")
BATCH = 50


class Command(BaseCommand):
    help = (
        "Make a suggestion of each message in FILE (JSON Lines or CSV with sid, time, title, body, reply, reply_time), written by "
        "the deputies of a congress in turn. Safe to repeat: it goes on where it stopped. Whoever loads real messages answers for the "
        "personal data in them."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="JSON Lines, or CSV with a line of headings.")
        parser.add_argument("--congress", required=True, help="Area code of the congress, such as 9901.")
        parser.add_argument("--limit", type=int, default=None, help="No more than so many lines.")
        parser.add_argument("--walk", action="store_true", help="Also assign it, issue the real answer and evaluate it.")
        parser.add_argument("--since", type=dt.date.fromisoformat, default=None, help="Earliest day believed; default: the term's first.")

    def handle(self, *args, file, congress, limit, walk, since, **options):
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        if walk and not settings.DEMO:
            raise CommandError(
                "--walk invents contacts, result classes and ratings of real people: only in the demonstration (QIAO_DEMO=1)."
            )
        loader = Loader(_congress(congress), since, walk=walk)
        counts: Counter[str] = Counter()
        lines = itertools.islice(read(file), limit)
        while batch := list(itertools.islice(lines, BATCH)):
            with postponed():
                for line, found in batch:
                    said, reason = ("skipped", found.reason) if isinstance(found, Bad) else loader.load(found)
                    counts[said] += 1
                    if reason:
                        self.stderr.write(f"line {line}: {said}: {reason}")
            if len(batch) == BATCH:
                self.stdout.write(f"{counts.total()} lines")
        self.stdout.write(", ".join(f"{number} {said}" for said, number in sorted(counts.items())) or "no lines")


def _congress(code: str) -> Congress:
    found = Congress.objects.filter(area__code=code).first()
    if found is None:
        raise CommandError(f"There is no congress with the area code {code}.")
    return found


class Loader:
    """Takes messages one by one, each as far as it is to go; the journal's note of the draft tells which are known."""

    def __init__(self, congress: Congress, since: dt.date | None, *, walk: bool) -> None:
        self.congress, self.walk = congress, walk
        term = term_on(congress, clock.today())
        self.since = since or (term.starts if term else clock.today())
        self.prefix = f"{MARK} {congress.area.code} "
        drafts = Entry.objects.filter(code="suggestion.draft", note__startswith=self.prefix)
        self.known = dict(drafts.values_list("note", "pk_of"))
        held = Post.objects.current(clock.today()).filter(congress=congress)
        posts = list(held.select_related("user__person", "role", "congress", "unit"))
        self.deputies = _deputies(congress, posts)
        self.staff = _first(posts, "suggestion.check", "suggestion.assign")
        self.units = _units(congress, posts) if walk else {}
        if walk and not self.units:
            raise CommandError("No unit of this congress has people who may sign for, handle and sign replies.")
        self.turn = itertools.cycle(self.deputies.values())
        self.turn_of_unit = -1

    def load(self, message: Message) -> tuple[str, str]:
        """Bring a message as far as it is to go: what became of it, and why it stopped if it did."""
        note = self.prefix + message.key
        known = note in self.known
        try:
            before, suggestion = self._begin(message, note)
            for _step in self._steps(suggestion, message):
                pass
        except Refused as refusal:
            return "refused", refusal.reason
        except ValidationError as error:
            return "refused", " ".join(error.messages)
        after = Suggestion.objects.values_list("state", flat=True).get(pk=suggestion.pk)
        return ("loaded" if not known else "known" if before == after else "gone on"), ""

    def _begin(self, message: Message, note: str) -> tuple[str, Suggestion]:
        """The suggestion made of the message, and the state it was in; drafted now if it is new."""
        if note in self.known:
            found = Suggestion.objects.get(pk=self.known[note])
            return found.state, found
        with clock.pretend(self.moments(message)[0]):
            words = {"title": message.title, "matter": message.body, "proposal": message.asks}
            made = operations.draft(self.congress, actor=next(self.turn), note=note, source="visit", **words)
        self.known[note] = made.pk
        return "", made

    def _steps(self, suggestion: Suggestion, message: Message) -> Iterator[None]:
        """Step by step from whatever state it is in, each at its time."""
        moments = self.moments(message)
        steps = {State.DRAFT: (0, self._submit), State.SUBMITTED: (1, self._register)}
        if self.walk:
            steps |= {
                State.REGISTERED: (1, self._assign), State.ASSIGNED: (1, self._sign_for),
                State.HANDLING: (2, self._answer), State.REPLIED: (3, self._evaluate),
            }  # fmt: skip
        while step := steps.get(State(suggestion.state)):
            at, take = step
            with clock.pretend(moments[at]):
                take(suggestion, message)
            suggestion.refresh_from_db()
            yield

    def moments(self, message: Message) -> tuple[dt.datetime, dt.datetime, dt.datetime, dt.datetime]:
        """When it was written, taken up, answered and rated: the file's own times if they can be believed, else now."""
        now = clock.now()
        sent, answered = message.sent, message.answered
        if sent is None or not self.since <= sent.date() or sent > now:
            return now, now, now, now
        if answered is None or not sent <= answered <= now:
            answered = min(sent + dt.timedelta(days=30), now)
        return sent, sent + (answered - sent) / 5, answered, min(answered + dt.timedelta(days=1), now)

    # --- steps ---

    def _submit(self, suggestion: Suggestion, message: Message) -> None:
        operations.submit(suggestion, actor=self._lead(suggestion))

    def _register(self, suggestion: Suggestion, message: Message) -> None:
        operations.register(suggestion, actor=self.staff)

    def _assign(self, suggestion: Suggestion, message: Message) -> None:
        operations.assign(suggestion, actor=self.staff, unit=self.unit_for(message))

    def _sign_for(self, suggestion: Suggestion, message: Message) -> None:
        operations.sign_for(suggestion.current_assignment, actor=self._unit_actor(suggestion, "suggestion.receive"))

    def _answer(self, suggestion: Suggestion, message: Message) -> None:
        """Contact, draft, signature: each only if it is not there yet."""
        assignment, handler = suggestion.current_assignment, self._unit_actor(suggestion, "suggestion.handle")
        if not assignment.contacts.exists():
            who = f"{suggestion.lead}、{handler.user.person.name}"
            operations.record_contact(assignment, actor=handler, mode="phone", on=clock.today(), who=who, content="已与代表沟通办理意见。")
        reply: Reply | None = assignment.replies.exclude(state=ReplyState.ISSUED).first()
        if reply is None:
            result = assignment.rules["result_scheme"][0]["code"]
            reply = operations.draft_reply(assignment, actor=handler, text=message.reply, result=result)
        if reply.state == ReplyState.DRAFT:
            reply = operations.request_approval(reply, actor=handler)
        operations.issue(reply, actor=self._unit_actor(suggestion, "suggestion.sign_off"))

    def _evaluate(self, suggestion: Suggestion, message: Message) -> None:
        if suggestion.sealed_evaluation:  # said by an earlier run; it waits for its day
            return
        asked = suggestion.current_assignment.rules["evaluation_dimensions"]
        operations.evaluate(suggestion, actor=self._lead(suggestion), ratings={entry["code"]: "satisfied" for entry in asked})

    # --- who ---

    def _lead(self, suggestion: Suggestion) -> Actor:
        return self.deputies[suggestion.lead_id]

    def _unit_actor(self, suggestion: Suggestion, grant: str) -> Actor:
        if suggestion.unit not in self.units:
            raise Unfit(f"{suggestion.unit} has nobody for every step", grant)
        return self.units[suggestion.unit][grant]

    def unit_for(self, message: Message) -> Unit:
        """The unit whose name and field of work the answer speaks of most; if it speaks of none, the next in turn."""
        there = [unit for unit in self.units if unit.active_from <= clock.today()] or list(self.units)
        weight = {unit: _named(unit, message.reply) * 3 + _named(unit, message.title) for unit in there}
        best = max(weight, key=lambda unit: weight[unit])
        if weight[best]:
            return best
        self.turn_of_unit += 1
        return there[self.turn_of_unit % len(there)]


def _named(unit: Unit, text: str) -> int:
    """How often a text speaks of a unit: its name without place and kind, or a word of its field."""
    name = KIND_OF_BODY.sub("", unit.short_name or unit.name)
    words = {name, *re.split(r"[、，,;； ]+", unit.field)} - {""}
    return sum(text.count(word) for word in words)


def _actor(post: Post) -> Actor:
    return actor_in(post, via="import")


def _first(posts: list[Post], *grants: str) -> Actor:
    found = next((post for post in posts if set(grants) <= set(post.role.grants)), None)
    if found is None:
        raise CommandError(f"Nobody in this congress holds a post with {' and '.join(grants)}.")
    return _actor(found)


def _deputies(congress: Congress, posts: list[Post]) -> dict[int, Actor]:
    """The deputies in office who may write, by mandate; of several mandates the newest, as a draft takes it."""
    writing = {post.user.person_id: post for post in posts if "suggestion.write" in post.role.grants}
    mandates = Mandate.objects.in_office().filter(congress=congress, person__in=writing).order_by("elected_on")
    newest = {mandate.person_id: mandate.pk for mandate in mandates}
    if not newest:
        raise CommandError("No deputy of this congress has an account with a post that may write suggestions.")
    return {mandate: _actor(writing[person]) for person, mandate in newest.items()}


def _units(congress: Congress, posts: list[Post]) -> dict[Unit, dict[str, Any]]:
    """The units that have people for every step, with one of them for each."""
    people: dict[Unit, dict[str, Any]] = {unit: {} for unit in Unit.objects.filter(congress=congress).active_on(clock.today())}
    for post in posts:
        for grant in UNIT_GRANTS:
            if post.unit in people and grant in post.role.grants:
                people[post.unit].setdefault(grant, _actor(post))
    return {unit: actors for unit, actors in people.items() if len(actors) == len(UNIT_GRANTS)}
