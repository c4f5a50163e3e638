"""State tables prove themselves, and answer who may take which step when."""

from dataclasses import dataclass

import pytest
from django.db.models import TextChoices

from qiao.kernel.flow import STAY, Flow
from qiao.kernel.policy import Actor, rule

anyone = rule("Nobody may.")(lambda actor, subject: True)
nobody = rule("Nobody may.")(lambda actor, subject: False)


class S(TextChoices):
    A = "a", "Begun"
    B = "b", "Going"
    C = "c", "Done"


@dataclass
class Thing:
    state: str

    def get_state_display(self):
        return S(self.state).label


def flow(*steps, final=(S.C,), **more):
    return Flow("thing", S, initial=S.A, final=final, steps=steps, **more)


WAY = [("go", {S.A}, S.B, anyone, "Go"), ("end", {S.B}, S.C, anyone, "End")]


@pytest.mark.parametrize(
    ("steps", "final", "said"),
    [
        ([("go", {S.A}, "nowhere", anyone, "Go")], {S.B, S.C}, r"unknown states \['nowhere'\]"),
        ([("go", {"nowhere"}, S.B, anyone, "Go")], {S.B, S.C}, r"unknown states \['nowhere'\]"),
        ([("go", {S.A}, S.B, anyone, "Go")], {S.B, S.C}, r"never reached .*c"),
        (
            [("go", {S.A}, S.B, anyone, "Go"), ("stay", {S.B}, STAY, anyone, "Stay"), ("on", {S.A}, S.C, anyone, "On")],
            {S.C},
            "no way out of .*b",
        ),
        ([*WAY, ("back", {S.C}, S.A, anyone, "Back")], {S.C}, "final states with a way out"),
        ([*WAY, ("go", {S.B}, S.C, anyone, "Go")], {S.C}, "step 'go' twice"),
    ],
)
def test_a_faulty_table_is_refused_when_it_is_imported(steps, final, said):
    with pytest.raises(ValueError, match=said):
        flow(*steps, final=final)


def test_a_sound_table_is_kept_with_codes_and_labels():
    table = flow(*WAY)
    assert [(step.code, step.label) for step in table.steps.values()] == [("thing.go", "Go"), ("thing.end", "End")]
    assert table["go"].targets == (S.B,)


def test_a_retired_state_keeps_its_word_and_needs_no_way():
    assert flow(("go", {S.A}, S.C, anyone, "Go"), retired={S.B}).retired == {S.B}


def test_a_retired_state_cannot_be_named_by_a_step():
    with pytest.raises(ValueError, match="unknown states"):
        flow(*WAY, retired={S.B})


def test_every_target_of_a_fork_counts_as_reached():
    assert flow(("go", {S.A}, (S.B, S.C), anyone, "Go"), final={S.B, S.C})["go"].forks


def test_a_step_moves_the_object():
    thing = Thing(S.A)
    flow(*WAY)["go"].finish(thing, None)
    assert thing.state == S.B


def test_a_step_that_stays_moves_nothing():
    thing = Thing(S.A)
    flow(*WAY, ("edit", {S.A}, STAY, anyone, "Edit"))["edit"].finish(thing, None)
    assert thing.state == S.A


def test_a_fork_ends_where_the_body_says():
    thing = Thing(S.A)
    flow(("go", {S.A}, (S.B, S.C), anyone, "Go"), final={S.B, S.C})["go"].finish(thing, S.C)
    assert thing.state == S.C


@pytest.mark.parametrize("outcome", [None, S.A, "nowhere"])
def test_a_fork_without_a_choice_is_an_error_and_moves_nothing(outcome):
    thing = Thing(S.A)
    step = flow(("go", {S.A}, (S.B, S.C), anyone, "Go"), final={S.B, S.C})["go"]
    with pytest.raises(ValueError, match=r"thing\.go: the body must choose"):
        step.finish(thing, outcome)
    assert thing.state == S.A


def test_a_step_fits_only_the_states_it_starts_from_and_says_in_which_the_object_is():
    step = flow(*WAY)["end"]
    assert step.fits(Thing(S.B))
    said = step.fits(Thing(S.A))
    assert not said
    assert "Begun" in said.reason


def test_the_person_is_asked_before_the_state():
    step = flow(("go", {S.A}, S.B, nobody, "Go"), ("end", {S.B}, S.C, anyone, "End"))["go"]
    assert step.check(Actor(), Thing(S.C)).reason == "Nobody may."


def test_the_open_steps_are_those_the_actor_may_take_now():
    table = flow(*WAY, ("edit", {S.A, S.B}, STAY, anyone, "Edit"), ("skip", {S.A}, S.C, nobody, "Skip"))
    assert [step.verb for step in table.open_to(Actor(), Thing(S.A))] == ["go", "edit"]
    assert [step.verb for step in table.open_to(Actor(), Thing(S.B))] == ["end", "edit"]
    assert table.open_to(Actor(), Thing(S.C)) == []


def test_the_system_may_take_every_step_that_the_state_allows():
    table = flow(*WAY, ("skip", {S.A}, S.C, nobody, "Skip"))
    assert [step.verb for step in table.open_to(Actor.system("tests"), Thing(S.A))] == ["go", "skip"]
