"""Those who head a delegation and those who work for it: elected or appointed, and released."""

import datetime as dt

from django.db.models import DateField, F, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.accounts.models import Post
from qiao.kernel import clock
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import Permit, operation
from qiao.kernel.policy import Actor

from .. import policy
from ..models import Delegation, DelegationHead, DelegationStaff, Mandate
from .body import kept


@operation(Permit("delegation.appoint_staff", policy.keep_body, gettext_lazy("Appoint delegation staff")))
def appoint_staff(delegation: Delegation, *, actor: Actor, post: Post) -> DelegationStaff:
    """Let somebody whose post is made for it work for a delegation; for one at a time."""
    if post.congress_id != delegation.term.congress_id or policy.SERVES not in post.role.grants or post.is_over:
        raise Unfit(_("Choose somebody who today holds a post as delegation staff of this congress."))
    return kept(DelegationStaff(delegation=delegation, post=post, starts=clock.today()))


@operation(Permit("delegation_staff.release", policy.keep_body, gettext_lazy("Release from the delegation")))
def release(staff: DelegationStaff, *, actor: Actor) -> None:
    """From today on the person works for the delegation no longer; what they did stays."""
    if staff.ends:
        raise Unfit(_("This person works for the delegation no longer."))
    staff.ends = clock.today()


@operation(Permit("delegation.elect_head", policy.keep_body, gettext_lazy("Enter a head of the delegation")))
def elect_head(delegation: Delegation, *, actor: Actor, mandate: Mandate, rank: str, on: dt.date) -> DelegationHead:
    """One of the delegation's deputies heads it from a day on (代表法 §14; R5.6): one as its head, any number as deputy heads."""
    if mandate.delegation_id != delegation.pk or not mandate.is_exercised:
        raise Unfit(_("Choose a deputy in office of this delegation."))
    _in_the_past(on, since=delegation.term.starts)
    return kept(DelegationHead(delegation=delegation, mandate=mandate, rank=rank, starts=on))


def leave_the_head(mandate: Mandate, on: dt.date) -> None:
    """Whoever is no longer a deputy heads no delegation; for the bodies of other operations."""
    mandate.delegations_headed.filter(ends=None).update(ends=Greatest(F("starts"), Value(on, DateField())))


@operation(Permit("delegation_head.release_head", policy.keep_body, gettext_lazy("Release from heading the delegation")))
def release_head(head: DelegationHead, *, actor: Actor, on: dt.date) -> None:
    """From a day on the deputy heads the delegation no longer; what they signed stays."""
    if head.ends:
        raise Unfit(_("This deputy heads the delegation no longer."))
    _in_the_past(on, since=head.starts)
    head.ends = on


def _in_the_past(day: dt.date, *, since: dt.date) -> None:
    if not since <= day <= clock.today():
        raise Unfit(_("The day must lie between %(first)s and today.") % {"first": since.isoformat()})
