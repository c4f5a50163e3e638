"""Who may do what when: the five tables, written out again by hand as the regulations read (domain 3.3–3.12, 3.16)."""

import datetime as dt

import pytest

from qiao.kernel.policy import Actor
from qiao.matters import operations
from qiao.matters.flow import ADDRESSEE, ASSIGNMENT, EXTENSION, OBJECTION, REPLY, SIGNATURE, SUGGESTION
from qiao.matters.models import (
    AddresseeState,
    AssignmentState,
    ExtensionState,
    ObjectionState,
    ReplyState,
    Signature,
    SignatureState,
    State,
)
from tests.world import rule

from .given import on, verbs

pytestmark = [pytest.mark.django_db, pytest.mark.capability("M1")]

WRITING = {"revise", "invite", "attach", "submit"}
SUGGESTIONS = {
    "draft": {"deputy": WRITING | {"discard"}},
    "cosigning": {"deputy": WRITING | {"discard"}},
    "delegation_check": {"deputy": {"withdraw"}, "delegate": {"pass_on", "turn_back"}, "clerk": {"pass_on", "withdraw_on_paper"}},
    "submitted": {"deputy": {"withdraw"}, "clerk": {"receive", "register", "give_back", "refuse", "withdraw_on_paper"}},
    "returned": {"deputy": WRITING | {"withdraw"}, "clerk": {"withdraw_on_paper"}},
    "not_accepted": {},
    "as_letter": {},
    "as_reference": {},
    "registered": {
        "deputy": {"withdraw"},
        "clerk": {"propose_split", "group", "decide_hand_over", "assign", "publish", "withdraw_on_paper"},
    },
    "assigned": {"deputy": {"withdraw"}, "clerk": {"publish", "withdraw_on_paper"}},
    "dispatched": {"deputy": {"withdraw"}, "clerk": {"publish", "withdraw_on_paper"}},
    "handling": {"deputy": {"withdraw"}, "clerk": {"publish", "withdraw_on_paper"}},
    "replied": {"deputy": {"evaluate"}, "clerk": {"record_evaluation", "close_unrated", "publish"}},
    "dissatisfied": {"clerk": {"order_rehandling", "close_explained", "publish"}},
    "escalated": {"clerk": {"conclude", "publish"}},
    "rehandling": {"deputy": {"withdraw"}, "clerk": {"publish", "withdraw_on_paper"}},
    "closed": {"clerk": {"publish"}},
    "withdrawn": {"clerk": {"publish"}},
    "split": {},
    "discarded": {},
}
TOGETHER = {"ask_withdrawal", "drop_withdrawal", "leave_group"}
"""Open to the lead of what others signed too, in place of ``withdraw``: ``test_operations_withdrawing.py``; and what others are handled with: ``test_operations_grouping.py``; a delegation's: ``test_delegating.py``."""
SEALED = {"deputy": {"evaluate"}, "clerk": {"open_evaluation", "publish"}}
"""Of an answered suggestion whose evaluation waits under seal, here one of dissatisfaction."""
ASKED = {"deputy": {"withdraw", "agree_split", "object_split"}, "clerk": {"drop_split", "publish", "withdraw_on_paper"}}
"""Of a registered one whose lead deputy is asked whether to split it."""
AGAIN = {"clerk": {"order_rehandling", "close_explained", "convene", "publish"}}
"""Where a second reply did not satisfy either."""
for _state, _open in [*SUGGESTIONS.items(), ("", SEALED), ("", ASKED), ("", AGAIN)]:
    if "publish" in _open.get("clerk", ()):  # who publishes also says what is left out
        _open["clerk"] = _open["clerk"] | {"redact"}
    if _state == "submitted" or (
        "redact" in _open.get("clerk", ()) and _state != "withdrawn"
    ):  # once submitted, the lead says what may be public
        _open["deputy"] = _open.get("deputy", set()) | {"consent"}
    if _state != "discarded":  # whoever signed may be afraid at any time, and staff may see why
        _open["deputy"] = _open.get("deputy", set()) | {"ask_confidentiality"}
    if _state not in {"draft", "cosigning", "discarded"}:
        _open["clerk"] = _open.get("clerk", set()) | {"keep_confidential"}
HIDDEN = {
    "asked": {"deputy": {"disclose"}, "clerk": {"grant_confidentiality", "refuse_confidentiality"}},
    "kept": {"deputy": {"disclose"}, "clerk": {"ask_disclosure"}},
    "disclosure_asked": {"deputy": {"disclose", "stay_confidential"}},
}
"""By how the confidentiality stands, besides what else is open."""
SIGNATURES = {
    "invited": {"deputy": {"revoke"}, "deputy2": {"confirm", "decline"}},
    "confirmed": {"deputy": {"revoke"}, "deputy2": {"decline"}},
    "declined": {"deputy": {"ask_again"}},
    "void": {"deputy": {"ask_again", "revoke"}},
    "revoked": {"deputy": {"ask_again"}},
}
RECEIPT_COUNTS = {"liaison": {"return_signed"}, "signer": {"return_signed"}}
"""Open besides to the receivers of a unit that has signed, where the time for return is counted from there."""
ASSIGNMENTS = {
    "assigned": {"deputy": {"object"}, "liaison": {"sign_for", "request_return"}, "signer": {"sign_for", "request_return"}},
    "return_requested": {"clerk": {"grant_return", "refuse_return"}},
    "returned": {},
    "dispatched": {"dispatcher": {"recall"}},
    "handling": {"deputy": {"object"}}
    | {role: {"record_contact", "record_face_reply", "draft_reply", "ask_extension"} for role in ("liaison", "handler")},
    "answered": {role: {"record_face_reply"} for role in ("liaison", "handler")},
    "closed": {},
}
OBJECTIONS = {"raised": {"clerk": {"keep", "uphold"}}, "kept": {}, "upheld": {}, "lapsed": {}}
EXTENSIONS = {
    "requested": {"clerk": {"grant", "refuse"}},
    "granted": {},
    "refused": {},
    "lapsed": {},
}
ASSISTING = {
    "handling": {
        "handler2": {"record_contact", "give_opinion"}, "liaison2": {"record_contact", "give_opinion"}, "signer2": {"give_opinion"},
    },
    "answered": {"handler": {"ask_opinion_again"}, "liaison": {"ask_opinion_again"}},
}  # fmt: skip
OFFICE = {
    "assigned": {"deputy": {"object"}, "dispatcher": {"sign_for", "request_return", "dispatch"}},
    "return_requested": {"dispatcher": {"grant_return", "refuse_return"}},
}
"""Of what waits with a coordinating office, and of what a department asks it to take back."""
REPLIES = {
    "draft": {"liaison": {"revise", "request_approval"}, "handler": {"revise", "request_approval"}},
    "approval": {"signer": {"send_back", "issue"}},
    "issued": {role: {"check_secrecy"} for role in ("liaison", "handler", "signer")} | {"clerk": {"remind"}},
}
JOINT_REPLIES = {
    "draft": {role: {"revise", "request_approval"} for role in ("liaison", "handler", "liaison2", "handler2")},
    "approval": {role: {"send_back", "sign"} for role in ("signer", "signer2")},
}
"""Of one that two lead units give together."""
ADDRESSEES = {
    "with_lead": {"clerk": {"record_receipt"}},
    "sent": {"deputy2": {"receive"}, "clerk": {"record_receipt"}},
    "received": {},
}
THROUGH_LEAD = {"deputy": {"pass_on", "send_to_each"}, "clerk": {"send_to_each", "remind"}}
"""Open besides on an issued reply that waits with the lead deputy for the joint signers."""


def everybody(world):
    """Every role of the world, somebody without a post, and nobody."""
    return world.actors | {"without a post": Actor(user=world.actors["deputy2"].user), "anonymous": Actor()}


def matrix(flow, world, subject):
    """What each may do; those who may do nothing are left out."""
    return {name: open_ for name, actor in everybody(world).items() if (open_ := verbs(flow, actor, subject))}


@pytest.mark.capability("T4")
def test_who_may_do_what_while_an_evaluation_is_sealed(world):
    assert matrix(SUGGESTION, world, world.sealed()) == SEALED


def test_who_may_do_what_while_the_deputy_is_asked_to_split(world):
    assert matrix(SUGGESTION, world, world.split_asked()) == ASKED


def test_who_may_do_what_after_a_second_dissatisfaction(world):
    assert matrix(SUGGESTION, world, world.dissatisfied_again()) == AGAIN


@pytest.mark.parametrize("how", HIDDEN)
def test_who_may_do_what_to_confidentiality(world, how):
    s = world.closed()
    s.confidentiality = how
    assert matrix(SUGGESTION, world, s) == {
        role: open_ | SUGGESTIONS["closed"][role] - {"ask_confidentiality", "keep_confidential"}
        for role in ("deputy", "clerk") for open_ in [HIDDEN[how].get(role, set())]
    }  # fmt: skip


def signature(world, state):
    """The second deputy's signature in this state, the text still the deputies' own."""
    s = world.cosigning() if state in {"invited", "declined", "revoked"} else world.signed_jointly()
    asked = Signature.objects.get(suggestion=s)
    if state == "declined":
        operations.decline(asked, actor=world.actors["deputy2"])
    elif state == "revoked":
        operations.revoke(asked, actor=world.actors["deputy"])
    elif state == "void":
        operations.revise(s, actor=world.actors["deputy"], title="关于修好全部路灯的建议")
    asked.refresh_from_db()
    return asked


def assignment(world, state):
    """An assignment to the first unit in this state."""
    way = {"answered": world.replied, "returned": world.return_requested}
    s = way[state]() if state in way else getattr(world, state)()
    found = s.assignments.order_by("id")[0]
    return operations.grant_return(found, actor=world.actors["clerk"]) if state == "returned" else found


def extension(world, state):
    """The first unit's request for more time in this state."""
    with on(2026, 3, 2):
        s = world.approval()
        handed, until = s.assignments.get(), dt.date(2026, 8, 3)
        made = operations.ask_extension(handed, actor=world.actors["handler"], note="需现场勘察。", until=until)
        if state == "granted":
            return operations.grant_extension(made, actor=world.actors["clerk"], until=until)
        if state == "refused":
            return operations.refuse_extension(made, actor=world.actors["clerk"], note="情况并不复杂。")
        if state == "lapsed":
            operations.issue(handed.replies.get(), actor=world.actors["signer"], document_no="1号")
    made.refresh_from_db()
    return made


def reply(world, state):
    """The first unit's reply in this state."""
    return {"draft": world.drafted, "approval": world.approval, "issued": world.replied}[state]().assignments.get().replies.get()


@pytest.mark.parametrize("state", State.values)
def test_only_these_may_do_only_this_to_a_suggestion(world, everywhere, state):
    assert everywhere[state].state == state
    assert matrix(SUGGESTION, world, everywhere[state]) == SUGGESTIONS[state]


@pytest.mark.parametrize("state", SignatureState.values)
def test_only_these_may_do_only_this_to_a_signature(world, state):
    found = signature(world, state)
    assert found.state == state
    assert matrix(SIGNATURE, world, found) == SIGNATURES[state]


@pytest.mark.parametrize("state", SignatureState.values)
def test_nothing_can_be_done_to_a_signature_once_the_suggestion_is_submitted(world, state):
    found = signature(world, state)
    if state in {"invited", "void"}:
        operations.discard(found.suggestion, actor=world.actors["deputy"])
    else:
        operations.submit(found.suggestion, actor=world.actors["deputy"])
    found = Signature.objects.get(pk=found.pk)
    assert matrix(SIGNATURE, world, found) == {}


@pytest.mark.parametrize("state", AssignmentState.values)
def test_only_these_may_do_only_this_to_an_assignment(world, state):
    found = assignment(world, state)
    assert found.state == state
    assert matrix(ASSIGNMENT, world, found) == ASSIGNMENTS[state]


@pytest.mark.parametrize("state", AddresseeState.values)
def test_only_these_may_do_only_this_to_a_joint_signers_reply(world, state):
    reply = world.answered_jointly("lead_forwards_with_consent" if state == "with_lead" else "each")
    found = reply.addressees.get(mandate=world.mandates["deputy2"])
    if state == "received":
        operations.receive_reply(found, actor=world.actors["deputy2"])
        found.refresh_from_db()
    assert (found.state, matrix(ADDRESSEE, world, found)) == (state, ADDRESSEES[state])
    if state == "with_lead":
        issued = REPLIES["issued"]
        assert matrix(REPLY, world, reply) == {role: THROUGH_LEAD.get(role, issued.get(role)) for role in THROUGH_LEAD | issued}


def test_a_unit_that_has_signed_may_return_it_where_the_rules_count_from_there(world):
    rule(world, "return_from", "received")
    found = matrix(ASSIGNMENT, world, assignment(world, "handling"))
    roles = ASSIGNMENTS["handling"].keys() | RECEIPT_COUNTS.keys()
    assert found == {role: ASSIGNMENTS["handling"].get(role, set()) | RECEIPT_COUNTS.get(role, set()) for role in roles}


@pytest.mark.parametrize("state", ExtensionState.values)
def test_only_these_may_do_only_this_to_a_request_for_more_time(world, state):
    found = extension(world, state)
    assert found.state == state
    assert matrix(EXTENSION, world, found) == EXTENSIONS[state]


@pytest.mark.parametrize("state", ObjectionState.values)
def test_only_these_may_do_only_this_to_an_objection(world, state):
    found = world.objected().assignments.get().objection
    if state in {"kept", "upheld"}:
        answer = {"kept": operations.keep_unit, "upheld": operations.uphold_objection}[state]
        answer(found, actor=world.actors["clerk"], note="……")
    elif state == "lapsed":
        operations.withdraw(found.assignment.suggestion, actor=world.actors["deputy"], note="……")
    found.refresh_from_db()
    assert (found.state, matrix(OBJECTION, world, found)) == (state, OBJECTIONS[state])


@pytest.mark.parametrize(("state", "way"), [("handling", "assisted"), ("answered", "opined")])
def test_only_these_may_do_only_this_to_an_assisting_units_assignment(world, state, way):
    found = getattr(world, way)().assignments.get(role="assist")
    assert found.state == state
    assert matrix(ASSIGNMENT, world, found) == ASSISTING[state]


@pytest.mark.parametrize("state", OFFICE)
def test_only_these_may_do_only_this_on_the_two_hops_of_a_dispatch(world, state):
    found = (world.with_office() if state == "assigned" else world.dispatched()).assignments.latest("id")
    if state == "return_requested":
        found = operations.request_return(found, actor=world.actors["liaison"], note="不属我局职责。")
    assert found.state == state
    assert matrix(ASSIGNMENT, world, found) == OFFICE[state]


@pytest.mark.parametrize("state", ReplyState.values)
def test_only_these_may_do_only_this_to_a_reply(world, state):
    found = reply(world, state)
    assert found.state == state
    assert matrix(REPLY, world, found) == REPLIES[state]


@pytest.mark.parametrize("state", JOINT_REPLIES)
def test_only_these_may_do_only_this_to_a_joint_reply(world, state):
    found = world.joint_reply()
    if state == "approval":
        found = operations.request_approval(found, actor=world.actors["handler2"])
    assert matrix(REPLY, world, found) == JOINT_REPLIES[state]


@pytest.mark.parametrize("state", ["draft", "approval"])
def test_withdrawal_stops_the_work_on_the_reply_too(world, state):
    found = reply(world, state)
    operations.withdraw(found.assignment.suggestion, actor=world.actors["deputy"], note="已解决。")
    found = type(found).objects.get(pk=found.pk)
    assert matrix(REPLY, world, found) == {}


@pytest.mark.parametrize(
    ("flow", "table", "states"),
    [
        (SUGGESTION, SUGGESTIONS, State),
        (SIGNATURE, SIGNATURES, SignatureState),
        (ASSIGNMENT, ASSIGNMENTS, AssignmentState),
        (EXTENSION, EXTENSIONS, ExtensionState),
        (OBJECTION, OBJECTIONS, ObjectionState),
        (REPLY, REPLIES, ReplyState),
        (ADDRESSEE, ADDRESSEES, AddresseeState),
    ],
    ids=lambda x: getattr(x, "name", ""),
)
def test_the_tables_name_every_state_and_every_verb_that_people_take(flow, table, states):
    assert set(table) == set(states.values)
    rows = [*table.values(), *((*ASSISTING.values(), *OFFICE.values(), RECEIPT_COUNTS) if flow is ASSIGNMENT else [])]
    named = {verb for row in rows for open_ in row.values() for verb in open_}
    named |= {
        "suggestion": TOGETHER | {"record_discussion"},
        "signature": {"agree_withdrawal", "object_withdrawal"},
        "reply": {"share", "pass_on", "send_to_each", "sign"},
    }.get(flow.name, set())
    if flow is SUGGESTION:
        named |= {
            verb
            for open_ in (*SEALED.values(), *AGAIN.values(), *ASKED.values(), *(o for how in HIDDEN.values() for o in how.values()))
            for verb in open_
        }
    by_system = {verb for verb, step in flow.steps.items() if not step.who.grants}
    assert named == set(flow.steps) - by_system


def test_what_follows_by_itself_no_person_can_do(world, everywhere):
    followers = {"take_back", "place", "begin_handling", "answer"}
    for suggestion in everywhere.values():
        for actor in everybody(world).values():
            assert not followers & verbs(SUGGESTION, actor, suggestion)
    system = Actor.system("tests")
    assert "begin_handling" in verbs(SUGGESTION, system, everywhere["assigned"])
