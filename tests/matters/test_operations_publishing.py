"""What the public may read: all, the progress alone, or nothing."""

import pytest
from django.core.exceptions import ValidationError

from qiao.kernel import clock
from qiao.kernel.errors import NotAllowed, Unfit, WrongState
from qiao.matters import operations
from qiao.matters.figures import figures, population, rates
from qiao.matters.models import PUBLIC_STATE, Publicity, Redaction, Suggestion, public_copy
from qiao.rulebook.queries import rules_for
from tests.world import rule

from .given import entry, later, refused, told

pytestmark = [pytest.mark.django_db, pytest.mark.capability("M1"), pytest.mark.usefixtures("english")]


def test_publishing_sets_what_is_read_and_tells_the_signers(world):
    s = operations.publish(world.closed(), actor=world.actors["clerk"], publicity="full")
    assert (s.publicity, s.publicity_reason, s.state) == (Publicity.FULL, "", "closed")
    assert s.published_at
    assert s in Suggestion.objects.published()
    assert told("published") == ["deputy"]
    assert entry("suggestion.publish").changes["publicity"] == ["none", "full"]


def test_the_first_day_of_publication_is_kept(world):
    s = world.published()
    first = s.published_at
    with later(days=5):
        s = operations.publish(s, actor=world.actors["clerk"], publicity="progress", note="代表要求。")
    assert s.published_at == first


def test_without_the_deputys_consent_the_text_is_not_published(world):
    s = world.closed(may_publish=False)
    with refused(Unfit, "did not agree"):
        operations.publish(s, actor=world.actors["clerk"], publicity="full")
    s = operations.publish(s, actor=world.actors["clerk"], publicity="progress", note="代表不同意公开全文。")
    assert (s.publicity, s.publicity_reason) == (Publicity.PROGRESS, "代表不同意公开全文。")


def test_a_congress_whose_rules_ask_for_no_consent_publishes_without(world):
    rule(world, "deputy_consent_needed", False)
    assert operations.publish(world.closed(may_publish=False), actor=world.actors["clerk"], publicity="full").publicity == Publicity.FULL


@pytest.mark.parametrize("publicity", ["progress", "none"])
@pytest.mark.parametrize("note", ["", "  "])
def test_less_than_all_needs_a_sentence_for_the_public(world, publicity, note):
    s = world.closed()
    with refused(Unfit, "the public reads"):
        operations.publish(s, actor=world.actors["clerk"], publicity=publicity, note=note)


def test_an_unknown_publicity_or_a_sentence_too_long_is_refused(world):
    s = world.closed()
    with refused(Unfit, "Choose what the public may read"):
        operations.publish(s, actor=world.actors["clerk"], publicity="everything", note="……")
    with refused(ValidationError):
        operations.publish(s, actor=world.actors["clerk"], publicity="progress", note="长" * 201)


def test_it_can_be_taken_off_again(world):
    s = operations.publish(world.published(), actor=world.actors["clerk"], publicity="none", note="含个人信息。")
    assert (s.publicity, s.published_at) == (Publicity.NONE, None)
    assert s not in Suggestion.objects.published()


@pytest.mark.parametrize("role", ["deputy", "leader", "handler", "sysadmin", "other_clerk"])
def test_only_the_congresss_staff_publish(world, role):
    s = world.closed()
    with refused(NotAllowed):
        operations.publish(s, actor=world.actors[role], publicity="full")


@pytest.mark.parametrize("state", ["draft", "cosigning", "submitted", "returned", "not_accepted", "discarded"])
def test_what_was_never_registered_is_not_published(world, state):
    s = getattr(world, state)()
    with refused(WrongState):
        operations.publish(s, actor=world.actors["clerk"], publicity="full")


def test_states_that_are_not_the_publics_have_no_public_words(everywhere):
    for state, s in everywhere.items():
        assert bool(s.public_state) == (state in PUBLIC_STATE)


# --- three checks -----------------------------------------------------------------------------------------------------------------


def the_reply(s):
    return s.assignments.get().replies.get()


def unchecked(world):
    """Answered in time, the check for secrets still to come."""
    s = world.approval()
    operations.issue(the_reply(s), actor=world.actors["signer"], document_no="测函〔2026〕3号")
    return Suggestion.objects.get(pk=s.pk)


def test_a_reply_is_published_only_after_the_unit_has_checked_it_for_secrets(world, client):
    s = unchecked(world)
    with refused(Unfit, "has not checked the reply"):
        operations.publish(s, actor=world.actors["clerk"], publicity="full", reply=True)
    operations.publish(s, actor=world.actors["clerk"], publicity="full")
    assert the_reply(s).published_at is None
    assert the_reply(s).text not in client.get(f"/open/{s.pk}/").content.decode()
    checked = operations.check_secrecy(the_reply(s), actor=world.actors["handler"], may_publish=True)
    assert (checked.secrecy_checked_by, told("secrecy_checked")) == (world.actors["handler"].user, ["clerk"])
    operations.publish(s, actor=world.actors["clerk"], publicity="full", reply=True)
    assert the_reply(s).published_at
    assert the_reply(s).text in client.get(f"/open/{s.pk}/").content.decode()


def test_what_a_later_check_holds_back_is_off_the_public_page_at_once(world, client):
    s = world.published()
    assert the_reply(s).text in client.get(f"/open/{s.pk}/").content.decode()
    operations.check_secrecy(the_reply(s), actor=world.actors["signer"], may_publish=False, withheld_reason="涉及商业秘密。")
    body = client.get(f"/open/{s.pk}/").content.decode()
    assert (the_reply(s).text in body, "涉及商业秘密。" in body) == (False, True)


@pytest.mark.parametrize("role", ["deputy", "clerk", "handler2", "other_liaison"])
def test_only_the_unit_itself_checks_its_reply(world, role):
    s = world.replied()
    with refused(NotAllowed):
        operations.check_secrecy(the_reply(s), actor=world.actors[role], may_publish=True)


def test_the_deputy_takes_consent_back_and_the_text_is_off_the_public_page_at_once(world, client):
    s = operations.consent(world.published(), actor=world.actors["deputy"], agrees=False)
    assert (s.publicity, the_reply(s).published_at, told("consent_said")) == (Publicity.PROGRESS, None, ["clerk"])
    body = client.get(f"/open/{s.pk}/").content.decode()
    assert s.matter not in body
    assert the_reply(s).text not in body


def test_what_must_be_published_is_not_asked_of_the_deputy(world):
    for part in ("suggestion", "reply"):
        rule(world, f"publish_policy_{part}", "must")
    s = operations.publish(world.closed(may_publish=False), actor=world.actors["clerk"], publicity="full")
    s = operations.consent(s, actor=world.actors["deputy"], agrees=False)
    assert (s.publicity, the_reply(s).published_at is not None) == (Publicity.FULL, True)


@pytest.mark.parametrize("ground", ["", "because"])
def test_what_must_be_published_is_held_back_on_a_ground_in_law_alone(world, ground):
    rule(world, "publish_policy_suggestion", "must")
    s = world.closed()
    with refused(Unfit, "Choose the ground in law"):
        operations.publish(s, actor=world.actors["clerk"], publicity="progress", note="……", ground=ground)
    held = operations.publish(s, actor=world.actors["clerk"], publicity="progress", note="涉及隐私。", ground="privacy")
    assert held.publicity == Publicity.PROGRESS


@pytest.mark.parametrize(("part", "given"), [("suggestion", {}), ("reply", {"reply": True}), ("evaluation", {"evaluation": True})])
def test_what_the_rules_keep_inside_is_not_published(world, part, given):
    rule(world, f"publish_policy_{part}", "no")
    s = world.closed()
    with refused(Unfit, "not published"):
        operations.publish(s, actor=world.actors["clerk"], publicity="full", **given)


def test_the_evaluation_is_published_where_the_rules_allow_and_only_when_it_is_open(world, client):
    rule(world, "publish_policy_evaluation", "may")
    client.cookies["qiao_language"] = "en"
    s = world.sealed("satisfied")
    operations.publish(s, actor=world.actors["clerk"], publicity="full", evaluation=True)
    assert "Satisfied" not in client.get(f"/open/{s.pk}/").content.decode()
    with later(days=60):
        s = operations.open_evaluation(s, actor=world.actors["clerk"])
        assert "Satisfied" not in client.get(f"/open/{s.pk}/").content.decode()
        operations.publish(s, actor=world.actors["clerk"], publicity="full", evaluation=True)
        assert "Satisfied" in client.get(f"/open/{s.pk}/").content.decode()


def test_the_publication_rate_counts_what_may_be_published(world):
    def rate():
        clerk = world.actors["clerk"]
        rows = population(Suggestion.objects.visible_to(clerk), clerk)
        counted = rates(world.congress, rules_for(world.congress, clock.today()))
        return next((f.part, f.whole) for f in figures(rows, counted) if f.rate.key == "published")

    before = rate()[1]  # the file's suggestions in every state
    s, _held, _unchecked, withheld = world.closed(), world.closed(may_publish=False), unchecked(world), world.replied()
    operations.check_secrecy(the_reply(withheld), actor=world.actors["signer"], may_publish=False, withheld_reason="涉及商业秘密。")
    assert rate() == (0, before + 1)
    operations.publish(s, actor=world.actors["clerk"], publicity="full")
    assert rate() == (1, before + 1)


# --- what is left out -------------------------------------------------------------------------------------------------------------


def mark(world, s, passage, **given):
    return operations.redact(s, actor=world.actors["clerk"], **{"place": "matter", "passage": passage, "ground": "privacy", **given})


def test_a_marked_passage_is_not_in_the_public_copy_and_the_original_stays(world, client):
    s = world.published()
    made = mark(world, s, "学生晚自习后摸黑回家")
    body = client.get(f"/open/{s.pk}/").content.decode()
    assert "摸黑回家" not in body
    assert "■■" in body
    assert Suggestion.objects.get(pk=s.pk).matter == s.matter
    assert "摸黑" not in str(entry("suggestion.redact").changes)
    operations.undo_redaction(made, actor=world.actors["clerk"])
    assert "摸黑回家" in client.get(f"/open/{s.pk}/").content.decode()


def test_a_passage_of_the_reply_is_left_out_too(world, client):
    s = world.published()
    mark(world, s, "十一盏", place="reply", reply=the_reply(s))
    body = client.get(f"/open/{s.pk}/").content.decode()
    assert the_reply(s).text not in body
    assert "逐盏检修" in body


def test_marks_that_touch_or_repeat_leave_nothing_over():
    marks = [Redaction(passage=words, ground="privacy") for words in ("乙丙", "丙丁", "甲甲")]
    assert public_copy("甲乙丙丁戊", marks) == f"甲{marks[0]}戊"
    assert public_copy("甲甲甲戊\r\n乙丙", marks) == f"{marks[2]}戊\n{marks[0]}"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"passage": "没有写过的话"}, "does not stand in the text"),
        ({"place": "reply"}, "in which reply"),
        ({"place": "title", "passage": "路灯"}, None),
    ],
)
def test_only_what_stands_in_a_text_is_left_out(world, given, words):
    s = world.published()
    with refused((Unfit, ValidationError), words):
        operations.redact(s, actor=world.actors["clerk"], **{"place": "matter", "passage": "路灯", "ground": "privacy", **given})


@pytest.mark.parametrize("role", ["deputy", "leader", "handler", "other_clerk"])
def test_only_the_congresss_staff_leave_out_and_put_back(world, role):
    s = world.published()
    made = mark(world, s, "十一盏路灯")
    with refused(NotAllowed):
        mark_by = {"place": "matter", "passage": "路灯", "ground": "privacy"}
        operations.redact(s, actor=world.actors[role], **mark_by)
    with refused(NotAllowed):
        operations.undo_redaction(made, actor=world.actors[role])
    assert Redaction.objects.visible_to(world.actors[role]).exists() == (role == "leader")


def test_staff_see_the_public_copy_before_the_public_does_and_who_checked(world, login):
    s = world.closed()
    mark(world, s, "十一盏路灯")
    body = login("clerk").get(f"/suggestions/{s.pk}/public_copy/").content.decode()
    assert "■■" in body
    assert world.actors["signer"].user.person.name in body
    assert login("anonymous").get(f"/open/{s.pk}/").status_code == 404
    for role, status in (("deputy", 403), ("handler", 403), ("other_clerk", 404)):
        assert login(role).get(f"/suggestions/{s.pk}/public_copy/").status_code == status


def test_the_public_copy_asks_as_many_queries_whatever_is_left_out(world, login, django_assert_max_num_queries):
    s = world.closed()
    client = login("clerk")
    client.get(f"/suggestions/{s.pk}/public_copy/")
    for words in ("灯芯路", "十一盏", "学生", "自东向西", "摸黑"):
        mark(world, s, words)
    with django_assert_max_num_queries(18):
        client.get(f"/suggestions/{s.pk}/public_copy/")


def test_the_public_finds_by_its_title_alone_what_is_not_whole(world, client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        s = world.published()
    assert s.title in client.get("/open/?q=摸黑").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        mark(world, s, "学生晚自习后摸黑回家")
    assert s.title not in client.get("/open/?q=摸黑").content.decode()
    assert s.title in client.get("/open/?q=灯芯路").content.decode()


def test_a_passage_is_left_out_and_put_back_on_the_page(world, login):
    s = world.closed()
    client = login("clerk")
    typed = {"place": f"reply-{the_reply(s).pk}", "passage": "十一盏路灯", "ground": "trade_secret"}
    assert client.post(f"/suggestions/{s.pk}/redact/", typed).headers["Location"] == f"/suggestions/{s.pk}/public_copy/"
    made = Redaction.objects.get()
    assert (made.reply, made.ground) == (the_reply(s), "trade_secret")
    wrong = client.post(f"/suggestions/{s.pk}/redact/", typed | {"passage": "不在文中"})
    assert (wrong.status_code, "不在文中" in wrong.content.decode()) == (422, True)
    client.post(f"/redactions/{made.pk}/undo/")
    assert not Redaction.objects.standing().exists()
