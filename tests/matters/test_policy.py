"""Each rule and its reason; and who sees which suggestions, signatures, replies and evaluations, in every state."""

import pytest

from qiao.accounts import operations as accounts
from qiao.accounts.actors import actor_in
from qiao.congress import operations as body
from qiao.kernel import clock
from qiao.kernel.policy import Actor, is_system
from qiao.matters import operations, policy
from qiao.matters.models import (
    Assignment,
    Attachment,
    Clock,
    Contact,
    Evaluation,
    NumberSeries,
    Reply,
    Signature,
    State,
    Suggestion,
    TextVersion,
    Topic,
)
from tests.files import factories as files
from tests.world import SINCE, SYSTEM, person_with_post, rule

pytestmark = [pytest.mark.django_db, pytest.mark.capability("M1"), pytest.mark.usefixtures("english")]

OWN_WORK = ["draft", "cosigning", "discarded"]
NEVER_WITH_A_UNIT = [
    "draft",
    "cosigning",
    "delegation_check",
    "submitted",
    "returned",
    "not_accepted",
    "as_letter",
    "registered",
    "split",
    "withdrawn",
    "discarded",
]
EVERYTHING = set(State.values)


def seen(actor, rows):
    """In which states an actor sees the suggestions."""
    found = set(Suggestion.objects.visible_to(actor).values_list("pk", flat=True))
    return {state for state, s in rows.items() if s.pk in found}


# --- reasons ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule_", "wrong", "reason"),
    [
        (policy.lead, "clerk", "Your post does not include this."),
        (policy.lead, "deputy2", "Only the lead deputy can do this."),
        (policy.lead, "other_deputy", "Only the lead deputy can do this."),
        (policy.lead_author, "deputy3", "Only the lead deputy can do this."),
        (policy.evaluator, "handler", "Your post does not include this."),
        (policy.evaluator, "deputy2", "Only the lead deputy can do this."),
        (policy.checker, "deputy", "Your post does not include this."),
        (policy.checker, "other_clerk", "This suggestion belongs to another congress."),
        (policy.assigner, "leader", "Your post does not include this."),
        (policy.assigner, "other_clerk", "This suggestion belongs to another congress."),
        (policy.supervisor, "other_clerk", "This suggestion belongs to another congress."),
        (policy.publisher, "other_clerk", "This suggestion belongs to another congress."),
        (policy.publisher, "sysadmin", "Your post does not include this."),
        (is_system, "clerk", "Only the system does this."),
    ],
)
def test_who_may_not_act_on_a_suggestion_hears_why(world, everywhere, rule_, wrong, reason):
    said = rule_(world.actors[wrong], everywhere["handling"])
    assert not said
    assert said.reason == reason


@pytest.mark.parametrize(
    ("rule_", "wrong", "reason"),
    [
        (policy.receiver, "handler", "Your post does not include this."),
        (policy.receiver, "liaison2", "This suggestion is not with your unit."),
        (policy.receiver, "other_liaison", "This suggestion is not with your unit."),
        (policy.handler, "signer", "Your post does not include this."),
        (policy.handler, "handler2", "This suggestion is not with your unit."),
        (policy.return_decider, "liaison", "Your post does not include this."),
        (policy.return_decider, "other_clerk", "This suggestion belongs to another congress."),
    ],
)
def test_who_may_not_act_on_an_assignment_hears_why(world, everywhere, rule_, wrong, reason):
    said = rule_(world.actors[wrong], everywhere["handling"].assignments.get())
    assert (bool(said), said.reason) == (False, reason)


@pytest.mark.parametrize(
    ("rule_", "wrong", "reason"),
    [
        (policy.drafter, "handler2", "This reply is another unit's."),
        (policy.drafter, "signer", "Your post does not include this."),
        (policy.signer, "handler", "Your post does not include this."),
        (policy.signer, "clerk", "Your post does not include this."),
    ],
)
def test_who_may_not_act_on_a_reply_hears_why(world, everywhere, rule_, wrong, reason):
    said = rule_(world.actors[wrong], everywhere["replied"].assignments.get().replies.get())
    assert (bool(said), said.reason) == (False, reason)


def test_a_reply_of_a_withdrawn_suggestion_is_no_longer_worked_on(world):
    reply = world.approval().assignments.get().replies.get()
    operations.withdraw(reply.assignment.suggestion, actor=world.actors["deputy"], note="已解决。")
    reply = Reply.objects.get(pk=reply.pk)
    assert policy.signer(world.actors["signer"], reply).reason == "The suggestion is no longer being handled."
    assert policy.drafter(world.actors["handler"], reply).reason == "The suggestion is no longer being handled."


@pytest.mark.parametrize(
    ("rule_", "wrong", "reason"),
    [
        (policy.cosigner, "deputy3", "Only the deputy who was invited can do this."),
        (policy.cosigner, "deputy", "Only the deputy who was invited can do this."),
        (policy.cosigner, "clerk", "Your post does not include this."),
        (policy.inviter, "deputy2", "Only the lead deputy can do this."),
    ],
)
def test_who_may_not_act_on_a_signature_hears_why(world, everywhere, rule_, wrong, reason):
    said = rule_(world.actors[wrong], Signature.objects.get(suggestion=everywhere["cosigning"]))
    assert (bool(said), said.reason) == (False, reason)


def test_a_signature_is_fixed_once_the_suggestion_is_submitted(world):
    s = world.signed_jointly()
    operations.submit(s, actor=world.actors["deputy"])
    signature = Signature.objects.get(suggestion=s)
    assert policy.cosigner(world.actors["deputy2"], signature).reason == "The suggestion has already been submitted."
    assert policy.inviter(world.actors["deputy"], signature).reason == "The suggestion has already been submitted."


@pytest.mark.parametrize("state", ["elected", "suspended", "ended"])
def test_a_deputy_who_is_not_in_office_neither_writes_nor_signs(world, state):
    s = world.cosigning()
    ended = {"ended_on": clock.today(), "end_reason": "resigned"} if state == "ended" else {}
    for name in ("deputy", "deputy2"):
        body.correct_mandate(world.mandates[name], actor=SYSTEM, state=state, **ended)
    s = Suggestion.objects.get(pk=s.pk)
    signature = Signature.objects.get(suggestion=s)
    out = "Your mandate is suspended or has ended."
    assert policy.lead(world.actors["deputy"], s).reason == out
    assert policy.consenter(world.actors["deputy2"], signature).reason == out
    assert policy.cosigner(world.actors["deputy2"], signature), "declining stays possible"
    assert policy.lead_author(world.actors["deputy"], s), "and so does giving the draft up"
    assert policy.holds_office(world.actors["deputy"], world.congress).reason == "Only deputies in office can do this."


def test_only_the_lead_deputy_confirms_a_contact(world):
    contact = Contact.objects.get(assignment__suggestion=world.contacted())
    assert policy.contacted_deputy(world.actors["deputy"], contact)
    assert policy.contacted_deputy(world.actors["deputy2"], contact).reason == "Only the lead deputy can do this."
    assert policy.contacted_deputy(world.actors["handler"], contact).reason == "Your post does not include this."


@pytest.mark.capability("T4")
def test_nobody_but_the_lead_deputy_can_rate(world, everywhere):
    may = {name for name, actor in world.actors.items() if policy.evaluator(actor, everywhere["replied"])}
    assert may == {"deputy"}
    assert not policy.evaluator(Actor(), everywhere["replied"])


def test_only_deputies_in_office_of_the_congress_begin_a_suggestion(world):
    guard = operations.draft.guard.who
    assert {name for name, actor in world.actors.items() if guard(actor, world.congress)} == {"deputy", "deputy2", "deputy3"}
    assert {name for name, actor in world.actors.items() if guard(actor, world.other)} == {"other_deputy"}


# --- scopes of suggestions ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "states"),
    [
        ("deputy", EVERYTHING),
        ("deputy3", set()),
        ("clerk", EVERYTHING - set(OWN_WORK)),
        ("leader", EVERYTHING - set(OWN_WORK)),
        ("liaison", EVERYTHING - set(NEVER_WITH_A_UNIT)),
        ("handler", EVERYTHING - set(NEVER_WITH_A_UNIT)),
        ("signer", EVERYTHING - set(NEVER_WITH_A_UNIT)),
        ("handler2", set()),
        ("liaison2", set()),
        ("sysadmin", set()),
        ("other_clerk", set()),
        ("other_deputy", set()),
        ("other_liaison", set()),
    ],
)
def test_each_sees_their_own_part(world, everywhere, role, states):
    assert seen(world.actors[role], everywhere) == states


def test_nobody_and_a_person_without_a_post_see_nothing(world, everywhere):
    assert seen(Actor(), everywhere) == set()
    assert seen(Actor(user=world.actors["deputy"].user, people=world.actors["deputy"].people), everywhere) == set()


def test_the_system_sees_everything(everywhere):
    assert seen(Actor.system("tests"), everywhere) == EVERYTHING


def test_a_deputy_of_two_congresses_sees_only_those_of_the_one_acted_for(world, everywhere):
    elsewhere = accounts.grant_post(world.other, actor=SYSTEM, user=world.actors["deputy"].user, role="deputy", starts=SINCE)
    assert seen(actor_in(elsewhere), everywhere) == set()


def test_asked_signed_and_declined_deputies_see_it_and_one_whose_invitation_was_taken_back_does_not(world):
    s = world.cosigning()
    signer, signature = world.actors["deputy2"], Signature.objects.get(suggestion=s)

    def sees():
        return Suggestion.objects.visible_to(signer).filter(pk=s.pk).exists()

    assert sees()
    operations.confirm(signature, actor=signer, version=1)
    assert sees()
    operations.decline(signature, actor=signer)
    assert sees()
    operations.ask_again(signature, actor=world.actors["deputy"])
    operations.revoke(signature, actor=world.actors["deputy"])
    assert not sees()


def test_a_unit_that_gave_it_back_still_sees_the_suggestion_but_not_the_next_units_reply(world):
    s = operations.grant_return(world.return_requested().assignments.get(), actor=world.actors["clerk"]).suggestion
    s = operations.assign(Suggestion.objects.get(pk=s.pk), actor=world.actors["clerk"], unit=world.unit2)
    a = s.assignments.get(unit=world.unit2)
    operations.sign_for(a, actor=world.actors["liaison2"])
    operations.draft_reply(a, actor=world.actors["handler2"], text="……", result="A")
    assert Suggestion.objects.visible_to(world.actors["liaison"]).filter(pk=s.pk).exists()
    of_it = Reply.objects.filter(assignment__suggestion=s)
    assert not of_it.visible_to(world.actors["liaison"]).exists()
    assert of_it.visible_to(world.actors["handler2"]).count() == 1


# --- scopes of what belongs to it -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", ["drafted", "approval"])
def test_a_reply_stays_inside_its_unit_until_it_is_issued(world, stage):
    reply = Reply.objects.filter(assignment__suggestion=getattr(world, stage)())
    assert {name for name, actor in world.actors.items() if reply.visible_to(actor).exists()} == {"liaison", "handler", "signer"}


def test_a_file_of_an_unissued_reply_stays_inside_the_unit_too(world, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    s = world.drafted()
    reply = s.assignments.get().replies.get()
    operations.attach_to_reply(reply, actor=world.actors["handler"], upload=files.upload(files.pdf()))
    assert {name for name, actor in world.actors.items() if Attachment.objects.visible_to(actor).exists()} == {
        "liaison",
        "handler",
        "signer",
    }
    operations.request_approval(reply, actor=world.actors["handler"])
    operations.issue(reply, actor=world.actors["signer"])
    assert Attachment.objects.visible_to(world.actors["deputy"]).exists()
    assert not Attachment.objects.visible_to(world.actors["other_clerk"]).exists()


def test_an_issued_reply_and_its_evaluation_are_read_by_all_who_see_the_suggestion(world, everywhere):
    closed = everywhere["closed"]
    for role, sees in {"deputy": 1, "clerk": 1, "leader": 1, "signer": 1, "deputy3": 0, "handler2": 0, "other_clerk": 0}.items():
        assert Reply.objects.visible_to(world.actors[role]).filter(assignment__suggestion=closed).count() == sees
        assert Evaluation.objects.visible_to(world.actors[role]).filter(reply__assignment__suggestion=closed).count() == sees


@pytest.mark.parametrize("model", [TextVersion, Signature, Assignment, Contact, Clock, Reply, Evaluation, Attachment])
def test_what_belongs_to_a_suggestion_is_hidden_with_it(world, everywhere, model):
    for role in ("deputy3", "other_clerk", "other_deputy", "other_liaison", "sysadmin"):
        assert not model.objects.visible_to(world.actors[role]).exists()
    assert not model.objects.visible_to(Actor()).exists()


def test_topics_are_the_congresss_own_and_number_series_the_systems(world, everywhere):
    operations.add_topic(world.congress, actor=SYSTEM, name="城市管理")
    assert Topic.objects.visible_to(world.actors["clerk"]).count() == 1
    assert Topic.objects.visible_to(world.actors["other_clerk"]).count() == 0
    assert Topic.objects.visible_to(SYSTEM).count() == 1
    assert NumberSeries.objects.exists()
    assert not NumberSeries.objects.visible_to(world.actors["clerk"]).exists()
    assert NumberSeries.objects.visible_to(SYSTEM).exists()


def test_a_second_unit_with_a_post_in_both_sees_by_the_post_acted_in(world, everywhere):
    both = person_with_post(world.congress, "unit_handler", "both", world.unit2)
    assert seen(both, everywhere) == set()


def test_a_rule_of_the_congress_widens_no_scope(world, everywhere):
    rule(world, "deputy_consent_needed", False)
    assert seen(world.actors["deputy3"], everywhere) == set()
