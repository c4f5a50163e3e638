"""The lists of groups and their members."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy

from qiao.kernel import clock
from qiao.kernel.policy import Actor
from qiao.ui.cells import link
from qiao.ui.listing import Column, Listing

from ..forms import (
    GroupFilter,
    MemberFilter,
)
from ..models import DeputyGroup, GroupMember, Mandate
from .parts import deputies_named, holders_named, where


def _with_a_member(rows: Any, words: str) -> Any:
    """Groups to which a deputy of this name, initials or card number belongs today."""
    named = deputies_named(Mandate.objects.all(), words).order_by().values("pk")
    return rows.filter(pk__in=GroupMember.objects.on(clock.today()).filter(mandate__in=named).order_by().values("group"))


def _of(actor: Actor) -> Any:
    """The groups to which the person acting belongs today, or the others."""
    own = GroupMember.objects.on(clock.today()).filter(mandate__person__in=actor.people).order_by().values("group")
    return lambda rows, value: rows.filter(pk__in=own) if value == "yes" else rows.exclude(pk__in=own)


def _group_cell(group: DeputyGroup) -> str:
    return link(reverse("congress:group", args=[group.pk]), group)


def groups_list(actor: Actor) -> Listing:
    """The groups of a term; a deputy can ask for the own ones."""
    return Listing(
        name="groups",
        columns=[
            Column(
                "name",
                gettext_lazy("Name of the group"),
                lambda g: g.name,
                ("name",),
                cell=lambda g: link(reverse("congress:group", args=[g.pk]), g),
                names_row=True,
            ),
            Column("kind", gettext_lazy("Kind"), lambda g: g.get_kind_display(), ("kind", "name")),
            Column("field", gettext_lazy("Field"), lambda g: g.field, ("field",)),
            Column("organ", gettext_lazy("Attached to"), lambda g: g.organ),
            Column("conveners", gettext_lazy("Conveners"), lambda g: "、".join(str(each) for each in g.conveners)),
            Column("size", gettext_lazy("Members"), lambda g: g.size, ("size",)),
        ],
        filters=GroupFilter,
        narrow={
            "q": lambda rows, words: rows.filter(Q(name__contains=words.strip()) | Q(field__contains=words.strip())),
            "kind": where("kind"),
            "member": _with_a_member,
            "mine": _of(actor),
        },
        order="kind",
        per_page=50,
    )


MEMBERS = Listing(
    name="group-members",
    columns=[
        Column("name", gettext_lazy("Name"), lambda m: m.mandate.person.name, ("mandate__person__pinyin", "mandate__person__name")),
        Column("rank", gettext_lazy("Rank"), lambda m: m.get_rank_display(), ("rank", "mandate__person__pinyin")),
        Column("card_no", gettext_lazy("Deputy card number"), lambda m: m.mandate.card_no, ("mandate__card_no",)),
        Column("profession", gettext_lazy("Profession"), lambda m: m.mandate.profession, ("mandate__profession",)),
        Column("work_unit", gettext_lazy("Workplace"), lambda m: m.mandate.person.work_unit),
        Column("starts", gettext_lazy("Member since"), lambda m: m.starts, ("starts",)),
        Column("ends", gettext_lazy("Left on"), lambda m: m.ends, ("ends",)),
    ],
    filters=MemberFilter,
    narrow={"q": holders_named, "past": lambda rows, _left: rows.filter(ends__isnull=False)},
    order="rank",
    per_page=50,
)
"""Conveners first: of the ranks' words theirs comes first."""
