"""Confidentiality: whoever reads whatever page comes no nearer to who has signed; the signers themselves and a reason given apart (R3.63)."""

import datetime as dt
from html import unescape
from urllib.parse import quote

import pytest
from django.db import connection, transaction
from django.urls import reverse

from qiao.congress import operations as body
from qiao.journal import evidence
from qiao.journal.listing import cells
from qiao.kernel import clock
from qiao.kernel.errors import NotAllowed, Unfit
from qiao.kernel.models import Entry
from qiao.matters import operations
from qiao.matters.letters.content import opinion_letter, reply_letter, suggestion_paper
from qiao.matters.letters.sheets import evaluation_sheet
from qiao.matters.models import Attachment, Suggestion
from qiao.notices.models import Notice
from qiao.orgs import operations as orgs
from qiao.privacy import operations as privacy
from qiao.privacy.models import Reading
from qiao.web.indexing import document
from tests.files.factories import pdf, upload
from tests.world import REPLY, SINCE, SYSTEM, person_with_post, rule

from .given import entry, later, refused, told
from .test_seal import walk

pytestmark = [pytest.mark.django_db, pytest.mark.capability("T4"), pytest.mark.usefixtures("english")]
WHY = {"reason": "举报的企业是我的用人单位。"}


@pytest.fixture
def full(world):
    """The world with a fourth deputy, in a session that sits."""
    world.actors["deputy4"] = person_with_post(world.congress, "deputy", "deputy4")
    world.mandates["deputy4"] = body.enter_mandate(
        world.term, actor=SYSTEM, person=world.actors["deputy4"].user.person, electing_unit=world.mandates["deputy"].electing_unit,
        card_no="004", elected_on=SINCE, delegation=world.term.delegations.first(),
    )  # fmt: skip
    today = clock.today()
    body.convene(world.term, actor=SYSTEM, number=1, opens=today, closes=today + dt.timedelta(days=9))
    return world


def name_of(world, role):
    return world.actors[role].user.person.name


def answered(world, lead="deputy", joint="deputy2"):
    """A confidential suggestion of these two with a file that bears a name, answered."""
    deputy, clerk, handler = world.actors[lead], world.actors["clerk"], world.actors["handler"]
    s = operations.draft(world.congress, actor=deputy, title="关于治理废气的建议", matter="夜间有刺鼻气味。", proposal="请查明来源。")
    s = operations.invite(s, actor=deputy, mandates=[world.mandates[joint]])
    operations.attach(s, actor=deputy, upload=upload(pdf(), name=f"{deputy.user.person.name}的材料.pdf"))
    operations.confirm(s.signatures.get(), actor=world.actors[joint], version=s.version)
    s = operations.ask_confidentiality(s, actor=deputy, **WHY)
    s = operations.register(operations.submit(s, actor=deputy), actor=clerk)
    s = operations.assign(s, actor=clerk, unit=world.unit, assisting=[(world.unit2, "")])
    for role, unit in (("liaison", world.unit), ("liaison2", world.unit2)):
        operations.sign_for(s.assignments.get(unit=unit), actor=world.actors[role])
    operations.give_opinion(s.assignments.get(unit=world.unit2), actor=world.actors["handler2"], text="配合检查。")
    handed = s.assignments.get(unit=world.unit)
    operations.record_contact(handed, actor=handler, mode="staff", on=clock.today(), who="人大工作人员", content="已转达。")
    reply = operations.draft_reply(handed, actor=handler, mentions_opinions=True, **REPLY)
    operations.request_approval(reply, actor=handler)
    operations.issue(reply, actor=world.actors["signer"], document_no="测函〔2026〕1号", secrecy_checked=True)
    operations.confirm_contact(handed.contacts.get(), actor=deputy)
    return Suggestion.objects.get(pk=s.pk)


def answered_by_departments(world, lead="deputy", joint="deputy2"):
    """A confidential suggestion of these two that an office dispatched to two departments, which answered in person and together."""
    deputy, clerk = world.actors[lead], world.actors["clerk"]
    world.unit, world.unit2 = (orgs.correct_unit(unit, actor=SYSTEM, coordinator=world.office) for unit in (world.unit, world.unit2))
    s = operations.draft(world.congress, actor=deputy, title="关于治理噪声的建议", matter="夜间有施工噪声。", proposal="请限时施工。")
    s = operations.invite(s, actor=deputy, mandates=[world.mandates[joint]])
    operations.confirm(s.signatures.get(), actor=world.actors[joint], version=s.version)
    s = operations.register(operations.submit(operations.ask_confidentiality(s, actor=deputy, **WHY), actor=deputy), actor=clerk)
    office = operations.assign(s, actor=clerk, unit=world.office).assignments.get()
    operations.dispatch(office, actor=world.actors["dispatcher"], unit=world.unit2)
    operations.recall(office, actor=world.actors["dispatcher"], note="应由两个部门会同办理。")
    operations.dispatch(office, actor=world.actors["dispatcher"], unit=world.unit, joint=[world.unit2])
    parts = s.assignments.filter(role="joint").order_by("id")
    for part, role in zip(parts, ("liaison", "liaison2"), strict=True):
        operations.sign_for(part, actor=world.actors[role])
    first, handler = parts[0], world.actors["handler"]
    operations.record_contact(first, actor=handler, mode="staff", on=clock.today(), who="人大工作人员", content="已转达。")
    said = {"place": "三楼会议室", "unit_people": "局长 何一", "deputies": "一位代表", "said": "限时施工。"}
    meeting = operations.record_face_reply(first, actor=handler, on=clock.today(), **said)
    operations.confirm_face_reply(meeting, actor=deputy)
    reply = operations.request_approval(operations.draft_reply(first, actor=handler, **REPLY), actor=handler)
    for role in ("signer", "signer2"):
        operations.sign_reply(reply, actor=world.actors[role], document_no="测函〔2026〕2号", secrecy_checked=True)
    return Suggestion.objects.get(pk=s.pk)


# --- no page tells ----------------------------------------------------------------------------------------------------------------

SUSPECTS = ("deputy", "deputy2", "deputy3", "deputy4")
"""Two who have signed and two who have not; in the other world the other way round."""
ELSEWHERE = ("/directory/", "/rulebook/", "/announcements/", "/account/", "/days-off/", "/accounts/", "/jobs/")
"""Pages that know no suggestion; of the directory those of the suspects are read."""
READERS = ["clerk", "handler", "dispatcher", "delegate", "auditor", "anonymous"]
BY_DEPARTMENTS = {"handler", "dispatcher"}
"""Who also reads what was dispatched, taken back, answered in person and by two lead units together."""


def addresses(world, role, s):
    """Where a curious reader begins, with every suspect's name and number in hand."""
    mandates, names = [world.mandates[one].pk for one in SUSPECTS], [name_of(world, one) for one in SUSPECTS]
    narrowed = ["", "view=confide", *(f"deputy={pk}" for pk in mandates), *(f"q={name}" for name in names)]
    base = "/open/" if role == "anonymous" else "/suggestions/"
    lists = [f"{base}?{words}{export}" for words in narrowed for export in ("", "&export=csv")]
    found = [f"/journal/?person={name}" for name in names] + [f"/notices/deliveries/?state=waiting&name={name}" for name in names]
    logs = ["/journal/", *found, "/notices/deliveries/?state=waiting", "/notices/deliveries/?state=waiting&export=csv"]
    people = [reverse("congress:deputy", args=[pk]) for pk in mandates]
    files = [f"/attachments/{pk}/" for pk in Attachment.objects.filter(suggestion=s).values_list("pk", flat=True)]
    verbs = ("assign", "publish", "keep_confidential", "ask_disclosure")
    return ["/", *lists, *logs, *people, *files, f"/api/v1/suggestions/{s.pk}", "/api/v1/suggestions/", f"/open/{s.pk}/", f"/open/{s.pk}.json",
            f"/suggestions/similar/?matter={s.matter}", *(f"/suggestions/{s.pk}/{verb}/" for verb in verbs), f"/privacy/suggestions/{s.pk}/"]  # fmt: skip


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the same numbers come again only where a rollback gives them back")
@pytest.mark.parametrize("role", READERS)
def test_whoever_reads_whatever_page_it_says_the_same_whoever_signed(full, role):
    user = None if role == "anonymous" else full.actors[role].user
    seen = []
    with later(days=1):
        rule(full, "delegation_precheck", True)
        rule(full, "confidential_publication", "nameless")
        rule(full, "several_leads", True)
        for lead, joint in (SUSPECTS[:2], SUSPECTS[2:]):
            with transaction.atomic():
                if role in BY_DEPARTMENTS:
                    answered_by_departments(full, lead, joint)
                s = operations.publish(answered(full, lead, joint), actor=full.actors["clerk"], publicity="full")
                seen.append(walk(user, addresses(full, role, s), ELSEWHERE))
                transaction.set_rollback(True)
    assert seen[0].keys() == seen[1].keys()
    assert [url for url, page in seen[0].items() if seen[1][url] != page] == []
    assert len(seen[0]) > 45
    assert [url for url, (status, text) in seen[0].items() if status == 200 and "confidential" in text]


def test_its_papers_and_letters_name_nobody(full):
    s = answered(full)
    reply, opinion = s.assignments.get(unit=full.unit).replies.get(), s.assignments.get(unit=full.unit2).opinions.get()
    papers = [reply_letter(reply), opinion_letter(opinion), suggestion_paper(s, named=False), evaluation_sheet(s, reply, address="")]
    assert not [paper.name for paper in papers for role in SUSPECTS if name_of(full, role) in str(paper)]
    assert reply_letter(reply).addressees == "一位代表："
    assert name_of(full, "deputy") in str(suggestion_paper(s)), "the signers' own"


def test_its_signers_read_their_names_and_the_name_of_their_file(full, login):
    s = answered(full)
    for role in ("deputy", "deputy2"):
        client = login(role)
        text = client.get(f"/suggestions/{s.pk}/").content.decode()
        assert {name_of(full, one) in text for one in ("deputy", "deputy2")} == {True}
        assert WHY["reason"] in text or role != "deputy"
        served = client.get(f"/attachments/{s.attachments.get(reply=None).pk}/")
        assert served.getvalue()
        assert quote("的材料") in served["Content-Disposition"]


def test_a_journal_taken_away_names_nobody_and_proves_itself_without_these_entries(full):
    s = answered(full)
    trail = f"suggestion:{s.pk}"
    ours = Entry.objects.filter(trail=trail).select_related("user__person").order_by("id")
    rows = [" ".join(cells_of_one) for cells_of_one in cells(ours)]
    assert rows
    assert not [row for row in rows for role in SUSPECTS if name_of(full, role) in row or f" {role} " in row]
    written = "".join(evidence.written(full.congress.pk, "甲市人大", None, None))
    assert f'"{trail}"' not in written
    assert '"suggestion.draft"' not in written
    operations.disclose(s, actor=full.actors["deputy"])
    assert f'"{trail}"' in "".join(evidence.written(full.congress.pk, "甲市人大", None, None))


# --- how it comes and goes --------------------------------------------------------------------------------------------------------


def test_what_was_said_before_no_longer_names_anybody(world):
    s = world.submitted()
    name = name_of(world, "deputy")
    assert name in Notice.objects.get(code="suggestion.submitted").body
    assert name in document(s)["text"]
    s = operations.keep_confidential(s, actor=world.actors["clerk"], reason="当事人可能遭报复。")
    assert name not in Notice.objects.get(code="suggestion.submitted").body
    assert "一位代表（保密）" in Notice.objects.get(code="suggestion.submitted").body
    assert name not in document(s)["text"]
    assert told("confidentiality_decided") == ["deputy"]
    assert entry("suggestion.keep_confidential").note == ""
    assert "报复" not in str(entry("suggestion.keep_confidential").changes)


def test_where_the_rules_leave_it_to_the_staff_it_is_hidden_until_they_have_decided(world):
    rule(world, "confidential_on_request", False)
    s = operations.ask_confidentiality(world.submitted(), actor=world.actors["deputy"], **WHY)
    assert (s.confidentiality, s.lead_name, told("confidentiality_asked")) == ("asked", "A deputy (confidential)", ["clerk"])
    with refused(NotAllowed):
        operations.grant_confidentiality(s, actor=world.actors["leader"])
    kept = operations.grant_confidentiality(s, actor=world.actors["clerk"])
    assert kept.confidentiality == "kept"
    with refused(NotAllowed, "No confidentiality waits"):
        operations.refuse_confidentiality(kept, actor=world.actors["clerk"], note="无依据。")


def test_a_refusal_needs_its_reason_which_the_deputy_reads(world):
    rule(world, "confidential_on_request", False)
    s = operations.ask_confidentiality(world.submitted(), actor=world.actors["deputy"], **WHY)
    with refused(Unfit, "Give the reason"):
        operations.refuse_confidentiality(s, actor=world.actors["clerk"], note=" ")
    s = operations.refuse_confidentiality(s, actor=world.actors["clerk"], note="内容不涉及他人。")
    assert (s.is_confidential, s.confidentiality_reason, s.lead_name) == (False, "", name_of(world, "deputy"))
    assert "内容不涉及他人。" in Notice.objects.get(code="suggestion.confidentiality_decided").body


def test_only_the_deputy_lifts_it(world):
    s = operations.keep_confidential(world.submitted(), actor=world.actors["clerk"], reason="当事人可能遭报复。")
    for role in ("clerk", "leader", "deputy2", "handler"):
        with refused(NotAllowed):
            operations.disclose(s, actor=world.actors[role])
    s = operations.ask_disclosure(s, actor=world.actors["clerk"], note="企业已查处。")
    assert told("disclosure_asked") == ["deputy"]
    s = operations.stay_confidential(s, actor=world.actors["deputy"])
    assert s.confidentiality == "kept"
    s = operations.disclose(operations.ask_disclosure(s, actor=world.actors["clerk"], note="企业已查处。"), actor=world.actors["deputy"])
    assert (s.is_confidential, told("disclosed")) == (False, ["clerk"])


def test_a_text_that_names_its_signer_is_not_submitted_as_confidential(world):
    s = world.draft(matter=f"我是{name_of(world, 'deputy')}，路灯不亮。")
    s = operations.ask_confidentiality(s, actor=world.actors["deputy"], **WHY)
    with refused(Unfit, "stands in the text"):
        operations.submit(s, actor=world.actors["deputy"])


@pytest.mark.parametrize(("choice", "publicity"), [("no", "none"), ("nameless", "full")])
def test_what_is_published_comes_off_the_public_page_or_loses_its_names(world, client, choice, publicity):
    rule(world, "confidential_publication", choice)
    s = operations.ask_confidentiality(world.published(), actor=world.actors["deputy"], **WHY)
    assert s.publicity == publicity
    answer = client.get(f"/open/{s.pk}/")
    assert answer.status_code == (404 if choice == "no" else 200)
    assert name_of(world, "deputy") not in answer.content.decode()
    if choice == "no":
        with refused(Unfit, "what is confidential is not published"):
            operations.publish(s, actor=world.actors["clerk"], publicity="full")


def test_parts_it_is_split_into_are_confidential_too(world):
    s = operations.ask_confidentiality(world.split_asked(), actor=world.actors["deputy"], **WHY)
    operations.agree_split(s, actor=world.actors["deputy"])
    parts = Suggestion.objects.filter(split_from=s)
    assert parts
    assert {part.confidentiality for part in parts} == {"kept"}


# --- who must know reads the names, for a reason -----------------------------------------------------------------------------------


def test_staff_read_the_names_once_for_a_reason_that_the_signers_see(full, login):
    s = answered(full)
    client, address = login("clerk"), f"/privacy/suggestions/{s.pk}/"
    assert address in client.get(f"/suggestions/{s.pk}/").content.decode()
    assert client.post(address, {"purpose": "contact", "note": ""}).status_code == 422
    shown = unescape(client.post(address, {"purpose": "contact", "note": "转达承办单位的询问。"}).content.decode())
    assert {name_of(full, role) in shown for role in ("deputy", "deputy2")} == {True}
    assert name_of(full, "deputy3") not in shown
    assert name_of(full, "deputy") not in client.get(f"/suggestions/{s.pk}/").content.decode(), "on that one answer alone"
    assert (entry("suggestion.open_names").trail, entry("suggestion.open_names").note) == (f"suggestion:{s.pk}", "转达承办单位的询问。")
    people = Reading.objects.filter(column="signer").values_list("person__user__login", flat=True)
    assert sorted(people) == ["deputy", "deputy2"]
    assert "转达承办单位的询问。" in login("deputy2").get("/privacy/mine/").content.decode()
    for role, status in {"leader": 403, "handler": 403, "deputy3": 404, "other_clerk": 404}.items():
        assert login(role).get(address).status_code == status


def test_one_person_of_the_unit_reads_them_where_the_rules_and_the_staff_say_so(full, login):
    s = answered(full)
    handed, clerk, handler = s.assignments.get(unit=full.unit), full.actors["clerk"], full.actors["handler"]
    with refused(NotAllowed, "nobody in the unit"):
        operations.entrust(handed, actor=clerk, user=handler.user)
    rule(full, "confidential_handler", True)
    with refused(Unfit, "of the unit"):
        operations.entrust(handed, actor=clerk, user=full.actors["handler2"].user)
    assert login("clerk").post(f"/assignments/{handed.pk}/entrust/", {"user": handler.user.pk}).status_code == 302
    assert (told("entrusted"), told("entrusted_signers")) == (["handler"], ["deputy", "deputy2"])
    given = {"purpose": "contact", "note": "办理需当面沟通。"}
    assert name_of(full, "deputy") in login("handler").post(f"/privacy/suggestions/{s.pk}/", given).content.decode()
    assert name_of(full, "deputy") not in login("handler").get(f"/suggestions/{s.pk}/").content.decode()
    with refused(NotAllowed):
        privacy.open_names(s, actor=full.actors["signer"], **given)
    with later(days=1):
        rule(full, "confidential_handler", False)
        with refused(NotAllowed):
            privacy.open_names(s, actor=handler, **given)
