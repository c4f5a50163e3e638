"""A delegation puts a suggestion forward: in session, discussed, signed by its head, answered to those who head it (R3.17, R3.48)."""

import datetime as dt

import pytest

from qiao.congress import operations as body
from qiao.kernel import clock
from qiao.kernel.errors import NotAllowed, Unfit
from qiao.matters import operations
from qiao.matters.letters.content import reply_letter, suggestion_paper
from qiao.matters.models import Reply, Suggestion
from tests.world import REPLY, SINCE, SYSTEM, TEXT, World, rule

from .given import fresh, refused, told

pytestmark = [pytest.mark.django_db, pytest.mark.capability("M1"), pytest.mark.usefixtures("english")]

COUNT = {"present": 3, "in_favour": 2, "against": 1, "summary": "代表一致认为很有必要。"}


@pytest.fixture
def headed(world):
    """A session sits; the first deputy heads the delegation, the second is deputy head; delegations may put suggestions forward."""
    today = clock.today()
    rule(world, "allow_delegation_suggestion", True)
    body.convene(world.term, actor=SYSTEM, number=91, opens=today, closes=today + dt.timedelta(days=3))
    for role, rank in (("deputy", "head"), ("deputy2", "deputy_head")):
        mandate = world.mandates[role]
        body.elect_head(mandate.delegation, actor=SYSTEM, mandate=mandate, rank=rank, on=SINCE)
    return world


def discuss(world, s, role="deputy", **count):
    return operations.record_discussion(s, actor=world.actors[role], **{"on": clock.today(), **COUNT, **count})


def submitted(world, **count):
    s = world.draft(for_delegation=True)
    discuss(world, s, **count)
    return operations.submit(fresh(s), actor=world.actors["deputy"])


def answered(world: World) -> Reply:
    s = operations.register(submitted(world), actor=world.actors["clerk"])
    handed = operations.assign(s, actor=world.actors["clerk"], unit=world.unit).assignments.get()
    operations.sign_for(handed, actor=world.actors["liaison"])
    told_ = {"mode": "phone", "on": clock.today(), "who": "代表团", "content": "已沟通。"}
    operations.record_contact(handed, actor=world.actors["handler"], **told_)
    reply = operations.draft_reply(handed, actor=world.actors["handler"], **REPLY)
    operations.request_approval(reply, actor=world.actors["handler"])
    return operations.issue(reply, actor=world.actors["signer"], document_no="1号")


def test_only_the_head_drafts_for_it_and_only_where_the_rules_know_it(world, headed, login):
    assert "for_delegation" in login("deputy").get("/suggestions/new/").context["form"].fields
    assert "for_delegation" not in login("deputy2").get("/suggestions/new/").context["form"].fields
    with refused(Unfit, "Only the head of a delegation"):
        headed.draft("deputy2", for_delegation=True)
    login("deputy").post("/suggestions/new/", {**TEXT, "kind": "suggestion", "for_delegation": "on"})
    assert Suggestion.objects.get().delegation == world.mandates["deputy"].delegation


def test_it_is_submitted_when_the_text_as_it_stands_was_discussed(headed):
    s = headed.draft(for_delegation=True)
    lead = headed.actors["deputy"]
    with refused(Unfit, "Record first how the delegation"):
        operations.submit(s, actor=lead)
    discuss(headed, s)
    s = operations.revise(fresh(s), actor=lead, title="关于修好全市路灯的建议")
    with refused(Unfit, "changed after the delegation discussed it"):
        operations.submit(s, actor=lead)
    discuss(headed, s)
    assert operations.submit(fresh(s), actor=lead).session is not None


@pytest.mark.parametrize(
    ("choice", "count", "why"),
    [
        ("full_discussion", {"in_favour": 1, "against": 2}, "did not agree"),
        ("majority", {"present": 2, "in_favour": 1, "against": 0}, "more than half"),
        ("full_discussion", {"present": 2, "in_favour": 1, "against": 0}, None),
        ("majority", {"in_favour": 2}, None),
    ],
)
def test_the_rules_say_how_many_must_be_in_favour(headed, choice, count, why):
    rule(headed, "delegation_rule", choice)
    if why is None:
        assert submitted(headed, **count).state == "submitted"
        return
    s = headed.draft(for_delegation=True)
    discuss(headed, s, **count)
    with refused(Unfit, why):
        operations.submit(fresh(s), actor=headed.actors["deputy"])


def test_it_is_put_forward_in_session_by_todays_head_and_nobody_signs_it_jointly(headed):
    s = headed.draft(for_delegation=True)
    discuss(headed, s)
    lead = headed.actors["deputy"]
    with refused(NotAllowed, "as a whole"):
        operations.invite(fresh(s), actor=lead, mandates=[headed.mandates["deputy3"]])
    with clock.pretend(clock.now() + dt.timedelta(days=10)), refused(Unfit, "only while a session sits"):
        operations.submit(fresh(s), actor=lead)
    body.release_head(headed.mandates["deputy"].delegations_headed.get(), actor=SYSTEM, on=clock.today())
    with clock.pretend(clock.now() + dt.timedelta(days=1)), refused(Unfit, "Only the head of the delegation signs"):
        operations.submit(fresh(s), actor=lead)


@pytest.mark.parametrize(
    ("count", "why"), [({"present": 4}, "has only 3 deputies"), ({"present": 2, "in_favour": 2, "against": 1}, "than were present")]
)
def test_the_count_must_be_possible(headed, count, why):
    s = headed.draft(for_delegation=True)
    with pytest.raises(Exception, match=why):
        discuss(headed, s, **count)


def test_its_members_read_it_once_it_is_submitted_and_find_it(headed, login):
    draft, filed = headed.draft(for_delegation=True), submitted(headed)
    seen = {one.pk for one in Suggestion.objects.visible_to(headed.actors["deputy3"])}
    assert (filed.pk in seen, draft.pk in seen) == (True, False)
    page = login("clerk").get(f"/suggestions/{filed.pk}/").content.decode()
    assert "Discussion in the delegation" in page
    assert COUNT["summary"] in page
    assert "甲区代表团" in login("clerk").get("/suggestions/").content.decode()


def test_the_reply_goes_to_all_who_head_it_by_the_delegations_name_and_its_head_evaluates(headed):
    reply = answered(headed)
    assert {one.mandate.person.user.login for one in reply.addressees.all()} == {"deputy", "deputy2"}
    assert told("reply_issued") == ["deputy", "deputy2"]
    letter = reply_letter(reply)
    assert (letter.addressees, letter.opening[:3]) == ("甲区代表团：", "你团在")
    s = fresh(reply.assignment.suggestion)
    paper = dict(suggestion_paper(s).facts)
    assert paper["提出代表团"] == "甲区代表团"
    assert "到会3人，赞成2人，反对1人" in paper["讨论情况"]
    body.release_head(headed.mandates["deputy"].delegations_headed.get(), actor=SYSTEM, on=clock.today())
    with clock.pretend(clock.now() + dt.timedelta(days=1)):
        body.elect_head(s.delegation, actor=SYSTEM, mandate=headed.mandates["deputy3"], rank="head", on=clock.today())
        assert operations.evaluate(s, actor=headed.actors["deputy3"], ratings=headed.ratings("satisfied")).state == "closed"


def test_lists_and_figures_tell_delegations_from_deputies(headed, login):
    headed.submitted()
    submitted(headed)
    client = login("clerk")
    shown = {entry["label"]: entry["number"] for entry in client.get("/figures/").context["submitters"]}
    assert {str(label): number for label, number in shown.items()} == {"Of deputies": 1, "Of delegations": 1}
    rows = client.get("/suggestions/?submitter=delegation").context["list"].rows
    assert [row.delegation.name for row in rows] == ["甲区代表团"]
    assert client.get("/api/v1/suggestions/").json()["items"][0]["delegation_name"] == "甲区代表团"
