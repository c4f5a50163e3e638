"""What the papers say, as plain data: every word that is printed stands here, or was typed by whoever signs."""

import datetime as dt
import re
from dataclasses import dataclass

from django.utils import timezone

from qiao.congress.models import Mandate, Term
from qiao.congress.numerals import chinese
from qiao.orgs.models import Congress, Level, Organ, OrganKind

from ..models import Kind, Opinion, Reply, ReplyState, Signature, Suggestion

DRAFT = "草稿 DRAFT"
NO_DATE = "　　年　月　日"
NO_NUMBER = "未编号"
PEOPLES_CONGRESS = "人民代表大会"
NAMED = 2
"""So many deputies are addressed by name; where there are more, the foot of the letter lists them all."""
NAMELESS = "一位"
"""In the place of the name of a deputy who is not named: 一位代表."""
BETWEEN = "　"
"""Between the names of organs at the head of a letter that several issue together (联合行文)."""
UNNAMED = f"{NAMELESS}代表（保密）"
KINDS = {Kind.SUGGESTION: "建议", Kind.CRITICISM: "批评", Kind.OPINION: "意见"}
RECEIVERS = [OrganKind.DEPUTY_AFFAIRS, OrganKind.STANDING_COMMITTEE, OrganKind.PRESIDIUM]
"""Who keeps a congress's copy: the first of these that it has."""

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""Characters that a document cannot hold, or that would print the text in another order than it was typed in."""


@dataclass(frozen=True)
class Letter:
    """A unit's formal reply, part by part in the order of the page (R3.42). Parts that are not known yet are empty."""

    name: str
    """What a file of it is called, without ending."""
    draft: str
    """The mark of a letter that nobody has signed; empty on an issued one."""
    publicity: str
    result: str
    mark: str
    document_no: str
    signer: str
    title: str
    addressees: str
    opening: str
    paragraphs: tuple[str, ...]
    closing: str
    unit: str
    units: tuple[str, ...]
    """Under the text one below the other: the unit, or all that answer together."""
    date: str
    contact: str
    recipients: str
    copies: str

    @property
    def foot(self) -> list[tuple[str, str]]:
        """The lines at the foot of the last page: their label and their text."""
        return [(label, text) for label, text in [("主送：", self.recipients), ("抄送：", self.copies)] if text]


@dataclass(frozen=True)
class Signer:
    """A joint signer as the suggestion's paper lists them."""

    name: str
    place: str
    date: str


@dataclass(frozen=True)
class Paper:
    """A suggestion as it was put forward: who asks for what, and when."""

    name: str
    draft: str
    occasion: str
    number: str
    kind: str
    topic: str
    title: str
    lead: str
    delegation: str
    card_no: str
    publicity: str
    submitted: str
    discussion: str
    """How the delegation that puts it forward discussed it; empty for deputies."""
    matter: tuple[str, ...]
    proposal: tuple[str, ...]
    signers: tuple[Signer, ...]

    @property
    def facts(self) -> list[tuple[str, str]]:
        """The lines at its head: their label and their text."""
        return [
            ("类别", self.kind),
            ("内容分类", self.topic or "未分类"),
            ("提出代表团" if self.discussion else "代表团", self.delegation or "—"),
            ("代表团团长" if self.discussion else "领衔代表", self.lead),
            *([("讨论情况", self.discussion)] if self.discussion else []),
            ("代表证号", self.card_no),
            ("是否公开", self.publicity),
            ("提交时间", self.submitted or "未提交"),
        ]


def reply_letter(reply: Reply, *, to: Mandate | None = None) -> Letter:
    """The letter of a reply, signed or still a draft: to all whom the unit answers, or ``to`` one of them by name (R3.43)."""
    assignment, suggestion = reply.assignment, reply.assignment.suggestion
    unit, issued = assignment.unit, reply.state == ReplyState.ISSUED
    units = tuple(line(one.unit.name) for one in reply.answerers)
    others = signatures(suggestion) if assignment.rules["cosigner_reply"] == "each" else []
    names = [suggestion.lead.person.name, *(signature.mandate.person.name for signature in others)]
    if to or suggestion.is_confidential:
        names = [to.person.name if to else NAMELESS]
    answer = "答复" if reply.round == 1 else "再次答复"
    return Letter(
        name=f"{label(suggestion)}建议{answer}函{f'（{line(to.person.name)}代表）' if to else ''}{'' if issued else '（草稿）'}",
        draft="" if issued else DRAFT,
        publicity="公开" if reply.may_publish else "不公开",
        result=result(reply),
        mark=BETWEEN.join(units),
        document_no=line(reply.document_no),
        signer="、".join(signers_of(reply)),
        title=f"关于{series(suggestion)}{bare_label(suggestion)}建议的{answer}",
        addressees=f"{line(suggestion.delegation.name)}：" if suggestion.delegation else addressees(names),
        opening=opening(
            suggestion,
            answer,
            many=len(names) > 1,
            part=assignment.part,
            jointly=to is not None and to != suggestion.lead and not suggestion.delegation_id,
        ),
        paragraphs=paragraphs(reply.text),
        closing=closing(many=len(names) > 1, delegation=suggestion.delegation_id is not None),
        unit="、".join(units),
        units=units,
        date=day(reply.issued_at) if issued else NO_DATE,
        contact=contact(line(reply.contact_person), line(reply.contact_phone or unit.phone)),
        recipients="、".join(map(line, names)) + "代表。" if len(names) > NAMED else "",
        copies="，".join(copies(suggestion.congress, unit.organ)) + "。",
    )


def signers_of(reply: Reply) -> list[str]:
    """Who has signed it; of units that answer together one each, in their order. Nobody before it is issued."""
    if reply.is_joint and reply.state == ReplyState.ISSUED:
        return [line(one.signed_by.person.name) for _unit, one in reply.signings if one]
    return [line(reply.signed_by.person.name)] if reply.signed_by else []


def opinion_letter(opinion: Opinion) -> Letter:
    """An assisting unit's opinion as a letter to the unit that answers the deputy (会办意见, R3.34)."""
    assignment, suggestion = opinion.assignment, opinion.assignment.suggestion
    lead = line(suggestion.unit.name) if suggestion.unit else ""
    where = f"{occasion(suggestion)}{'上' if suggestion.session else ''}"
    cited = f"《{line(suggestion.title)}》（{bare_label(suggestion)}）"
    who = NAMELESS if suggestion.is_confidential else line(suggestion.lead.person.name)
    return Letter(
        name=f"{label(suggestion)}建议会办意见（{line(assignment.unit.name)}）",
        draft="", publicity="", result="",
        mark=line(assignment.unit.name),
        document_no=line(opinion.document_no),
        signer="",
        title=f"关于{series(suggestion)}{bare_label(suggestion)}建议的会办意见",
        addressees=f"{lead}：" if lead else "",
        opening=f"{who}代表在{where}提出的{cited}收悉。经研究，现提出会办意见如下：",
        paragraphs=paragraphs(opinion.text),
        closing="以上意见供你单位答复代表时一并研究。",
        unit=line(assignment.unit.name),
        units=(line(assignment.unit.name),),
        date=day(opinion.given_at),
        contact=contact(line(opinion.contact_person), line(opinion.contact_phone or assignment.unit.phone)),
        recipients="", copies="",
    )  # fmt: skip


def suggestion_paper(suggestion: Suggestion, *, named: bool = True) -> Paper:
    """The paper of a suggestion, submitted or still a draft; without ``named`` nobody who signed is."""
    lead = suggestion.lead
    return Paper(
        name=f"{label(suggestion)}建议{'' if suggestion.submitted_at else '（草稿）'}",
        draft="" if suggestion.submitted_at else DRAFT,
        occasion=occasion(suggestion),
        number=label(suggestion),
        kind=KINDS[Kind(suggestion.kind)],
        topic=line(suggestion.topic.name) if suggestion.topic else "",
        title=line(suggestion.title),
        lead=line(lead.person.name) if named else UNNAMED,
        delegation=line(lead.delegation.name) if named and lead.delegation else "",
        card_no=line(lead.card_no) if named else "—",
        publicity="同意公开" if suggestion.may_publish else "不同意公开",
        submitted=moment(suggestion.submitted_at),
        discussion=discussed(suggestion),
        matter=paragraphs(suggestion.matter),
        proposal=paragraphs(suggestion.proposal),
        signers=tuple(signer(signature) for signature in signatures(suggestion)) if named else (),
    )


# --- text as it was typed -----------------------------------------------------------------------------------------------------


def line(text: str) -> str:
    """A text of one line, without what cannot be printed."""
    return _UNPRINTABLE.sub("", " ".join(text.split()))


def paragraphs(text: str) -> tuple[str, ...]:
    """A text of several lines, each a paragraph; the indents and empty lines people type are the form's own work."""
    lines = (_UNPRINTABLE.sub("", part.replace("\t", " ")).strip() for part in text.splitlines())
    return tuple(part for part in lines if part)


def day(at: dt.datetime | None) -> str:
    """A date as official documents write it: 2026年11月24日."""
    if at is None:
        return ""
    local = timezone.localtime(at)
    return f"{local.year}年{local.month}月{local.day}日"


def moment(at: dt.datetime | None) -> str:
    """A date and the time of day."""
    return f"{day(at)} {timezone.localtime(at):%H:%M}" if at else ""


# --- numbers and names --------------------------------------------------------------------------------------------------------


def discussed(suggestion: Suggestion) -> str:
    """How the delegation that puts it forward discussed it, with the count."""
    if suggestion.delegation_id is None:
        return ""
    held = getattr(suggestion, "discussion", None)
    if held is None:
        return "未登记"
    when = f"{held.on.year}年{held.on.month}月{held.on.day}日"
    return f"{when}经代表团全体会议讨论，到会{held.present}人，赞成{held.in_favour}人，反对{held.against}人"


def label(suggestion: Suggestion) -> str:
    """The number as the congress writes it, whole: it also tells numbers given between sessions apart."""
    return line(suggestion.number_label) or (f"第{suggestion.number}号" if suggestion.number else NO_NUMBER)


def bare_label(suggestion: Suggestion) -> str:
    """The number where the words before it say already that the congress was not sitting."""
    return label(suggestion).removeprefix("闭会期间").removeprefix("闭会")


def series(suggestion: Suggestion) -> str:
    """The session in the short form of titles: 十四届人大三次会议, or 十四届人大闭会期间."""
    body = "全国人大" if suggestion.congress.level == Level.NATION else "人大"
    sitting = f"{chinese(suggestion.session.number)}次会议" if suggestion.session else "闭会期间"
    return f"{chinese(suggestion.term.number)}届{body}{sitting}"


def congress_of(congress: Congress, term: Term) -> str:
    """A congress of one term by its full name: 临桥市第十四届人民代表大会."""
    place, found, _rest = congress.name.rpartition(PEOPLES_CONGRESS)
    return f"{place}{term}{PEOPLES_CONGRESS}" if found and congress.level != Level.NATION else f"{term}{congress.name}"


def occasion(suggestion: Suggestion) -> str:
    """The session in full, or that it was put forward between sessions."""
    sitting = f"第{chinese(suggestion.session.number)}次会议" if suggestion.session else "闭会期间"
    return f"{line(congress_of(suggestion.congress, suggestion.term))}{sitting}"


def result(reply: Reply) -> str:
    """The class with its meaning in the scheme: the letter means nothing without it (R3.47)."""
    meaning = line(reply.result_class.get("label", ""))
    return f"{reply.result}（{meaning}）" if meaning else line(reply.result)


# --- sentences ----------------------------------------------------------------------------------------------------------------


def signatures(suggestion: Suggestion) -> list[Signature]:
    """The consents that count, in the order they were asked for."""
    signed = suggestion.signatures.confirmed()
    return list(signed.select_related("mandate__person", "mandate__delegation"))


def signer(signature: Signature) -> Signer:
    """One line of the list of joint signers."""
    mandate = signature.mandate
    place = [line(mandate.delegation.name)] if mandate.delegation else []
    return Signer(line(mandate.person.name), "，".join([*place, f"代表证号{line(mandate.card_no)}"]), day(signature.at))


def addressees(names: list[str]) -> str:
    """Whom the letter is to (R3.43): the first two by name, the others as 等."""
    others = "等" if len(names) > NAMED else ""
    return f"{'、'.join(map(line, names[:NAMED]))}{others}代表："


def opening(suggestion: Suggestion, answer: str, *, many: bool, jointly: bool = False, part: str = "") -> str:
    """What is answered; ``jointly`` to one who signed with the lead deputy; only the ``part`` for which the unit answers (分办)."""
    lead = f"与{line(suggestion.lead.person.name)}代表" if jointly else ""
    you = "你团" if suggestion.delegation_id else "各位代表" if many else f"您{lead}"
    when = "上" if suggestion.session else ""
    of_part = f"就“{line(part)}”部分" if part else ""
    return (
        f"{you}在{occasion(suggestion)}{when}提出的《{line(suggestion.title)}》（{bare_label(suggestion)}）收悉。现{of_part}{answer}如下："
    )


def closing(*, many: bool, delegation: bool = False) -> str:
    """Thanks, and asking for the opinion of the deputy or the delegation."""
    you = "你团" if delegation else "各位代表" if many else "您"
    return f"感谢{you}对我们工作的关心和支持。{you}对以上答复有何意见，请予评价反馈。"


def contact(person: str, phone: str) -> str:
    """Whom to ask, as a note under the date."""
    known = [f"{what}：{who}" for what, who in [("联系人", person), ("联系电话", phone)] if who]
    return f"（{'；'.join(known)}）" if known else ""


def copies(congress: Congress, of_unit: Organ | None) -> list[str]:
    """Who else gets the letter: the congress's organ for deputies and, from a unit of the government, the government's office."""
    organs = list(congress.organs.order_by("id"))
    first: dict[str, Organ] = {}
    for organ in organs:
        first.setdefault(organ.kind, organ)
    receiver = next((line(first[kind].name) for kind in RECEIVERS if kind in first), line(congress.name))
    if of_unit and of_unit.kind != OrganKind.GOVERNMENT:
        return [receiver]
    government = of_unit or first.get(OrganKind.GOVERNMENT)
    office = "办公厅" if congress.level in {Level.NATION, Level.PROVINCE} else "办公室"
    return [receiver, *([f"{line(government.name)}{office}"] if government else [])]
