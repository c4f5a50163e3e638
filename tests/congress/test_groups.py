"""Groups of deputies and the roster by profession: formed, joined, left, dissolved, and the pages that show them (R5, A1)."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from qiao.congress import operations, queries
from qiao.congress.models import GroupMember, Mandate
from qiao.imports import operations as imports
from qiao.kernel import clock
from qiao.kernel.errors import NotAllowed, Unfit
from tests.imports.factories import worked
from tests.world import SINCE, SYSTEM, rule

pytestmark = [pytest.mark.django_db, pytest.mark.capability("R5")]
DAY = dt.timedelta(days=1)


@pytest.fixture
def clerk(world):
    return world.actors["clerk"]


@pytest.fixture
def group(world, clerk):
    return formed(world, clerk)


def formed(world, clerk, name="城关代表小组", kind="area", **more):
    return operations.form_group(world.term, actor=clerk, kind=kind, name=name, formed_on=SINCE, **more)


def joined(group, world, role="deputy", rank="member", on=SINCE):
    return operations.join_group(group, actor=world.actors["clerk"], mandate=world.mandates[role], rank=rank, on=on)


def names(members):
    return [str(member.group) for member in members]


def test_a_deputy_belongs_to_a_group_from_day_to_day(world, clerk, group):
    member = joined(group, world)
    with pytest.raises(ValidationError):
        joined(group, world)
    with pytest.raises(Unfit):
        joined(group, world, "other_deputy")
    assert names(queries.own_groups(world.actors["deputy"])) == ["城关代表小组"]
    assert operations.change_rank(member, actor=clerk, rank="convener").rank == "convener"
    operations.leave_group(member, actor=clerk, on=SINCE + DAY)
    assert list(GroupMember.objects.on(SINCE)) == [member]
    assert not queries.own_groups(world.actors["deputy"]).exists()
    joined(group, world)


def test_one_deputy_group_unless_the_rulebook_lets_more_and_any_number_of_professional_ones(world, clerk, group):
    joined(group, world)
    second = formed(world, clerk, "河东代表小组")
    with pytest.raises(Unfit, match="城关"):
        joined(second, world)
    with pytest.raises(ValidationError):
        formed(world, clerk, "无领域小组", "professional")
    for field in ("医疗卫生", "法律"):
        joined(formed(world, clerk, f"{field}专业代表小组", "professional", field=field), world)
    rule(world, "one_deputy_group", False)
    joined(second, world)
    assert len(queries.own_groups(world.actors["deputy"])) == 4


def test_members_leave_with_the_mandate_and_with_the_group(world, clerk, group):
    joined(group, world)
    joined(group, world, "deputy2")
    ended = {"on": SINCE + DAY, "decided_by": "standing_committee", "reason": "moved"}
    operations.end(world.mandates["deputy"], actor=clerk, **ended)
    assert [m.mandate for m in GroupMember.objects.on(SINCE + DAY)] == [world.mandates["deputy2"]]
    operations.dissolve_group(group, actor=clerk, on=SINCE + 2 * DAY)
    assert not GroupMember.objects.on(SINCE + 2 * DAY).exists()
    with pytest.raises(Unfit):
        joined(group, world, "deputy3")


@pytest.mark.parametrize("role", ["deputy", "leader", "other_clerk", "delegate"])
def test_only_those_who_keep_the_directory_form_groups_and_enter_members(world, group, role):
    with pytest.raises(NotAllowed):
        operations.form_group(world.term, actor=world.actors[role], kind="area", name="另一小组", formed_on=SINCE)
    with pytest.raises(NotAllowed):
        operations.join_group(group, actor=world.actors[role], mandate=world.mandates["deputy"], rank="member", on=SINCE)


def test_the_pages_lead_from_a_new_group_to_its_members_and_back_to_the_deputy(world, login):
    client = login("clerk")
    form = reverse("congress:perform", args=["group", world.term.pk, "form"])
    assert client.get(form).status_code == 200
    facts = {"kind": "professional", "name": "法律专业代表小组", "formed_on": SINCE.isoformat()}
    assert client.post(form, facts).status_code == 422
    assert client.post(form, facts | {"field": "法律"}).status_code == 302
    group = world.term.groups.get()
    join = reverse("congress:perform", args=["group", group.pk, "join"])
    assert client.get(join).status_code == 200
    assert client.post(join, {"mandate": world.mandates["deputy"].pk, "rank": "convener", "on": SINCE.isoformat()}).status_code == 302
    url, name = reverse("congress:group", args=[group.pk]), world.mandates["deputy"].person.name
    assert name in client.get(url).content.decode()
    assert client.get(url, {"export": "xlsx"}).status_code == 200
    listed = client.get(reverse("congress:groups"), {"member": name, "kind": "professional"})
    assert [(row.pk, row.size, [str(one) for one in row.conveners]) for row in listed.context["shown"].rows] == [(group.pk, 1, [name])]
    client = login("deputy")
    assert "法律专业代表小组" in client.get("/").content.decode()
    assert client.get(reverse("congress:groups"), {"mine": "no"}).context["shown"].count == 0
    assert client.get(url).status_code == 200


def test_the_roster_counts_by_profession_and_leads_to_exactly_these_deputies(world, clerk, login):
    operations.correct_mandate(world.mandates["deputy"], actor=SYSTEM, profession="医疗卫生")
    client = login("clerk")
    numbers = client.get(reverse("congress:professions")).context["numbers"]
    assert [number["value"] for number in numbers] == [1, Mandate.objects.filter(term=world.term).count() - 1]
    for number in numbers:
        assert client.get(number["href"]).context["shown"].count == number["value"]


def test_a_table_enters_members_and_is_taken_back(world, clerk, group):
    joined(group, world, "deputy2")
    rows = [("deputy", "城关代表小组", "召集人"), ("deputy2", "城关代表小组", "召集人"), ("deputy3", "没有的小组", "")]
    lines = [f"{name},{world.mandates[role].card_no},{rank}" for role, name, rank in rows]
    content = "\n".join(["小组,代表证号,组内职务", *lines]).encode()
    run = worked(imports.upload(world.congress, actor=clerk, kind="group_members", filename="小组.csv", content=content))
    assert [row.action for row in run.rows.order_by("number")] == ["add", "change", "refuse"]
    run = worked(imports.confirm(run, actor=clerk))
    assert set(group.members.on(clock.today()).values_list("rank", flat=True)) == {"convener"}
    worked(imports.undo(run, actor=clerk))
    assert list(group.members.values_list("rank", flat=True)) == ["member"]


def test_the_pages_cost_the_same_at_any_length(world, clerk, login, django_assert_max_num_queries):
    for number in range(4):
        joined(formed(world, clerk, f"第{number}专业小组", "professional", field="法律"), world, rank="convener")
    client = login("clerk")
    for url in (*map(reverse, ("congress:groups", "congress:professions")), reverse("congress:group", args=[world.term.groups.first().pk])):
        client.get(url)
        with django_assert_max_num_queries(12):
            client.get(url)
