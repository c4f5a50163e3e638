"""Writing, submitting, discarding and withdrawing: what happens, what the journal keeps, who is told, who is refused."""

import datetime as dt

import pytest

from qiao.congress import operations as body
from qiao.kernel.errors import NotAllowed, Unfit, WrongState
from qiao.kernel.journal import MASK
from qiao.matters import operations
from qiao.matters.models import Attachment, Clock, Publicity, Signature, State, TextVersion
from tests.files import factories as files
from tests.world import SYSTEM, TEXT, rule

from .given import ABROAD, at, entry, on, refused, told

pytestmark = [pytest.mark.django_db, pytest.mark.capability("M1"), pytest.mark.usefixtures("english")]


@pytest.fixture
def shelf(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def sitting(world, **facts):
    return body.convene(
        world.term, actor=SYSTEM, **{"number": 1, "opens": dt.date(2026, 2, 2), "closes": dt.date(2026, 2, 6), **facts}
    )  # fmt: skip


# --- draft and revise -----------------------------------------------------------------------------------------------------------


def test_a_draft_belongs_to_the_deputy_and_the_term_and_has_a_line_in_the_journal(world):
    s = world.draft()
    line = entry("suggestion.draft")
    assert (s.lead, s.term, s.congress, s.state, s.version) == (world.mandates["deputy"], world.term, world.congress, State.DRAFT, 1)
    assert (line.user, line.via, line.acting_as, line.trail) == (
        world.actors["deputy"].user, "web", str(world.actors["deputy"].post), f"suggestion:{s.pk}"
    )  # fmt: skip
    assert line.changes["title"] == [None, TEXT["title"]]
    assert line.changes["matter"] == [MASK, MASK], "the text is kept in its versions, not in the journal"


def test_a_draft_may_be_empty(world):
    assert operations.draft(world.congress, actor=world.actors["deputy"]).title == ""


@pytest.mark.parametrize("role", ["clerk", "handler", "leader", "sysadmin", "other_deputy"])
def test_only_a_deputy_of_the_congress_begins_a_draft(world, role):
    with refused(NotAllowed):
        world.draft(role)


@pytest.mark.parametrize("state", ["suspended", "elected"])
def test_a_deputy_whose_mandate_rests_cannot_write(world, state):
    s = world.draft()
    body.correct_mandate(world.mandates["deputy"], actor=SYSTEM, state=state)
    with refused(NotAllowed, "in office"):
        world.draft()
    with refused(NotAllowed, "suspended"):
        operations.revise(s, actor=world.actors["deputy"], title="新题")
    with refused(NotAllowed, "suspended"):
        operations.submit(s, actor=world.actors["deputy"])


@pytest.mark.parametrize(("part", "most"), [("title", 100), ("matter", 6000), ("proposal", 6000)])
def test_a_text_that_is_too_long_is_refused_whole(world, part, most):
    with refused(Unfit, f"at most {most}"):
        world.draft(**{part: "长" * (most + 1)})
    s = world.draft(**{part: "长" * most})
    with refused(Unfit, f"at most {most}"):
        operations.revise(s, actor=world.actors["deputy"], source="research", **{part: "长" * (most + 1)})


def test_a_change_before_anybody_was_asked_keeps_the_version(world):
    s = operations.revise(world.draft(), actor=world.actors["deputy"], title="关于修路灯的建议")
    assert (s.title, s.version, s.state) == ("关于修路灯的建议", 1, State.DRAFT)
    assert entry("suggestion.revise").changes == {"title": [TEXT["title"], "关于修路灯的建议"]}


def test_a_change_of_the_text_makes_given_consents_void_and_begins_a_new_version(world):
    s = world.signed_jointly()
    s = operations.revise(s, actor=world.actors["deputy"], matter=TEXT["matter"] + "另有三盏常亮。")
    signature = Signature.objects.get(suggestion=s)
    line = entry("signature.void")
    assert (s.version, s.state, signature.state, signature.version) == (2, State.COSIGNING, "void", 1)
    assert (line.via, line.because, line.user) == ("system", "suggestion.revise", world.actors["deputy"].user)
    assert told("signature_void") == ["deputy2"]
    assert TextVersion.objects.get(suggestion=s).matter == TEXT["matter"], "the text that was signed is kept"


def test_a_change_beside_the_text_leaves_consents_alone(world):
    s = operations.revise(world.signed_jointly(), actor=world.actors["deputy"], source="research", may_publish=False)
    assert (s.version, Signature.objects.get(suggestion=s).state) == (1, "confirmed")


def test_saving_the_same_text_leaves_consents_alone(world):
    s = operations.revise(world.signed_jointly(), actor=world.actors["deputy"], **TEXT)
    assert (s.version, Signature.objects.get(suggestion=s).state) == (1, "confirmed")


def test_only_the_lead_deputy_changes_the_text_and_only_before_it_is_submitted(world):
    s = world.signed_jointly()
    for role in ("deputy2", "clerk", "other_deputy"):
        with refused(NotAllowed):
            operations.revise(s, actor=world.actors[role], title="别人的")
    operations.submit(s, actor=world.actors["deputy"])
    with refused(WrongState, "Submitted"):
        operations.revise(s, actor=world.actors["deputy"], title="太晚")


# --- files ------------------------------------------------------------------------------------------------------------------------


def test_a_file_is_attached_and_removed_again(world, shelf):
    s = world.draft()
    made = operations.attach(s, actor=world.actors["deputy"], upload=files.upload(files.pdf(), "照片.pdf"))
    assert (made.file.name, made.removed, entry("suggestion.attach").trail) == ("照片.pdf", False, f"suggestion:{s.pk}")
    operations.remove_attachment(made, actor=world.actors["deputy"])
    assert Attachment.objects.get(pk=made.pk).removed
    assert entry("attachment.remove").changes == {"removed": [False, True]}


def test_a_hostile_file_is_refused_and_leaves_nothing(world, shelf):
    s = world.draft()
    with refused(Unfit):
        operations.attach(s, actor=world.actors["deputy"], upload=files.upload(b"MZ\x90\x00" + b"\0" * 200, "建议.pdf"))
    assert not [path for path in shelf.rglob("*") if path.is_file()]


def test_a_suggestion_takes_ten_files(world, shelf):
    s = world.draft()
    for n in range(10):
        operations.attach(s, actor=world.actors["deputy"], upload=files.upload(files.pdf(), f"{n}.pdf"))
    with refused(Unfit, "at most 10"):
        operations.attach(s, actor=world.actors["deputy"], upload=files.upload(files.pdf(), "11.pdf"))


def test_files_are_fixed_once_it_is_submitted(world, shelf):
    s = world.draft()
    made = operations.attach(s, actor=world.actors["deputy"], upload=files.upload(files.pdf()))
    operations.submit(s, actor=world.actors["deputy"])
    with refused(WrongState):
        operations.attach(s, actor=world.actors["deputy"], upload=files.upload(files.pdf()))
    with refused(NotAllowed, "already been submitted"):
        operations.remove_attachment(Attachment.objects.get(pk=made.pk), actor=world.actors["deputy"])


def test_nobody_else_attaches_or_removes_a_file(world, shelf):
    s = world.cosigning()
    made = operations.attach(s, actor=world.actors["deputy"], upload=files.upload(files.pdf()))
    for role in ("deputy2", "clerk"):
        with refused(NotAllowed):
            operations.attach(s, actor=world.actors[role], upload=files.upload(files.pdf()))
        with refused(NotAllowed):
            operations.remove_attachment(made, actor=world.actors[role])


# --- submit -----------------------------------------------------------------------------------------------------------------------


def test_submitting_fixes_the_text_and_tells_who_checks(world):
    with on(2026, 3, 2):
        s = operations.submit(world.draft(), actor=world.actors["deputy"])
    assert (s.state, s.session, s.submitted_at, s.term) == (State.SUBMITTED, None, at(2026, 3, 2), world.term)
    assert TextVersion.objects.get(suggestion=s).title == TEXT["title"]
    assert told("submitted") == ["clerk"]
    assert entry("suggestion.submit").changes["state"] == ["draft", "submitted"]


@pytest.mark.parametrize("part", ["title", "matter", "proposal"])
def test_submitting_asks_for_every_part(world, part):
    s = world.draft(**{part: "  "})
    with refused(Unfit, "Still missing") as said:
        operations.submit(s, actor=world.actors["deputy"])
    assert said.value.code == "suggestion.incomplete"


def test_submitting_while_an_invitation_is_open_is_refused(world):
    s = world.cosigning()
    with refused(Unfit, "have not answered"):
        operations.submit(s, actor=world.actors["deputy"])
    operations.decline(Signature.objects.get(suggestion=s), actor=world.actors["deputy2"])
    assert operations.submit(s, actor=world.actors["deputy"]).state == State.SUBMITTED


def test_submitting_with_a_void_consent_is_refused_until_it_is_asked_again_or_taken_back(world):
    s = operations.revise(world.signed_jointly(), actor=world.actors["deputy"], title="关于修好全部路灯的建议")
    with refused(Unfit, "have not answered"):
        operations.submit(s, actor=world.actors["deputy"])
    operations.revoke(Signature.objects.get(suggestion=s), actor=world.actors["deputy"])
    assert operations.submit(s, actor=world.actors["deputy"]).state == State.SUBMITTED


def test_only_the_lead_deputy_submits(world):
    s = world.signed_jointly()
    for role in ("deputy2", "clerk", "other_deputy"):
        with refused(NotAllowed):
            operations.submit(s, actor=world.actors[role])


def test_it_belongs_to_the_session_that_sits_on_the_day(world):
    session = sitting(world)
    with on(2026, 2, 6):
        assert operations.submit(world.draft(), actor=world.actors["deputy"]).session == session
    with on(2026, 2, 7):
        assert operations.submit(world.draft(), actor=world.actors["deputy"]).session is None


def test_after_the_sessions_deadline_it_is_one_between_sessions(world):
    sitting(world, suggestion_deadline=dt.datetime(2026, 2, 5, 12, tzinfo=ABROAD))
    with on(2026, 2, 5):
        assert operations.submit(world.draft(), actor=world.actors["deputy"]).session
    with on(2026, 2, 6):
        assert operations.submit(world.draft(), actor=world.actors["deputy"]).session is None


def test_a_returned_suggestion_is_submitted_again(world):
    s = operations.revise(world.returned(), actor=world.actors["deputy"], matter="灯芯路一号至十一号路灯。")
    assert s.version == 2
    assert operations.submit(s, actor=world.actors["deputy"]).state == State.SUBMITTED
    assert TextVersion.objects.filter(suggestion=s).count() == 2


# --- discard and withdraw -----------------------------------------------------------------------------------------------------------


def test_a_draft_is_thrown_away_and_one_that_was_submitted_is_not(world):
    assert operations.discard(world.cosigning(), actor=world.actors["deputy"]).state == State.DISCARDED
    for s in (world.returned(), world.submitted()):
        with refused(WrongState):
            operations.discard(s, actor=world.actors["deputy"])


def test_withdrawal_stops_handling_at_once(world):
    s = operations.withdraw(world.handling(), actor=world.actors["deputy"], note="已解决。")
    assert (s.state, s.due, s.assignments.get().state, Clock.objects.running().filter(suggestion=s).count()) == (
        State.WITHDRAWN, None, "closed", 0
    )  # fmt: skip
    assert not Clock.objects.filter(suggestion=s, kind="reply", met=True).exists()
    assert told("withdrawn") == ["clerk", "handler", "liaison", "signer"]
    assert (entry("suggestion.withdraw").note, entry("assignment.close").because) == ("已解决。", "suggestion.withdraw")


def test_withdrawal_before_it_was_assigned_tells_the_staff_alone(world):
    operations.withdraw(world.registered(), actor=world.actors["deputy"])
    assert told("withdrawn") == ["clerk"]


@pytest.mark.parametrize("state", ["draft", "replied", "dissatisfied", "closed", "not_accepted", "withdrawn"])
def test_what_is_not_under_way_cannot_be_withdrawn(world, state):
    s = getattr(world, state)()
    with refused(WrongState):
        operations.withdraw(s, actor=world.actors["deputy"], note="……")


def test_nobody_else_withdraws(world):
    s = world.handling()
    for role in ("deputy2", "clerk", "handler"):
        with refused(NotAllowed):
            operations.withdraw(s, actor=world.actors[role], note="……")


def test_a_congress_may_end_withdrawal_with_the_assignment(world):
    rule(world, "withdrawal_until", "before_assign")
    s = world.assigned()
    with refused(Unfit, "once it has been assigned"):
        operations.withdraw(s, actor=world.actors["deputy"], note="……")
    assert operations.withdraw(world.registered(), actor=world.actors["deputy"]).state == State.WITHDRAWN


def test_a_suspended_deputy_may_still_withdraw(world):
    s = world.submitted()
    body.correct_mandate(world.mandates["deputy"], actor=SYSTEM, state="suspended")
    assert operations.withdraw(s, actor=world.actors["deputy"]).state == State.WITHDRAWN


def test_what_was_published_and_is_withdrawn_can_be_taken_off_the_public_page_and_not_put_on_it(world):
    s = operations.publish(world.handling(), actor=world.actors["clerk"], publicity="full")
    s = operations.withdraw(s, actor=world.actors["deputy"], note="……")
    with refused(Unfit, "only be taken off"):
        operations.publish(s, actor=world.actors["clerk"], publicity="progress", note="……")
    s = operations.publish(s, actor=world.actors["clerk"], publicity="none", note="代表要求。")
    assert (s.publicity, s.published_at) == (Publicity.NONE, None)
