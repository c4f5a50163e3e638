"""Appointing and releasing those who work for a delegation."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.accounts.models import Post
from qiao.kernel import clock
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import Permit, operation
from qiao.kernel.policy import Actor

from .. import policy
from ..models import Delegation, DelegationStaff
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
