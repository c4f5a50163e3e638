"""Handling together: joined by the staff, one lead unit and one text, each with clocks, reply and evaluation of its own (R3.44)."""

import pytest
from django.urls import reverse

from qiao.kernel.errors import NotAllowed, Unfit, WrongState
from qiao.matters import operations, queries
from qiao.matters.flow import REPLY, SUGGESTION
from qiao.matters.models import Assignment, Reply, State, Suggestion
from qiao.search.operations import index
from qiao.web.indexing import document
from tests.world import REPLY as TEXT_OF_REPLY

from .given import entry, refused, told, verbs

pytestmark = [pytest.mark.django_db, pytest.mark.capability("M1"), pytest.mark.usefixtures("english")]


def handling(world, number=2):
    """Handed over together and signed for, with a contact each."""
    first, *others = world.together(number)
    operations.assign(first, actor=world.actors["clerk"], unit=world.unit)
    handed = list(Assignment.objects.filter(suggestion__in=[first, *others]).order_by("suggestion"))
    for one in handed:
        operations.sign_for(one, actor=world.actors["liaison"])
        operations.record_contact(
            one, actor=world.actors["handler"], mode="phone", on=one.assigned_on, who="代表、经办人", content="已说明。"
        )
    return handed


def test_both_know_each_other_and_their_deputies_are_told(world):
    first, second = world.together()
    assert (first.mates, second.mates) == ([second], [first])
    assert told("grouped") == ["deputy"]
    assert entry("suggestion.join_group").user == world.actors["clerk"].user


def test_assigning_one_hands_over_all_to_the_same_unit_each_with_clocks_of_its_own(world):
    first, second = world.together()
    operations.assign(first, actor=world.actors["clerk"], unit=world.unit, note="请并案办理。", assisting=[(world.unit2, "照明")])
    second.refresh_from_db()
    assert (second.state, second.unit) == (State.ASSIGNED, world.unit)
    assert second.assignments.filter(role="assist").get().unit == world.unit2
    kinds = [sorted(s.clocks.running().values_list("kind", flat=True)) for s in (first, second)]
    assert kinds[0] == kinds[1]
    assert set(first.clocks.values_list("pk", flat=True)).isdisjoint(second.clocks.values_list("pk", flat=True))
    assert entry("suggestion.assign").user == world.actors["clerk"].user


def test_one_text_goes_out_as_a_letter_for_each_and_each_is_evaluated_by_itself(world):
    one, two = handling(world)
    reply = operations.draft_reply(one, actor=world.actors["handler"], **TEXT_OF_REPLY)
    operations.share_reply(reply, actor=world.actors["handler"])
    other = two.replies.get()
    assert (other.text, other.result, other.drafted_by) == (reply.text, reply.result, world.actors["handler"].user)
    for number, each in enumerate((reply, other), start=1):
        operations.request_approval(each, actor=world.actors["handler"])
        operations.issue(each, actor=world.actors["signer"], document_no=f"测函〔2026〕{number}号")
    assert Reply.objects.filter(state="issued").values("document_no").distinct().count() == 2
    s = operations.evaluate(one.suggestion, actor=world.actors["deputy"], ratings=world.ratings("satisfied"))
    assert s.state == State.CLOSED
    assert Suggestion.objects.get(pk=two.suggestion_id).state == State.REPLIED


def test_a_text_taken_over_again_renews_the_drafts_and_leaves_what_is_being_signed(world):
    one, two, three = handling(world, 3)
    reply = operations.draft_reply(one, actor=world.actors["handler"], **TEXT_OF_REPLY)
    operations.share_reply(reply, actor=world.actors["handler"])
    operations.request_approval(three.replies.get(), actor=world.actors["handler"])
    operations.revise_reply(reply, actor=world.actors["handler"], text="全部修好。")
    operations.share_reply(reply, actor=world.actors["handler"])
    assert (two.replies.get().text, three.replies.get().text) == ("全部修好。", TEXT_OF_REPLY["text"])


def test_without_another_to_write_to_nothing_is_taken_over(world):
    one, two = handling(world)
    reply = operations.draft_reply(one, actor=world.actors["handler"], **TEXT_OF_REPLY)
    operations.withdraw(two.suggestion, actor=world.actors["deputy"], note="已解决。")
    with refused(Unfit, "None of the others"):
        operations.share_reply(reply, actor=world.actors["handler"])


def test_a_text_is_shared_only_in_a_group_and_by_the_unit_that_writes_it(world):
    alone = world.drafted().assignments.get().replies.get()
    assert "share" not in verbs(REPLY, world.actors["handler"], alone)
    one, _two = handling(world)
    reply = operations.draft_reply(one, actor=world.actors["handler"], **TEXT_OF_REPLY)
    assert "share" in verbs(REPLY, world.actors["handler"], reply)
    for role in ("handler2", "clerk", "signer"):
        assert "share" not in verbs(REPLY, world.actors[role], reply)


def test_it_is_taken_out_before_hand_over_and_not_after(world):
    first, second, third = world.together(3)
    assert operations.leave_group(first, actor=world.actors["clerk"]).handled_with is None
    second.refresh_from_db()
    assert (second.handled_with_id, second.mates) == (second.pk, [third])
    operations.assign(second, actor=world.actors["clerk"], unit=world.unit)
    with refused(WrongState):
        operations.leave_group(third, actor=world.actors["clerk"])
    first.refresh_from_db()
    assert first.state == State.REGISTERED


def test_the_one_left_alone_is_handled_by_itself(world):
    first, second = world.together()
    operations.leave_group(second, actor=world.actors["clerk"])
    first.refresh_from_db()
    assert first.handled_with is None
    assert "leave_group" not in verbs(SUGGESTION, world.actors["clerk"], first)


@pytest.mark.parametrize("others", ["none", "itself", "submitted", "of another group"])
def test_only_registered_ones_that_are_free_join(world, others):
    s = world.registered()
    chosen = {"none": list, "itself": lambda: [s], "submitted": lambda: [world.submitted()], "of another group": world.together}[others]()
    with refused(Unfit):
        operations.group(s, actor=world.actors["clerk"], others=chosen)


@pytest.mark.parametrize("role", ["deputy", "handler", "leader", "other_clerk", "delegate"])
def test_only_the_congresss_staff_join_and_part(world, role):
    first, second = world.together()
    with refused(NotAllowed):
        operations.group(first, actor=world.actors[role], others=[world.registered() for _n in ()])
    with refused(NotAllowed):
        operations.leave_group(second, actor=world.actors[role])


def test_the_search_proposes_what_is_near_and_still_free(world):
    s, like = world.registered(), world.registered()
    far = world.registered(title="关于增设养老床位的建议", matter="城北养老床位不足，老人排队入住。", proposal="扩建城北养老院。")
    taken = world.together()
    for one in (s, like, far, *taken):
        index("suggestion", **document(one))
    assert list(queries.alike(s)) == [like]


def test_the_form_takes_proposals_and_numbers_and_keeps_what_was_typed(world, login):
    s, like = world.registered(), world.registered()
    url = reverse("matters:suggestion_act", args=[s.pk, "group"])
    for typed, words in (("99", "Not registered or handed over already: 99."), ("第二", "Type numbers alone")):
        answer = login("clerk").post(url, {"numbers": typed})
        assert (answer.status_code, words in answer.content.decode(), typed in answer.content.decode()) == (422, True, True)
    assert login("clerk").post(url, {"numbers": str(like.number)}).status_code == 302
    for one, other in ((s, like), (like, s)):
        page = login("clerk").get(reverse("matters:detail", args=[one.pk])).content.decode()
        assert "Handled together with others" in page
        assert reverse("matters:detail", args=[other.pk]) in page


def test_a_page_costs_no_more_with_nine_handled_together_than_with_two(world, login, django_assert_max_num_queries):
    few, many = world.together(2)[0], world.together(9)[0]
    client = login("clerk")
    client.get(reverse("matters:detail", args=[few.pk]))
    with django_assert_max_num_queries(40) as small:
        client.get(reverse("matters:detail", args=[few.pk]))
    with django_assert_max_num_queries(len(small)):
        client.get(reverse("matters:detail", args=[many.pk]))
