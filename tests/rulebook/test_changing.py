"""Rules are changed by people: from today on, with a reason, and taken back only while nothing stands on them."""

import datetime as dt

import pytest
from django.utils.translation import override

from qiao.kernel import clock
from qiao.kernel.errors import NotAllowed, Unfit
from qiao.kernel.models import Entry
from qiao.rulebook import operations
from qiao.rulebook.models import Provision
from qiao.rulebook.periods import Period
from qiao.rulebook.queries import rules_for

from . import factories
from .factories import SYSTEM, keeper

pytestmark = [pytest.mark.django_db, pytest.mark.capability("P5")]

TODAY, TOMORROW = dt.date(2026, 3, 2), dt.date(2026, 3, 3)
APRIL, MAY = dt.date(2026, 4, 1), dt.date(2026, 5, 1)
WHY = "条例修正"


def at(day):
    return clock.pretend(dt.datetime.combine(day, dt.time(2), tzinfo=dt.UTC))


@pytest.fixture(autouse=True)
def _in_march():
    with at(TODAY):
        yield


@pytest.fixture
def congress():
    return factories.congress()


def limit(congress, day, n, actor=None, reason=WHY):
    value = Period(n, "months").to_json()
    actor = actor or keeper(congress)
    return operations.set_provision(
        congress, actor=actor, key="reply_limit", value=value, source="某条例第九条", valid_from=day, reason=reason
    )


def months(congress, *days):
    return [rules_for(congress, day).period("reply_limit").n for day in days]


def test_a_person_changes_a_rule_from_today_on_and_not_for_days_that_are_over(congress):
    with override("en"), pytest.raises(Unfit) as said:
        limit(congress, TODAY - dt.timedelta(1), 2)
    assert "today or later" in said.value.reason
    limit(congress, TODAY, 2)
    assert months(congress, TODAY - dt.timedelta(1), TODAY) == [3, 2]


def test_a_person_gives_a_reason_and_a_rulebook_that_is_set_up_needs_none(congress):
    with pytest.raises(Unfit):
        limit(congress, TODAY, 2, reason="  ")
    assert not Provision.objects.exists()
    limit(congress, TODAY, 2, actor=SYSTEM, reason="")


def test_a_change_that_has_not_begun_is_withdrawn_and_what_held_goes_on(congress):
    first, second = limit(congress, TODAY, 2), limit(congress, APRIL, 1)
    operations.withdraw_provision(second, actor=keeper(congress), note="常委会未通过")
    first.refresh_from_db(), second.refresh_from_db()
    assert (first.valid_to, months(congress, TODAY, APRIL, MAY)) == (None, [2, 2, 2])
    assert second.withdrawn_at
    assert Entry.objects.filter(trail=f"provision:{second.pk}").latest("id").note == "常委会未通过"
    limit(congress, APRIL, 3)  # the day is free again
    assert months(congress, TODAY, APRIL) == [2, 3]


def test_withdrawing_the_first_value_lets_the_default_hold_again(congress):
    operations.withdraw_provision(limit(congress, TODAY, 1), actor=keeper(congress), note=WHY)
    assert months(congress, TODAY, APRIL) == [3, 3]


def test_withdrawing_a_change_between_two_leaves_the_later_one(congress):
    limit(congress, TODAY, 3), limit(congress, MAY, 1)
    between = limit(congress, APRIL, 2)
    operations.withdraw_provision(between, actor=keeper(congress), note=WHY)
    assert months(congress, TODAY, APRIL, MAY) == [3, 3, 1]


def test_withdrawing_a_change_does_not_revive_what_had_been_ended_for_itself(congress):
    first = limit(congress, TODAY, 1)
    operations.end_provision(first, actor=keeper(congress), on=APRIL, note=WHY)
    operations.withdraw_provision(limit(congress, APRIL, 2), actor=keeper(congress), note=WHY)
    assert months(congress, TODAY, APRIL) == [1, 3]


@pytest.mark.parametrize("verb", ["correct", "withdraw"])
def test_what_has_begun_on_an_earlier_day_is_neither_corrected_nor_withdrawn(congress, verb):
    provision = limit(congress, TODAY, 1)

    def run():
        if verb == "withdraw":
            return operations.withdraw_provision(provision, actor=keeper(congress), note=WHY)
        value = Period(2, "months").to_json()
        return operations.correct_provision(provision, actor=keeper(congress), value=value, source="某条例第十条", reason=WHY)

    with at(TOMORROW), override("en"), pytest.raises(NotAllowed) as said:
        run()
    assert "has begun to hold already" in said.value.reason
    run()
    assert months(congress, TODAY) == [3 if verb == "withdraw" else 2]


def test_a_value_is_ended_from_a_day_and_the_end_can_be_taken_back_until_then(congress):
    provision = limit(congress, TODAY, 1)
    operations.end_provision(provision, actor=keeper(congress), on=APRIL, note=WHY)
    assert months(congress, TODAY, APRIL) == [1, 3]
    operations.resume_provision(provision, actor=keeper(congress), note="继续施行")
    assert months(congress, TODAY, APRIL) == [1, 1]
    operations.end_provision(provision, actor=keeper(congress), on=APRIL, note=WHY)
    with at(APRIL), pytest.raises(NotAllowed):
        operations.resume_provision(provision, actor=keeper(congress), note="继续施行")


def test_an_end_that_another_value_made_is_not_taken_back(congress):
    first = limit(congress, TODAY, 1)
    limit(congress, APRIL, 2)
    with pytest.raises(NotAllowed):
        operations.resume_provision(first, actor=keeper(congress), note="继续施行")


@pytest.mark.parametrize("day", [TODAY - dt.timedelta(1), APRIL, MAY])
def test_an_end_lies_after_the_beginning_and_before_the_end_that_is_there(congress, day):
    provision = limit(congress, APRIL, 1)
    with pytest.raises(Unfit):
        operations.end_provision(provision, actor=keeper(congress), on=day, note=WHY) if day != MAY else _twice(provision, congress)


def _twice(provision, congress):
    operations.end_provision(provision, actor=keeper(congress), on=MAY, note=WHY)
    operations.end_provision(provision, actor=keeper(congress), on=MAY, note=WHY)


@pytest.mark.parametrize("verb", ["withdraw", "end", "resume"])
def test_nobody_else_touches_the_rules_of_a_congress(congress, verb):
    provision = limit(congress, APRIL, 1)
    given = {"withdraw": {"note": WHY}, "end": {"note": WHY, "on": MAY}, "resume": {"note": WHY}}[verb]
    if verb == "resume":
        operations.end_provision(provision, actor=keeper(congress), on=MAY, note=WHY)
    run = getattr(operations, f"{verb}_provision")
    for stranger in (keeper(factories.congress("98", "另一省人民代表大会")), keeper(congress, "suggestion.oversee")):
        with pytest.raises(NotAllowed):
            run(provision, actor=stranger, **given)
    run(provision, actor=keeper(congress), **given)


# --- rules of other places -----------------------------------------------------------------------------------------------------


def test_only_the_chosen_rules_of_a_place_are_adopted_and_the_journal_says_why(congress):
    keys = ["return_limit", "assist_limit"]
    operations.apply_preset(congress, actor=keeper(congress), preset="shanghai", on=APRIL, keys=keys, note="参照上海做法")
    assert set(Provision.objects.values_list("key", flat=True)) == set(keys)
    assert set(Provision.objects.values_list("reason", flat=True)) == {"参照上海做法"}
    assert Entry.objects.get(code="rulebook.adopt").note == "参照上海做法"
    assert rules_for(congress, APRIL).period("return_limit") == Period(7, "working_days")


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"preset": "atlantis", "note": WHY}, "Atlantis"),
        ({"preset": "shanghai", "note": ""}, "reason"),
        ({"preset": "shanghai", "note": WHY, "keys": []}, "at least one"),
        ({"preset": "shanghai", "note": WHY, "on": TODAY - dt.timedelta(1)}, "today or later"),
    ],
)
def test_an_adoption_that_does_not_fit_is_refused_with_a_sentence(congress, given, why):
    with override("en"), pytest.raises(Unfit) as said:
        operations.apply_preset(congress, actor=keeper(congress), **{"on": TODAY} | given)
    assert why.lower() in said.value.reason.lower()
    assert not Provision.objects.exists()


def test_rules_are_adopted_for_ones_own_congress_only(congress):
    other = factories.congress("98", "另一省人民代表大会")
    with pytest.raises(NotAllowed):
        operations.apply_preset(congress, actor=keeper(other), preset="shanghai", on=TODAY, note=WHY)
