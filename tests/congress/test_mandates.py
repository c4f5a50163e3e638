"""The life of a mandate: who may take which step, what it does to the seat, who hears of it (R5)."""

import datetime as dt

import pytest
from django.urls import reverse

from qiao.congress import operations, queries
from qiao.congress.flow import MANDATE
from qiao.congress.models import Decider, Mandate, MandateDecision, MandateState
from qiao.kernel import clock
from qiao.kernel.errors import NotAllowed, Unfit, WrongState
from qiao.kernel.journal import history
from qiao.kernel.policy import Actor
from qiao.notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.capability("R5")]
SC, LOWER = Decider.STANDING_COMMITTEE, Decider.ELECTING_COMMITTEE
REASON = "本人因工作调动提出。"


def today():
    return clock.today()


@pytest.fixture
def clerk(world):
    return world.actors["clerk"]


@pytest.fixture
def mandate(world):
    return world.mandates["deputy"]


def acts(world):
    return world.actors["deputy"] and Mandate.objects.in_office().filter(pk=world.mandates["deputy"].pk).exists()


def resigned(world, mandate, actor=None):
    return operations.resign(mandate, actor=actor or world.actors["clerk"], on=today(), note=REASON)


def test_an_accepted_resignation_ends_the_mandate_and_vacates_the_seat(world, mandate, clerk):
    before = queries.structure_of(world.term, today(), Actor()).vacancies
    resigned(world, mandate)
    assert acts(world)
    done = operations.accept_resignation(mandate, actor=clerk, on=today(), decided_by=LOWER, document_no="甲人常〔2026〕3号")
    assert (done.state, done.end_reason, done.ended_on) == ("ended", "resigned", today())
    assert not acts(world)
    assert queries.structure_of(world.term, today(), Actor()).vacancies == before + 1


def test_who_has_lost_the_mandate_writes_no_suggestion(world, mandate, clerk):
    world.draft()
    operations.end(mandate, actor=clerk, on=today(), decided_by=SC, reason="moved")
    with pytest.raises(NotAllowed):
        world.draft()


def test_a_refused_resignation_lets_the_mandate_go_on(world, mandate, clerk):
    resigned(world, mandate)
    assert operations.refuse_resignation(mandate, actor=clerk, on=today(), decided_by=LOWER, note="未过半数。").state == "qualified"
    assert acts(world)


def test_a_deputy_hands_in_the_own_resignation_and_nobody_elses(world, mandate):
    with pytest.raises(NotAllowed):
        resigned(world, mandate, world.actors["deputy2"])
    assert resigned(world, mandate, world.actors["deputy"]).state == "resignation_submitted"
    with pytest.raises(NotAllowed):
        operations.accept_resignation(mandate, actor=world.actors["deputy"], on=today(), decided_by=LOWER)


@pytest.mark.parametrize("role", ["other_clerk", "deputy", "leader", "sysadmin", "handler"])
def test_others_record_no_decision(world, mandate, role):
    with pytest.raises(NotAllowed):
        operations.end(mandate, actor=world.actors[role], on=today(), decided_by=SC, reason="moved")
    mandate.refresh_from_db()
    assert (mandate.state, MandateDecision.objects.count()) == ("qualified", 0)


def test_a_suspended_deputy_cannot_act_until_the_suspension_ends(world, mandate, clerk):
    operations.suspend(mandate, actor=clerk, on=today(), decided_by=Decider.CREDENTIALS, ground="investigated")
    assert not acts(world)
    assert queries.structure_of(world.term, today(), Actor()).total == 3
    with pytest.raises(NotAllowed):
        world.draft()
    operations.lift_suspension(mandate, actor=clerk, on=today(), decided_by=Decider.CREDENTIALS)
    assert acts(world)


def test_a_suspension_outlasts_a_resignation_that_is_not_accepted(world, mandate, clerk):
    operations.suspend(mandate, actor=clerk, on=today(), decided_by=Decider.CREDENTIALS, ground="sentenced")
    assert resigned(world, mandate).state == "resignation_submitted"
    assert not acts(world)
    assert Mandate.objects.get(pk=mandate.pk).public_state == MandateState.SUSPENDED
    assert operations.refuse_resignation(mandate, actor=clerk, on=today(), decided_by=LOWER, note="未过半数。").state == "suspended"


def test_a_deputy_under_recall_can_be_suspended_beside_it(world, mandate, clerk):
    operations.initiate_recall(mandate, actor=clerk, on=today(), decided_by=Decider.CHAIRS, note="严重失职。")
    assert operations.suspend(mandate, actor=clerk, on=today(), decided_by="credentials", ground="investigated").state == "recall_initiated"
    assert not acts(world)
    with pytest.raises(Unfit):
        operations.suspend(mandate, actor=clerk, on=today(), decided_by="credentials", ground="investigated")
    assert operations.recall(mandate, actor=clerk, on=today(), decided_by=Decider.ELECTING).end_reason == "recalled"


def test_an_ordered_resignation_is_a_ground_of_its_own(world, mandate, clerk):
    operations.order_resignation(mandate, actor=clerk, on=today(), decided_by=LOWER, note="不履行代表职务。")
    assert acts(world)
    with pytest.raises(Unfit):
        operations.end(mandate, actor=clerk, on=today(), decided_by=SC, reason="ordered")
    assert operations.accept_ordered(mandate, actor=clerk, on=today(), decided_by=LOWER).end_reason == "ordered"


@pytest.mark.parametrize("days", [1, -10_000])
def test_a_decision_lies_between_the_election_and_today(world, mandate, clerk, days):
    with pytest.raises(Unfit):
        operations.end(mandate, actor=clerk, on=today() + dt.timedelta(days=days), decided_by=SC, reason="moved")


def test_what_the_law_gives_to_another_body_is_not_recorded_as_this_ones(world, mandate, clerk):
    resigned(world, mandate)
    with pytest.raises(Unfit):
        operations.accept_resignation(mandate, actor=clerk, on=today(), decided_by=Decider.VOTERS)


def test_a_step_out_of_turn_is_refused(world, mandate, clerk):
    with pytest.raises(WrongState):
        operations.recall(mandate, actor=clerk, on=today(), decided_by=Decider.ELECTING)


def test_the_deputy_and_the_staff_hear_of_it_and_nobody_writes_to_the_dead(world, mandate, clerk):
    resigned(world, mandate, world.actors["deputy"])
    assert {n.user_id for n in Notice.objects.filter(code="mandate.resign")} == {clerk.user.pk}
    operations.refuse_resignation(mandate, actor=clerk, on=today(), decided_by=LOWER, note="未过半数。")
    assert {n.user_id for n in Notice.objects.filter(code="mandate.refuse_resignation")} == {mandate.person.user.pk}
    operations.end(mandate, actor=clerk, on=today(), decided_by=SC, reason="death")
    assert not Notice.objects.filter(code="mandate.end").exists()


def test_the_end_of_the_term_ends_every_mandate_once(world, clerk):
    yesterday = today() - dt.timedelta(days=1)
    operations.close_term(world.term, actor=clerk, ends=yesterday)
    assert {(m.state, m.end_reason, m.ended_on) for m in world.term.mandates.all()} == {("ended", "term", today())}
    assert queries.structure_of(world.term, yesterday, Actor()).total == 3
    assert history(world.mandates["deputy"]).first().code == "mandate.expire"
    assert Notice.objects.filter(code="term.close").count() == 3
    assert world.mandates["other_deputy"].state == "qualified"


def test_a_term_is_not_closed_before_its_last_day_is_over(world, clerk):
    with pytest.raises(Unfit):
        operations.close_term(world.term, actor=clerk, ends=today())
    assert world.term.mandates.filter(state="qualified").count() == 3


def test_everybody_reads_the_decided_state_and_only_those_concerned_the_proposed_one(world, mandate, client):
    resigned(world, mandate)
    client.cookies["qiao_language"] = "en"
    page = reverse("congress:deputy", args=[mandate.pk])
    assert "Resignation submitted" not in client.get(page).content.decode()
    client.force_login(world.actors["deputy2"].user)
    assert REASON not in client.get(page).content.decode()
    client.force_login(world.actors["clerk"].user)
    assert REASON in client.get(page).content.decode()


def test_the_page_offers_what_the_flow_allows_and_carries_it_out(world, mandate, client):
    client.force_login(world.actors["clerk"].user)
    page = client.get(reverse("congress:deputy", args=[mandate.pk]))
    assert {act.verb for act in page.context["acts"]} == {
        "correct",
        *(s.verb for s in MANDATE.open_to(world.actors["clerk"], mandate)),
    }
    url = reverse("congress:perform", args=["mandate", mandate.pk, "end"])
    assert client.get(url).status_code == 200
    wrong = client.post(url, {"on": "2999-01-01", "decided_by": "standing_committee", "reason": "moved", "note": "迁往外省"})
    assert (wrong.status_code, "迁往外省" in wrong.content.decode()) == (422, True)
    right = client.post(url, {"on": today().isoformat(), "decided_by": "standing_committee", "reason": "moved"})
    assert right.url == reverse("congress:deputy", args=[mandate.pk])
    mandate.refresh_from_db()
    assert mandate.state == "ended"


def test_the_form_of_a_step_is_closed_to_those_who_may_not_take_it(world, mandate, client):
    client.force_login(world.actors["deputy2"].user)
    assert client.get(reverse("congress:perform", args=["mandate", mandate.pk, "end"])).status_code == 403
    assert client.get(reverse("congress:perform", args=["mandate", mandate.pk, "explode"])).status_code == 404
