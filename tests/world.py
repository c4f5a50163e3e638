"""A small world for tests: two congresses, every role of the first, and suggestions brought to a state by operations."""

import datetime as dt
import itertools
from dataclasses import dataclass, field
from typing import Any

from django.core.management import call_command

from qiao.accounts import operations as accounts
from qiao.accounts.actors import actor_in
from qiao.congress import operations as body
from qiao.congress.models import Mandate, Term
from qiao.kernel import clock
from qiao.kernel.policy import Actor
from qiao.matters import operations
from qiao.matters.models import Reply, Signature, Suggestion
from qiao.matters.operations.extending import longest
from qiao.orgs import operations as orgs
from qiao.orgs.models import Congress, Level, Unit
from qiao.rulebook.operations import set_provision
from qiao.rulebook.queries import calendar

SINCE = dt.date(2023, 1, 1)
SYSTEM = Actor.system("tests")
AREA = dt.timezone(dt.timedelta(hours=8))
PRECHECKED = dt.date(2024, 3, 4)
"""The first day of a session in which delegations check what their deputies submit."""
TEXT = {
    "title": "关于修好灯芯路路灯的建议",
    "matter": "灯芯路自东向西有十一盏路灯不亮，学生晚自习后摸黑回家。",
    "proposal": "一是逐盏检修；二是明确管护单位；三是公布报修电话。",
}
REPLY = {"text": "您提出的建议收悉。我局已逐盏检修，十一盏路灯全部恢复。", "result": "A"}


@dataclass
class World:
    """What a test needs to name: congresses, units, mandates, actors by role, and ways to bring a suggestion somewhere."""

    congress: Congress
    other: Congress
    term: Term
    unit: Unit
    unit2: Unit
    office: Unit
    """Dispatches to the other two from the first time that something is dispatched."""
    mandates: dict[str, Mandate] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)

    def draft(self, role: str = "deputy", **text: Any) -> Suggestion:
        return operations.draft(self.congress, actor=self.actors[role], **{**TEXT, **text})

    def cosigning(self, **text: Any) -> Suggestion:
        return operations.invite(self.draft(**text), actor=self.actors["deputy"], mandates=[self.mandates["deputy2"]])

    def signed_jointly(self, **text: Any) -> Suggestion:
        s = self.cosigning(**text)
        operations.confirm(Signature.objects.get(suggestion=s), actor=self.actors["deputy2"], version=s.version)
        return s

    def delegation_check(self, **text: Any) -> Suggestion:
        """Submitted in a session of its own, in which the delegation checks first; the rule ends with that session."""
        if not self.term.sessions.filter(opens=PRECHECKED).exists():
            body.convene(self.term, actor=SYSTEM, number=90, opens=PRECHECKED, closes=PRECHECKED + dt.timedelta(days=3))
            for day, value in ((PRECHECKED, True), (PRECHECKED + dt.timedelta(days=4), False)):
                set_provision(self.congress, actor=SYSTEM, key="delegation_precheck", value=value, source="测试", valid_from=day)
        with clock.pretend(dt.datetime.combine(PRECHECKED, dt.time(9), AREA)):
            return operations.submit(self.draft(**text), actor=self.actors["deputy"])

    def submitted(self, **text: Any) -> Suggestion:
        return operations.submit(self.draft(**text), actor=self.actors["deputy"])

    def returned(self, **text: Any) -> Suggestion:
        return operations.give_back(self.submitted(**text), actor=self.actors["clerk"], note="请写明地点。")

    def not_accepted(self, **text: Any) -> Suggestion:
        return operations.refuse(self.submitted(**text), actor=self.actors["clerk"], ground="personal", note="属个人事项。")

    def as_letter(self, outcome: str = "as_letter", **text: Any) -> Suggestion:
        """Not accepted as a suggestion, treated as a letter; from now on the congress knows all three ways."""
        if not self.congress.provisions.filter(key="unsuitable_action").exists():
            rule(self, "unsuitable_action", ["not_accepted", "as_letter", "as_reference"])
        more = {"passed_to": self.unit} if outcome == "as_reference" else {}
        return operations.refuse(
            self.submitted(**text), actor=self.actors["clerk"], ground="complaint", note="属信访事项。", outcome=outcome, **more
        )

    def as_reference(self, **text: Any) -> Suggestion:
        return self.as_letter("as_reference", **text)

    def registered(self, **text: Any) -> Suggestion:
        return operations.register(self.submitted(**text), actor=self.actors["clerk"])

    def split_asked(self, **text: Any) -> Suggestion:
        """Registered; the lead deputy is asked whether to split it in two."""
        parts = [TEXT | {"title": title} for title in ("关于修好灯芯路东段路灯的建议", "关于修好灯芯路西段路灯的建议")]
        return operations.propose_split(self.registered(**text), actor=self.actors["clerk"], note="一事一议。", parts=parts)

    def split(self, **text: Any) -> Suggestion:
        """Split in two; from now on each part gets a new number."""
        if not self.congress.provisions.filter(key="split_numbering").exists():
            rule(self, "split_numbering", "all_new")
        return operations.agree_split(self.split_asked(**text), actor=self.actors["deputy"])

    def together(self, number: int = 2) -> list[Suggestion]:
        """Registered ones on the same matter, handled together."""
        first, *others = [self.registered() for _n in range(number)]
        operations.group(first, actor=self.actors["clerk"], others=others)
        return [Suggestion.objects.get(pk=one.pk) for one in (first, *others)]

    def assigned(self, **text: Any) -> Suggestion:
        return operations.assign(self.registered(**text), actor=self.actors["clerk"], unit=self.unit)

    def with_office(self, **text: Any) -> Suggestion:
        """Handed to the coordinating office, which dispatches to both units from now on."""
        below = (orgs.correct_unit(unit, actor=SYSTEM, coordinator=self.office) for unit in (self.unit, self.unit2))
        self.unit, self.unit2 = below
        return operations.assign(self.registered(**text), actor=self.actors["clerk"], unit=self.office)

    def dispatched(self, **given: Any) -> Suggestion:
        """On the second hop with the first unit, or with whom ``given`` names."""
        s = self.with_office()
        operations.dispatch(s.assignments.get(), actor=self.actors["dispatcher"], **(given or {"unit": self.unit}))
        s.refresh_from_db()
        return s

    def assisted(self, **text: Any) -> Suggestion:
        """Handed to a lead unit with an assisting one, which has signed for it; the lead unit handles it."""
        asked = [(self.unit2, "校门口一段的照明")]
        s = operations.assign(self.registered(**text), actor=self.actors["clerk"], unit=self.unit, assisting=asked)
        for unit, role in ((self.unit, "liaison"), (self.unit2, "liaison2")):
            operations.sign_for(s.assignments.get(unit=unit), actor=self.actors[role])
        s.refresh_from_db()
        return s

    def separate(self, **text: Any) -> Suggestion:
        """Handed to two units, each of which answers for its part and has signed for it."""
        parts = [(self.unit, "路灯检修"), (self.unit2, "校门口照明")]
        s = operations.assign(self.registered(**text), actor=self.actors["clerk"], separate=parts)
        for unit, role in ((self.unit, "liaison"), (self.unit2, "liaison2")):
            operations.sign_for(s.assignments.get(unit=unit), actor=self.actors[role])
        s.refresh_from_db()
        return s

    def joint(self, **text: Any) -> Suggestion:
        """Handed to two units that lead together, and signed for by both; from now on the congress knows several lead units."""
        if not self.congress.provisions.filter(key="several_leads").exists():
            rule(self, "several_leads", True)
        s = operations.assign(self.registered(**text), actor=self.actors["clerk"], unit=self.unit, joint=[self.unit2])
        for unit, role in ((self.unit, "liaison"), (self.unit2, "liaison2")):
            operations.sign_for(s.assignments.get(unit=unit), actor=self.actors[role])
        s.refresh_from_db()
        return s

    def joint_reply(self, **text: Any) -> Reply:
        """The draft of the reply that the two give together, begun by the second."""
        s = self.joint(**text)
        said = {"mode": "phone", "on": clock.today(), "who": "代表、经办人", "content": "已说明。"}
        operations.record_contact(s.assignments.get(unit=self.unit), actor=self.actors["handler"], **said)
        made: Reply = operations.draft_reply(s.assignments.get(unit=self.unit2), actor=self.actors["handler2"], **REPLY)
        return made

    def answered_together(self, **text: Any) -> Reply:
        """That reply, signed by both and issued."""
        reply = operations.request_approval(self.joint_reply(**text), actor=self.actors["handler"])
        for role, number in (("signer2", ""), ("signer", "测函〔2026〕7号")):
            operations.sign_reply(reply, actor=self.actors[role], document_no=number, secrecy_checked=True)
        reply.refresh_from_db()
        return reply

    def answer_part(self, s: Suggestion, second: bool = False) -> Reply:
        """Let the first unit, or the second, issue the reply that it owes."""
        handler, signer = [self.actors[f"{role}2" if second else role] for role in ("handler", "signer")]
        part = s.assignments.standing().answering().get(unit=self.unit2 if second else self.unit)
        said = {"mode": "phone", "on": clock.today(), "who": "代表、经办人", "content": "已说明。"}
        operations.record_contact(part, actor=handler, **said)
        reply = operations.draft_reply(part, actor=handler, **REPLY)
        operations.request_approval(reply, actor=handler)
        number = f"测函〔2026〕{reply.pk}号"
        issued: Reply = operations.issue(reply, actor=signer, document_no=number, secrecy_checked=True)
        s.refresh_from_db()
        return issued

    def paused(self, **text: Any) -> Suggestion:
        """With the time of its assisting unit paused."""
        s = self.assisted(**text)
        why = {"note": "协办单位机构改革。", "source": "代表工委办公会纪要〔2026〕3号"}
        operations.pause_clock(s.clocks.get(kind="assist"), actor=self.actors["clerk"], **why)
        return s

    def opined(self, **text: Any) -> Suggestion:
        """With the assisting unit's opinion given."""
        s = self.assisted(**text)
        operations.give_opinion(s.assignments.get(unit=self.unit2), actor=self.actors["handler2"], text="校门口两盏灯由我局协调。")
        return s

    def return_requested(self, **text: Any) -> Suggestion:
        s = self.assigned(**text)
        operations.request_return(s.assignments.get(), actor=self.actors["liaison"], note="不属我局职责。", wished_unit=self.unit2)
        return s

    def objected(self, **text: Any) -> Suggestion:
        """With the lead deputy's objection to the unit, which waits for its answer."""
        s = self.assigned(**text)
        asked = {"note": "路灯由教育局出资建设。", "wished_unit": self.unit2}
        operations.object_to_unit(s.assignments.get(), actor=self.actors["deputy"], **asked)
        return s

    def passed_on(self, **text: Any) -> Suggestion:
        """Given back by one unit after the other; it waits to be assigned a third time."""
        s = self.registered(**text)
        for unit, role in ((self.unit, "liaison"), (self.unit2, "liaison2")):
            s = operations.assign(s, actor=self.actors["clerk"], unit=unit)
            asked = operations.request_return(s.assignments.latest("id"), actor=self.actors[role], note=f"不属{unit}职责。")
            operations.grant_return(asked, actor=self.actors["clerk"], note="同意。")
            s.refresh_from_db()
        return s

    def handling(self, **text: Any) -> Suggestion:
        s = self.assigned(**text)
        operations.sign_for(s.assignments.get(), actor=self.actors["liaison"])
        s.refresh_from_db()
        return s

    def extension_requested(self, **text: Any) -> Suggestion:
        """With a request for the whole long term that waits for its decision."""
        s = self.handling(**text)
        handed = s.assignments.get()
        limit = handed.clocks.get(kind="reply")
        until = longest(handed, limit, calendar()).due
        operations.ask_extension(handed, actor=self.actors["handler"], note="需现场勘察。", until=until)
        return s

    def contacted(self, **text: Any) -> Suggestion:
        s = self.handling(**text)
        operations.record_contact(
            s.assignments.get(),
            actor=self.actors["handler"],
            mode="phone",
            on=clock.today(),
            who="代表、经办人",
            content="已说明检修安排。",
        )
        return s

    def met(self, **text: Any) -> Suggestion:
        """With the record of a meeting at which the unit answered in person."""
        s = self.contacted(**text)
        said = {"place": "城管局三楼会议室", "unit_people": "局长 何一", "deputies": "领衔代表", "said": "月底前全部更换。"}
        operations.record_face_reply(s.assignments.get(), actor=self.actors["handler"], on=clock.today(), **said)
        return s

    def drafted(self, **text: Any) -> Suggestion:
        """With a reply being drafted in the unit."""
        s = self.contacted(**text)
        operations.draft_reply(s.assignments.get(), actor=self.actors["handler"], **REPLY)
        return s

    def approval(self, **text: Any) -> Suggestion:
        """With a reply waiting for signature."""
        s = self.drafted(**text)
        operations.request_approval(s.assignments.get().replies.get(), actor=self.actors["handler"])
        return s

    def replied(self, **text: Any) -> Suggestion:
        s = self.approval(**text)
        operations.issue(
            s.assignments.get().replies.get(), actor=self.actors["signer"], document_no="测函〔2026〕1号", secrecy_checked=True
        )
        s.refresh_from_db()
        return s

    def answered_jointly(self, rule_of_reply: str = "each") -> Reply:
        """The reply to what a second deputy signed too, issued under this rule for joint signers."""
        rule(self, "cosigner_reply", rule_of_reply)
        s = operations.submit(self.signed_jointly(), actor=self.actors["deputy"])
        s = operations.register(s, actor=self.actors["clerk"])
        handed = operations.assign(s, actor=self.actors["clerk"], unit=self.unit).assignments.get()
        operations.sign_for(handed, actor=self.actors["liaison"])
        told = {"mode": "phone", "on": clock.today(), "who": "代表、经办人", "content": "已说明检修安排。"}
        operations.record_contact(handed, actor=self.actors["handler"], **told)
        reply = operations.draft_reply(handed, actor=self.actors["handler"], **REPLY)
        operations.request_approval(reply, actor=self.actors["handler"])
        return operations.issue(reply, actor=self.actors["signer"], document_no="测函〔2026〕3号", secrecy_checked=True)

    def dissatisfied(self, **text: Any) -> Suggestion:
        s = self.replied(**text)
        return operations.evaluate(s, actor=self.actors["deputy"], ratings=self.ratings("dissatisfied"), reason="只修了一半。")

    def sealed(self, rating: str = "dissatisfied", **text: Any) -> Suggestion:
        """Evaluated, the evaluation under seal as the national default has it; from now on the congress seals."""
        rule(self, "seal_until", "window_end")
        s = self.replied(**text)
        return operations.evaluate(s, actor=self.actors["deputy"], ratings=self.ratings(rating), reason="只修了一半。")

    def rehandling(self, **text: Any) -> Suggestion:
        return operations.order_rehandling(self.dissatisfied(**text), actor=self.actors["clerk"], note="请全部修好。")

    def dissatisfied_again(self, **text: Any) -> Suggestion:
        """With a second reply too."""
        s = self.rehandling(**text)
        reply = operations.draft_reply(s.assignments.get(), actor=self.actors["handler"], **REPLY)
        operations.request_approval(reply, actor=self.actors["handler"])
        operations.issue(reply, actor=self.actors["signer"], document_no="测函〔2026〕2号", secrecy_checked=True)
        s.refresh_from_db()
        return operations.evaluate(s, actor=self.actors["deputy"], ratings=self.ratings("dissatisfied"), reason="仍不亮。")

    def escalated(self, **text: Any) -> Suggestion:
        called = {"form": "joint_meeting", "on": clock.today(), "who": "代表、城管局、专家两名"}
        return operations.convene(self.dissatisfied_again(**text), actor=self.actors["clerk"], **called)

    def closed(self, **text: Any) -> Suggestion:
        return operations.evaluate(self.replied(**text), actor=self.actors["deputy"], ratings=self.ratings("satisfied"))

    def published(self, **text: Any) -> Suggestion:
        return operations.publish(self.closed(**text), actor=self.actors["clerk"], publicity="full")

    def withdrawn(self, **text: Any) -> Suggestion:
        return operations.withdraw(self.submitted(**text), actor=self.actors["deputy"], note="已解决。")

    def discarded(self, **text: Any) -> Suggestion:
        return operations.discard(self.draft(**text), actor=self.actors["deputy"])

    @staticmethod
    def ratings(rating: str) -> dict[str, str]:
        """The same rating in every dimension of the national default."""
        return {"result": rating}


_names = (f"测试{n:03d}" for n in itertools.count())


def person_with_post(congress: Congress, role: str, login: str, unit: Unit | None = None, rank: str = "") -> Actor:
    """A new person with an account and a post."""
    person = accounts.add_person(congress, actor=SYSTEM, name=next(_names), email=f"{login}@example.org")
    user = accounts.open_account(person, actor=SYSTEM, login=login)
    return actor_in(accounts.grant_post(congress, actor=SYSTEM, user=user, role=role, unit=unit, rank=rank, starts=SINCE))


def _congress(code: str, name: str, superior: Congress) -> tuple[Congress, Term]:
    area = orgs.add_area(superior.area, actor=SYSTEM, code=code, name=name, level=Level.PREFECTURE, valid_from=SINCE)
    congress = orgs.add_congress(area, actor=SYSTEM, name=f"{name}人民代表大会", short_name=f"{name}人大", superior=superior)
    return congress, body.open_term(congress, actor=SYSTEM, number=3, starts=SINCE, seats=40)


def _mandate(term: Term, county: Congress, actor: Actor, number: int) -> Mandate:
    return body.enter_mandate(
        term,
        actor=SYSTEM,
        person=actor.user.person,
        electing_unit=county,
        card_no=f"{number:03d}",
        elected_on=SINCE,
        delegation=term.delegations.first(),
    )


def build_world() -> World:
    """Make the world; what differs from the national rulebook: staff decide what follows dissatisfaction, and evaluations are not sealed."""
    for command in ("seed_roles", "seed_rulebook"):
        call_command(command, verbosity=0)
    area = orgs.add_area(None, actor=SYSTEM, code="98", name="测试省", level=Level.PROVINCE, valid_from=SINCE)
    province = orgs.add_congress(area, actor=SYSTEM, name="测试省人民代表大会", short_name="测试省人大")
    congress, term = _congress("9801", "甲市", province)
    other, other_term = _congress("9802", "乙市", province)
    seat = orgs.add_area(congress.area, actor=SYSTEM, code="980101", name="甲区", level=Level.COUNTY, valid_from=SINCE)
    county = orgs.add_congress(seat, actor=SYSTEM, name="甲区人民代表大会", short_name="甲区人大", superior=congress)
    for one in (term, other_term):
        body.form_delegation(one, actor=SYSTEM, name="甲区代表团")
    names = ("甲市城管局", "甲市教育局", "甲市人民政府办公室")
    units = [orgs.add_unit(congress, actor=SYSTEM, name=name, active_from=SINCE) for name in names]
    foreign = orgs.add_unit(other, actor=SYSTEM, name="乙市城管局", active_from=SINCE)
    world = World(congress, other, term, *units)
    posts = {
        "deputy": (congress, "deputy", None), "deputy2": (congress, "deputy", None), "deputy3": (congress, "deputy", None),
        "clerk": (congress, "deputy_affairs", None), "leader": (congress, "leader", None), "sysadmin": (congress, "sysadmin", None),
        "secadmin": (congress, "secadmin", None), "auditadmin": (congress, "auditadmin", None),
        "auditor": (congress, "auditor", None),
        "delegate": (congress, "delegation_staff", None), "other_delegate": (other, "delegation_staff", None),
        "liaison": (congress, "unit_liaison", units[0]), "handler": (congress, "unit_handler", units[0]), "signer": (congress, "unit_signer", units[0]),
        "handler2": (congress, "unit_handler", units[1]), "liaison2": (congress, "unit_liaison", units[1]),
        "signer2": (congress, "unit_signer", units[1]), "dispatcher": (congress, "gov_office", units[2]),
        "other_clerk": (other, "deputy_affairs", None), "other_deputy": (other, "deputy", None), "other_liaison": (other, "unit_liaison", foreign),
    }  # fmt: skip
    ranks = {"signer": "head", "signer2": "head"}
    world.actors = {name: person_with_post(c, role, name, unit, ranks.get(name, "")) for name, (c, role, unit) in posts.items()}
    for number, name in enumerate(("deputy", "deputy2", "deputy3"), start=1):
        world.mandates[name] = _mandate(term, county, world.actors[name], number)
    world.mandates["other_deputy"] = _mandate(other_term, county, world.actors["other_deputy"], 1)
    for one, role in ((term, "delegate"), (other_term, "other_delegate")):
        body.appoint_staff(one.delegations.get(), actor=SYSTEM, post=world.actors[role].post)
    set_provision(congress, actor=SYSTEM, key="rehandle_auto", value=False, source="测试", valid_from=SINCE)
    set_provision(congress, actor=SYSTEM, key="seal_until", value="none", source="测试", valid_from=SINCE)
    return world


def rule(world: World, key: str, value: Any) -> None:
    """Give the world's congress a rule of its own from now on."""
    set_provision(world.congress, actor=SYSTEM, key=key, value=value, source="测试", valid_from=clock.today())
