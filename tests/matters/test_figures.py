"""The rates that reports quote: what is counted, out of what, and that each number's list is as long as the number (domain 3.17)."""

import pytest

from qiao.kernel import clock
from qiao.matters import operations
from qiao.matters.figures import figures, population, rates
from qiao.matters.models import Suggestion
from qiao.rulebook.queries import rules_for
from tests.world import REPLY, rule

from .given import later, on

pytestmark = [pytest.mark.django_db, pytest.mark.capability("P5"), pytest.mark.usefixtures("english")]


def numbers(world, role="clerk"):
    """Every rate as (counted, out of)."""
    actor = world.actors[role]
    counted = rates(world.congress, rules_for(world.congress, clock.today()))
    rows = population(Suggestion.objects.visible_to(actor), actor)
    return {f.rate.key: (f.part, f.whole) for f in figures(rows, counted)}


def test_replies_are_counted_out_of_what_was_handed_over_and_drafts_never(world):
    world.draft(), world.registered(), world.handling(), world.replied()
    assert numbers(world)["answered"] == (1, 2)


def test_a_reply_is_in_time_by_its_own_due_day_and_what_is_past_it_counts_against_the_rate(world):
    with on(2026, 1, 5):
        world.assigned()
        s = world.approval()
    operations.issue(s.assignments.get().replies.get(), actor=world.actors["signer"], document_no="测函〔2026〕9号")
    world.replied(), world.handling()
    with later(days=1):
        assert numbers(world)["timely"] == (1, 3)


def test_only_a_contact_that_the_deputy_has_confirmed_counts(world):
    s = world.replied()
    assert numbers(world)["contacted"] == (0, 1)
    operations.confirm_contact(s.assignments.get().contacts.get(), actor=world.actors["deputy"])
    assert numbers(world)["contacted"] == (1, 1)


def test_satisfaction_is_told_with_and_without_the_middle_rating_and_silence_is_left_out(world):
    world.closed(), world.dissatisfied(), world.replied()
    operations.evaluate(world.replied(), actor=world.actors["deputy"], ratings=world.ratings("basically_satisfied"))
    found = numbers(world)
    assert (found["satisfied"], found["content"]) == ((1, 3), (2, 3))


def test_a_congress_that_counts_silence_as_satisfied_says_so_and_counts_it(world, login):
    s = world.replied()
    with later(days=90):
        operations.close_unrated(s, actor=world.actors["clerk"])
    assert numbers(world)["satisfied"] == (0, 0)
    rule(world, "silence_policy", "satisfied")
    assert numbers(world)["satisfied"] == (1, 1)
    assert "closed without an evaluation as satisfied" in login("clerk").get("/figures/").content.decode()


def test_what_resolves_is_the_schemes_business_and_not_the_letters(world):
    world.replied()
    assert numbers(world)["resolved"] == (1, 1)
    with later(days=1):
        rule(
            world,
            "result_scheme",
            [
                {"code": code, "label": label, "counts_as_resolved": code == "Z", "creates_commitment": False, "requires_due_date": False}
                for code, label in (("A", "留作参考"), ("Z", "已解决"))
            ],
        )
        world.replied()
        assert numbers(world)["resolved"] == (1, 2)


def test_what_may_not_be_published_is_no_reproach(world):
    world.published(), world.closed(), world.closed(may_publish=False)
    assert numbers(world)["published"] == (1, 2)


def test_a_unit_has_the_figures_of_its_own_and_others_have_none(world, login):
    world.replied()
    assert (numbers(world, "handler")["answered"], numbers(world, "handler2")["answered"]) == ((1, 1), (0, 0))
    assert numbers(world, "other_clerk")["answered"] == (0, 0)
    assert login("handler").get("/figures/").status_code == 200
    assert login("deputy").get("/figures/").status_code == 403


def test_an_answer_in_person_counts_when_the_deputy_has_confirmed_its_record(world):
    s = world.met()
    reply = operations.draft_reply(s.assignments.get(), actor=world.actors["handler"], **REPLY)
    operations.request_approval(reply, actor=world.actors["handler"])
    operations.issue(reply, actor=world.actors["signer"], document_no="测函〔2026〕9号")
    world.replied()
    assert numbers(world)["met"] == (0, 2)
    operations.confirm_face_reply(s.assignments.get().face_replies.get(), actor=world.actors["deputy"])
    assert numbers(world)["met"] == (1, 2)


def test_the_work_of_assisting_units_is_counted_by_unit(world, login):
    with on(2026, 1, 5):
        world.assisted()  # overdue
        world.opined()  # in time
        s = world.assisted()
        world.paused()
    with on(2026, 5, 6):
        operations.give_opinion(s.assignments.get(unit=world.unit2), actor=world.actors["handler2"], text="……")  # late
        world.assisted()
        found = login("clerk").get("/figures/").context["helped"]
        assert [(one.name, one.asked, one.in_time, one.late, one.waiting, one.rate) for one in found] == [
            ("甲市教育局", 5, 1, 2, 2, "33.3%")
        ]
        assert login("handler2").get("/figures/").context["helped"] == found
        assert login("handler").get("/figures/").context["helped"] == []
        assert login("clerk").get("/figures/", {"unit": world.unit.pk}).context["helped"] == []
        lines = b"".join(login("clerk").get("/figures/?of=assisting&export=csv").streaming_content).decode()
        assert "甲市教育局,5,1,2,2,0,33.3%" in lines


def test_an_opinion_that_never_came_is_late_and_one_not_waited_for_is_not(world, login):
    def answered_on(month):
        with on(2026, 1, 5):
            s = world.assisted()
            operations.record_contact(
                s.assignments.get(unit=world.unit),
                actor=world.actors["handler"],
                mode="phone",
                on=clock.today(),
                who="代表",
                content="已说明。",
            )
        with on(2026, month, 6):
            operations.withdraw(s, actor=world.actors["deputy"], note="已解决。")

    answered_on(5)
    answered_on(1)
    (found,) = login("clerk").get("/figures/").context["helped"]
    assert (found.asked, found.late, found.spared) == (2, 1, 1)


@pytest.mark.parametrize("query", ["", "?occasion=between", "?occasion=session", "?since=2020-01-01&until=2020-02-01", "?since=2020-01-01"])
def test_every_number_leads_to_a_list_as_long_as_it(world, everywhere, login, query):
    client = login("clerk")
    lines = client.get(f"/figures/{query}").context["lines"]
    assert len(lines) == 8
    for line in lines:
        for side in ("part", "whole"):
            rows = client.get(line[f"{side}_url"]).context["list"].rows
            assert len(rows) == getattr(line["figure"], side), line[f"{side}_url"]


def test_a_period_typed_wrongly_is_said_and_the_rest_is_shown(world, login):
    found = login("clerk").get("/figures/?since=gestern")
    assert found.status_code == 200
    assert found.context["form"].errors["since"]


def test_the_figures_are_had_as_a_file_with_what_they_mean(world, login):
    world.replied()
    lines = b"".join(login("clerk").get("/figures/?export=csv").streaming_content).decode()
    rate = next(line for line in lines.splitlines() if line.startswith("Reply rate"))
    assert rate.split(",")[1].endswith("%")
    assert "Suggestions with a first reply" in rate


def test_the_page_asks_few_questions_however_much_there_is(world, everywhere, login, django_assert_max_num_queries):
    client = login("leader")
    with django_assert_max_num_queries(15):
        client.get("/figures/")
