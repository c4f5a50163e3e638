"""Rules answer with a reason, permissions and scopes are declared once, the system acts for a reason."""

from types import SimpleNamespace

import pytest
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext_lazy

from qiao.kernel import policy
from qiao.kernel.policy import NOTHING, YES, Actor, Verdict, permission, rule, scope

SOMEBODY = SimpleNamespace(pk=1)
big = rule("Too small.")(lambda actor, n: n > 10)
even = rule("Odd.")(lambda actor, n: n % 2 == 0)
red = rule("Not red.")(lambda actor, n: False)


@pytest.fixture
def registers(monkeypatch):
    """Registers of the test's own: what it declares is gone after it."""
    monkeypatch.setattr(policy, "PERMISSIONS", {})
    monkeypatch.setattr(policy, "SCOPES", {})
    return policy


def test_a_verdict_is_true_when_it_is_yes():
    assert YES
    assert not Verdict(False, "No.")


def test_a_rule_says_yes_or_why_not():
    assert big(Actor(), 12) == YES
    assert big(Actor(), 2) == Verdict(False, "Too small.")


def test_the_reason_is_said_in_the_readers_language():
    said = rule(gettext_lazy("Only the system does this."))(lambda actor, subject: False)
    with translation.override("en"):
        assert said(Actor()).reason == "Only the system does this."


def test_both_must_hold_and_the_first_that_fails_gives_the_reason():
    both = big & even
    assert both(Actor(), 12)
    assert both(Actor(), 2).reason == "Too small."
    assert both(Actor(), 13).reason == "Odd."
    assert both(Actor(), 1).reason == "Too small."


def test_reasons_pass_through_rules_joined_several_times():
    assert (big & even & red)(Actor(), 12).reason == "Not red."
    assert (big & (even & red))(Actor(), 13).reason == "Odd."


def test_a_joined_rule_can_be_tested_inside_another():
    assert ((big & even) | red)(Actor(), 12)
    assert not ((big & even) | red)(Actor(), 13)


def test_one_of_two_is_enough_and_the_first_gives_the_reason():
    either = big | even
    assert either(Actor(), 2)
    assert either(Actor(), 13)
    assert either(Actor(), 3).reason == "Too small."


def test_joined_rules_know_all_permissions_they_ask_for(registers):
    one, two = permission("thing.read", "Read"), permission("thing.write", "Write")
    assert (one & two).grants == (one | two).grants == {"thing.read", "thing.write"}
    assert (one & big).grants == {"thing.read"}


def test_a_permission_is_held_by_whoever_was_granted_it(registers):
    read = permission("thing.read", "Read")
    assert registers.PERMISSIONS == {"thing.read": "Read"}
    assert read(Actor(grants=frozenset({"thing.read"})))
    assert not read(Actor(grants=frozenset({"thing.write"})))
    assert read(Actor()).reason


def test_a_permission_is_declared_once(registers):
    permission("thing.read", "Read")
    with pytest.raises(ValueError, match="'thing.read' declared twice"):
        permission("thing.read", "Read")


def test_the_system_passes_every_rule():
    assert red(Actor.system("tests"), 1)
    assert (big & red)(Actor.system("tests"), 1)


def test_an_actor_lends_its_place_to_the_system_and_stays_named():
    person = Actor(user=SOMEBODY, units=frozenset({7}), grants=frozenset({"thing.read"}))
    lent = person.lend("thing.read")
    assert (lent.user, lent.units, lent.via, lent.because, lent.is_system) == (SOMEBODY, {7}, "system", "thing.read", True)
    assert not person.is_system


def test_an_actor_acts_as_the_words_of_its_post():
    assert Actor(post="Deputy · County").acting_as == "Deputy · County"
    assert Actor().acting_as == ""


def test_a_scope_shows_nobody_anything(registers):
    scope("things.Thing")(lambda actor: Q())
    rows = registers.SCOPES["things.Thing"]
    assert rows(Actor()) == NOTHING
    assert rows(Actor(user=SOMEBODY)) == Q()
    assert rows(Actor.system("tests")) == Q()


def test_a_public_scope_shows_everybody_what_it_says(registers):
    scope("things.Thing", public=True)(lambda actor: Q(open=True))
    assert registers.SCOPES["things.Thing"](Actor()) == Q(open=True)


def test_a_scope_gives_back_the_function_it_was_made_of(registers):
    def rows(actor):
        return Q()

    assert scope("things.Thing")(rows) is rows


def test_a_scope_is_declared_once(registers):
    scope("things.Thing")(lambda actor: Q())
    with pytest.raises(ValueError, match="'things.Thing' declared twice"):
        scope("things.Thing")(lambda actor: Q())
