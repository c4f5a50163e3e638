"""The check by the delegation: what goes there, who sees it, passing on, returning (R3.19)."""

import datetime as dt

import pytest
from django.urls import reverse

from qiao.congress import operations as body
from qiao.congress.models import DelegationStaff
from qiao.kernel import clock
from qiao.kernel.errors import NotAllowed, Unfit
from qiao.matters import operations, queries
from qiao.matters.flow import SUGGESTION
from qiao.matters.models import State, Suggestion
from qiao.rulebook.operations import set_provision
from qiao.web.indexing import document
from tests.world import SINCE, SYSTEM

from .given import entry, on, refused, told, verbs

pytestmark = [pytest.mark.django_db, pytest.mark.capability("M1"), pytest.mark.usefixtures("english")]


@pytest.fixture
def sitting(world):
    """A session sits from 2 to 6 March 2026, and the rules ask for the delegation's check."""
    body.convene(world.term, actor=SYSTEM, number=4, opens=dt.date(2026, 3, 2), closes=dt.date(2026, 3, 6))
    set_provision(world.congress, actor=SYSTEM, key="delegation_precheck", value=True, source="测试", valid_from=SINCE)
    with on(2026, 3, 3):
        yield world


def test_in_session_a_suggestion_goes_to_its_delegation_first(sitting):
    s = sitting.submitted()
    assert (s.state, s.session.number) == (State.DELEGATION_CHECK, 4)
    assert told("delegation_check") == ["delegate"]
    assert told("submitted") == []


@pytest.mark.parametrize("change", ["no rule", "between sessions", "nobody serves", "no delegation"])
def test_it_goes_straight_to_the_staff_where_one_of_these_is_missing(sitting, change):
    if change == "no rule":
        set_provision(sitting.congress, actor=SYSTEM, key="delegation_precheck", value=False, source="测试", valid_from=clock.today())
    elif change == "nobody serves":
        body.release(DelegationStaff.objects.get(delegation__term=sitting.term), actor=SYSTEM)
    elif change == "no delegation":
        body.correct_mandate(sitting.mandates["deputy"], actor=SYSTEM, delegation=None)
    day = 9 if change == "between sessions" else 3
    with on(2026, 3, day):
        assert sitting.submitted().state == State.SUBMITTED
    assert told("submitted") == ["clerk"]


def test_passing_on_gives_it_to_the_staff_and_tells_the_deputy(sitting):
    s = operations.pass_on(sitting.submitted(), actor=sitting.actors["delegate"], note="属实。")
    assert (s.state, s.passed_on_at) == (State.SUBMITTED, clock.now())
    assert entry("suggestion.pass_on").note == "属实。"
    assert told("passed_on") == ["deputy"]
    assert told("submitted") == ["clerk"]
    assert operations.register(s, actor=sitting.actors["clerk"]).number_label == "第1号"


def test_what_is_returned_is_mended_and_checked_by_the_delegation_again(sitting):
    s = operations.turn_back(sitting.submitted(), actor=sitting.actors["delegate"], note="请写明路段。")
    assert (s.state, told("given_back")) == (State.RETURNED, ["deputy"])
    operations.revise(s, actor=sitting.actors["deputy"], title="关于修好灯芯路东段路灯的建议")
    assert operations.submit(s, actor=sitting.actors["deputy"]).state == State.DELEGATION_CHECK


def test_what_the_delegation_has_passed_on_it_does_not_check_a_second_time(sitting):
    s = operations.pass_on(sitting.submitted(), actor=sitting.actors["delegate"])
    operations.give_back(s, actor=sitting.actors["clerk"], note="请补充。")
    assert operations.submit(s, actor=sitting.actors["deputy"]).state == State.SUBMITTED


def test_returning_needs_a_reason(sitting):
    s = sitting.submitted()
    with refused(Unfit, "reason"):
        operations.turn_back(s, actor=sitting.actors["delegate"], note=" ")


@pytest.mark.parametrize("role", ["deputy", "deputy2", "other_delegate", "leader", "handler", "secadmin"])
def test_only_the_deputys_own_delegation_checks(sitting, role):
    s = sitting.submitted()
    for run, given in ((operations.pass_on, {}), (operations.turn_back, {"note": "……"})):
        with refused(NotAllowed):
            run(s, actor=sitting.actors[role], **given)


def test_another_delegation_of_the_same_congress_neither_sees_nor_checks_it(sitting):
    elsewhere = body.form_delegation(sitting.term, actor=SYSTEM, name="乙区代表团")
    served = DelegationStaff.objects.get(delegation__term=sitting.term)
    post = sitting.actors["delegate"].post
    s = sitting.submitted()
    body.release(served, actor=SYSTEM)
    body.appoint_staff(elsewhere, actor=SYSTEM, post=post)
    assert not Suggestion.objects.visible_to(sitting.actors["delegate"]).filter(pk=s.pk).exists()
    assert verbs(SUGGESTION, sitting.actors["delegate"], s) == set()


def test_the_congresss_staff_may_let_go_on_what_a_delegation_leaves_lying(sitting):
    assert operations.pass_on(sitting.submitted(), actor=sitting.actors["clerk"]).state == State.SUBMITTED


def test_a_delegation_sees_what_its_deputies_submitted_in_session_and_nothing_else(sitting):
    in_session, draft = sitting.submitted(), sitting.draft()
    with on(2026, 4, 3):
        between = sitting.submitted()
    operations.draft(sitting.other, actor=sitting.actors["other_deputy"], title="题", matter="事", proposal="办")
    seen = set(Suggestion.objects.visible_to(sitting.actors["delegate"]).values_list("pk", flat=True))
    assert seen == {in_session.pk}
    assert {draft.pk, between.pk} & seen == set()
    assert not Suggestion.objects.visible_to(sitting.actors["other_delegate"]).exists()


def test_a_delegation_finds_in_the_search_what_it_sees(sitting):
    (token,) = queries.audiences_of(sitting.actors["delegate"])
    assert token in document(sitting.submitted())["audience"]
    assert token not in document(sitting.draft())["audience"]


def test_the_deputy_can_withdraw_it_while_the_delegation_checks(sitting):
    assert operations.withdraw(sitting.submitted(), actor=sitting.actors["deputy"], note="已解决。").state == State.WITHDRAWN


# --- pages --------------------------------------------------------------------------------------------------------------------------


def test_the_home_of_a_delegation_counts_what_waits_and_leads_to_it(sitting, login):
    s = sitting.submitted()
    home = login("delegate").get(reverse("web:home"))
    assert {card["view"].key: card["count"] for card in home.context["cards"]} == {"delegation": 1, "mend": 0, "check": 0, "registered": 0}
    rows = login("delegate").get(reverse("matters:index"), {"view": "delegation"}).context["list"].rows
    assert [row.pk for row in rows] == [s.pk]
    assert login("clerk").get(reverse("matters:index"), {"view": "delegation"}).context["list"].rows[0].pk == s.pk


def test_the_page_offers_the_delegation_its_two_steps(sitting, login):
    s = sitting.submitted()
    text = login("delegate").get(reverse("matters:detail", args=[s.pk])).content.decode()
    assert "With the delegation" in text
    for verb in ("pass_on", "turn_back"):
        assert reverse("matters:suggestion_act", args=[s.pk, verb]) in text
    login("delegate").post(reverse("matters:suggestion_act", args=[s.pk, "turn_back"]), {"note": "请写明路段。"})
    assert "请写明路段。" in login("deputy").get(reverse("matters:detail", args=[s.pk])).content.decode()


def test_a_delegations_list_asks_as_many_queries_with_nine_rows_as_with_two(sitting, login, django_assert_max_num_queries):
    for _n in range(2):
        sitting.submitted()
    client = login("delegate")
    client.get(reverse("matters:index"))
    with django_assert_max_num_queries(20) as few:
        client.get(reverse("matters:index"))
    for _n in range(7):
        sitting.submitted()
    with django_assert_max_num_queries(len(few)):
        client.get(reverse("matters:index"))
