"""The table of group members."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.imports import parsers
from qiao.imports.importer import Action, Cells, Field, Importer, RowPlan, declare
from qiao.kernel import clock
from qiao.kernel.policy import Actor
from qiao.orgs.models import Congress
from qiao.orgs.policy import keep_directory

from .. import operations
from ..models import DeputyGroup, GroupMember, GroupRank, Mandate
from ..queries import term_on

MEMBER_COLUMNS = (
    Field(
        "group",
        gettext_lazy("Group"),
        parsers.words(60),
        required=True,
        example="城关代表小组",
        also=("小组", "小组名称", "代表小组"),
        help=gettext_lazy("The name of a group of the current term."),
    ),
    Field("card_no", gettext_lazy("Deputy card number"), parsers.words(20), required=True, example="990001", also=("证号", "代表证号")),
    Field("name", gettext_lazy("Name"), parsers.words(60), example="韩秋月", also=("姓名", "代表姓名")),
    Field("rank", gettext_lazy("Rank"), parsers.one_of(GroupRank.choices), example="组员", also=("组内职务",)),
    Field("on", gettext_lazy("Member since"), parsers.day, example="2023-03-01", help=gettext_lazy("If empty, today.")),
)


@dataclass
class Groups:
    """What the rows are compared with: groups by name, deputies by card number, who belongs where."""

    groups: dict[str, DeputyGroup]
    deputies: dict[str, Mandate]
    members: dict[tuple[int, int], GroupMember]


def read_groups(congress: Congress, rows: Cells, actor: Actor) -> Groups:
    """The groups of the term running today and its deputies in office."""
    term = term_on(congress, clock.today())
    members = GroupMember.objects.filter(group__term=term, ends=None)
    return Groups(
        groups={group.name: group for group in DeputyGroup.objects.filter(term=term, dissolved_on=None)},
        deputies={each.card_no: each for each in Mandate.objects.filter(term=term).in_office().select_related("person")},
        members={(member.group_id, member.mandate_id): member for member in members},
    )


def plan_member(plan: RowPlan, known: Groups) -> None:
    """Whether a row enters a member, changes the rank of one, or cannot be."""
    facts = plan.facts
    plan.label = f"{facts['group']} · {facts['card_no']}"
    group, mandate = known.groups.get(facts["group"]), known.deputies.get(facts["card_no"])
    if group is None:
        plan.refuse("group", _("The term has no group “%(name)s”.") % {"name": facts["group"]})
        return
    if mandate is None:
        plan.refuse("card_no", _("No deputy in office has this card number."))
        return
    if "name" in facts and facts["name"] != mandate.person.name:
        plan.refuse("name", _("This card number is that of “%(name)s”.") % {"name": mandate.person.name})
        return
    member = plan.target = known.members.get((group.pk, mandate.pk))
    if member:
        plan.compare({"rank": member.rank}, lambda _key, value: str(GroupRank(value).label))
        plan.action = Action.CHANGE if plan.changes else Action.SAME
        return
    if not group.formed_on <= facts.setdefault("on", clock.today()) <= clock.today():
        plan.refuse("on", _("The day must lie between %(first)s and today.") % {"first": group.formed_on.isoformat()})
        return
    plan.action = Action.ADD


def apply_member(plan: RowPlan, known: Groups, actor: Actor) -> None:
    """Enter one member, or change the rank."""
    facts, rank = plan.facts, plan.facts.get("rank", GroupRank.MEMBER)
    if plan.action == Action.CHANGE:
        plan.made_other(plan.target, operations.change_rank(plan.target, actor=actor, rank=rank))
        return
    group, mandate = known.groups[facts["group"]], known.deputies[facts["card_no"]]
    plan.made_new(operations.join_group(group, actor=actor, mandate=mandate, rank=rank, on=facts["on"]))


def dump_members(congress: Congress) -> Iterator[dict[str, str]]:
    """The members of the term's groups."""
    members = GroupMember.objects.filter(group__term=term_on(congress, clock.today()), ends=None)
    for one in members.select_related("group", "mandate__person").order_by("group", "rank", "pk").iterator():
        shown = {"group": one.group.name, "card_no": one.mandate.card_no, "name": one.mandate.person.name}
        yield shown | {"rank": str(one.get_rank_display()), "on": one.starts.isoformat()}


def member_identity(facts: dict[str, Any]) -> dict[str, Any]:
    """A deputy stands once in a group."""
    return {"card_no": (facts.get("group"), facts["card_no"])} if "card_no" in facts else {}


declare(
    Importer(
        kind="group_members",
        label=gettext_lazy("Group members"),
        about=gettext_lazy("Enters who belongs to the groups of the current term and changes ranks. Form the groups first."),
        columns=MEMBER_COLUMNS,
        rule=keep_directory,
        context=read_groups,
        plan=plan_member,
        apply=apply_member,
        identity=member_identity,
        back="congress:groups",
        strike={"congress.GroupMember": operations.strike_member},
        correct={"congress.GroupMember": operations.change_rank},
        dump=dump_members,
    )
)
