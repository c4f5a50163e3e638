"""More time for the reply: asked for before the last day, once, within the long term; decided by the assigning side; told to deputies."""

import datetime as dt

import pytest

from qiao.kernel import clock
from qiao.kernel.errors import NotAllowed, Unfit, WrongState
from qiao.matters import operations
from qiao.matters.models import Clock, Extension, Suggestion
from tests.world import REPLY, rule

from .given import entry, on, refused, told

pytestmark = [pytest.mark.django_db, pytest.mark.capability("T3"), pytest.mark.usefixtures("english")]
LATER = dt.date(2026, 8, 3)


@pytest.fixture
def handed(world):
    """Handed over on 2 March 2026 and signed for; the reply is due on 2 June, by the long term on 2 September."""
    with on(2026, 3, 2):
        return world.handling().assignments.get()


@pytest.fixture
def asked(world, handed):
    """More time is asked for, until 3 August."""
    with on(2026, 5, 4):
        return operations.ask_extension(handed, actor=world.actors["handler"], note="需现场勘察。", until=LATER)


def reply_clock(assignment):
    return Clock.objects.get(assignment=assignment, kind="reply")


def test_asking_moves_nothing_and_tells_the_staff(handed, asked):
    assert (asked.state, asked.proposed, asked.previous, asked.until) == ("requested", LATER, dt.date(2026, 6, 2), None)
    assert reply_clock(handed).due == dt.date(2026, 6, 2)
    assert entry("assignment.ask_extension").note == "需现场勘察。"
    assert told("extension_requested") == ["clerk"]


def test_consent_gives_the_clock_a_new_last_day_that_explains_itself_and_tells_unit_and_deputy(world, handed, asked):
    with on(2026, 5, 6):
        operations.grant_extension(asked, actor=world.actors["clerk"], until=LATER, note="同意。")
    limit = reply_clock(handed)
    assert (limit.due, Suggestion.objects.get().due, limit.start) == (LATER, LATER, dt.date(2026, 3, 2))
    lines = limit.reckoning.explained()
    assert lines[-2].startswith("More time was granted on 6 May 2026 (Wednesday), until 3 August 2026 (Monday); by ")
    assert lines[-2].endswith("6 months counted from the same start end on 2 September 2026 (Wednesday).")
    assert lines[-1] == "The last day is now 3 August 2026 (Monday); it ends at 24:00."
    assert told("extended") == ["deputy"]
    assert told("extension_decided") == ["handler", "liaison", "signer"]


def test_a_refusal_leaves_the_date_and_tells_the_unit_alone(world, handed, asked):
    operations.refuse_extension(asked, actor=world.actors["clerk"], note="情况并不复杂。")
    assert reply_clock(handed).due == dt.date(2026, 6, 2)
    assert Extension.objects.get().decision == "情况并不复杂。"
    assert told("extension_decided") == ["handler", "liaison", "signer"]
    assert told("extended") == []


def test_where_no_consent_is_needed_the_time_is_longer_at_once(world):
    with on(2026, 3, 2):
        rule(world, "extension_consent", value=False)
        a = world.handling().assignments.get()
    with on(2026, 5, 4):
        made = operations.ask_extension(a, actor=world.actors["handler"], note="需现场勘察。", until=LATER)
    assert (made.state, reply_clock(a).due, Suggestion.objects.get().due) == ("granted", LATER, LATER)
    assert told("extended") == ["deputy"]
    assert told("extension_requested") == []


@pytest.mark.parametrize(
    ("until", "why"),
    [
        (dt.date(2026, 6, 2), "is no extension"),
        (dt.date(2026, 9, 3), "is too late: by .* the reply is due by 2 September 2026"),
        (dt.date(2026, 8, 2), "is a day off"),
    ],
)
def test_a_last_day_that_cannot_be_is_refused_with_its_reason_when_asked_and_when_granted(world, handed, until, why):
    with on(2026, 5, 4):
        with refused(Unfit, why):
            operations.ask_extension(handed, actor=world.actors["handler"], note="需现场勘察。", until=until)
        made = operations.ask_extension(handed, actor=world.actors["handler"], note="需现场勘察。", until=LATER)
        with refused(Unfit, why):
            operations.grant_extension(made, actor=world.actors["clerk"], until=until)


def test_the_long_term_itself_can_be_granted(world, handed):
    with on(2026, 6, 1):
        made = operations.ask_extension(handed, actor=world.actors["handler"], note="需现场勘察。", until=dt.date(2026, 9, 2))
    assert made.proposed == dt.date(2026, 9, 2)


def test_on_the_last_day_it_is_too_late_to_ask(world, handed):
    with on(2026, 6, 2), refused(Unfit, "before the last day, 2 June 2026"):
        operations.ask_extension(handed, actor=world.actors["handler"], note="需现场勘察。", until=LATER)


def test_there_is_no_second_extension_and_no_second_request_while_one_waits(world, handed, asked):
    with on(2026, 5, 5):
        with refused(Unfit, "no second extension"):
            operations.ask_extension(handed, actor=world.actors["handler"], note="再延。", until=LATER)
        operations.grant_extension(asked, actor=world.actors["clerk"], until=dt.date(2026, 7, 1))
        with refused(Unfit, "no second extension"):
            operations.ask_extension(handed, actor=world.actors["handler"], note="再延。", until=LATER)


def test_a_second_reply_knows_no_extension(world):
    a = world.rehandling().assignments.get()
    with refused(Unfit, "Only the time for the first reply"):
        operations.ask_extension(a, actor=world.actors["handler"], note="再延。", until=LATER)


@pytest.mark.parametrize("role", ["deputy", "handler", "handler2", "leader", "other_clerk"])
def test_only_the_assigning_side_decides(world, asked, role):
    with on(2026, 5, 5), refused(NotAllowed):
        operations.grant_extension(asked, actor=world.actors[role], until=LATER)
    with refused(NotAllowed):
        operations.refuse_extension(asked, actor=world.actors[role], note="不同意。")


@pytest.mark.parametrize("role", ["clerk", "deputy", "handler2", "other_liaison"])
def test_only_the_unit_itself_asks(world, handed, role):
    with on(2026, 5, 4), refused(NotAllowed):
        operations.ask_extension(handed, actor=world.actors[role], note="需现场勘察。", until=LATER)


def test_what_was_not_decided_lapses_with_the_reply_and_with_a_withdrawal(world):
    answered, withdrawn = world.extension_requested(), world.extension_requested(title="关于另一条路的建议")
    a = answered.assignments.get()
    contact = {"mode": "phone", "on": clock.today(), "who": "代表", "content": "已沟通。"}
    operations.record_contact(a, actor=world.actors["handler"], **contact)
    reply = operations.draft_reply(a, actor=world.actors["handler"], **REPLY)
    operations.request_approval(reply, actor=world.actors["handler"])
    operations.issue(reply, actor=world.actors["signer"], document_no="1号")
    operations.withdraw(Suggestion.objects.get(pk=withdrawn.pk), actor=world.actors["deputy"], note="已解决。")
    assert list(Extension.objects.values_list("state", flat=True)) == ["lapsed", "lapsed"]
    with refused(WrongState):
        operations.grant_extension(Extension.objects.first(), actor=world.actors["clerk"], until=LATER)


def test_the_pages_lead_from_asking_to_the_new_date(world, login, handed):
    page, s = f"/suggestions/{handed.suggestion_id}/", handed.suggestion
    with on(2026, 5, 4):
        assert "Ask for more time" in login("handler").get(page).content.decode()
        ask = f"/assignments/{handed.pk}/ask_extension/"
        assert "at the latest 2 September 2026" in login("handler").get(ask).content.decode()
        bad = login("handler").post(ask, {"until": "2026-09-03", "note": "需现场勘察。"})
        assert bad.status_code == 422
        assert "需现场勘察。" in bad.content.decode()
        assert login("handler").post(ask, {"until": "2026-08-03", "note": "需现场勘察。"}).status_code == 302
        made = Extension.objects.get()
        shown = login("clerk").get(page).content.decode()
        assert f"/extensions/{made.pk}/grant/" in shown
        assert f"/extensions/{made.pk}/refuse/" in shown
        assert "More time requested" in shown
        assert "/grant/" not in login("handler").get(page).content.decode()
        assert login("clerk").post(f"/extensions/{made.pk}/grant/", {"until": "2026-08-03", "note": ""}).status_code == 302
        read = login("deputy").get(page).content.decode()
    assert "More time granted" in read
    assert "需现场勘察。" in read
    assert Suggestion.objects.get(pk=s.pk).due == LATER
