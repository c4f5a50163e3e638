"""Who is let in where: every address of suggestions, home and account, for every role, looking and sending."""

import html

import pytest
from django.db import transaction
from django.test import Client, override_settings
from django.urls import get_resolver, reverse

from qiao.kernel import clock
from qiao.matters import operations
from qiao.matters.models import Evaluation, Opinion, Reply, Signature
from qiao.rulebook.operations import draft_calendar_year, load_calendar_year
from tests.files import factories as files
from tests.world import SYSTEM

from .test_tables import TABLE

pytestmark = [pytest.mark.django_db, pytest.mark.capability("M1")]

ROLES = ["anonymous", "deputy", "clerk", "handler", "other_clerk", "leader"]
DOOR = 302  # to the page for signing in
EVERYBODY = [200] * 6
NEVER = [405] * 6
INSIDE = [DOOR, 200, 200, 200, 200, 200]
ONLY_LOOK = [DOOR, 405, 405, 405, 405, 405]
READERS = [DOOR, 200, 200, 200, 404, 200]
MINE, MINE_SENT = [DOOR, 200, 404, 404, 404, 404], [DOOR, 302, 404, 404, 404, 404]
MOVED = [DOOR, 409, 403, 403, 404, 403]


def staff(code, unit=404):
    """The congress's staff may; deputy and leader see it and may not."""
    return [DOOR, 403, code, unit, 404, 403]


def unit(code):
    """The unit's handler may."""
    return [DOOR, 403, 403, code, 404, 403]


def lead(code):
    """The lead deputy may, of what all see."""
    return [DOOR, code, 403, 403, 404, 403]


# address, what it is about, looking, sending
DOORS = [
    ("web:home", None, INSIDE, ONLY_LOOK),
    ("web:help", None, EVERYBODY, NEVER),
    ("web:healthz", None, EVERYBODY, NEVER),
    ("web:readyz", None, EVERYBODY, NEVER),
    ("web:metrics", None, [404] * 6, NEVER),  # no token is set
    ("web:prefer", None, NEVER, [302] * 6),
    ("accounts:sign_in", None, EVERYBODY, [422] * 6),
    ("accounts:sign_out", None, NEVER, [302] * 6),
    ("accounts:switch", None, ONLY_LOOK, [DOOR, 404, 404, 404, 404, 404]),
    ("accounts:password", None, INSIDE, [DOOR, 422, 422, 422, 422, 422]),
    ("matters:public", None, EVERYBODY, NEVER),
    ("matters:public_detail", "published", EVERYBODY, NEVER),
    ("matters:public_detail", "closed", [404] * 6, NEVER),
    ("matters:public_json", "published", EVERYBODY, NEVER),
    ("matters:public_json", "closed", [404] * 6, NEVER),
    ("matters:index", None, INSIDE, ONLY_LOOK),
    ("matters:figures", None, [DOOR, 403, 200, 200, 200, 200], ONLY_LOOK),
    ("matters:new", None, [DOOR, 200, 403, 403, 403, 403], [DOOR, 422, 403, 403, 403, 403]),
    ("matters:similar", None, INSIDE, ONLY_LOOK),
    ("matters:detail", "handling", READERS, ONLY_LOOK),
    ("matters:detail", "draft", MINE, ONLY_LOOK),
    ("matters:detail", "submitted", [DOOR, 200, 200, 404, 404, 200], ONLY_LOOK),
    ("matters:edit", "draft", MINE, [DOOR, 422, 404, 404, 404, 404]),
    ("matters:edit", "handling", MOVED, MOVED),
    ("matters:invite", "draft", MINE, [DOOR, 422, 404, 404, 404, 404]),
    ("matters:invite", "handling", MOVED, MOVED),
    ("matters:attach", "draft", ONLY_LOOK, [DOOR, 422, 404, 404, 404, 404]),
    ("matters:evaluate", "replied", lead(200), lead(422)),
    ("matters:evaluate", "handling", MOVED, MOVED),
    ("matters:public_copy", "closed", staff(200, unit=403), ONLY_LOOK),
    ("matters:suggestion_pdf", "handling", READERS, ONLY_LOOK),
    ("matters:download", "file", MINE, ONLY_LOOK),
    ("matters:remove_attachment", "file", ONLY_LOOK, MINE_SENT),
    ("matters:draft_reply", "handling's assignment", unit(200), unit(422)),
    ("matters:revise_reply", "reply drafted", [DOOR, 404, 404, 200, 404, 404], [DOOR, 404, 404, 422, 404, 404]),
    ("matters:attach_to_reply", "reply drafted", ONLY_LOOK, [DOOR, 404, 404, 422, 404, 404]),
    ("matters:reply_pdf", "reply issued", READERS, ONLY_LOOK),
    ("matters:reply_docx", "reply issued", READERS, ONLY_LOOK),
    ("matters:reply_pdf", "reply drafted", [DOOR, 404, 404, 200, 404, 404], ONLY_LOOK),
    ("matters:evaluation_form", "replied", READERS, ONLY_LOOK),
    ("matters:scanned_evaluation", "evaluation on paper", [DOOR, 200, 200, 404, 404, 200], ONLY_LOOK),
    ("matters:face_reply_form", "handling's assignment", READERS, ONLY_LOOK),
    ("matters:face_reply_record", "face reply", READERS, ONLY_LOOK),
    ("matters:face_reply_docx", "face reply", READERS, ONLY_LOOK),
    ("matters:signed_record", "face reply", READERS, ONLY_LOOK),
    ("matters:addressee_pdf", "addressee", READERS, ONLY_LOOK),
    ("matters:addressee_docx", "addressee", READERS, ONLY_LOOK),
    ("matters:opinion_pdf", "opinion", [DOOR, 404, 200, 200, 404, 200], ONLY_LOOK),
    ("matters:opinion_docx", "opinion", [DOOR, 404, 200, 200, 404, 200], ONLY_LOOK),
    ("matters:why", "clock", READERS, ONLY_LOOK),
    ("matters:clocks", "handling", READERS, ONLY_LOOK),
    ("matters:clocks_pdf", "handling", READERS, ONLY_LOOK),
    ("matters:rules", "handling's assignment", READERS, ONLY_LOOK),
    ("matters:tables", None, INSIDE, ONLY_LOOK),
    ("matters:topics", None, [DOOR, 403, 200, 403, 200, 403], [DOOR, 403, 422, 403, 422, 403]),
    ("matters:rename_topic", "topic", staff(200, 403), staff(422, 403)),
    ("matters:strike_topic", "topic", ONLY_LOOK, staff(302, 403)),
    ("matters:table_file", "year", INSIDE, ONLY_LOOK),
    ("matters:table_new", None, [DOOR, 403, 403, 403, 403, 403], [DOOR, 403, 403, 403, 403, 403]),
    ("matters:table", "table", [DOOR, 404, 200, 404, 200, 404], [DOOR, 404, 422, 404, 422, 404]),
    ("suggestion.submit", "draft", MINE, MINE_SENT),
    ("suggestion.discard", "draft", MINE, MINE_SENT),
    ("suggestion.withdraw", "handling", lead(200), lead(422)),
    ("suggestion.withdraw", "closed", MOVED, MOVED),
    ("suggestion.register", "submitted", staff(200), staff(422)),
    ("suggestion.register", "handling", staff(409, unit=403), staff(409, unit=403)),
    ("suggestion.give_back", "submitted", staff(200), staff(422)),
    ("suggestion.refuse", "submitted", staff(200), staff(422)),
    ("suggestion.assign", "registered", staff(200), staff(422)),
    ("suggestion.order_rehandling", "dissatisfied", staff(200, unit=403), staff(422, unit=403)),
    ("suggestion.convene", "dissatisfied", staff(403, unit=403), staff(403, unit=403)),
    ("suggestion.conclude", "escalated", staff(200, unit=403), staff(422, unit=403)),
    ("suggestion.close_explained", "dissatisfied", staff(200, unit=403), staff(422, unit=403)),
    ("suggestion.close_unrated", "replied", staff(200, unit=403), staff(422, unit=403)),
    ("suggestion.open_evaluation", "sealed", staff(200, unit=403), staff(302, unit=403)),
    ("suggestion.publish", "closed", staff(200, unit=403), staff(422, unit=403)),
    ("suggestion.answer", "handling", [DOOR, 404, 404, 404, 404, 404], [DOOR, 404, 404, 404, 404, 404]),
    ("suggestion.revise", "draft", [DOOR, 404, 404, 404, 404, 404], [DOOR, 404, 404, 404, 404, 404]),
    ("suggestion.explode", "handling", [DOOR, 404, 404, 404, 404, 404], [DOOR, 404, 404, 404, 404, 404]),
    ("signature.confirm", "signature", [DOOR, 403, 404, 404, 404, 404], [DOOR, 403, 404, 404, 404, 404]),
    ("signature.decline", "signature", [DOOR, 403, 404, 404, 404, 404], [DOOR, 403, 404, 404, 404, 404]),
    ("signature.revoke", "signature", MINE, MINE_SENT),
    ("signature.ask_again", "signature", [DOOR, 409, 404, 404, 404, 404], [DOOR, 409, 404, 404, 404, 404]),
    ("signature.void", "signature", [DOOR, 404, 404, 404, 404, 404], [DOOR, 404, 404, 404, 404, 404]),
    ("assignment.sign_for", "assigned's assignment", unit(403), unit(403)),
    ("assignment.request_return", "assigned's assignment", unit(403), unit(403)),
    ("assignment.grant_return", "return_requested's assignment", staff(200, unit=403), staff(302, unit=403)),
    ("assignment.refuse_return", "return_requested's assignment", staff(200, unit=403), staff(422, unit=403)),
    ("assignment.record_contact", "handling's assignment", unit(200), unit(422)),
    ("assignment.give_opinion", "assisting assignment", unit(403), unit(403)),
    ("assignment.ask_opinion_again", "opinion's assignment", unit(200), unit(422)),
    ("reply.request_approval", "reply drafted", [DOOR, 404, 404, 200, 404, 404], [DOOR, 404, 404, 302, 404, 404]),
    ("reply.send_back", "reply approval", [DOOR, 404, 404, 403, 404, 404], [DOOR, 404, 404, 403, 404, 404]),
    ("reply.issue", "reply approval", [DOOR, 404, 404, 403, 404, 404], [DOOR, 404, 404, 403, 404, 404]),
    ("assignment.record_face_reply", "handling's assignment", unit(200), unit(422)),
    ("face_reply.confirm", "face reply", lead(200), lead(302)),
    ("face_reply.keep_copy", "face reply", [DOOR, 403, 200, 200, 404, 403], [DOOR, 403, 422, 422, 404, 403]),
    ("suggestion.record_evaluation", "replied", staff(200, unit=403), staff(422, unit=403)),
    ("addressee.receive", "addressee", lead(200), lead(302)),
    ("addressee.record_receipt", "addressee", staff(200, unit=403), staff(422, unit=403)),
    ("reply.remind", "reply issued", staff(200, unit=403), staff(302, unit=403)),
    ("reply.pass_on", "reply issued", staff(403, unit=403), staff(403, unit=403)),
    ("reply.send_to_each", "reply issued", staff(403, unit=403), staff(403, unit=403)),
    ("contact.confirm", "contact", lead(200), lead(302)),
    ("assignment.ask_extension", "handling's assignment", unit(200), unit(422)),
    ("assignment.object", "assigned's assignment", lead(200), lead(422)),
    ("objection.keep", "objection", staff(200, unit=403), staff(422, unit=403)),
    ("objection.uphold", "objection", staff(200, unit=403), staff(422, unit=403)),
    ("redaction.undo", "redaction", [DOOR, 404, 200, 404, 404, 403], [DOOR, 404, 302, 404, 404, 403]),
    ("clock.pause", "clock of contact", staff(200, unit=403), staff(422, unit=403)),
    ("clock.resume", "clock of contact", staff(403, unit=403), staff(403, unit=403)),
    ("clock.bring_forward", "clock of reply", staff(200, unit=403), staff(422, unit=403)),
    ("extension.grant", "extension", staff(200, unit=403), staff(422, unit=403)),
    ("extension.refuse", "extension", staff(200, unit=403), staff(422, unit=403)),
]


@pytest.fixture(scope="module")
def _things(_built, _brought, tmp_path_factory):
    """What the addresses are about."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("files")):
        contacted, asked = _built.contacted(), _built.return_requested()
        upload = files.upload(files.pdf())
        opinion = Opinion.objects.get(assignment__suggestion=_built.opined())
        yield {
            **_brought,
            "published": _built.published(),
            "sealed": _built.sealed(),
            "file": operations.attach(_brought["draft"], actor=_built.actors["deputy"], upload=upload),
            "signature": Signature.objects.get(suggestion=_brought["cosigning"]),
            "clock": _brought["handling"].clocks.first(),
            **{f"clock of {kind}": _brought["handling"].clocks.get(kind=kind) for kind in ("contact", "reply")},
            "objection": _built.objected().assignments.get().objection,
            "extension": _built.extension_requested().assignments.get().extensions.get(),
            "opinion": opinion,
            "table": draft_calendar_year(None, actor=SYSTEM, **TABLE),
            "year": load_calendar_year(None, actor=SYSTEM, **TABLE),
            "redaction": operations.redact(
                _brought["closed"], actor=_built.actors["clerk"], place="matter", passage="路灯", ground="privacy"
            ),
            "opinion's assignment": opinion.assignment,
            "assisting assignment": _built.assisted().assignments.get(role="assist"),
            "contact": contacted.assignments.get().contacts.get(),
            "return_requested's assignment": asked.assignments.get(),
            **{f"{state}'s assignment": _brought[state].assignments.get() for state in ("assigned", "handling")},
            "face reply": _met(_built),
            "topic": operations.add_topic(_built.congress, actor=_built.actors["clerk"], name="城乡建设"),
            "evaluation on paper": _evaluated_on_paper(_built),
            "addressee": _reply(_brought["replied"]).addressees.get(),
            "reply drafted": _reply(_built.drafted()),
            "reply approval": _reply(_built.approval()),
            "reply issued": _reply(_brought["replied"]),
        }


def _met(world):
    """The signed record of a face-to-face reply."""
    made = world.met().assignments.get().face_replies.get()
    return operations.keep_signed_copy(made, actor=world.actors["handler"], upload=files.upload(files.pdf()))


def _evaluated_on_paper(world):
    """Under seal, as the congress has sealed since its first sealed one, with its scan."""
    said = {"ratings": world.ratings("satisfied"), "paper_on": clock.today(), "scan": files.upload(files.pdf())}
    s = operations.record_evaluation(world.replied(), actor=world.actors["clerk"], **said)
    return Evaluation.objects.get(reply__assignment__suggestion=s)


def _reply(suggestion):
    return Reply.objects.get(assignment__suggestion=suggestion)


@pytest.fixture(scope="module")
def _keys(_built, _brought):
    """The session of each role."""
    keys = {}
    for role in ROLES[1:]:
        client = Client()
        client.force_login(_built.actors[role].user)
        keys[role] = client.cookies["sessionid"].value
    return keys


def entering(keys, role, **more):
    client = Client(**more)
    client.cookies["qiao_language"] = "en"
    if role != "anonymous":
        client.cookies["sessionid"] = keys[role]
    return client


def address(name, about):
    if ":" in name:
        return reverse(name, args=[about.pk] if about else [])
    noun, verb = name.split(".")
    return reverse(f"matters:{noun}_act", args=[about.pk, verb])


@pytest.mark.parametrize(("name", "about", "looking", "sending"), DOORS, ids=[f"{d[0]}-{d[1]}" for d in DOORS])
def test_each_role_is_let_in_where_it_belongs(_things, _keys, db, name, about, looking, sending):
    url = address(name, _things[about] if about else None)
    seen = [entering(_keys, role).get(url) for role in ROLES]
    assert [answer.status_code for answer in seen] == looking
    assert_said(seen)
    for role, expected in zip(ROLES, sending, strict=True):
        with transaction.atomic():
            answer = entering(_keys, role).post(url, {"x": "1"})
            transaction.set_rollback(True)
        assert (role, answer.status_code) == (role, expected)
        assert_said([answer])


def assert_said(answers):
    """A refusal says why; a stranger is led to the door."""
    for answer in answers:
        if answer.streaming:
            list(answer.streaming_content)
        body = html.unescape(answer.content.decode()) if answer.status_code in {403, 409} else ""
        if answer.status_code == 403:
            assert "data-reason" in body
            assert "Your present post does not allow this." not in body
        elif answer.status_code == 409:
            assert "Not possible in the state" in body
        elif answer.status_code == 302 and "sessionid" not in answer.wsgi_request.COOKIES:
            assert answer.url.startswith("/")


def test_a_stranger_is_led_to_the_page_for_signing_in_and_back(_things, db):
    url = address("matters:detail", _things["handling"])
    assert Client().get(url).url == f"{reverse('accounts:sign_in')}?next={url}"


def test_the_table_names_every_address():
    named = {name for name, *_rest in DOORS}
    for space in ("matters", "web"):  # those of accounts and posts stand in tests/accounts/test_doors.py
        resolver = next(r for r in walk(get_resolver()) if getattr(r, "namespace", None) == space)
        names = {p.name for p in resolver.url_patterns}
        acts = {name for name in names if name.endswith("_act")}
        assert {f"{space}:{name}" for name in names - acts} <= named
        assert {name.removesuffix("_act") for name in acts} <= {name.split(".")[0] for name in named if "." in name}


def walk(resolver):
    for one in resolver.url_patterns:
        yield one
        if hasattr(one, "url_patterns"):
            yield from walk(one)


@pytest.mark.parametrize("number", ["0", "99999999", "9" * 30])
@pytest.mark.parametrize(
    "name", ["matters:detail", "matters:edit", "matters:why", "matters:download", "matters:public_detail", "matters:revise_reply"]
)
def test_what_is_not_there_is_not_there_however_large_its_number(_keys, db, name, number):
    assert entering(_keys, "deputy").get(reverse(name, args=[1]).replace("/1/", f"/{number}/")).status_code == 404


@pytest.mark.parametrize("role", ROLES)
def test_a_form_without_its_token_is_refused(_things, _keys, db, role):
    client = entering(_keys, role, enforce_csrf_checks=True)
    answer = client.post(address("suggestion.assign", _things["registered"]), {"unit": "1"})
    assert answer.status_code == 403
    assert "no longer valid" in answer.content.decode()
