"""Marking as read."""

from django.utils.translation import gettext_lazy as _

from qiao.accounts.models import User
from qiao.kernel import clock
from qiao.kernel.operation import Permit, operation
from qiao.kernel.policy import Actor
from qiao.notices import policy
from qiao.notices.models import Notice


@operation(Permit("notice.read", policy.is_recipient, _("Mark as read")))
def mark_read(notice: Notice, *, actor: Actor) -> None:
    """The person has seen it; the first time counts."""
    notice.read_at = notice.read_at or clock.now()


@operation(Permit("notice.read_all", policy.is_oneself, _("Mark all as read")))
def mark_all_read(user: User, *, actor: Actor) -> None:
    """The person has seen everything sent until now."""
    Notice.objects.filter(user=user, read_at=None).update(read_at=clock.now())
