"""Two years of suggestions, each played from its text through the product's own operations at the days it happened."""

import datetime as dt
import itertools
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import timezone

from qiao.congress.models import Mandate
from qiao.kernel import clock
from qiao.kernel.policy import Actor
from qiao.matters import operations
from qiao.matters.models import AddresseeState, Assignment, AssignmentState, ClockKind, Signature, State, Suggestion, Topic, UnitRole
from qiao.matters.operations.receiving import DECIDED_ELSEWHERE
from qiao.orgs.models import Unit
from qiao.rulebook.queries import rules_for

from .people import People
from .places import Places

TEXTS = Path(__file__).parent / "texts"
STAGES = ["draft", "cosigning", "submitted", "registered", "assigned", "signed", "contact", "approval", "replied", "evaluated", "published"]
GAPS = {
    "draft": (0, 0), "cosigning": (1, 1), "submitted": (2, 4), "registered": (1, 3), "assigned": (2, 5), "signed": (1, 4), "contact": (4, 14),
    "approval": (8, 40), "replied": (1, 4), "evaluated": (2, 9), "published": (3, 15),
}  # fmt: skip
SOURCES = ["research", "inspection", "group", "visit", "station", "own"]

RECENT = [
    # how far it came, at which stage it is how many days old
    *[("replied", "replied", n) for n in (1, 2, 3, 5, 6, 8, 9, 12)], ("replied", "replied", 45),
    *[("contact", "assigned", n) for n in (97, 92, 90, 88, 86, 80, 71, 60, 52, 44, 38, 30)],
    *[("evaluated", "replied", n) for n in (5, 9)],  # still under seal
    *[("approval", "assigned", n) for n in (78, 66, 41)],
    *[("assigned", "assigned", n) for n in (1, 1, 2, 2, 3, 13)],
    *[("signed", "assigned", n) for n in (6, 8, 11)],
    *[("return_requested", "assigned", n) for n in (3, 4)],
    *[("registered", "registered", n) for n in (0, 1, 1, 3, 6)],
    *[("submitted", "submitted", n) for n in (0, 0, 1, 1, 2, 4)],
    *[("returned", "submitted", n) for n in (3, 9)],
    *[("cosigning", "cosigning", n) for n in (0, 1, 2)], *[("draft", "draft", n) for n in (0, 2, 5)],
]  # fmt: skip
SHOWN_CONGRESS, SHOWN_UNIT = "99", "education"
WITH_UNIT = {"assigned", "signed", "contact", "approval", "replied", "evaluated"}
SHOWN_LEADS = {"replied", "evaluated", "returned", "draft"}
"""So that the first of each kind is met by the accounts that the sign-in page shows."""
UNHAPPY = [
    ("second", "session", 0),
    ("second", "session", 0),
    ("rehandling", "replied", 25),
    ("escalated", "replied", 48),
    ("dissatisfied", "replied", 12),
    ("explained", "session", 0),
]
OLD_ENDS = ["published"] * 36 + ["evaluated", "withdrawn", "published", "refused", "unrated"]


def load_texts() -> list[dict[str, Any]]:
    """The invented texts."""
    return [
        json.loads(line) for path in sorted(TEXTS.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()
    ]


class Story:
    """One suggestion's way, step by step, each at its time."""

    def __init__(self, text: dict[str, Any], start: dt.date, places: Places, people: People, chance: random.Random, lead: Mandate) -> None:
        self.text, self.day, self.chance, self.people, self.places = text, start, chance, people, places
        self.lead, self.congress = lead, places.congresses[text["congress"]]
        self.staff = people.staff[text["congress"]]
        self.unit = places.units[text["congress"], text["unit"]]
        self.suggestion: Suggestion
        self.last = dt.datetime.combine(start, dt.time(8), timezone.get_current_timezone())

    def at(self, days: int) -> Any:
        """Let what follows happen so many days later, on a working day, in office hours, never in the future."""
        self.day += dt.timedelta(days=days)
        while self.day.weekday() > 4:  # noqa: PLR2004
            self.day += dt.timedelta(days=1)
        moment = dt.datetime.combine(
            self.day, dt.time(self.chance.randint(8, 17), self.chance.randint(0, 59)), timezone.get_current_timezone()
        )
        self.last = min(max(moment, self.last + dt.timedelta(minutes=7)), timezone.now())
        return clock.pretend(self.last)

    def play(self, far: str) -> None:
        """Go as far as ``far``: a stage, or one of the ways a suggestion can end otherwise."""
        self.far = far
        ends = {"second": "evaluated", "escalated": "evaluated", "rehandling": "evaluated", "dissatisfied": "evaluated", "explained": "evaluated", "unrated": "replied",
                "withdrawn": "assigned", "refused": "submitted", "returned": "submitted", "return_requested": "assigned"}  # fmt: skip
        for stage in STAGES[: STAGES.index(ends.get(far, far)) + 1]:
            with self.at(self.gap(stage)):
                getattr(self, stage)()
        if far in ends:
            with self.at(self.chance.randint(1, 4) if far != "unrated" else 50):
                getattr(self, f"end_{far}")()

    def gap(self, stage: str) -> int:
        """How many days after the stage before it."""
        return self.chance.randint(*GAPS[stage])

    for_delegation = False
    """Whether the lead deputy speaks for a delegation."""

    # --- stages ---

    def draft(self) -> None:
        text = self.text
        self.suggestion = operations.draft(
            self.congress, actor=self.deputy, kind=text["kind"], title=text["title"], matter=text["matter"], proposal=text["proposal"],
            source=self.chance.choice(SOURCES), may_publish=self.chance.random() < 0.93, for_delegation=self.for_delegation,  # noqa: PLR2004
        )  # fmt: skip

    def cosigning(self) -> None:
        deputies = self.people.deputies[self.text["congress"]]
        others = [m for m in deputies if m.pk != self.lead.pk]
        self.signers = self.chance.sample(others, min(self.chance.choice([0, 0, 1, 2, 3, 5]), len(others)))
        if self.far == "cosigning":  # the shown deputy is asked, and has not answered yet
            self.signers = list({m.pk: m for m in [*self.signers, deputies[0], deputies[1]] if m.pk != self.lead.pk}.values())
        if self.signers:
            self.suggestion = operations.invite(self.suggestion, actor=self.deputy, mandates=self.signers)

    def submitted(self) -> None:
        for number, signature in enumerate(Signature.objects.filter(suggestion=self.suggestion)):
            answer = operations.decline if number == 3 else operations.confirm  # noqa: PLR2004
            given: dict[str, Any] = {} if number == 3 else {"version": self.suggestion.version}  # noqa: PLR2004
            answer(signature, actor=self.people.actors[signature.mandate_id], **given)
        self.suggestion = operations.submit(self.suggestion, actor=self.deputy)

    def registered(self) -> None:
        rules = rules_for(self.congress, clock.today())
        if rules.flag("require_signed_paper"):
            self.suggestion = operations.receive(self.suggestion, actor=self.staff, paper_on=clock.today())
        topic = Topic.objects.get(congress=self.congress, name=self.text["topic"])
        self.suggestion = operations.register(self.suggestion, actor=self.staff, topic=topic)
        if self.suggestion.session is None and rules["assign_decider"] in DECIDED_ELSEWHERE:
            self.suggestion = operations.decide_hand_over(
                self.suggestion, actor=self.staff, decider=rules["assign_decider"], decision="主任会议纪要", decided_on=clock.today()
            )

    def assigned(self) -> None:
        if self.text["return_reason"] and self.other_unit:
            self._wrong_unit_first()
        note = self.chance.choice(["", "", "请认真研究代表提出的每一项措施，办理前先与代表沟通。", "涉及面较广，请主要负责同志亲自协调。"])
        helpers = [(self.other_unit, "")] if self.other_unit and self.is_assisted else []
        if self.is_dispatched:
            self._dispatch(note, helpers)
        elif self.is_separate:
            parts = [(self.unit, "主要问题的解决措施"), (self.other_unit, "需配合落实的事项")]
            self.suggestion = operations.assign(self.suggestion, actor=self.staff, note=note, separate=parts)
        else:
            self.suggestion = operations.assign(self.suggestion, actor=self.staff, unit=self.unit, note=note, assisting=helpers)
        self.assignment = self.suggestion.assignments.standing().answering().earliest("id")
        if self.chance.random() < 0.6:  # noqa: PLR2004 — some offices publish as soon as a unit has it
            self.published()

    def _dispatch(self, note: str, helpers: list[tuple[Unit, str]]) -> None:
        """To the government's office, which dispatches it the next day."""
        code = self.text["congress"]
        self.suggestion = operations.assign(self.suggestion, actor=self.staff, unit=self.places.offices[code], note=note)
        first = self.suggestion.current_assignment
        with self.at(1):
            operations.dispatch(first, actor=self.people.offices[code], unit=self.unit, note=note, assisting=helpers)
        self.suggestion.refresh_from_db()

    def _wrong_unit_first(self) -> None:
        self.suggestion = operations.assign(self.suggestion, actor=self.staff, unit=self.other_unit)
        wrong = self.suggestion.assignments.latest("id")
        with self.at(1):
            liaison = self.people.units[self.other_unit.pk]["unit_liaison"]  # type: ignore[union-attr]
            wrong = operations.request_return(wrong, actor=liaison, note=self.text["return_reason"], wished_unit=self.unit)
        with self.at(1):
            operations.grant_return(wrong, actor=self.staff, note="情况属实，同意调整。")
        self.suggestion.refresh_from_db()

    def signed(self) -> None:
        self.assignment = operations.sign_for(self.assignment, actor=self.liaison)
        for other in self.suggestion.assignments.filter(state=AssignmentState.ASSIGNED):
            operations.sign_for(other, actor=self.people.units[other.unit_id]["unit_liaison"])

    def contact(self) -> None:
        mode = self.chance.choice(["phone", "visit", "meeting", "site"])
        who = f"{self.lead}、{self.handler.user.person.name}"
        made = operations.record_contact(
            self.assignment,
            actor=self.handler,
            mode=mode,
            on=self.day if self.day <= clock.today() else clock.today(),
            who=who,
            content=self.text["contact"],
        )
        if self.chance.random() < 0.7:  # noqa: PLR2004
            operations.confirm_contact(made, actor=self.deputy)
        self._pause()

    def _pause(self) -> None:
        """Where units assist what is still handled, their time stands still; of what came to its end some stood still for a week."""
        limits = self.suggestion.clocks.running().filter(kind=ClockKind.ASSIST)
        if self.far not in {"contact", "published"} or (self.far == "published" and len(self.text["title"]) % 4):
            return
        for limit in limits:
            why = {"note": "会办单位正在进行机构调整，职责交接完毕后继续办理。", "source": "代表工作委员会办公会议纪要（虚构）"}
            limit = operations.pause_clock(limit, actor=self.staff, **why)  # noqa: PLW2901
            if self.far == "published":
                with self.at(5):
                    operations.resume_clock(limit, actor=self.staff, note="职责交接完毕，继续办理。")

    def approval(self) -> None:
        self._meet()
        for helping in self.assistants:
            handler = self.people.units[helping.unit_id]["unit_handler"]
            opinion = "经研究，该建议涉及我单位职责的部分，我单位将在项目审批和日常监管中积极配合，明确专人对接，遇有问题及时会商。"
            operations.give_opinion(helping, actor=handler, text=opinion, contact_person=handler.user.person.name)
        self.reply = self._draft_reply(self.text["reply"])

    def replied(self) -> None:
        number = self.suggestion.number
        document_no = f"{self.unit.short_name}函〔{self.day.year}〕{number}号"
        operations.issue(self.reply, actor=self.signer, document_no=document_no, secrecy_checked=True)
        if self.suggestion.publicity != "none":  # what is followed in public is answered in public
            self.published()
        for addressee in self.reply.addressees.exclude(mandate=self.lead):
            if addressee.state == AddresseeState.SENT and self.chance.random() < 0.7:  # noqa: PLR2004
                operations.receive_reply(addressee, actor=self.people.actors[addressee.mandate_id])

    def _meet(self) -> None:
        """The unit answers in person where the rules ask for it."""
        if self.assignment.rules["face_reply_required"] == "none":
            return
        made = operations.record_face_reply(
            self.assignment,
            actor=self.handler,
            on=clock.today(),
            place=f"{self.unit}会议室",
            unit_people=f"{self.unit}分管负责同志 {self.signer.user.person.name}",
            deputies=str(self.lead),
            said=self.text["reply"][:300],
            opinion="同意答复意见，请抓好落实。",
        )
        operations.confirm_face_reply(made, actor=self.deputy)

    def evaluated(self) -> None:
        self._evaluate(self.text["rating"], self.text["reason"])

    def published(self) -> None:
        full = self.suggestion.may_publish
        note = "" if full else "代表未同意公开正文，办理情况公开。"
        self.suggestion = operations.publish(self.suggestion, actor=self.staff, publicity="full" if full else "progress", note=note)

    # --- other ends ---

    def end_returned(self) -> None:
        operations.give_back(self.suggestion, actor=self.staff, note="情况写得具体，建议部分请补充可操作的措施，并一事一议。")

    def end_refused(self) -> None:
        operations.refuse(self.suggestion, actor=self.staff, ground="other", note="该事项已列入本次会议审议的报告，建议在审议时提出。")

    def end_withdrawn(self) -> None:
        why, asked = "有关问题已在视察中当场解决。", Signature.objects.filter(suggestion=self.suggestion, state="confirmed")
        if not asked:
            operations.withdraw(self.suggestion, actor=self.deputy, note=why)
            return
        operations.ask_withdrawal(self.suggestion, actor=self.deputy, note=why)
        for signature in asked:
            operations.agree_withdrawal(signature, actor=self.people.actors[signature.mandate_id])

    def end_return_requested(self) -> None:
        reason = self.text["return_reason"] or "该事项主要职责不在我单位，建议交由职能部门办理。"
        operations.request_return(self.assignment, actor=self.liaison, note=reason, wished_unit=self.other_unit)

    def end_unrated(self) -> None:
        operations.close_unrated(self.suggestion, actor=self.staff)

    def end_dissatisfied(self) -> None:
        """It waits for the staff's decision."""

    def end_explained(self) -> None:
        if self.suggestion.state == State.REHANDLING:
            return
        operations.close_explained(self.suggestion, actor=self.staff, note="所提措施超出本级职权，已向上级机关反映，并向代表当面说明。")

    def end_rehandling(self) -> None:
        if self.suggestion.state == State.DISSATISFIED:  # where the rules do not oblige the unit by themselves
            note = "请就代表指出的问题逐条重新研究，并与代表见面。"
            self.suggestion = operations.order_rehandling(self.suggestion, actor=self.staff, note=note)

    def end_second(self) -> None:
        self._second_reply()
        with self.at(3):
            self._evaluate("basically_satisfied", "第二次答复把措施和时间讲清楚了。")
        with self.at(6):
            self.published()

    def end_escalated(self) -> None:
        self._second_reply()
        with self.at(3):
            self._evaluate("dissatisfied", "第二次答复仍没有说明何时解决。")
        with self.at(2):
            day, who = clock.today() + dt.timedelta(days=14), f"{self.lead}、{self.unit}负责同志、专家两名"
            self.suggestion = operations.convene(self.suggestion, actor=self.staff, form="joint_meeting", on=day, who=who)

    def _second_reply(self) -> None:
        self.end_rehandling()
        self.assignment.refresh_from_db()
        with self.at(self.chance.randint(8, 22)):
            self._meet()
            reply = self._draft_reply(self.text["second_reply"])
            document_no = f"{self.unit.short_name}函〔{self.day.year}〕{self.suggestion.number}号之二"
            operations.issue(reply, actor=self.signer, document_no=document_no, secrecy_checked=True)

    # --- who and how ---

    def _draft_reply(self, text: str) -> Any:
        scheme = self.assignment.rules["result_scheme"]
        result = scheme[min("ABCD".index(self.text["result"]), len(scheme) - 1)]["code"]
        person = self.handler.user.person.name
        made = operations.draft_reply(
            self.assignment,
            actor=self.handler,
            text=text,
            result=result,
            contact_person=person,
            contact_phone=self.unit.phone,
            mentions_opinions=bool(self.assistants),
        )
        return operations.request_approval(made, actor=self.handler)

    def _evaluate(self, rating: str, reason: str) -> None:
        dimensions = self.assignment.rules["evaluation_dimensions"]
        ratings = {entry["code"]: rating if entry["code"] == "result" else "satisfied" for entry in dimensions}
        ratings[dimensions[-1]["code"]] = rating
        self.suggestion = operations.evaluate(self.suggestion, actor=self.deputy, ratings=ratings, reason=reason)
        self._open_in_time()

    def _open_in_time(self) -> None:
        """Staff open dissatisfaction at once, and everything else when its seal is over; what is still sealed today stays so."""
        sealed = self.suggestion.sealed_evaluation
        if sealed is None:
            return
        if sealed.rating == "dissatisfied":
            self.suggestion = operations.open_evaluation(self.suggestion, actor=self.staff)
        elif sealed.sealed_until and sealed.sealed_until < timezone.localdate():
            self.day = sealed.sealed_until
            with self.at(1):
                self.suggestion = operations.open_evaluation(self.suggestion, actor=Actor.system("the seal's last day is over"))

    @property
    def is_dispatched(self) -> bool:
        """Every third or so where there is an office goes over the government's office; not what is handed over today, to two, or back."""
        plain = self.far not in {"assigned", "return_requested"} and not self.text["return_reason"]
        return plain and self.text["congress"] in self.places.offices and len(self.text["title"]) % 3 == 0

    @property
    def is_separate(self) -> bool:
        """Those that units have just signed for are handled in parts, where they are not dispatched."""
        return self.far == "signed" and self.other_unit is not None

    @property
    def is_assisted(self) -> bool:
        """Every fifth or so is handled by two units; a matter that first went to the wrong one is not."""
        return not self.text["return_reason"] and len(self.text["matter"]) % 5 == 0

    @property
    def assistants(self) -> list[Assignment]:
        """The assisting units' assignments."""
        return list(self.suggestion.assignments.filter(role=UnitRole.ASSIST))

    @property
    def deputy(self) -> Actor:
        return self.people.actors[self.lead.pk]

    @property
    def liaison(self) -> Actor:
        return self.people.units[self.unit.pk]["unit_liaison"]

    @property
    def handler(self) -> Actor:
        return self.people.units[self.unit.pk]["unit_handler"]

    @property
    def signer(self) -> Actor:
        return self.people.units[self.unit.pk]["unit_signer"]

    @property
    def other_unit(self) -> Unit | None:
        """Another unit of the same congress."""
        others = [u for (code, _key), u in self.places.units.items() if code == self.text["congress"] and u.pk != self.unit.pk]
        return others[len(self.text["title"]) % len(others)] if others else None


@dataclass(frozen=True)
class Planned:
    """One text's story to come: the day it begins, how far it comes, and whether the shown deputy leads it."""

    start: dt.date
    far: str
    text: dict[str, Any]
    shown: bool = False


def choose(texts: list[dict[str, Any]], far: str, seen: set[str]) -> dict[str, Any]:
    """Take a text: for the first of each kind one that the shown accounts of the province meet, then the next."""
    fits = [t for t in texts if far not in seen and t["congress"] == SHOWN_CONGRESS and (far not in WITH_UNIT or t["unit"] == SHOWN_UNIT)]
    seen.add(far)
    text = (fits or texts)[0]
    texts.remove(text)
    return text


def plan(texts: list[dict[str, Any]], people: People, today: dt.date, chance: random.Random) -> list[Planned]:
    """What becomes of every text, oldest first, so that numbers follow the days."""
    chance.shuffle(texts)
    unhappy = [t for t in texts if t["rating"] == "dissatisfied" and t["second_reply"]]
    left, seen = [t for t in texts if t not in unhappy], set[str]()
    planned = [_begin(text, *end, people, today, chance) for text, end in zip(unhappy, itertools.cycle(UNHAPPY), strict=False)]
    for far, stage, age in RECENT:
        shown = far in SHOWN_LEADS and far not in seen
        planned.append(_begin(choose(left, far, seen), far, stage, age, people, today, chance, shown=shown))
    ends = itertools.cycle(OLD_ENDS)
    planned += [_begin(text, next(ends), "session", 0, people, today, chance, shown=chance.random() < 0.08) for text in left]  # noqa: PLR2004
    return sorted(planned, key=lambda one: one.start)


def _begin(
    text: dict[str, Any], far: str, stage: str, age: int, people: People, today: dt.date, chance: random.Random, *, shown: bool = False
) -> Planned:
    if stage == "session":
        return Planned(chance.choice(people.sessions[text["congress"]]).opens - dt.timedelta(days=3), far, text, shown)
    before = sum(sum(GAPS[s]) // 2 for s in STAGES[1 : STAGES.index(stage) + 1])
    return Planned(today - dt.timedelta(days=age + before), far, text, shown)


def play_history(places: Places, people: People, today: dt.date) -> Iterator[Suggestion]:
    """Play every text; gives each suggestion when it is done."""
    chance = random.Random(11)  # noqa: S311
    for one in plan(load_texts(), people, today, chance):
        deputies = people.deputies[one.text["congress"]]
        lead = deputies[0] if one.shown else chance.choice(deputies[1:])
        story = Story(one.text, one.start, places, people, chance, lead)
        story.play(one.far)
        yield story.suggestion
