"""Separate handling: several units each answer for their part, and the last reply answers the suggestion (R3.26)."""

import pytest

from qiao.kernel.errors import NotAllowed, Unfit
from qiao.matters import operations, worklists
from qiao.matters.figures import figures, population, rates
from qiao.matters.letters.content import reply_letter
from qiao.matters.models import Clock, ClockKind, Evaluation, State, Suggestion
from qiao.rulebook.queries import rules_for
from tests.world import rule

from .given import fresh, later, refused, running, told

pytestmark = [pytest.mark.django_db, pytest.mark.capability("M1")]


def evaluate(world, s, reply, rating="satisfied"):
    said = {"ratings": world.ratings(rating), "reason": "只修了一半。", "reply": reply.pk}
    return operations.evaluate(s, actor=world.actors["deputy"], **said)


def both_answered(world):
    s = world.separate()
    return s, world.answer_part(s), world.answer_part(s, second=True)


def test_parts_are_stated_and_each_unit_has_clocks_of_its_own(world):
    s = world.separate()
    first, second = s.assignments.order_by("id")
    assert [(a.role, a.part) for a in (first, second)] == [("separate", "路灯检修"), ("separate", "校门口照明")]
    assert Clock.objects.running().filter(suggestion=s, kind=ClockKind.REPLY).count() == 2
    assert (s.unit, s.state) == (world.unit, State.HANDLING)
    assert told("assigned_unit") == ["liaison2", "signer2"]


@pytest.mark.parametrize(
    "given", [{"separate": ["路灯检修"]}, {"separate": ["路灯检修", ""]}, {"unit": True, "separate": ["照明", "照明"]}]
)
def test_parts_that_nobody_could_tell_apart_are_refused(world, given):
    parts = list(zip([world.unit, world.unit2], given["separate"], strict=False))
    s = world.registered()
    with refused(Unfit):
        operations.assign(s, actor=world.actors["clerk"], unit=world.office if "unit" in given else None, separate=parts)


def test_the_last_reply_answers_the_suggestion(world):
    s = world.separate()
    reply = world.answer_part(s)
    assert (s.state, s.replied_at, s.due) == (State.HANDLING, None, running(s)["reply"])
    assert told("reply_issued") == ["deputy"]
    assert "evaluation" not in running(s)
    with refused(NotAllowed):
        operations.draft_reply(s.assignments.get(unit=world.unit2), actor=world.actors["handler"], text="……")
    world.answer_part(s, second=True)
    assert (s.state, set(running(s))) == (State.REPLIED, {"evaluation"})
    assert "现就“路灯检修”部分答复如下" in reply_letter(reply).opening


def test_each_reply_is_rated_and_the_worst_decides(world):
    s, first, second = both_answered(world)
    assert evaluate(world, s, first).state == State.REPLIED
    assert "evaluation" in running(s)
    with refused(Unfit):
        evaluate(world, s, first)
    s = evaluate(world, s, second, "dissatisfied")
    assert (s.state, running(s)) == (State.DISSATISFIED, {})
    s = operations.order_rehandling(s, actor=world.actors["clerk"], note="请全部修好。")
    assert [a.state for a in s.assignments.order_by("id")] == ["answered", "handling"]
    again = world.answer_part(s, second=True)
    assert (again.round, s.state) == (2, State.REPLIED)
    assert evaluate(world, s, again).state == State.CLOSED


def test_dissatisfaction_with_both_obliges_both_where_the_rules_say_so(world):
    rule(world, "rehandle_auto", True)
    s, first, second = both_answered(world)
    evaluate(world, s, first, "dissatisfied")
    s = evaluate(world, s, second, "dissatisfied")
    limits = Clock.objects.running().filter(suggestion=s, kind=ClockKind.REHANDLE)
    assert (s.state, limits.count(), s.due) == (State.REHANDLING, 2, limits[0].due)


@pytest.mark.capability("T4")
def test_seals_open_together_and_what_is_not_rated_is_not_lost(world):
    rule(world, "seal_until", "window_end")
    s, first, _second = both_answered(world)
    assert evaluate(world, s, first, "dissatisfied").state == State.REPLIED
    s = operations.open_evaluation(fresh(s), actor=world.actors["clerk"])
    assert s.state == State.REPLIED
    with later(days=90):
        s = operations.close_unrated(fresh(s), actor=world.actors["clerk"])
    assert s.state == State.DISSATISFIED


def test_a_part_goes_to_another_unit_while_the_rest_goes_on(world):
    parts = [(world.unit, "路灯检修"), (world.unit2, "校门口照明")]
    s = operations.assign(world.registered(), actor=world.actors["clerk"], separate=parts)
    operations.sign_for(s.assignments.get(unit=world.unit), actor=world.actors["liaison"])
    asked = operations.request_return(s.assignments.get(unit=world.unit2), actor=world.actors["liaison2"], note="不属我局职责。")
    with refused(Unfit):
        operations.grant_return(asked, actor=world.actors["clerk"], unit=world.unit)
    operations.grant_return(asked, actor=world.actors["clerk"], unit=world.office)
    s = fresh(s)
    taken = s.assignments.get(unit=world.office)
    assert (s.state, s.unit, taken.role, taken.part) == (State.HANDLING, world.unit, "separate", "校门口照明")


def test_an_office_dispatches_in_parts(world):
    world.with_office()
    s = world.dispatched(separate=[(world.unit, "路灯检修"), (world.unit2, "校门口照明")])
    assert s.state == State.DISPATCHED
    assert {a.part for a in s.assignments.answering()} == {"路灯检修", "校门口照明"}
    assert {limit.due for limit in Clock.objects.running().filter(suggestion=s, kind=ClockKind.REPLY)} == {s.due}


def test_figures_count_it_once_and_each_unit_for_its_part(world):
    s, first, second = both_answered(world)
    evaluate(world, s, first)
    evaluate(world, s, second, "dissatisfied")
    rules, actor = rules_for(world.congress, s.replied_at.date()), world.actors["clerk"]

    def counted(unit=None):
        rows = population(Suggestion.objects.visible_to(actor), actor, unit)
        return {f.rate.key: (f.part, f.whole) for f in figures(rows, rates(world.congress, rules, unit))}

    assert (counted()["satisfied"], counted()["answered"]) == ((0, 1), (1, 1))
    assert (counted(world.unit.pk)["satisfied"], counted(world.unit2.pk)["satisfied"]) == ((1, 1), (0, 1))
    assert counted(world.office.pk)["answered"] == (0, 0)


def test_each_has_on_its_worklist_what_is_its_own(world):
    s = world.separate()
    world.answer_part(s)

    def keys(role):
        actor = world.actors[role]
        return {key for key, n in worklists.counts(actor).items() if n}

    assert keys("handler") == set()
    assert keys("handler2") == {"contact", "handling"}
    assert list(worklists.next_due(world.actors["handler2"])) == [s]
    world.answer_part(s, second=True)
    assert (keys("handler"), keys("deputy")) == ({"answered"}, {"evaluate", "contacts", "replies"})


def test_on_the_pages_parts_are_named_and_replies_evaluated_one_after_the_other(world, login):
    s, page = world.registered(), login("clerk")
    asked = {"unit": world.unit.pk, "part": "路灯检修", "further_1": world.unit2.pk, "way_1": "separate", "part_1": "校门口照明"}
    assert page.post(f"/suggestions/{s.pk}/assign/", {**asked, "part": ""}).status_code == 422
    assert page.post(f"/suggestions/{s.pk}/assign/", asked).status_code == 302
    for unit, role in ((world.unit, "liaison"), (world.unit2, "liaison2")):
        operations.sign_for(s.assignments.get(unit=unit), actor=world.actors[role])
    first, second = world.answer_part(s), world.answer_part(s, second=True)
    deputy, address = login("deputy"), f"/suggestions/{s.pk}/evaluate/"
    assert "Waits for you" in deputy.get(address).content.decode()
    assert deputy.post(f"{address}?reply={second.pk}", {"rating_result": "satisfied"}).url == address
    deputy.post(address, {"rating_result": "satisfied"})
    assert fresh(s).state == State.CLOSED
    assert Evaluation.objects.filter(reply__in=[first, second]).count() == 2


def test_lists_name_the_first_unit_and_how_many_more_and_find_it_by_each(world, login):
    s = world.separate()
    page = login("clerk").get("/suggestions/").content.decode()
    assert "甲市城管局" in page
    assert '<abbr class="q-soft" title="甲市城管局、甲市教育局">+1</abbr>' in page
    for unit in (world.unit, world.unit2):
        assert s.title in login("clerk").get("/suggestions/", {"unit": unit.pk}).content.decode()
    assert s.title not in login("clerk").get("/suggestions/", {"unit": world.office.pk}).content.decode()
    table = login("clerk").get("/suggestions/", {"export": "csv"})
    assert "甲市城管局、甲市教育局" in b"".join(table.streaming_content).decode()
    assert [one["name"] for one in login("clerk").get(f"/api/v1/suggestions/{s.pk}").json()["units"]] == ["甲市城管局", "甲市教育局"]
