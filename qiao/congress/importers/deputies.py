"""The table of deputies: who holds which mandate of a term."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.accounts import operations as accounts_operations
from qiao.accounts.identity import check_identity_number, tidy
from qiao.accounts.models import Person, Sex
from qiao.imports import parsers
from qiao.imports.importer import Action, Cells, Field, Importer, RowPlan, declare
from qiao.imports.parsers import Problem
from qiao.kernel import clock
from qiao.kernel.policy import Actor
from qiao.orgs.models import Congress
from qiao.orgs.policy import keep_directories, keep_directory

from .. import operations
from ..models import Category, Delegation, District, Mandate, MandateState, Term
from ..numerals import chinese
from ..queries import out_of_line, term_on
from .words import shown

NUMERALS = {chinese(number): number for number in range(1, 100)}
PERSON = ("sex", "born_on", "ethnicity", "party", "education", "work_unit", "job_title", "phone", "id_number", "email")
MANDATE = ("category", "profession", "grassroots", "first_term", "elected_on")
BATCH = 500


def term_number(text: str) -> int:
    """第十五届, 十五 or 15."""
    bare = text.removeprefix("第").removesuffix("届").strip()
    number = int(bare) if bare.isdecimal() and len(bare) < 3 else NUMERALS.get(bare)  # noqa: PLR2004
    if not number:
        raise Problem(_("“%(text)s” is not the number of a term. Write it like 15 or 第十五届.") % {"text": text})
    return number


def identity_number(text: str) -> str:
    """A citizen's identity number whose check character is right."""
    number = tidy(text)
    parsers.checked(check_identity_number)(number)
    return number


DEPUTY_COLUMNS = (
    Field(
        "congress",
        gettext_lazy("Congress"),
        parsers.words(80),
        example="城关镇人民代表大会",
        also=("人大", "所属人大", "人民代表大会", "行政区划代码"),
        help=gettext_lazy("Name or area code of a congress below yours, in a table with the deputies of several. If empty, your own."),
    ),
    Field(
        "card_no",
        gettext_lazy("Deputy card number"),
        parsers.words(20),
        required=True,
        example="0101",
        also=("代表证号", "代表证编号", "证号"),
        help=gettext_lazy("One number stands once in a term; by it a deputy is found again."),
    ),
    Field("name", gettext_lazy("Name"), parsers.words(60), required=True, example="张桥生", also=("姓名", "代表姓名")),
    Field(
        "seat",
        gettext_lazy("Electing unit or electoral district"),
        parsers.words(80),
        required=True,
        example="第一选区",
        also=("选举单位或选区", "选举单位", "选区"),
        help=gettext_lazy("County and township: the electoral district. Higher levels: the congress that elected the deputy."),
    ),
    Field(
        "term", gettext_lazy("Term"), term_number, example="第十五届", also=("届次", "届"), help=gettext_lazy("If empty, the current term.")
    ),
    Field(
        "delegation",
        gettext_lazy("Delegation"),
        parsers.words(60),
        example="城关镇代表团",
        also=("代表团",),
        help=gettext_lazy("A new one is formed."),
    ),
    Field("sex", gettext_lazy("Sex"), parsers.one_of(Sex.choices, {"男": Sex.MALE, "女": Sex.FEMALE}), example="女", also=("性别",)),
    Field(
        "born_on",
        gettext_lazy("Date of birth"),
        parsers.day,
        example="1980-05-01",
        also=("出生日期", "出生年月日"),
        help=gettext_lazy("Tells namesakes apart. Seen only by those who keep the directory."),
    ),
    Field("ethnicity", gettext_lazy("Ethnicity"), parsers.words(20), example="汉族", also=("民族",)),
    Field("party", gettext_lazy("Political affiliation"), parsers.words(40), example="群众", also=("政治面貌", "党派")),
    Field("education", gettext_lazy("Education"), parsers.words(40), example="大学本科", also=("学历", "文化程度")),
    Field("work_unit", gettext_lazy("Workplace"), parsers.words(100), example="城关镇中心小学", also=("工作单位",)),
    Field("job_title", gettext_lazy("Position"), parsers.words(60), example="教师", also=("职务",)),
    Field(
        "phone",
        gettext_lazy("Telephone"),
        parsers.or_masked(parsers.phone),
        example="13800000000",
        also=("联系电话", "手机", "手机号码", "电话"),
        help=gettext_lazy("Seen only by those who keep the directory."),
    ),
    Field(
        "id_number",
        gettext_lazy("Identity number"),
        parsers.or_masked(identity_number),
        also=("居民身份证号码", "居民身份证号", "身份证号码", "身份证号", "公民身份号码"),
        help=gettext_lazy("Only where it is needed to tell people apart. Kept encrypted; an export writes stars in its place."),
    ),
    Field("email", gettext_lazy("E-mail"), parsers.email, also=("电子邮箱", "邮箱")),
    Field(
        "category",
        gettext_lazy("Category"),
        parsers.one_of(
            Category.choices,
            {
                "工人": Category.WORKER,
                "农民": Category.FARMER,
                "专业技术人员": Category.PROFESSIONAL,
                "专技": Category.PROFESSIONAL,
                "干部": Category.OFFICIAL,
                "党政干部": Category.OFFICIAL,
                "企业负责人": Category.ENTERPRISE,
                "企业": Category.ENTERPRISE,
                "军人": Category.SOLDIER,
                "其他": Category.OTHER,
            },
        ),
        example="专业技术人员",
        also=("代表类别", "构成", "类别"),
    ),
    Field("profession", gettext_lazy("Profession"), parsers.words(40), example="医疗卫生", also=("专业", "专业领域", "行业")),
    Field("grassroots", gettext_lazy("Grassroots deputy"), parsers.yes_no, example="是", also=("基层代表", "是否基层代表")),
    Field("first_term", gettext_lazy("First term"), parsers.yes_no, example="否", also=("新任", "是否新任", "首次当选")),
    Field(
        "elected_on",
        gettext_lazy("Elected on"),
        parsers.day,
        example="2021-12-20",
        also=("当选日期",),
        help=gettext_lazy("If empty, the first day of the term."),
    ),
)


@dataclass
class Roll:
    """What the rows of a table of deputies are compared with."""

    congress: Congress
    terms: dict[int, Term]
    current: Term | None
    by_card: dict[tuple[int, str], Mandate]
    by_person: dict[tuple[int, int], Mandate]
    namesakes: dict[tuple[int, str], list[Mandate]]
    people: dict[str, list[Person]]
    electing: dict[str, Congress]
    delegations: dict[tuple[int, str], Delegation] = field(default_factory=dict)
    districts: dict[tuple[int, str], District] = field(default_factory=dict)


@dataclass
class Rolls:
    """The rolls of the congresses that a table speaks of, by what it calls them; the reason for one that it may not speak of."""

    by_name: dict[str, Roll | str]

    def of(self, plan: RowPlan) -> Roll:
        """The roll that an accepted row belongs to."""
        roll = self.by_name[plan.cells.get("congress", "")]
        assert isinstance(roll, Roll)  # noqa: S101 — planned rows of others are refused
        return roll


def read_rolls(congress: Congress, rows: Cells, actor: Actor) -> Rolls:
    """The rolls that the rows of a batch may speak of: the congress's own, and where the actor may those below."""
    names = {cells.get("congress", "") for _number, cells in rows}
    meant: dict[str, set[Congress]] = {name: set() for name in names} | {"": {congress}}
    called = Q(name__in=names) | Q(short_name__in=names) | Q(area__code__in=names)
    for found in Congress.objects.filter(called).select_related("area") if names - {""} else ():
        for name in {found.name, found.short_name, found.area.code} & names:
            meant[name].add(found)
    said = {name: _refusal(name, congresses, actor) for name, congresses in meant.items()}
    spoken_of = {congresses.copy().pop() for name, congresses in meant.items() if not said[name]}
    rolls = {each: read_roll(each, [row for row in rows if each in meant[row[1].get("congress", "")]]) for each in spoken_of}
    return Rolls({name: said[name] or rolls[congresses.copy().pop()] for name, congresses in meant.items()})


def _refusal(name: str, meant: set[Congress], actor: Actor) -> str:
    """Why the deputies of what is called so cannot be entered; empty if they can."""
    if not meant:
        return _("There is no congress “%(name)s”.") % {"name": name}
    if len(meant) > 1:
        return _("Several congresses are called “%(name)s”. Write the area code.") % {"name": name}
    return keep_directories(actor, next(iter(meant))).reason


def read_roll(congress: Congress, rows: Cells) -> Roll:
    """The deputies, people and places that the rows of a batch may speak of."""
    names = {cells.get("name", "") for _number, cells in rows}
    people: dict[str, list[Person]] = {}
    for person in _in_parts(Person.objects.all(), "name__in", names):
        people.setdefault(person.name, []).append(person)
    held = Mandate.objects.filter(congress=congress).for_list()
    by_card = {(m.term_id, m.card_no): m for m in _in_parts(held, "card_no__in", {cells.get("card_no", "") for _number, cells in rows})}
    by_person = {}
    namesakes: dict[tuple[int, str], list[Mandate]] = {}
    for mandate in _in_parts(held.exclude(state__in=[MandateState.ENDED, MandateState.INVALID]), "person__name__in", names):
        by_person[mandate.term_id, mandate.person_id] = mandate
        namesakes.setdefault((mandate.term_id, mandate.person.name), []).append(mandate)
    below = list(Congress.objects.filter(superior=congress))
    return Roll(
        congress=congress,
        terms={term.number: term for term in Term.objects.filter(congress=congress).select_related("congress")},
        current=term_on(congress, clock.today()),
        by_card=by_card,
        by_person=by_person,
        namesakes=namesakes,
        people=people,
        electing={each.short_name: each for each in below} | {each.name: each for each in below},
        delegations={(each.term_id, each.name): each for each in Delegation.objects.filter(term__congress=congress)},
        districts={(each.term_id, each.name): each for each in District.objects.filter(term__congress=congress)},
    )


def _in_parts(rows: Any, field: str, values: set[str]) -> Iterator[Any]:
    """The rows whose field is one of many values, asked for in parts that every database takes."""
    wanted = sorted(values)
    for start in range(0, len(wanted), BATCH):
        yield from rows.filter(**{field: wanted[start : start + BATCH]})


def plan_deputy(plan: RowPlan, rolls: Rolls) -> None:
    """Whether a row enters a deputy, corrects one found by term and card number, or cannot be."""
    roll, facts = rolls.by_name[plan.cells.get("congress", "")], plan.facts
    if isinstance(roll, str):
        plan.refuse("congress", roll)
        return
    plan.label = facts["name"]
    term = roll.terms.get(facts["term"]) if "term" in facts else roll.current
    if term is None:
        plan.refuse("term", _("The congress has no such term. Open the term first."))
        return
    facts["term"] = term
    if not roll.congress.elected_directly and facts["seat"] not in roll.electing:
        plan.refuse("seat", _("“%(name)s” is not a congress directly below this one.") % {"name": facts["seat"]})
        return
    mandate = roll.by_card.get((term.pk, facts["card_no"]))
    if mandate is None:
        _plan_new(plan, roll, term)
    elif mandate.person.name != facts["name"]:
        plan.refuse("card_no", _("This card number is %(name)s’s in this term.") % {"name": mandate.person.name})
    else:
        _plan_known(plan, mandate, roll)


def _plan_new(plan: RowPlan, roll: Roll, term: Term) -> None:
    """A card number not yet given: a new mandate, of a new person or of one the directory knows."""
    facts, name = plan.facts, plan.facts["name"]
    plan.open_masks(None)
    if plan.problems:
        return
    same = [person for person in roll.people.get(name, []) if _is_same(person, facts)]
    if len(same) > 1:
        plan.refuse("name", _("Several people of this name have this date of birth or telephone. Ask the administrator to merge them."))
        return
    plan.target = same[0] if same else None
    if same and (held := roll.by_person.get((term.pk, same[0].pk))):
        plan.refuse(
            "card_no", _("%(name)s is already a deputy of this term with the card number %(card)s.") % {"name": name, "card": held.card_no}
        )
        return
    if unclear := next((m for m in roll.namesakes.get((term.pk, name), []) if not _is_other(m.person, facts)), None):
        said = _(
            "A deputy of this name has the card number %(card)s. Give a date of birth or a telephone in both places to tell them apart."
        )
        plan.refuse("name", said % {"card": unclear.card_no})
        return
    if same and (elsewhere := out_of_line(same[0], roll.congress)):
        said = _("%(name)s is a deputy of %(congress)s, which is neither above nor below this congress.")
        plan.refuse("name", said % {"name": name, "congress": elsewhere.congress.name})
        return
    plan.action = Action.ADD
    if same:
        plan.notes.append(_("The same person as one already in the directory, whose own data stay as they are."))
    _note_places(plan, roll, term)


def _is_same(person: Person, facts: dict[str, Any]) -> bool:
    """Whether a namesake is surely the same: by the identity number, else the date of birth or, where one lacks it, the telephone."""
    if person.id_number and "id_number" in facts:
        return bool(person.id_number == facts["id_number"])
    if person.born_on and "born_on" in facts:
        return bool(person.born_on == facts["born_on"])
    return bool(person.phone) and person.phone == facts.get("phone")


def _is_other(person: Person, facts: dict[str, Any]) -> bool:
    """Whether a namesake is surely somebody else: both have a date of birth or a telephone, and these differ."""
    return any(key in facts and getattr(person, key) and getattr(person, key) != facts[key] for key in ("born_on", "phone", "id_number"))


def _note_places(plan: RowPlan, roll: Roll, term: Term) -> None:
    facts = plan.facts
    if "delegation" in facts and (term.pk, facts["delegation"]) not in roll.delegations:
        plan.notes.append(_("The delegation “%(name)s” is new.") % {"name": facts["delegation"]})
    if roll.congress.elected_directly and (term.pk, facts["seat"]) not in roll.districts:
        plan.notes.append(_("The electoral district “%(name)s” is new.") % {"name": facts["seat"]})


def _plan_known(plan: RowPlan, mandate: Mandate, roll: Roll) -> None:
    """A deputy found by the card number: what of the row differs from what is there."""
    plan.target = mandate
    plan.open_masks(mandate.person)
    if plan.problems:
        return
    seat: Any = mandate.district or mandate.electing_unit
    if isinstance(seat, Congress) and plan.facts["seat"] in {seat.name, seat.short_name}:
        plan.facts["seat"] = seat.name
    now = {key: getattr(mandate.person, key) for key in PERSON} | {key: getattr(mandate, key) for key in MANDATE}
    now |= {"seat": seat.name, "delegation": mandate.delegation.name if mandate.delegation else ""}
    plan.compare(now, shown)
    plan.action = Action.CHANGE if plan.changes else Action.SAME
    _note_places(plan, roll, mandate.term)


def apply_deputy(plan: RowPlan, rolls: Rolls, actor: Actor) -> None:
    """Enter or correct one deputy by the operations of the directory."""
    if plan.action == Action.ADD:
        enter_deputies([plan], rolls, actor)
        return
    facts, mandate = plan.facts, plan.target
    of_person = {key: facts[key] for key in PERSON if key in plan.changes}
    of_mandate = {key: facts[key] for key in MANDATE if key in plan.changes} | _places(plan, rolls.of(plan), actor)
    if of_person:
        plan.made_other(mandate.person, operations.correct_person(mandate.person, actor=actor, **of_person))
    if of_mandate:
        plan.made_other(mandate, operations.correct_mandate(mandate, actor=actor, **of_mandate))


def enter_deputies(plans: list[RowPlan], rolls: Rolls, actor: Actor) -> None:
    """Enter the deputies of many rows, term by term, all or none."""
    by_term: dict[Term, list[tuple[RowPlan, Person, dict[str, Any]]]] = {}
    for plan in plans:
        term, facts = plan.facts["term"], plan.facts
        person = plan.target or Person(name=facts["name"], **{key: facts[key] for key in PERSON if key in facts})
        given = {key: facts[key] for key in MANDATE if key in facts} | _places(plan, rolls.of(plan), actor)
        given.setdefault("elected_on", term.starts)
        by_term.setdefault(term, []).append((plan, person, given | {"card_no": facts["card_no"]}))
    for term, rows in by_term.items():
        operations.enter_roll(term, actor=actor, roll=[(person, given) for _plan, person, given in rows])
        cards = [given["card_no"] for _plan, _person, given in rows]
        entered = {m.card_no: m for m in Mandate.objects.filter(term=term, card_no__in=cards)}
        for plan, person, given in rows:
            if plan.target is None:
                plan.made_new(person)
            plan.made_new(entered[given["card_no"]])


def dump_deputies(congress: Congress) -> Iterator[dict[str, str]]:
    """The deputies of the congress, those whose mandate has ended left out, as rows of the table."""
    held = (
        Mandate.objects.filter(congress=congress)
        .exclude(state__in=[MandateState.ENDED, MandateState.INVALID])
        .for_list()
        .order_by("term__number", "card_no")
    )
    for mandate in held.iterator(2000):
        seat: Any = mandate.district or mandate.electing_unit
        row = {key: shown(key, getattr(mandate.person, key)) for key in PERSON}
        yield row | {key: shown(key, getattr(mandate, key)) for key in MANDATE} | {
            "card_no": mandate.card_no, "name": mandate.person.name, "seat": seat.name, "term": str(mandate.term),
            "delegation": mandate.delegation.name if mandate.delegation else "",
        }  # fmt: skip


def _places(plan: RowPlan, roll: Roll, actor: Actor) -> dict[str, Any]:
    """Delegation and electing unit or district that the row changes or needs; missing ones are formed."""
    term, facts = plan.facts["term"], plan.facts
    found: dict[str, Any] = {}
    wanted = set(plan.changes) if plan.action == Action.CHANGE else set(facts)
    if "delegation" in wanted:
        key = (term.pk, facts["delegation"])
        if key not in roll.delegations:
            roll.delegations[key] = operations.form_delegation(term, actor=actor, name=facts["delegation"])
        found["delegation"] = roll.delegations[key]
    if "seat" in wanted and not roll.congress.elected_directly:
        found["electing_unit"] = roll.electing[facts["seat"]]
    elif "seat" in wanted:
        key = (term.pk, facts["seat"])
        if key not in roll.districts:
            roll.districts[key] = operations.draw_district(term, actor=actor, name=facts["seat"])
        found["district"] = roll.districts[key]
    return found


def _is_told(facts: dict[str, Any], key: str) -> bool:
    """Whether a cell says something, and not only stars."""
    return key in facts and not isinstance(facts[key], parsers.Masked)


def deputy_identity(facts: dict[str, Any]) -> dict[str, Any]:
    """What may stand once in a table: a card number, and a person by name with date of birth or telephone."""
    term, name = (facts.get("congress"), facts.get("term")), facts["name"]
    keys: dict[str, Any] = {key: (term, name, facts[key]) for key in ("born_on", "phone") if _is_told(facts, key)}
    if _is_told(facts, "id_number"):
        keys["id_number"] = (term, facts["id_number"])
    return {"card_no": (term, facts["card_no"]), **keys}


declare(
    Importer(
        kind="deputies",
        label=gettext_lazy("Deputies"),
        about=gettext_lazy("Enters the deputies of a term and corrects those already there. A deputy is found by term and card number."),
        columns=DEPUTY_COLUMNS,
        rule=keep_directory,
        context=read_rolls,
        plan=plan_deputy,
        apply=apply_deputy,
        identity=deputy_identity,
        back="congress:deputies",
        strike={"congress.Mandate": operations.strike_mandate, "accounts.Person": accounts_operations.strike_person},
        correct={"congress.Mandate": operations.correct_mandate, "accounts.Person": operations.correct_person},
        dump=dump_deputies,
        apply_new=enter_deputies,
    )
)
