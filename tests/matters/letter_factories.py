"""A congress with a suggestion and a reply, as rows and without their history: what letters are made of."""

import datetime as dt
from itertools import count

from qiao.accounts.models import Person, User
from qiao.congress.models import Delegation, District, Mandate, Session, Term
from qiao.matters.models import Assignment, Reply, Signature, Suggestion, Topic
from qiao.orgs.models import Area, Congress, Level, Organ, Unit
from qiao.rulebook.catalogue import CATALOGUE

OPENS = dt.date(2026, 2, 6)
SUBMITTED = dt.datetime(2026, 2, 7, 2, 30, tzinfo=dt.UTC)
ISSUED = dt.datetime(2026, 11, 23, 16, 30, tzinfo=dt.UTC)  # half past midnight on the 24th where the congress sits
_numbers = count(1)


def congress(name="临桥市人民代表大会", level=Level.PREFECTURE, organs=()):
    area = Area.objects.create(code=f"{next(_numbers):04}", name="临桥市", level=level, valid_from=OPENS)
    made = Congress.objects.create(area=area, level=level, name=name, short_name=name[:20])
    for kind, called in organs:
        Organ.objects.create(congress=made, kind=kind, name=called)
    return made


def mandate(term, name, delegation=None):
    number = next(_numbers)
    return Mandate.objects.create(
        congress=term.congress, term=term, person=Person.objects.create(name=name), delegation=delegation, card_no=f"{number:04}",
        district=District.objects.create(term=term, name=f"第{number}选区"), elected_on=OPENS,
    )  # fmt: skip


def suggestion(body=None, *, sitting=True, lead="张桥生", signers=(), **facts):
    body = body or congress()
    term = Term.objects.create(congress=body, number=14, starts=OPENS)
    session = Session.objects.create(congress=body, term=term, number=3, opens=OPENS, closes=OPENS) if sitting else None
    delegation = Delegation.objects.create(term=term, name="石栏区代表团")
    made = Suggestion.objects.create(
        **{
            "congress": body, "term": term, "session": session, "lead": mandate(term, lead, delegation), "state": "registered",
            "title": "关于延长校门前行人绿灯的建议", "matter": "路宽。\n灯短。", "proposal": "一是延长。\n二是值守。", "number": 12,
            "number_label": "第12号" if sitting else "闭会第12号", "submitted_at": SUBMITTED,
            "topic": Topic.objects.create(congress=body, name="交通出行"),
        }
        | facts
    )  # fmt: skip
    for name in signers:
        sign(made, name)
    return made


def sign(made, name, state="confirmed"):
    signer = mandate(made.term, name, made.lead.delegation)
    return Signature.objects.create(suggestion=made, mandate=signer, state=state, version=1, at=SUBMITTED)


def unit(body, name="临桥市公安局", **facts):
    return Unit.objects.create(congress=body, name=name, active_from=OPENS, **facts)


def reply(of=None, *, by=None, scheme=None, **facts):
    of = of or suggestion()
    by = by or unit(of.congress)
    scheme = scheme or CATALOGUE["result_scheme"].default
    rules = {"result_scheme": {"value": scheme, "source": "tests"}}
    handed = Assignment.objects.create(suggestion=of, unit=by, assigned_on=OPENS, rule_snapshot=rules)
    signer = User.objects.create(login=f"signer{next(_numbers)}", person=Person.objects.create(name="周国栋"))
    return Reply.objects.create(
        **{
            "assignment": handed, "text": "已经延长。\n已经值守。", "result": "A", "document_no": "临公函〔2026〕38号",
            "contact_person": "王芳", "contact_phone": "0999-1234567", "state": "issued", "issued_at": ISSUED, "signed_by": signer,
        }
        | facts
    )  # fmt: skip


def draft_reply(of=None, **facts):
    return reply(of, state="draft", issued_at=None, signed_by=None, **facts)
