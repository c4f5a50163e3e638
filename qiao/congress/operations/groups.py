"""Groups of deputies: formed, joined, left, dissolved."""

import datetime as dt
from typing import Any

from django.db.models import DateField, F, Q, QuerySet, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.kernel import clock
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import Permit, operation
from qiao.kernel.policy import Actor
from qiao.rulebook.queries import rules_for

from .. import policy
from ..models import DeputyGroup, GroupKind, GroupMember, Mandate, Term
from .body import kept


@operation(Permit("group.form", policy.keep_body, gettext_lazy("Form a group")))
def form_group(term: Term, *, actor: Actor, **facts: Any) -> DeputyGroup:
    """Form a group of deputies in the term (代表法 2025 §27; R5.7)."""
    return kept(DeputyGroup(term=term, **facts))


@operation(Permit("group.correct", policy.keep_body, gettext_lazy("Correct the group")))
def correct_group(group: DeputyGroup, *, actor: Actor, **facts: Any) -> None:
    """Change the name, the field, or what the group is attached to."""
    for name, value in facts.items():
        setattr(group, name, value)


@operation(Permit("group.dissolve", policy.keep_body, gettext_lazy("Dissolve the group")))
def dissolve_group(group: DeputyGroup, *, actor: Actor, on: dt.date) -> None:
    """The group ends, and with it what its members were in it; it stays in the record."""
    if group.dissolved_on:
        raise Unfit(_("This group is dissolved already."))
    _between(on, group.formed_on)
    group.dissolved_on = on
    _end(GroupMember.objects.filter(group=group), on)


@operation(Permit("group.join", policy.keep_body, gettext_lazy("Enter a member")))
def join_group(group: DeputyGroup, *, actor: Actor, mandate: Mandate, rank: str, on: dt.date) -> GroupMember:
    """A deputy belongs to the group from a day on; to one deputy group only, where the rulebook says so (R5.7)."""
    if group.dissolved_on:
        raise Unfit(_("This group is dissolved already."))
    if mandate.term_id != group.term_id or not mandate.is_exercised:
        raise Unfit(_("Choose a deputy in office of the term."))
    _between(on, group.formed_on)
    if group.kind == GroupKind.AREA and rules_for(group.term.congress, clock.today())["one_deputy_group"]:
        others = mandate.groups.on(on).filter(group__kind=GroupKind.AREA).exclude(group=group).select_related("group")
        if other := others.first():
            raise Unfit(_("%(name)s belongs to “%(group)s” already.") % {"name": mandate.person.name, "group": other.group})
    return kept(GroupMember(group=group, mandate=mandate, rank=rank, starts=on))


@operation(Permit("group_member.leave_group", policy.keep_body, gettext_lazy("Enter that the member has left")))
def leave_group(member: GroupMember, *, actor: Actor, on: dt.date) -> None:
    """From a day on the deputy belongs to the group no longer."""
    if member.ends:
        raise Unfit(_("This deputy has left the group already."))
    _between(on, member.starts)
    member.ends = on


@operation(Permit("group_member.change_rank", policy.keep_body, gettext_lazy("Change the rank")))
def change_rank(member: GroupMember, *, actor: Actor, rank: str) -> None:
    """Make a member convener, deputy convener, or member again."""
    if member.ends:
        raise Unfit(_("This deputy has left the group already."))
    member.rank = rank


@operation(Permit("group_member.strike", policy.keep_body, gettext_lazy("Strike out a member entered by mistake")))
def strike_member(member: GroupMember, *, actor: Actor) -> None:
    """Remove a membership that never was."""
    GroupMember.objects.filter(pk=member.pk).delete()


def leave_all_groups(mandate: Mandate, on: dt.date) -> None:
    """Whoever is no longer a deputy belongs to no group; for the bodies of other operations."""
    _end(mandate.groups.all(), on)


def _end(members: "QuerySet[GroupMember]", on: dt.date) -> None:
    day = Value(on, DateField())
    members.filter(Q(ends=None) | Q(ends__gt=on)).update(ends=Greatest(F("starts"), day))


def _between(day: dt.date, first: dt.date) -> None:
    if not first <= day <= clock.today():
        raise Unfit(_("The day must lie between %(first)s and today.") % {"first": first.isoformat()})
