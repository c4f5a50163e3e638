"""Answering a deputy face to face: the record, its confirmation, and replies that need one (R3.45)."""

import datetime as dt
import io

import pytest
from docx import Document

from qiao.kernel import clock
from qiao.kernel.errors import NotAllowed, Unfit
from qiao.matters import operations
from qiao.matters.letters.sheets import face_reply_sheet
from qiao.matters.models import Reply
from tests.files import factories as files
from tests.world import rule

from .given import entry, refused, told

pytestmark = [pytest.mark.django_db, pytest.mark.capability("M1"), pytest.mark.usefixtures("english")]

MEETING = {
    "place": "甲市城管局三楼会议室", "unit_people": "局长 何一", "deputies": "领衔代表",
    "said": "十一盏路灯将于月底前全部更换。", "opinion": "请同时检查灯杆。",
}  # fmt: skip


def meet(world, assignment, role="handler", **facts):
    return operations.record_face_reply(assignment, actor=world.actors[role], **{"on": clock.today(), **MEETING, **facts})


def request(world, s):
    return operations.request_approval(Reply.objects.get(assignment__suggestion=s), actor=world.actors["handler"])


@pytest.mark.parametrize("choice", ["or_reason", "always"])
def test_where_the_rules_ask_for_a_meeting_the_reply_waits_for_its_record(world, choice):
    rule(world, "face_reply_required", choice)
    s = world.drafted()
    with refused(Unfit, "face-to-face reply"):
        request(world, s)
    meet(world, s.assignments.get())
    assert request(world, s).state == "approval"


@pytest.mark.parametrize(("choice", "passes"), [("or_reason", True), ("always", False)])
def test_a_reason_stands_in_for_the_meeting_only_where_the_rules_let_it(world, choice, passes, login):
    rule(world, "face_reply_required", choice)
    s = world.drafted()
    reply = Reply.objects.get(assignment__suggestion=s)
    asked = "no_face_reply" in login("handler").get(f"/replies/{reply.pk}/revise/").context["form"].fields
    assert asked == passes
    operations.revise_reply(reply, actor=world.actors["handler"], no_face_reply="代表在外地出差，经其同意书面答复。")
    if passes:
        assert request(world, s).state == "approval"
    else:
        with refused(Unfit, "face-to-face reply"):
            request(world, s)


def test_the_deputy_confirms_the_record_with_a_remark_and_then_nobody_changes_it(world, login):
    s = world.drafted()
    assignment = s.assignments.get()
    meet(world, assignment, place="旧会议室")
    made = meet(world, assignment)
    assert (assignment.face_replies.count(), made.place, told("face_reply_recorded")) == (1, MEETING["place"], ["deputy"])
    with refused(NotAllowed):
        operations.confirm_face_reply(made, actor=world.actors["deputy2"])
    page = login("deputy").get(f"/suggestions/{s.pk}/").content.decode()
    assert MEETING["said"] in page
    login("deputy").post(f"/face-replies/{made.pk}/confirm/", {"remark": "属实。"})
    made.refresh_from_db()
    assert (made.is_signed, made.remark, entry("face_reply.confirm").trail) == (True, "属实。", f"suggestion:{s.pk}")
    with refused(Unfit, "confirmed the record already"):
        meet(world, assignment)


def test_a_signed_copy_on_paper_stands_for_the_confirmation(world, login):
    made = meet(world, world.drafted().assignments.get())
    login("handler").post(f"/face-replies/{made.pk}/keep_copy/", {"upload": files.upload(files.pdf())})
    made.refresh_from_db()
    assert made.is_signed
    got = login("deputy").get(f"/face-replies/{made.pk}/signed/")
    assert b"".join(got.streaming_content).startswith(b"%PDF")
    assert login("other_clerk").get(f"/face-replies/{made.pk}/signed/").status_code == 404


def test_a_meeting_lies_between_hand_over_and_today_and_each_round_has_its_own(world):
    s = world.rehandling()
    assignment = s.assignments.get()
    with refused(Unfit, "between the hand-over and today"):
        meet(world, assignment, on=clock.today() + dt.timedelta(days=1))
    assert meet(world, assignment).round == 2


def test_the_form_is_printed_empty_for_the_table_and_filled_in_for_the_signature(world, login):
    s = world.drafted()
    assignment = s.assignments.get()
    empty = face_reply_sheet(assignment, None, address="https://example.org/")
    assert (dict(empty.facts)["地点"].strip(), [part.lines for part in empty.parts]) == ("", [8, 3])
    made = meet(world, assignment)
    filled = face_reply_sheet(assignment, made, address="https://example.org/")
    assert (dict(filled.facts)["地点"], filled.parts[0].paragraphs) == (MEETING["place"], (MEETING["said"],))
    for url in (f"/assignments/{assignment.pk}/face-reply-form.pdf", f"/face-replies/{made.pk}/record.pdf"):
        assert login("handler").get(url).content.startswith(b"%PDF")


def test_the_record_is_had_as_a_word_document_too(world, login):
    made = meet(world, world.drafted().assignments.get())
    got = login("handler").get(f"/face-replies/{made.pk}/record.docx")
    assert got.headers["Content-Disposition"].startswith("attachment")
    read = Document(io.BytesIO(got.content))
    text = "\n".join(cell.text for row in read.tables[0].rows for cell in row.cells)
    assert {words in text for words in ("甲市城管局三楼会议室", MEETING["said"], MEETING["opinion"])} == {True}
    assert len(read.inline_shapes) == 1
    assert login("other_clerk").get(f"/face-replies/{made.pk}/record.docx").status_code == 404
