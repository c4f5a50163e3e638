"""The invented people: names by chance from a fixed seed, deputies, staff, the units' people."""

import datetime as dt
import random
from dataclasses import dataclass, field
from typing import Any

from qiao.accounts import operations as accounts
from qiao.accounts.actors import actor_in
from qiao.accounts.models import Post, User
from qiao.congress import operations as body
from qiao.congress.models import Category, Mandate, Session, Term
from qiao.kernel.policy import Actor
from qiao.orgs.models import Congress, Level

from .places import SEATS, SINCE, Places

PASSWORD = "qiao-demo-2026"  # noqa: S105
SURNAMES = "陈林黄郑何罗梁宋谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
GIVEN = "明远秋月文清海棠春晓志和雅宁建平素梅长青若兰广田玉书立群思齐彩云向阳佩珊同舟锦程望舒松年晚晴得水慧敏承业巧云振声静怡守正桂英以宁小满洪波冬青亦安万里采薇"
JOBS = [
    ("worker", "青岚机械厂", "装配工"), ("worker", "临桥纺织", "挡车工"), ("worker", "望川港务", "吊车司机"), ("farmer", "柳湾镇新田村", "种粮大户"),
    ("farmer", "禾阳镇晒场村", "村民小组长"), ("farmer", "白沙渡镇渔业合作社", "社长"), ("professional", "省人民医院", "主任医师"),
    ("professional", "青岚大学", "教授"), ("professional", "临桥市第三中学", "高级教师"), ("professional", "云阶镇卫生院", "乡村医生"),
    ("professional", "省农业科学院", "研究员"), ("professional", "望川律师事务所", "律师"), ("official", "省直机关", "处长"), ("official", "县委", "书记"),
    ("official", "社区居委会", "主任"), ("enterprise", "青岚生物科技", "总经理"), ("enterprise", "泉塘茶业", "负责人"), ("other", "快递服务点", "快递员"),
    ("other", "听松社区", "网格员"), ("soldier", "驻青部队", "军官"),
]  # fmt: skip

PROFESSIONS = {
    "主任医师": "医疗卫生", "乡村医生": "医疗卫生", "教授": "教育", "高级教师": "教育", "研究员": "农业", "种粮大户": "农业", "社长": "农业",
    "律师": "法律", "总经理": "企业经营", "负责人": "企业经营", "主任": "基层治理", "网格员": "基层治理", "村民小组长": "基层治理",
}  # fmt: skip
"""The field in which the holder of each job is at home, for the roster by profession."""


@dataclass
class People:
    """Everybody the history needs, as actors and mandates, by area code or unit."""

    deputies: dict[str, list[Mandate]] = field(default_factory=dict)
    actors: dict[int, Actor] = field(default_factory=dict)
    staff: dict[str, Actor] = field(default_factory=dict)
    units: dict[int, dict[str, Actor]] = field(default_factory=dict)
    offices: dict[str, Actor] = field(default_factory=dict)
    sessions: dict[str, list[Session]] = field(default_factory=dict)


class Invented:
    """Names and facts by chance, the same each time."""

    def __init__(self, seed: int = 7) -> None:
        self.chance = random.Random(seed)  # noqa: S311
        self.used: set[str] = set()

    def name(self) -> str:
        """A name that nobody else here has."""
        while (name := self.any_name()) in self.used:
            pass
        self.used.add(name)
        return name

    def any_name(self) -> str:
        """A name that others may have too."""
        return self.chance.choice(SURNAMES) + "".join(self.chance.sample(GIVEN, self.chance.choice([1, 2, 2, 2])))

    def facts(self) -> dict[str, Any]:
        """What is known of a person."""
        chance = self.chance
        category, workplace, job = chance.choice(JOBS)
        person = {
            "sex": chance.choices([1, 2], [7, 5])[0],
            "born_on": dt.date(chance.randint(1957, 1998), chance.randint(1, 12), chance.randint(1, 28)),
            "ethnicity": chance.choices(["汉族", "苗族", "土家族", "回族", "侗族"], [85, 5, 5, 3, 2])[0],
            "party": chance.choices(["中共党员", "群众", "民盟盟员", "农工党党员"], [55, 35, 5, 5])[0],
            "education": chance.choices(["大学本科", "硕士研究生", "大专", "高中", "博士研究生"], [45, 20, 20, 10, 5])[0],
            "work_unit": workplace,
            "job_title": job,
        }
        return {"person": person, "category": category}


RANKS = {"unit_signer": "principal_head"}
"""Which head of its unit somebody is, by role; the strictest rulebook of the demonstration wants the principal one to sign."""


def _account(
    congress: Congress, actor: Actor, login: str, name: str, role: str, *, unit: Any = None, rank: str = "", email: str = "", **facts: Any
) -> Post:
    person = accounts.add_person(congress, actor=actor, name=name, email=email, **facts)
    user = accounts.open_account(person, actor=actor, login=login)
    return accounts.grant_post(congress, actor=actor, user=user, role=role, unit=unit, rank=rank, starts=SINCE)


def build_people(places: Places, actor: Actor, year: int, tick: Any) -> People:
    """Terms, sessions, delegations, deputies, staff and the units' people."""
    made, invented = People(), Invented()
    for code, congress in places.congresses.items():
        tick(congress.name)
        term, made.sessions[code] = _term(congress, actor, year)
        if congress.level != Level.NATION:  # which stands here only as the top of the chain
            made.deputies[code] = _deputies(places, congress, term, invented, actor)
            body.issue_cards(term, actor=actor, issued_on=term.starts)
            made.staff[code] = actor_in(
                _account(congress, actor, f"staff-{code}", invented.name(), "deputy_affairs", email=f"staff-{code}@example.org")
            )
    for code, office in places.offices.items():
        account = _account(office.congress, actor, f"office-{code}", invented.name(), "gov_office", unit=office)
        made.offices[code] = actor_in(account)
    for (code, key), unit in places.units.items():
        made.units[unit.pk] = {
            role: actor_in(
                _account(
                    unit.congress,
                    actor,
                    f"{role.removeprefix('unit_')}-{key}-{code}",
                    invented.name(),
                    role,
                    unit=unit,
                    rank=RANKS.get(role, ""),
                )
            )
            for role in ("unit_liaison", "unit_handler", "unit_signer")
        }
    for mandate in (m for mandates in made.deputies.values() for m in mandates):
        post = Post.objects.select_related("user__person", "role", "congress").get(
            user__person=mandate.person_id, congress=mandate.congress_id
        )
        made.actors[mandate.pk] = actor_in(post)
    return made


def _term(congress: Congress, actor: Actor, year: int) -> tuple[Term, list[Session]]:
    term = body.open_term(congress, actor=actor, number=14, starts=dt.date(year - 3, 1, 12), seats=SEATS[Level(congress.level)])
    day = {Level.NATION: (3, 5), Level.PROVINCE: (1, 18), Level.PREFECTURE: (1, 9), Level.COUNTY: (1, 6), Level.TOWNSHIP: (1, 4)}[
        Level(congress.level)
    ]
    length = {Level.NATION: 8, Level.PROVINCE: 5, Level.PREFECTURE: 4, Level.COUNTY: 3, Level.TOWNSHIP: 1}[Level(congress.level)]
    sessions = []
    for number, session_year in ((3, year - 1), (4, year)):
        opens = dt.date(session_year, *day)
        sessions.append(body.convene(term, actor=actor, number=number, opens=opens, closes=opens + dt.timedelta(days=length)))
    return term, sessions


def _deputies(places: Places, congress: Congress, term: Term, invented: Invented, actor: Actor) -> list[Mandate]:
    seats = term.seats - (2 if term.seats > 10 else 0)  # noqa: PLR2004 — two seats are vacant
    below = [c for c in places.congresses.values() if c.superior_id == congress.pk]
    delegations = (
        [body.form_delegation(term, actor=actor, name=f"{c.area.name}代表团") for c in below] if not congress.elected_directly else []
    )
    districts = (
        [body.draw_district(term, actor=actor, name=f"第{n}选区", seats=3) for n in range(1, seats // 3 + 2)]
        if congress.elected_directly
        else []
    )
    mandates = []
    for number in range(seats):
        facts = invented.facts()
        post = _account(congress, actor, f"deputy-{congress.area.code}-{number + 1}", invented.name(), "deputy", **facts["person"])
        place: dict[str, Any] = {"district": districts[number // 3]} if districts else {
            "electing_unit": below[number % len(below)], "delegation": delegations[number % len(below)]
        }  # fmt: skip
        mandates.append(
            body.enter_mandate(
                term,
                actor=actor,
                person=post.user.person,
                card_no=f"{congress.area.code}{number + 1:03d}",
                elected_on=term.starts - dt.timedelta(days=20),
                category=facts["category"],
                profession=PROFESSIONS.get(facts["person"]["job_title"], ""),
                grassroots=facts["category"] in {Category.WORKER, Category.FARMER, Category.OTHER},
                first_term=invented.chance.random() < 0.6,  # noqa: PLR2004
                **place,
            )  # fmt: skip
        )
    for number, mandate in enumerate(mandates[: 2 * len(delegations)]):
        rank = "head" if number < len(delegations) else "deputy_head"
        body.elect_head(mandate.delegation, actor=actor, mandate=mandate, rank=rank, on=term.starts)
    return mandates


def give_password(user: User, actor: Actor) -> None:
    """Let an account of the demonstration sign in by the common password."""
    accounts.change_password(user, actor=actor, password=PASSWORD)
