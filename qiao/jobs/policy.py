"""Who may look after the background work; a person sees the progress of what they have begun."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qiao.kernel.policy import NOTHING, Actor, permission, scope

manage = permission("job.manage", _("Look after background work"))


@scope("jobs.Job")
def jobs(actor: Actor) -> Q:
    """All, for whoever looks after them; they name no person and no text, only numbers of rows."""
    return Q() if "job.manage" in actor.grants else NOTHING


@scope("kernel.Progress")
def progress(actor: Actor) -> Q:
    """What one has begun oneself."""
    return Q(user=actor.user)
