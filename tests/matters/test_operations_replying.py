"""Contact with the deputy, the reply and its way through the unit."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from qiao.kernel import clock
from qiao.kernel.errors import NotAllowed, Unfit, WrongState
from qiao.matters import operations
from qiao.matters.models import Clock, Reply, State, Suggestion
from qiao.matters.operations.replying import answer
from tests.files import factories as files
from tests.world import REPLY, rule

from .given import at, entry, on, refused, told

pytestmark = [pytest.mark.django_db, pytest.mark.capability("M1"), pytest.mark.usefixtures("english")]

CALL = {"mode": "phone", "who": "代表、经办人", "content": "已说明检修安排。"}


def reply_of(s):
    return Reply.objects.filter(assignment__suggestion=s).latest("id")


def record(world, a, role="handler", **facts):
    return operations.record_contact(a, actor=world.actors[role], **{**CALL, "on": clock.today(), **facts})


# --- contact ----------------------------------------------------------------------------------------------------------------------


def test_a_contact_is_recorded_and_the_deputy_asked_to_confirm_it(world):
    s = world.handling()
    made = record(world, s.assignments.get())
    assert (made.recorded_by, made.confirmed_at) == (world.actors["handler"].user, None)
    assert (entry("assignment.record_contact").trail, told("contact_recorded")) == (f"suggestion:{s.pk}", ["deputy"])
    confirmed = operations.confirm_contact(made, actor=world.actors["deputy"])
    assert confirmed.confirmed_at is not None
    assert entry("contact.confirm").user == world.actors["deputy"].user


def test_confirming_again_keeps_the_first_moment(world):
    made = record(world, world.handling().assignments.get())
    first = operations.confirm_contact(made, actor=world.actors["deputy"]).confirmed_at
    assert operations.confirm_contact(made, actor=world.actors["deputy"]).confirmed_at == first


def test_a_contact_lies_between_the_hand_over_and_today(world):
    with on(2026, 3, 2):
        a = world.handling().assignments.get()
    with on(2026, 3, 10):
        with refused(Unfit, "in the future"):
            record(world, a, on=dt.date(2026, 3, 11))
        with refused(Unfit, "before the suggestion was handed over"):
            record(world, a, on=dt.date(2026, 3, 1))
        assert record(world, a, on=dt.date(2026, 3, 2))


@pytest.mark.parametrize("facts", [{"mode": "telepathy"}, {"who": ""}, {"content": ""}])
def test_a_contact_says_how_who_and_what(world, facts):
    a = world.handling().assignments.get()
    with refused(ValidationError):
        record(world, a, **facts)


def test_only_the_units_handlers_record_and_only_while_they_handle(world):
    a = world.handling().assignments.get()
    for role in ("signer", "handler2", "clerk", "deputy"):
        with refused(NotAllowed):
            record(world, a, role)
    waiting, answered = world.assigned().assignments.get(), world.replied().assignments.get()
    for one in (waiting, answered):
        with refused(WrongState):
            record(world, one)


def test_nobody_confirms_for_the_deputy(world):
    made = record(world, world.handling().assignments.get())
    for role in ("handler", "deputy2", "clerk", "other_deputy"):
        with refused(NotAllowed):
            operations.confirm_contact(made, actor=world.actors[role])


# --- draft ------------------------------------------------------------------------------------------------------------------------


def test_a_reply_is_drafted_once_a_round(world):
    s = world.handling()
    made = operations.draft_reply(s.assignments.get(), actor=world.actors["handler"], **REPLY)
    assert (made.state, made.round, made.drafted_by, made.result) == ("draft", 1, world.actors["handler"].user, "A")
    assert entry("assignment.draft_reply").trail == f"suggestion:{s.pk}"
    with refused(Unfit, "already being drafted"):
        operations.draft_reply(s.assignments.get(), actor=world.actors["liaison"], **REPLY)


def test_a_draft_is_changed_by_its_unit_alone(world):
    reply = reply_of(world.drafted())
    changed = operations.revise_reply(reply, actor=world.actors["liaison"], text="已全部修复。", result="B")
    assert (changed.text, changed.result) == ("已全部修复。", "B")
    assert entry("reply.revise").changes["result"] == ["A", "B"]
    for role in ("handler2", "signer", "clerk", "deputy"):
        with refused(NotAllowed):
            operations.revise_reply(reply, actor=world.actors[role], text="改")


def test_a_reply_that_may_not_be_published_says_why(world):
    reply = reply_of(world.drafted())
    with refused(ValidationError, "may not be published"):
        operations.revise_reply(reply, actor=world.actors["handler"], may_publish=False, withheld_reason="")
    assert operations.revise_reply(reply, actor=world.actors["handler"], may_publish=False, withheld_reason="涉及个人信息。")


def test_before_it_is_signed_for_nobody_drafts(world):
    a = world.assigned().assignments.get()
    with refused(WrongState):
        operations.draft_reply(a, actor=world.actors["handler"], **REPLY)


# --- approval ---------------------------------------------------------------------------------------------------------------------


def test_the_reply_is_laid_before_the_signer(world):
    reply = reply_of(world.approval())
    assert (reply.state, told("approval_requested")) == ("approval", ["signer"])
    with refused(WrongState):
        operations.revise_reply(reply, actor=world.actors["handler"], text="改")


@pytest.mark.parametrize(
    ("facts", "missing"), [({"text": " "}, "no text"), ({"result": ""}, "result class"), ({"result": "Z"}, "result class")]
)
def test_an_unfinished_reply_is_not_laid_before_the_signer(world, facts, missing):
    reply = operations.revise_reply(reply_of(world.drafted()), actor=world.actors["handler"], **facts)
    with refused(Unfit, missing):
        operations.request_approval(reply, actor=world.actors["handler"])


def test_the_result_is_a_class_of_the_congresss_own_scheme(world):
    rule(
        world,
        "result_scheme",
        [
            {
                "code": "1",
                "label": "解决采纳",
                "label_en": "Solved",
                "creates_commitment": False,
                "requires_due_date": False,
                "counts_as_resolved": True,
            }
        ],
    )
    reply = reply_of(world.drafted())
    with refused(Unfit, "result class"):
        operations.request_approval(reply, actor=world.actors["handler"])
    operations.revise_reply(reply, actor=world.actors["handler"], result="1")
    assert operations.request_approval(reply, actor=world.actors["handler"]).result_label == "Solved"


def test_a_contact_comes_before_the_reply_where_the_rules_ask_for_one(world):
    a = world.handling().assignments.get()
    reply = operations.draft_reply(a, actor=world.actors["handler"], **REPLY)
    with refused(Unfit, "Record a contact"):
        operations.request_approval(reply, actor=world.actors["handler"])
    record(world, a)
    assert operations.request_approval(reply, actor=world.actors["handler"]).state == "approval"


def test_a_congress_may_do_without_the_contact(world):
    rule(world, "contact_required", False)
    reply = operations.draft_reply(world.handling().assignments.get(), actor=world.actors["handler"], **REPLY)
    assert operations.request_approval(reply, actor=world.actors["handler"]).state == "approval"


def test_the_signer_sends_it_back_with_words_to_who_drafted_it(world):
    reply = operations.send_back(reply_of(world.approval()), actor=world.actors["signer"], note="请写明时限。")
    assert (reply.state, entry("reply.send_back").note, told("reply_sent_back")) == ("draft", "请写明时限。", ["handler"])


def test_sending_back_needs_words_and_the_signer(world):
    reply = reply_of(world.approval())
    with refused(Unfit):
        operations.send_back(reply, actor=world.actors["signer"], note="")
    for role in ("handler", "liaison", "handler2", "clerk"):
        with refused(NotAllowed):
            operations.send_back(reply, actor=world.actors[role], note="……")


# --- issue ------------------------------------------------------------------------------------------------------------------------


def test_issuing_answers_every_signer_and_starts_the_deputys_time(world):
    with on(2026, 3, 2):
        reply = reply_of(world.approval())
    with on(2026, 3, 4):
        reply = operations.issue(reply, actor=world.actors["signer"], document_no="测函〔2026〕7号")
    s = Suggestion.objects.get(pk=reply.assignment.suggestion_id)
    evaluation = s.clocks.get(kind="evaluation")
    assert (reply.state, reply.signed_by, reply.issued_at, reply.document_no) == (
        "issued", world.actors["signer"].user, at(2026, 3, 4), "测函〔2026〕7号"
    )  # fmt: skip
    assert (s.state, s.due, s.replied_at, s.assignments.get().state) == (State.REPLIED, None, at(2026, 3, 4), "answered")
    assert (evaluation.start, evaluation.due, evaluation.party) == (dt.date(2026, 3, 4), dt.date(2026, 4, 1), str(s.lead))
    assert s.clocks.get(kind="reply").in_time
    assert (told("reply_issued"), told("reply_issued_staff")) == (["deputy"], ["clerk"])
    assert [entry(code).because for code in ("assignment.answer", "suggestion.answer")] == ["reply.issue"] * 2


def test_every_joint_signer_gets_the_reply(world):
    s = operations.register(operations.submit(world.signed_jointly(), actor=world.actors["deputy"]), actor=world.actors["clerk"])
    a = operations.assign(s, actor=world.actors["clerk"], unit=world.unit).assignments.get()
    operations.sign_for(a, actor=world.actors["liaison"])
    record(world, a)
    reply = operations.draft_reply(a, actor=world.actors["handler"], **REPLY)
    operations.request_approval(reply, actor=world.actors["handler"])
    operations.issue(reply, actor=world.actors["signer"])
    assert told("reply_issued") == ["deputy", "deputy2"]


def test_a_late_reply_stays_on_record_as_late(world):
    with on(2026, 3, 2):
        reply = reply_of(world.approval())
    with on(2026, 7, 1):
        operations.issue(reply, actor=world.actors["signer"])
    late = Clock.objects.get(suggestion=reply.assignment.suggestion, kind="reply")
    assert (late.met, late.in_time) == (True, False)


def test_only_the_units_signer_issues_and_only_what_waits_for_it(world):
    reply = reply_of(world.approval())
    for role in ("handler", "liaison", "handler2", "clerk", "deputy"):
        with refused(NotAllowed):
            operations.issue(reply, actor=world.actors[role])
    draft = reply_of(world.drafted())
    with refused(WrongState):
        operations.issue(draft, actor=world.actors["signer"])
    operations.issue(reply, actor=world.actors["signer"])
    with refused(NotAllowed, "no longer being handled"):
        operations.issue(reply, actor=world.actors["signer"])


def test_after_a_withdrawal_nothing_is_issued(world):
    reply = reply_of(world.approval())
    operations.withdraw(reply.assignment.suggestion, actor=world.actors["deputy"], note="……")
    with refused(NotAllowed, "no longer being handled"):
        operations.issue(reply, actor=world.actors["signer"])


def test_files_are_added_to_a_reply_only_while_it_is_drafted(world, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    reply = reply_of(world.drafted())
    made = operations.attach_to_reply(reply, actor=world.actors["handler"], upload=files.upload(files.pdf()))
    assert (made.reply, made.suggestion) == (reply, reply.assignment.suggestion)
    with refused(NotAllowed):
        operations.attach_to_reply(reply, actor=world.actors["signer"], upload=files.upload(files.pdf()))
    operations.request_approval(reply, actor=world.actors["handler"])
    with refused(Unfit, "no longer being drafted"):
        operations.attach_to_reply(reply, actor=world.actors["handler"], upload=files.upload(files.pdf()))


def test_no_person_answers_by_hand(world):
    s = world.handling()
    with refused(NotAllowed, "Only the system"):
        answer(s, actor=world.actors["signer"])
