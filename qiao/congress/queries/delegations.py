"""The delegations of a term: who heads them and who works for them."""

import datetime as dt

from django.db.models import Prefetch, QuerySet

from qiao.accounts.models import Post, Role, User
from qiao.kernel import clock
from qiao.kernel.policy import Actor

from ..models import (
    Delegation,
    DelegationHead,
    DelegationRank,
    DelegationStaff,
    Mandate,
    Term,
)
from ..policy import SERVES


def _serving_posts(congress_id: int) -> QuerySet[Post]:
    """The posts made for work in a delegation that are held today."""
    roles = [role.pk for role in Role.objects.all() if SERVES in role.grants]
    return Post.objects.current(clock.today()).filter(congress=congress_id, role__in=roles)


def free_for_delegations(congress_id: int) -> QuerySet[Post]:
    """Those of them that work for no delegation yet."""
    taken = DelegationStaff.objects.filter(ends=None).order_by().values("post")
    return _serving_posts(congress_id).exclude(pk__in=taken).select_related("user__person", "role").order_by("user__person__name", "pk")


def delegations_of(term: Term, actor: Actor) -> list[Delegation]:
    """The delegations of a term, each with those who head it now as ``heading`` and those who work for it as ``serving``."""
    heads = DelegationHead.objects.visible_to(actor).on(clock.today()).select_related("mandate__person")
    staff = DelegationStaff.objects.visible_to(actor).filter(ends=None).select_related("post__user__person")
    found = Delegation.objects.visible_to(actor).filter(term=term)
    return list(found.prefetch_related(Prefetch("heads", heads, to_attr="heading"), Prefetch("staff", staff, to_attr="serving")))


def head_of(delegation: Delegation, day: dt.date) -> Mandate | None:
    """The deputy who as its head spoke for a delegation on a day; None where it had none."""
    heads = DelegationHead.objects.on(day).filter(delegation=delegation, rank=DelegationRank.HEAD)
    found = heads.select_related("mandate__person").order_by("-starts", "-pk").first()
    return found.mandate if found else None


def serving(delegation_id: int | None, congress_id: int) -> QuerySet[User]:
    """The accounts of those who today work for a delegation; nobody for none."""
    staff = DelegationStaff.objects.filter(delegation=delegation_id, ends=None, post__in=_serving_posts(congress_id).order_by())
    found: QuerySet[User] = User.objects.filter(pk__in=staff.order_by().values("post__user"), is_active=True)
    return found
