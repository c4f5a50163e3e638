"""Joint signing: each signer's own, dated consent to one version of the text."""

import pytest

from qiao.congress import operations as body
from qiao.kernel.errors import NotAllowed, Unfit, WrongState
from qiao.matters import operations
from qiao.matters.models import Signature, State, Suggestion, TextVersion
from qiao.matters.operations import signing
from tests.world import SYSTEM

from .given import entry, refused, told

pytestmark = [pytest.mark.django_db, pytest.mark.capability("M1"), pytest.mark.usefixtures("english")]


@pytest.fixture
def asked(world):
    """The second deputy's open invitation."""
    return Signature.objects.get(suggestion=world.cosigning())


def fresh(signature):
    return Signature.objects.get(pk=signature.pk)


def test_inviting_fixes_the_text_and_tells_those_who_are_asked(world):
    s = operations.invite(world.draft(), actor=world.actors["deputy"], mandates=[world.mandates["deputy2"], world.mandates["deputy3"]])
    assert s.state == State.COSIGNING
    assert list(s.signatures.values_list("state", "version")) == [("invited", 1)] * 2
    assert TextVersion.objects.filter(suggestion=s, number=1).exists()
    assert told("invited") == ["deputy2", "deputy3"]
    assert entry("suggestion.invite").changes == {"state": ["draft", "cosigning"]}


def test_inviting_again_asks_only_those_not_asked_yet(world):
    s = operations.invite(world.cosigning(), actor=world.actors["deputy"], mandates=[world.mandates["deputy2"], world.mandates["deputy3"]])
    assert s.signatures.count() == 2
    assert told("invited") == ["deputy3"]


@pytest.mark.parametrize("names", [[], ["deputy2"], ["deputy"]])
def test_inviting_nobody_new_is_refused(world, names):
    s = world.cosigning()
    with refused(Unfit, "not been asked yet"):
        operations.invite(s, actor=world.actors["deputy"], mandates=[world.mandates[n] for n in names])


def test_deputies_of_another_congress_cannot_be_asked(world):
    s = world.draft()
    with refused(Unfit, "same congress"):
        operations.invite(s, actor=world.actors["deputy"], mandates=[world.mandates["deputy2"], world.mandates["other_deputy"]])


def test_deputies_out_of_office_cannot_be_asked(world):
    resting = body.correct_mandate(world.mandates["deputy2"], actor=SYSTEM, state="suspended")
    s = world.draft()
    with refused(Unfit, "in office"):
        operations.invite(s, actor=world.actors["deputy"], mandates=[resting])


def test_an_unfinished_text_cannot_be_shown_to_signers(world):
    s = world.draft(proposal="")
    with refused(Unfit, "Still missing"):
        operations.invite(s, actor=world.actors["deputy"], mandates=[world.mandates["deputy2"]])


def test_there_is_a_most_of_joint_signers(world, monkeypatch):
    monkeypatch.setattr(signing, "MOST_SIGNERS", 1)
    s = world.draft()
    with refused(Unfit, "at most 1"):
        operations.invite(s, actor=world.actors["deputy"], mandates=[world.mandates["deputy2"], world.mandates["deputy3"]])


def test_only_the_lead_deputy_invites_and_only_before_submission(world):
    s = world.draft()
    with refused(NotAllowed):
        operations.invite(s, actor=world.actors["deputy2"], mandates=[world.mandates["deputy3"]])
    s = world.submitted()
    with refused(WrongState):
        operations.invite(s, actor=world.actors["deputy"], mandates=[world.mandates["deputy3"]])


def test_signing_is_dated_and_the_lead_deputy_hears_of_it(world, asked):
    signed = operations.confirm(asked, actor=world.actors["deputy2"], version=1)
    line = entry("signature.confirm")
    assert (signed.state, signed.version) == ("confirmed", 1)
    assert (line.user, line.changes["state"], line.trail) == (
        world.actors["deputy2"].user, ["invited", "confirmed"], f"suggestion:{asked.suggestion_id}"
    )  # fmt: skip
    assert told("signature_answered") == ["deputy"]


@pytest.mark.parametrize("version", [0, 1, 3, 10**12])
def test_an_old_or_invented_version_cannot_be_signed(world, asked, version):
    operations.revise(asked.suggestion, actor=world.actors["deputy"], title="关于修好全部路灯的建议")
    with refused(Unfit, "while you were reading"):
        operations.confirm(fresh(asked), actor=world.actors["deputy2"], version=version)
    assert operations.confirm(fresh(asked), actor=world.actors["deputy2"], version=2).version == 2


def test_a_text_signed_after_a_change_is_kept_and_binds_as_well(world, asked):
    operations.revise(asked.suggestion, actor=world.actors["deputy"], title="关于修好全部路灯的建议")
    operations.confirm(fresh(asked), actor=world.actors["deputy2"], version=2)
    assert TextVersion.objects.get(suggestion=asked.suggestion, number=2).title == "关于修好全部路灯的建议"
    s = operations.revise(fresh(asked).suggestion, actor=world.actors["deputy"], title="关于另一件事的建议")
    assert (s.version, fresh(asked).state) == (3, "void")


def test_a_consent_to_another_version_never_goes_out_with_the_text(world, asked):
    """What two people writing at the same moment could leave behind."""
    signed = operations.confirm(asked, actor=world.actors["deputy2"], version=1)
    type(signed.suggestion).objects.filter(pk=signed.suggestion_id).update(version=2)
    with refused(Unfit, "have not answered"):
        operations.submit(signed.suggestion, actor=world.actors["deputy"])


def test_nobody_signs_for_another(world, asked):
    for role in ("deputy", "deputy3", "clerk", "other_deputy"):
        with refused(NotAllowed):
            operations.confirm(asked, actor=world.actors[role], version=1)
        with refused(NotAllowed):
            operations.decline(asked, actor=world.actors[role])


def test_a_deputy_out_of_office_cannot_sign_but_can_decline(world, asked):
    body.correct_mandate(world.mandates["deputy2"], actor=SYSTEM, state="suspended")
    with refused(NotAllowed, "suspended"):
        operations.confirm(asked, actor=world.actors["deputy2"], version=1)
    assert operations.decline(asked, actor=world.actors["deputy2"]).state == "declined"


def test_signing_twice_is_refused(world, asked):
    operations.confirm(asked, actor=world.actors["deputy2"], version=1)
    with refused(WrongState):
        operations.confirm(asked, actor=world.actors["deputy2"], version=1)


def test_a_signature_can_be_taken_back_before_submission_and_not_after(world, asked):
    operations.confirm(asked, actor=world.actors["deputy2"], version=1)
    assert operations.decline(asked, actor=world.actors["deputy2"]).state == "declined"
    operations.ask_again(asked, actor=world.actors["deputy"])
    operations.confirm(asked, actor=world.actors["deputy2"], version=1)
    operations.submit(asked.suggestion, actor=world.actors["deputy"])
    with refused(NotAllowed, "already been submitted"):
        operations.decline(fresh(asked), actor=world.actors["deputy2"])


@pytest.mark.parametrize("way", ["declined", "revoked", "void"])
def test_who_no_longer_signs_can_be_asked_again_for_the_present_text(world, asked, way):
    if way == "declined":
        operations.decline(asked, actor=world.actors["deputy2"])
    elif way == "revoked":
        operations.revoke(asked, actor=world.actors["deputy"])
    else:
        operations.confirm(asked, actor=world.actors["deputy2"], version=1)
        operations.revise(asked.suggestion, actor=world.actors["deputy"], title="关于修好全部路灯的建议")
    again = operations.ask_again(fresh(asked), actor=world.actors["deputy"])
    assert (again.state, again.version) == ("invited", 2 if way == "void" else 1)
    assert told("invited") == ["deputy2"]
    assert TextVersion.objects.filter(suggestion=asked.suggestion, number=again.version).exists()


def test_taking_an_invitation_back_lets_the_text_go_out(world, asked):
    assert operations.revoke(asked, actor=world.actors["deputy"]).state == "revoked"
    assert operations.submit(asked.suggestion, actor=world.actors["deputy"]).state == State.SUBMITTED
    assert entry("signature.revoke").changes == {"state": ["invited", "revoked"]}


def test_only_the_lead_deputy_takes_back_and_asks_again(world, asked):
    for role in ("deputy2", "clerk"):
        with refused(NotAllowed):
            operations.revoke(asked, actor=world.actors[role])
    operations.decline(asked, actor=world.actors["deputy2"])
    with refused(NotAllowed):
        operations.ask_again(asked, actor=world.actors["deputy2"])


def test_no_person_makes_a_signature_void(world, asked):
    operations.confirm(asked, actor=world.actors["deputy2"], version=1)
    with refused(NotAllowed, "Only the system"):
        operations.void(asked, actor=world.actors["deputy"])


def test_what_was_filed_and_returned_stays_the_staffs_to_see_while_signers_are_asked(world):
    s = operations.invite(world.returned(), actor=world.actors["deputy"], mandates=[world.mandates["deputy2"]])
    assert s.state == State.RETURNED
    assert Suggestion.objects.visible_to(world.actors["clerk"]).filter(pk=s.pk).exists()
    with refused(WrongState):
        operations.discard(s, actor=world.actors["deputy"])
    operations.confirm(s.signatures.get(), actor=world.actors["deputy2"], version=s.version)
    assert operations.submit(s, actor=world.actors["deputy"]).state == State.SUBMITTED
