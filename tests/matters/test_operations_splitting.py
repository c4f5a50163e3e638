"""Splitting: proposed by the staff, agreed to or refused by the lead deputy; numbers, signers, links (R3.8)."""

import pytest
from django.urls import reverse

from qiao.kernel.errors import NotAllowed, Unfit, WrongState
from qiao.matters import figures, operations
from qiao.matters.models import Split, State, Suggestion
from tests.world import TEXT, rule

from .given import entry, refused, told

pytestmark = [pytest.mark.django_db, pytest.mark.capability("M1"), pytest.mark.usefixtures("english")]
EAST, WEST = "关于修好灯芯路东段路灯的建议", "关于修好灯芯路西段路灯的建议"


def agreed(world, s):
    return operations.agree_split(s, actor=world.actors["deputy"])


def test_until_the_deputy_agrees_nothing_changes(world):
    s = world.split_asked()
    assert (s.state, s.title, Suggestion.objects.filter(split_from=s).count()) == (State.REGISTERED, TEXT["title"], 0)
    assert told("split_asked") == ["deputy"]
    with refused(NotAllowed, "asked already"):
        operations.assign(s, actor=world.actors["clerk"], unit=world.unit)


def test_with_the_agreement_the_first_part_keeps_the_number_and_the_others_get_new_ones(world):
    s = agreed(world, world.split_asked())
    part = s.split_parts.get()
    assert (s.state, s.title, s.number, s.version) == (State.REGISTERED, EAST, 1, 2)
    assert (part.state, part.title, part.number_label, part.lead, part.split_from) == (State.REGISTERED, WEST, "闭会第2号", s.lead, s)
    assert s.versions.get(number=1).title == TEXT["title"]
    assert entry("suggestion.split_off").trail == f"suggestion:{part.pk}"
    assert entry("suggestion.agree_split").user == world.actors["deputy"].user
    assert told("split_agreed") == ["clerk"]


def test_where_the_rules_say_so_each_part_gets_a_new_number_and_the_old_one_stays_on_record(world):
    rule(world, "split_numbering", "all_new")
    s = agreed(world, world.split_asked())
    assert (s.state, s.number, s.split_into) == (State.SPLIT, 1, 2)
    assert [(p.title, p.number) for p in s.split_parts.order_by("pk")] == [(EAST, 2), (WEST, 3)]
    assert not s.clocks.running().exists()


def test_each_part_has_the_time_for_handing_over_and_goes_its_own_way(world):
    s = agreed(world, world.split_asked())
    part = s.split_parts.get()
    assert part.clocks.running().get().due == s.clocks.running().get().due
    assert operations.assign(part, actor=world.actors["clerk"], unit=world.unit2).unit == world.unit2
    s.refresh_from_db()
    assert s.state == State.REGISTERED


def test_the_joint_signers_sign_each_part_and_hear_of_it(world):
    s = operations.register(operations.submit(world.signed_jointly(), actor=world.actors["deputy"]), actor=world.actors["clerk"])
    parts = [TEXT | {"title": EAST}, TEXT | {"title": WEST}]
    s = agreed(world, operations.propose_split(s, actor=world.actors["clerk"], note="一事一议。", parts=parts))
    assert s.split_parts.get().signatures.get().mandate == world.mandates["deputy2"]
    assert told("split_agreed") == ["clerk", "deputy2"]


def test_an_objection_leaves_it_whole_and_the_staff_read_why(world):
    s = operations.object_split(world.split_asked(), actor=world.actors["deputy"], note="两段应一并解决。")
    assert (s.title, Split.objects.get().answer, told("split_objected")) == (TEXT["title"], "objected", ["clerk"])
    assert operations.assign(s, actor=world.actors["clerk"], unit=world.unit).state == State.ASSIGNED


def test_staff_may_drop_it_and_ask_anew(world):
    s = operations.drop_split(world.split_asked(), actor=world.actors["clerk"])
    assert told("split_dropped") == ["deputy"]
    parts = [TEXT | {"title": EAST}, TEXT | {"title": WEST}]
    assert operations.propose_split(s, actor=world.actors["clerk"], note="一事一议。", parts=parts).waiting_split


@pytest.mark.parametrize("number", [0, 1, 6])
def test_it_is_split_into_two_to_five_parts(world, number):
    s = world.registered()
    with refused(Unfit, "two to 5"):
        operations.propose_split(s, actor=world.actors["clerk"], note="……", parts=[TEXT] * number)


def test_no_part_may_lack_a_text(world):
    s = world.registered()
    with refused(Unfit, "Still missing"):
        operations.propose_split(s, actor=world.actors["clerk"], note="……", parts=[TEXT, {"title": EAST}])


@pytest.mark.parametrize("role", ["clerk", "deputy2", "other_deputy", "handler"])
def test_nobody_agrees_for_the_lead_deputy(world, role):
    s = world.split_asked()
    for run, given in ((operations.agree_split, {}), (operations.object_split, {"note": "……"})):
        with refused(NotAllowed):
            run(s, actor=world.actors[role], **given)


def test_only_what_waits_is_answered_and_only_what_is_registered_is_split(world):
    s = world.registered()
    with refused(NotAllowed, "waits for an answer"):
        operations.agree_split(s, actor=world.actors["deputy"])
    s = world.submitted()
    with refused(WrongState):
        operations.propose_split(s, actor=world.actors["clerk"], note="……", parts=[TEXT, TEXT])


def test_what_was_split_is_counted_by_its_parts_alone(world):
    rule(world, "split_numbering", "all_new")
    s = agreed(world, world.split_asked())
    counted = figures.population(Suggestion.objects.all(), world.actors["clerk"])
    assert set(counted) == set(s.split_parts.all())


def test_the_form_asks_for_parts_and_both_pages_link_to_each_other(world, login):
    s = world.registered()
    url = reverse("matters:suggestion_act", args=[s.pk, "propose_split"])
    assert TEXT["matter"] in login("clerk").get(url).content.decode()
    typed = {f"{name}_{n}": text for n in (1, 2) for name, text in TEXT.items()} | {"title_2": WEST, "note": "一事一议。"}
    answer = login("clerk").post(url, typed | {"title_3": "第三件"})
    assert (answer.status_code, "第三件" in answer.content.decode()) == (422, True)
    assert login("clerk").post(url, typed).status_code == 302
    page = login("deputy").get(reverse("matters:detail", args=[s.pk])).content.decode()
    assert f"Part 2: {WEST}" in page
    assert login("deputy").get(reverse("matters:index"), {"view": "split"}).context["list"].rows[0].pk == s.pk
    assert login("deputy").post(reverse("matters:suggestion_act", args=[s.pk, "agree_split"])).status_code == 302
    part = s.split_parts.get()
    there, back = (reverse("matters:detail", args=[one.pk]) for one in (part, s))
    assert there in login("clerk").get(back).content.decode()
    assert back in login("clerk").get(there).content.decode()
