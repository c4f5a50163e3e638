"""Withdrawing what others signed too: they are asked, they answer, and the congress's rule says how many must agree (R3.16)."""

import datetime as dt

import pytest

from qiao.kernel import clock
from qiao.kernel.errors import NotAllowed, Unfit
from qiao.matters import operations
from qiao.matters.flow import SUGGESTION
from qiao.matters.models import Clock, Signature, State
from tests.world import rule

from .given import entry, later, refused, told, verbs

pytestmark = [pytest.mark.django_db, pytest.mark.capability("M1"), pytest.mark.usefixtures("english")]


def jointly_submitted(world, *more):
    """Submitted, signed by the second deputy and those named."""
    s = world.signed_jointly()
    if more:
        s = operations.invite(s, actor=world.actors["deputy"], mandates=[world.mandates[name] for name in more])
        for name in more:
            operations.confirm(signature(world, s, name), actor=world.actors[name], version=s.version)
    return operations.submit(s, actor=world.actors["deputy"])


def signature(world, s, name="deputy2"):
    return Signature.objects.get(suggestion=s, mandate=world.mandates[name])


def asked(world, *more):
    return operations.ask_withdrawal(jointly_submitted(world, *more), actor=world.actors["deputy"], note="已当场解决。")


@pytest.mark.parametrize("value", ["unanimous", "majority"])
def test_the_lead_deputy_alone_cannot_withdraw_what_others_signed(world, value):
    rule(world, "withdrawal_rule", value)
    s = jointly_submitted(world)
    with refused(NotAllowed, "must agree"):
        operations.withdraw(s, actor=world.actors["deputy"], note="……")
    assert operations.ask_withdrawal(s, actor=world.actors["deputy"], note="……").state == State.SUBMITTED
    assert told("withdrawal_asked") == ["deputy2"]


def test_with_the_last_agreement_that_the_rule_asks_for_it_is_withdrawn(world):
    s = asked(world, "deputy3")
    operations.agree_withdrawal(signature(world, s), actor=world.actors["deputy2"])
    s.refresh_from_db()
    assert (s.state, told("withdrawal_answered")) == (State.SUBMITTED, ["deputy"])
    operations.agree_withdrawal(signature(world, s, "deputy3"), actor=world.actors["deputy3"])
    s.refresh_from_db()
    assert (s.state, Clock.objects.running().filter(suggestion=s).count()) == (State.WITHDRAWN, 0)
    assert (entry("suggestion.withdraw").note, entry("suggestion.withdraw").because) == ("已当场解决。", "signature.agree_withdrawal")
    assert told("withdrawn") == ["clerk", "deputy", "deputy2"]


def test_a_majority_counts_the_lead_deputy_who_signed_too(world):
    rule(world, "withdrawal_rule", "majority")
    s = asked(world, "deputy3")
    operations.agree_withdrawal(signature(world, s), actor=world.actors["deputy2"])
    s.refresh_from_db()
    assert s.state == State.WITHDRAWN


def test_one_objection_keeps_it_going_where_all_must_agree_and_may_be_given_up(world):
    s = asked(world)
    operations.object_withdrawal(signature(world, s), actor=world.actors["deputy2"], note="问题仍在。")
    s.refresh_from_db()
    assert (s.state, entry("signature.object_withdrawal").note) == (State.SUBMITTED, "问题仍在。")
    operations.agree_withdrawal(signature(world, s), actor=world.actors["deputy2"])
    s.refresh_from_db()
    assert s.state == State.WITHDRAWN


def test_the_lead_deputy_may_keep_it_after_all_and_nobody_is_asked_any_longer(world):
    s = asked(world)
    assert verbs_of(world, s) == {"drop_withdrawal"}
    s = operations.drop_withdrawal(s, actor=world.actors["deputy"])
    assert (told("withdrawal_dropped"), verbs_of(world, s)) == (["deputy2"], {"ask_withdrawal"})
    with refused(NotAllowed, "not asked"):
        operations.agree_withdrawal(signature(world, s), actor=world.actors["deputy2"])


def verbs_of(world, s):
    """What the lead deputy may do towards a withdrawal now."""
    open_ = verbs(SUGGESTION, world.actors["deputy"], type(s).objects.get(pk=s.pk))
    return open_ & {"withdraw", "ask_withdrawal", "drop_withdrawal"}


def test_only_who_signed_answers(world):
    s = asked(world)
    for role in ("deputy", "deputy3", "clerk"):
        with refused(NotAllowed):
            operations.agree_withdrawal(signature(world, s), actor=world.actors[role])


def test_what_was_handed_over_meanwhile_is_not_withdrawn_by_a_late_agreement_where_the_rules_end_it_there(world):
    rule(world, "withdrawal_until", "before_assign")
    s = operations.register(asked(world), actor=world.actors["clerk"])
    operations.assign(s, actor=world.actors["clerk"], unit=world.unit)
    with refused(Unfit, "once it has been assigned"):
        operations.agree_withdrawal(signature(world, s), actor=world.actors["deputy2"])


def test_a_congress_may_leave_withdrawal_to_the_lead_deputy(world):
    rule(world, "withdrawal_rule", "lead")
    assert operations.withdraw(jointly_submitted(world), actor=world.actors["deputy"]).state == State.WITHDRAWN


def test_who_declined_has_no_say_in_the_withdrawal(world):
    s = world.cosigning()
    operations.decline(Signature.objects.get(suggestion=s), actor=world.actors["deputy2"])
    s = operations.submit(s, actor=world.actors["deputy"])
    assert operations.withdraw(s, actor=world.actors["deputy"]).state == State.WITHDRAWN


def test_staff_record_a_letter_of_withdrawal_of_a_day_that_has_come(world):
    s = operations.assign(
        operations.register(jointly_submitted(world), actor=world.actors["clerk"]), actor=world.actors["clerk"], unit=world.unit
    )
    given = {"actor": world.actors["clerk"], "note": "联名代表均已在函上签名。"}
    with refused(Unfit, "still to come"):
        operations.withdraw_on_paper(s, letter_on=clock.today() + dt.timedelta(days=1), **given)
    s = operations.withdraw_on_paper(s, letter_on=clock.today(), **given)
    assert (s.state, s.withdrawal_letter_on, s.assignments.get().state) == (State.WITHDRAWN, clock.today(), "closed")
    assert set(told("withdrawn")) >= {"deputy", "deputy2", "liaison"}


def test_the_signer_answers_on_the_page_and_the_reason_of_an_objection_is_asked_for(world, login):
    s = asked(world)
    page = login("deputy2").get(f"/suggestions/{s.pk}/").content.decode()
    assert "已当场解决。" in page
    assert login("deputy2").post(f"/signatures/{signature(world, s).pk}/object_withdrawal/", {"note": ""}).status_code == 422
    assert login("deputy2").post(f"/signatures/{signature(world, s).pk}/agree_withdrawal/").status_code == 302
    s.refresh_from_db()
    assert s.state == State.WITHDRAWN


def test_it_is_on_the_deputys_worklist_until_answered(world, login):
    s = asked(world, "deputy3")
    listed = lambda: [row.pk for row in login("deputy2").get("/suggestions/?view=withdrawals").context["list"].rows]  # noqa: E731
    assert listed() == [s.pk]
    operations.agree_withdrawal(signature(world, s), actor=world.actors["deputy2"])
    assert listed() == []


def test_after_the_term_a_deputys_suggestion_goes_on_and_they_still_answer_for_it(world, login):
    s = world.replied()
    type(world.term).objects.filter(pk=world.term.pk).update(ends=clock.today())
    with later(days=1):
        assert operations.evaluate(s, actor=world.actors["deputy"], ratings=world.ratings("satisfied")).state == State.CLOSED
