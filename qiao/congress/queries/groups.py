"""Groups of deputies, each with its members and conveners."""

from django.db.models import Count, OuterRef, Prefetch, QuerySet

from qiao.kernel import clock
from qiao.kernel.policy import Actor

from ..models import (
    DeputyGroup,
    GroupMember,
    GroupRank,
    Mandate,
)
from .seats import number_of


def with_members(rows: QuerySet[DeputyGroup]) -> QuerySet[DeputyGroup]:
    """Groups, each with the number of its members today and its conveners as ``conveners``."""
    today = GroupMember.objects.on(clock.today())
    conveners = today.exclude(rank=GroupRank.MEMBER).select_related("mandate__person").order_by("rank", "pk")
    rows = rows.annotate(size=number_of(today.filter(group=OuterRef("pk")), "group", Count("pk"))).select_related("organ")
    return rows.prefetch_related(Prefetch("members", conveners, to_attr="conveners"))


def groups_of(mandate: Mandate, actor: Actor) -> QuerySet[GroupMember]:
    """The groups to which a deputy belongs today, with the rank in each."""
    members: QuerySet[GroupMember] = GroupMember.objects.visible_to(actor).on(clock.today()).filter(mandate=mandate)
    return members.select_related("group").order_by("group", "pk")


def own_groups(actor: Actor) -> QuerySet[GroupMember]:
    """The groups to which the person acting belongs today in the congress acted for."""
    mine: QuerySet[GroupMember] = GroupMember.objects.visible_to(actor).on(clock.today())
    return (
        mine.filter(mandate__person__in=actor.people, mandate__congress__in=actor.congresses)
        .select_related("group")
        .order_by("group", "pk")
    )
