"""Forms to print, fill in by hand and sign: the record of a face-to-face reply (R3.45), the evaluation on paper (R3.52)."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from ..models import Assignment, Clock, ClockKind, FaceReply, Reply, Suggestion
from .content import NO_DATE, RECEIVERS, UNNAMED, label, line, occasion, paragraphs, result

HAND = "　"
"""What is printed where somebody writes by hand."""


@dataclass(frozen=True)
class Part:
    """A ruled box: its heading, what stands in it, or so many empty lines to write on."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    lines: int = 0


@dataclass(frozen=True)
class Question:
    """A row of boxes to tick."""

    label: str
    choices: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """A form of one page: head, facts, questions, boxes, signatures, a note at the foot, and an address to scan."""

    name: str
    title: str
    number: str
    facts: tuple[tuple[str, str], ...]
    questions: tuple[Question, ...]
    parts: tuple[Part, ...]
    signatures: tuple[str, ...]
    note: str
    address: str
    """What the picture to scan leads to."""


def _about(suggestion: Suggestion) -> list[tuple[str, str]]:
    lead = suggestion.lead
    leads = "代表团" if suggestion.delegation_id else "领衔代表"
    place = [line(lead.delegation.name)] if lead.delegation else []
    return [
        ("建议题目", line(suggestion.title)),
        ("提出届次", occasion(suggestion)),
        (leads, UNNAMED if suggestion.is_confidential else "，".join([line(lead.person.name), *place])),
    ]


def _day(on: dt.date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"


def face_reply_sheet(assignment: Assignment, record: FaceReply | None, *, address: str) -> Sheet:
    """The record of a meeting: as it was kept, or empty to be written on at the table."""
    suggestion = assignment.suggestion
    written = bool(record)
    return Sheet(
        name=f"{label(suggestion)}建议当面答复记录{'' if written else '（空白）'}",
        title="当面答复代表建议、批评和意见记录",
        number=label(suggestion),
        facts=(
            *_about(suggestion),
            ("承办单位", line(assignment.unit.name)),
            ("时间", _day(record.on) if record else NO_DATE),
            ("地点", line(record.place) if record else HAND),
            ("承办单位参加人员", line(record.unit_people) if record else HAND),
            ("参加代表", line(record.deputies) if record else HAND),
        ),
        questions=(),
        parts=(
            Part("答复内容", paragraphs(record.said) if record else (), 0 if written else 8),
            Part("代表意见", paragraphs("\n".join([record.opinion, record.remark])) if record else (), 3),
        ),
        signatures=("承办单位负责人（签名）", "代表（签名）", "日期"),
        note="本记录经代表签名后由承办单位存档，扫描件上传代表工作平台。",
        address=address,
    )


def evaluation_sheet(suggestion: Suggestion, reply: Reply, *, address: str) -> Sheet:
    """The form on which a deputy evaluates a reply by hand, to be returned to the congress and not to the unit."""
    rules, unit = reply.assignment.rules, reply.unit_names
    scale = tuple(entry["label"] for entry in rules["evaluation_scale"])
    asked = "、".join(entry["label"] for entry in rules["evaluation_scale"] if entry["code"] in rules["reason_required_on"])
    answered = timezone.localtime(reply.issued_at).date() if reply.issued_at else None
    return Sheet(
        name=f"{label(suggestion)}建议办理情况评价表",
        title="代表建议、批评和意见办理情况评价表",
        number=label(suggestion),
        facts=(
            *_about(suggestion),
            ("承办单位", line(unit)),
            ("答复", "，".join(part for part in [line(reply.document_no), _day(answered) if answered else ""] if part)),
            ("办理结果", result(reply)),
        ),
        questions=tuple(Question(entry["label"], scale) for entry in rules["evaluation_dimensions"]),
        parts=(Part("意见和理由" + (f"（评价为“{asked}”的，请务必填写）" if asked else ""), (), 7),),
        signatures=("代表团团长（签名）" if suggestion.delegation_id else "代表（签名）", "日期"),
        note=_return_by(suggestion),
        address=address,
    )


def _return_by(suggestion: Suggestion) -> str:
    """By when and to whom; whoever can, evaluates by scanning."""
    limit = Clock.objects.running().filter(suggestion=suggestion, kind=ClockKind.EVALUATION).first()
    by = f"请于{_day(limit.due)}前" if limit else "请"
    organs = {organ.kind: organ.name for organ in suggestion.congress.organs.order_by("-id")}
    receiver = next((line(organs[kind]) for kind in RECEIVERS if kind in organs), line(suggestion.congress.name))
    return f"{by}将本表寄回{receiver}，不经承办单位转交；也可扫描右上角图码在线评价。承办单位不得以任何方式影响代表评价。"
