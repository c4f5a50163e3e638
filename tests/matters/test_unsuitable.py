"""What becomes of something that is no suggestion: not accepted, a letter, a reference for a unit (R3.11)."""

import pytest
from django.urls import reverse

from qiao.kernel.errors import Unfit
from qiao.matters import figures, operations
from qiao.matters.models import State, Suggestion
from qiao.web.indexing import document
from tests.world import rule

from .given import entry, refused, told

pytestmark = [pytest.mark.django_db, pytest.mark.capability("M1"), pytest.mark.usefixtures("english")]
WAYS = ["not_accepted", "as_letter", "as_reference"]


@pytest.fixture
def knows_all(world):
    """A congress whose rules know all three ways."""
    rule(world, "unsuitable_action", WAYS)
    return world


def refuse(world, **given):
    said = {"ground": "complaint", "note": "属信访事项。"} | given
    return operations.refuse(world.submitted(), actor=world.actors["clerk"], **said)


def test_a_letter_ends_as_a_letter_with_the_reason_for_the_deputy(knows_all, login):
    s = refuse(knows_all, outcome="as_letter")
    assert (s.state, s.number, entry("suggestion.refuse").note, told("refused")) == (State.AS_LETTER, None, "属信访事项。", ["deputy"])
    text = login("deputy").get(reverse("matters:detail", args=[s.pk])).content.decode()
    assert "Treated as a letter" in text
    assert "属信访事项。" in text


def test_a_reference_goes_to_a_unit_that_reads_it_and_owes_nothing(knows_all, login):
    s = refuse(knows_all, outcome="as_reference", passed_to=knows_all.unit)
    assert (s.state, s.passed_to, s.assignments.count(), s.clocks.running().count()) == (State.AS_REFERENCE, knows_all.unit, 0, 0)
    assert told("as_reference") == ["handler", "liaison", "signer"]
    assert f"u{knows_all.unit.pk}" in document(s)["audience"]
    text = login("handler").get(reverse("matters:detail", args=[s.pk])).content.decode()
    assert f"Passed to {knows_all.unit} as a reference" in text
    rows = login("handler").get(reverse("matters:index"), {"view": "reference"}).context["list"].rows
    assert [row.pk for row in rows] == [s.pk]
    assert login("handler2").get(reverse("matters:detail", args=[s.pk])).status_code == 404


@pytest.mark.parametrize("outcome", ["as_letter", "as_reference", "closed"])
def test_a_way_the_rules_do_not_know_is_refused(world, outcome):
    s = world.submitted()
    with refused(Unfit, "rules do not know"):
        operations.refuse(s, actor=world.actors["clerk"], ground="complaint", note="……", outcome=outcome, passed_to=world.unit)


@pytest.mark.parametrize("unit", [None, "other"])
def test_a_reference_needs_a_unit_of_the_congress(knows_all, unit):
    foreign = knows_all.other.units.get() if unit else None
    s = knows_all.submitted()
    with refused(Unfit, "unit of this congress"):
        operations.refuse(s, actor=knows_all.actors["clerk"], ground="complaint", note="……", outcome="as_reference", passed_to=foreign)


def test_the_form_offers_the_ways_of_the_rules(knows_all, login):
    s = knows_all.submitted()
    url = reverse("matters:suggestion_act", args=[s.pk, "refuse"])
    form = login("clerk").get(url).context["form"]
    assert [code for code, _label in form.fields["outcome"].choices] == WAYS
    answer = login("clerk").post(url, {"ground": "complaint", "outcome": "as_reference", "note": "转城管局参考。"})
    assert (answer.status_code, "转城管局参考。" in answer.content.decode()) == (422, True)
    said = {"ground": "complaint", "outcome": "as_reference", "note": "转城管局参考。", "passed_to": knows_all.unit.pk}
    assert login("clerk").post(url, said).status_code == 302
    s.refresh_from_db()
    assert s.passed_to == knows_all.unit


def test_without_a_rule_the_form_offers_not_accepted_alone(world, login):
    form = login("clerk").get(reverse("matters:suggestion_act", args=[world.submitted().pk, "refuse"])).context["form"]
    assert [code for code, _label in form.fields["outcome"].choices] == ["not_accepted"]
    assert "passed_to" not in form.fields


def test_letters_and_references_count_as_no_suggestion_and_are_counted_apart(knows_all, login):
    actor = knows_all.actors["clerk"]
    kept, turned_down = knows_all.submitted(), refuse(knows_all, outcome="not_accepted")
    refuse(knows_all, outcome="as_letter")
    refuse(knows_all, outcome="as_reference", passed_to=knows_all.unit)
    seen = Suggestion.objects.visible_to(actor)
    assert set(figures.population(seen, actor).values_list("pk", flat=True)) == {kept.pk, turned_down.pk}
    assert [number for _state, number in figures.apart(seen)] == [1, 1, 1]
    page = login("clerk").get(reverse("matters:figures"))
    assert [(one["label"], one["number"]) for one in page.context["apart"]] == [
        ("Not accepted", 1), ("Treated as a letter", 1), ("Passed on as a reference", 1),
    ]  # fmt: skip
    for one in page.context["apart"]:
        assert login("clerk").get(one["url"]).context["list"].rows[0].state in WAYS
