"""What the deputy says of the reply, and what follows from it."""

import datetime as dt

import pytest

from qiao.accounts.actors import actor_in
from qiao.accounts.operations import grant_post
from qiao.kernel.errors import NotAllowed, Unfit, WrongState
from qiao.matters import operations
from qiao.matters.models import Clock, Evaluation, State, Suggestion
from qiao.rulebook.schemes import DIMENSIONS
from tests.world import REPLY, SINCE, SYSTEM, rule

from .given import entry, later, on, refused, told

pytestmark = [pytest.mark.django_db, pytest.mark.capability("M1"), pytest.mark.usefixtures("english")]

TWO = [DIMENSIONS["attitude"], DIMENSIONS["result"]]


@pytest.fixture
def two(world):
    """Attitude and result are rated each by itself, as in Shanghai and Shandong (R3.50)."""
    rule(world, "evaluation_dimensions", TWO)


def answer_again(world, s):
    """The unit's second reply."""
    a = s.assignments.get()
    reply = operations.draft_reply(a, actor=world.actors["handler"], **REPLY)
    operations.request_approval(reply, actor=world.actors["handler"])
    return operations.issue(reply, actor=world.actors["signer"])


def fresh(s):
    return Suggestion.objects.get(pk=s.pk)


# --- evaluate ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rating", ["satisfied", "basically_satisfied"])
def test_satisfaction_closes_the_suggestion_and_the_assignment(world, rating):
    s = operations.evaluate(world.replied(), actor=world.actors["deputy"], ratings={"result": rating})
    made = Evaluation.objects.get(reply__assignment__suggestion=s)
    assert (s.state, made.rating, made.ratings, made.mandate) == (State.CLOSED, rating, {"result": rating}, world.mandates["deputy"])
    assert s.closed_at
    assert s.assignments.get().state == "closed"
    assert not Clock.objects.running().filter(suggestion=s).exists()
    assert s.clocks.get(kind="evaluation").in_time
    assert (told("evaluated"), told("evaluation_opened")) == (["clerk"], ["handler", "liaison", "signer"])


def test_dissatisfaction_keeps_it_open_for_the_congress_to_decide(world):
    s = operations.evaluate(world.replied(), actor=world.actors["deputy"], ratings={"result": "dissatisfied"}, reason="只修了一半。")
    assert (s.state, s.closed_at, s.assignments.get().state) == (State.DISSATISFIED, None, "answered")
    assert entry("suggestion.evaluate").note == "", "the reason stands with the evaluation, under its seal"
    assert Evaluation.objects.get(reply__assignment__suggestion=s).reason == "只修了一半。"


@pytest.mark.parametrize("note", ["", "  "])
def test_dissatisfaction_needs_its_reason(world, note):
    s = world.replied()
    with refused(Unfit, "why you are not satisfied"):
        operations.evaluate(s, actor=world.actors["deputy"], ratings={"result": "dissatisfied"}, reason=note)


def test_a_congress_may_ask_for_a_reason_with_other_ratings_too(world):
    rule(world, "reason_required_on", ["basically_satisfied", "dissatisfied"])
    s = world.replied()
    with refused(Unfit):
        operations.evaluate(s, actor=world.actors["deputy"], ratings={"result": "basically_satisfied"})
    assert operations.evaluate(s, actor=world.actors["deputy"], ratings={"result": "satisfied"}).state == State.CLOSED


def test_of_two_dimensions_the_worse_counts(world, two):
    s = world.replied()
    s = operations.evaluate(s, actor=world.actors["deputy"], ratings={"attitude": "satisfied", "result": "basically_satisfied"})
    made = Evaluation.objects.get(reply__assignment__suggestion=s)
    assert made.rating == "basically_satisfied"
    assert made.in_words == [
        ("Attitude in handling", "Satisfied", "satisfied"),
        ("Result of handling", "Basically satisfied", "basically_satisfied"),
    ]


def test_dissatisfaction_in_one_of_two_dimensions_is_dissatisfaction(world, two):
    s = world.replied()
    ratings = {"attitude": "dissatisfied", "result": "satisfied"}
    with refused(Unfit, "why"):
        operations.evaluate(s, actor=world.actors["deputy"], ratings=ratings)
    assert operations.evaluate(s, actor=world.actors["deputy"], ratings=ratings, reason="态度生硬。").state == State.DISSATISFIED


@pytest.mark.parametrize(
    "ratings",
    [
        {},
        {"result": "satisfied"},
        {"attitude": "satisfied", "result": "satisfied", "speed": "satisfied"},
        {"attitude": "satisfied", "result": "great"},
    ],
    ids=["none", "one missing", "one too many", "not a rating"],
)
def test_each_question_gets_one_of_the_three_ratings(world, two, ratings):
    s = world.replied()
    with refused(Unfit, "one of the three ratings"):
        operations.evaluate(s, actor=world.actors["deputy"], ratings=ratings)


def test_the_questions_are_those_of_the_day_of_handing_over(world):
    s = world.replied()
    rule(world, "evaluation_dimensions", TWO)
    assert operations.evaluate(s, actor=world.actors["deputy"], ratings={"result": "satisfied"}).state == State.CLOSED


@pytest.mark.capability("T4")
def test_nobody_else_rates_the_reply(world):
    s = world.replied()
    for role, actor in world.actors.items():
        if role != "deputy":
            with refused(NotAllowed):
                operations.evaluate(s, actor=actor, ratings={"result": "satisfied"})


@pytest.mark.capability("T4")
def test_the_lead_deputy_acting_in_a_units_post_does_not_rate(world):
    post = grant_post(world.congress, actor=SYSTEM, user=world.actors["deputy"].user, role="unit_handler", unit=world.unit, starts=SINCE)
    s = world.replied()
    with refused(NotAllowed):
        operations.evaluate(s, actor=actor_in(post), ratings={"result": "satisfied"})


@pytest.mark.parametrize("state", ["handling", "closed", "dissatisfied", "withdrawn"])
def test_only_what_is_answered_is_rated_and_once(world, state):
    s = getattr(world, state)()
    with refused(WrongState):
        operations.evaluate(s, actor=world.actors["deputy"], ratings={"result": "satisfied"})


# --- silence ----------------------------------------------------------------------------------------------------------------------


def test_silence_is_closed_only_after_the_deputys_time_and_never_counts_as_satisfaction(world):
    with on(2026, 3, 2):
        s = world.replied()
    with on(2026, 3, 30), refused(Unfit, "until"):
        operations.close_unrated(s, actor=world.actors["clerk"])
    with on(2026, 3, 31):
        s = operations.close_unrated(s, actor=world.actors["clerk"])
    assert (s.state, s.assignments.get().state) == (State.CLOSED, "closed")
    assert not Evaluation.objects.filter(reply__assignment__suggestion=s).exists()
    assert not s.clocks.get(kind="evaluation").met


def test_only_the_congresss_staff_close_for_silence(world):
    s = world.replied()
    with later(days=90):
        for role in ("deputy", "handler", "leader", "other_clerk"):
            with refused(NotAllowed):
                operations.close_unrated(s, actor=world.actors[role])
        operations.close_unrated(s, actor=world.actors["clerk"])
        with refused(WrongState):
            operations.close_unrated(s, actor=world.actors["clerk"])


def test_until_it_is_closed_a_late_evaluation_still_counts(world):
    with on(2026, 3, 2):
        s = world.replied()
    with on(2026, 6, 1):
        assert operations.evaluate(s, actor=world.actors["deputy"], ratings={"result": "satisfied"}).state == State.CLOSED
    assert (s.clocks.get(kind="evaluation").met, s.clocks.get(kind="evaluation").in_time) == (True, False)


# --- handled again ----------------------------------------------------------------------------------------------------------------


def test_the_unit_handles_it_again_within_a_new_time(world):
    s = world.dissatisfied()
    with on(2026, 3, 2):
        s = operations.order_rehandling(s, actor=world.actors["clerk"], note="请全部修好。")
    again = s.clocks.get(kind="rehandle")
    assert (s.state, s.due, again.due, again.party, s.assignments.get().state) == (
        State.REHANDLING, dt.date(2026, 6, 2), dt.date(2026, 6, 2), "甲市城管局", "handling"
    )  # fmt: skip
    assert told("rehandling_ordered") == ["deputy", "handler", "liaison", "signer"]
    assert (entry("suggestion.order_rehandling").note, entry("assignment.resume").because) == (
        "请全部修好。",
        "suggestion.order_rehandling",
    )


def test_the_second_reply_is_a_round_of_its_own_and_is_rated_by_itself(world):
    with on(2026, 3, 2):
        s = world.rehandling()
    with on(2026, 4, 1):
        reply = answer_again(world, s)
    assert (reply.round, fresh(s).state, fresh(s).due, s.clocks.get(kind="rehandle").in_time) == (2, State.REPLIED, None, True)
    assert s.clocks.filter(kind="evaluation").count() == 2
    with on(2026, 4, 2):
        done = operations.evaluate(fresh(s), actor=world.actors["deputy"], ratings={"result": "satisfied"})
    ratings = Evaluation.objects.filter(reply__assignment__suggestion=s).order_by("id").values_list("reply__round", "rating")
    assert (done.state, list(ratings)) == (State.CLOSED, [(1, "dissatisfied"), (2, "satisfied")])


def test_dissatisfied_again_it_can_be_handled_a_third_time(world):
    with on(2026, 3, 2):
        s = world.rehandling()
    with on(2026, 4, 1):
        answer_again(world, s)
    with on(2026, 4, 2):
        operations.evaluate(fresh(s), actor=world.actors["deputy"], ratings={"result": "dissatisfied"}, reason="仍不亮。")
        s = operations.order_rehandling(fresh(s), actor=world.actors["clerk"], note="请当面答复。")
    with on(2026, 4, 10):
        assert answer_again(world, s).round == 3


def test_handling_again_needs_its_reason_and_the_congresss_staff(world):
    s = world.dissatisfied()
    with refused(Unfit):
        operations.order_rehandling(s, actor=world.actors["clerk"], note="")
    for role in ("deputy", "handler", "leader", "other_clerk"):
        with refused(NotAllowed):
            operations.order_rehandling(s, actor=world.actors[role], note="……")
    closed = world.closed()
    with refused(WrongState):
        operations.order_rehandling(closed, actor=world.actors["clerk"], note="……")


def test_where_the_rules_say_so_a_first_dissatisfaction_has_it_handled_again_by_itself(world):
    with on(2026, 11, 2):
        rule(world, "rehandle_auto", True)
        s = world.replied()
        s = operations.evaluate(s, actor=world.actors["deputy"], ratings={"result": "dissatisfied"}, reason="只修了一半。")
    assert (s.state, s.assignments.get().state, s.due) == (State.REHANDLING, "handling", dt.date(2027, 2, 2))
    assert (entry("assignment.resume").because, entry("assignment.resume").user) == ("suggestion.evaluate", world.actors["deputy"].user)
    assert told("rehandling_ordered") == ["handler", "liaison", "signer"]
    with on(2026, 12, 1):
        answer_again(world, s)
    with on(2026, 12, 2):
        s = operations.evaluate(fresh(s), actor=world.actors["deputy"], ratings={"result": "dissatisfied"}, reason="仍不亮。")
    assert s.state == State.DISSATISFIED, "after a second one the congress's side decides"


def test_closing_with_an_explanation_tells_every_signer_why(world):
    s = operations.close_explained(world.dissatisfied(), actor=world.actors["clerk"], note="受规划所限，明年列入计划。")
    assert (s.state, s.assignments.get().state, told("closed_explained")) == (State.CLOSED, "closed", ["deputy"])
    assert world.actors["deputy"].user.notices.latest("id").body.endswith("受规划所限，明年列入计划。")
    assert s.closed_at


def test_closing_with_an_explanation_needs_one_and_the_congresss_staff(world):
    s = world.dissatisfied()
    with refused(Unfit):
        operations.close_explained(s, actor=world.actors["clerk"], note=" ")
    for role in ("deputy", "handler", "other_clerk"):
        with refused(NotAllowed):
            operations.close_explained(s, actor=world.actors[role], note="……")
    replied = world.replied()
    with refused(WrongState):
        operations.close_explained(replied, actor=world.actors["clerk"], note="……")
