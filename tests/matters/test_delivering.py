"""A reply reaches everybody who signed, and who has it is on record (R3.43); replies are never merged (R3.44)."""

import datetime as dt

import pytest

from qiao.kernel import clock
from qiao.kernel.errors import NotAllowed, Unfit
from qiao.matters import operations, worklists
from qiao.matters.letters.content import reply_letter
from qiao.matters.models import Addressee, Clock
from qiao.matters.tasks import remind_of_receipts
from tests.world import REPLY

from .given import entry, later, on, refused, told

pytestmark = [pytest.mark.django_db, pytest.mark.capability("M1"), pytest.mark.usefixtures("english")]


def states(reply):
    """Whom the reply goes to and where it is, by login."""
    return {one.mandate.person.user.login: one.state for one in reply.addressees.all()}


def to(reply, world, role):
    return reply.addressees.get(mandate=world.mandates[role])


def body(answer):
    return answer.content.decode()


def test_each_signer_confirms_the_reply_with_one_click_and_staff_see_how_many_have_it(world, login):
    reply = world.answered_jointly()
    page = f"/suggestions/{reply.assignment.suggestion_id}/"
    assert states(reply) == {"deputy": "sent", "deputy2": "sent"}
    assert "Received by 0 of 2 deputies" in body(login("clerk").get(page))
    mine = to(reply, world, "deputy2")
    assert f"/addressees/{mine.pk}/receive/" in body(login("deputy2").get(page))
    assert f"/addressees/{mine.pk}/receive/" not in body(login("deputy").get(page))
    login("deputy2").post(f"/addressees/{mine.pk}/receive/")
    assert states(reply) == {"deputy": "sent", "deputy2": "received"}
    assert entry("addressee.receive").user == world.actors["deputy2"].user
    assert "Received by 1 of 2 deputies" in body(login("clerk").get(page))
    with refused(NotAllowed):
        operations.receive_reply(to(reply, world, "deputy"), actor=world.actors["deputy2"])


@pytest.mark.parametrize(
    ("decide", "passed_on", "heard"),
    [(operations.pass_reply_on, True, "转送给您"), (operations.send_to_each, False, "已有答复")],
)
def test_with_the_lead_deputys_consent_the_joint_signers_get_it_from_them_else_from_the_unit(world, decide, passed_on, heard):
    reply = world.answered_jointly("lead_forwards_with_consent")
    assert states(reply) == {"deputy": "sent", "deputy2": "with_lead"}
    assert (told("reply_issued"), told("reply_handed_on")) == (["deputy"], [])
    with refused(NotAllowed):
        operations.pass_reply_on(reply, actor=world.actors["clerk"])
    decide(reply, actor=world.actors["deputy"])
    theirs = to(reply, world, "deputy2")
    assert (theirs.state, theirs.passed_on, told("reply_handed_on")) == ("sent", passed_on, ["deputy2"])
    assert heard in world.actors["deputy2"].user.notices.latest("id").body
    with refused(NotAllowed, "No joint signer waits"):
        decide(reply, actor=world.actors["deputy"])


def test_staff_have_it_sent_to_each_where_the_lead_deputy_lets_it_lie(world):
    reply = world.answered_jointly("lead_forwards_with_consent")
    operations.send_to_each(reply, actor=world.actors["clerk"])
    assert states(reply)["deputy2"] == "sent"


def test_whoever_has_not_confirmed_is_reminded_once_by_itself_and_stands_in_the_staffs_list(world):
    with on(2026, 3, 2):
        reply = world.answered_jointly()
        operations.receive_reply(to(reply, world, "deputy"), actor=world.actors["deputy"])
    waiting = {view.key: view for view in worklists.staff_views()}["unconfirmed"]
    with on(2026, 3, 9):
        remind_of_receipts.enqueue()
        assert told("receipt_reminded") == []
    with on(2026, 3, 10):
        remind_of_receipts.enqueue()
        assert told("receipt_reminded") == ["deputy2"]
        remind_of_receipts.enqueue()
        assert world.actors["deputy2"].user.notices.filter(code="suggestion.receipt_reminded").count() == 1
        late = {view.key: view for view in worklists.staff_views()}["unconfirmed"]
        assert type(reply.assignment.suggestion).objects.filter(late.rows).count() == 1
    assert waiting.label


def test_staff_record_a_receipt_that_came_on_paper(world, login):
    with on(2026, 3, 2):
        reply = world.answered_jointly()
    with on(2026, 3, 5):
        theirs = to(reply, world, "deputy2")
        with refused(Unfit, "between the reply's and today"):
            operations.record_receipt(theirs, actor=world.actors["clerk"], on=dt.date(2026, 3, 1))
        login("clerk").post(f"/addressees/{theirs.pk}/record_receipt/", {"on": "2026-03-04"})
    theirs.refresh_from_db()
    assert (theirs.state, theirs.paper_on) == ("received", dt.date(2026, 3, 4))


def test_evaluating_a_reply_says_that_one_has_it(world):
    reply = world.answered_jointly()
    operations.evaluate(reply.assignment.suggestion, actor=world.actors["deputy"], ratings=world.ratings("satisfied"))
    assert states(reply) == {"deputy": "received", "deputy2": "sent"}


@pytest.mark.capability("T4")
def test_the_unit_gets_the_letters_and_not_who_has_confirmed_them(world, login):
    reply = world.answered_jointly()
    operations.receive_reply(to(reply, world, "deputy"), actor=world.actors["deputy"])
    read = body(login("handler").get(f"/suggestions/{reply.assignment.suggestion_id}/"))
    assert "Letters to 2 deputies" in read
    assert "Received by" not in read
    assert "Confirm that I have the reply" not in read


def test_each_deputy_gets_a_letter_of_their_own_by_name(world, login):
    reply = world.answered_jointly()
    lead, second = (world.mandates[role].person.name for role in ("deputy", "deputy2"))
    letter = reply_letter(reply, to=world.mandates["deputy2"])
    assert (letter.addressees, letter.recipients) == (f"{second}代表：", "")
    assert letter.opening.startswith(f"您与{lead}代表在")
    assert reply_letter(reply, to=world.mandates["deputy"]).opening.startswith("您在")
    got = login("handler").get(f"/addressees/{to(reply, world, 'deputy2').pk}/letter.pdf")
    assert got.content.startswith(b"%PDF")


def test_what_is_handled_together_is_answered_one_by_one(world):
    first, second = world.together()
    operations.assign(first, actor=world.actors["clerk"], unit=world.unit)
    for s in (first, second):
        handed = s.assignments.get()
        operations.sign_for(handed, actor=world.actors["liaison"])
        contact = {"mode": "phone", "on": clock.today(), "who": "代表", "content": "已沟通。"}
        operations.record_contact(handed, actor=world.actors["handler"], **contact)
    reply = operations.draft_reply(first.assignments.get(), actor=world.actors["handler"], **REPLY)
    operations.share_reply(reply, actor=world.actors["handler"])
    operations.request_approval(reply, actor=world.actors["handler"])
    operations.issue(reply, actor=world.actors["signer"], document_no="1号")
    assert list(Addressee.objects.values_list("reply", flat=True)) == [reply.pk]
    assert Clock.objects.running().filter(suggestion=second, kind="reply").exists()


def test_a_reminder_by_staff_reaches_only_who_has_not_confirmed(world):
    reply = world.answered_jointly()
    operations.receive_reply(to(reply, world, "deputy2"), actor=world.actors["deputy2"])
    operations.remind_addressees(reply, actor=world.actors["clerk"])
    assert told("receipt_reminded") == ["deputy"]
    operations.receive_reply(to(reply, world, "deputy"), actor=world.actors["deputy"])
    with later(hours=1), refused(NotAllowed, "has confirmed"):
        operations.remind_addressees(reply, actor=world.actors["clerk"])
