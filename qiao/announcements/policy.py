"""Who may speak for a congress to many; everybody who was told may read what they were told."""

from django.db.models import BigIntegerField, Q
from django.db.models.functions import Cast, Substr
from django.utils.translation import gettext_lazy as _

from qiao.kernel.policy import Actor, permission, scope
from qiao.notices.models import Notice
from qiao.orgs.policy import is_of_own_congress

CODE = "announcement.release"
TRAIL = "announcement:"
send = permission("announcement.send", _("Send announcements to many at once"))
keep = send & is_of_own_congress


@scope("announcements.Announcement")
def announcements(actor: Actor) -> Q:
    """The congress's for those who send them; for everybody else those they were told."""
    own = Notice.objects.filter(user__in={actor.user.pk} if actor.user else (), code=CODE)
    told = Q(pk__in=own.order_by().annotate(number=Cast(Substr("trail", len(TRAIL) + 1), BigIntegerField())).values("number"))
    return told | Q(congress__in=actor.congresses) if "announcement.send" in actor.grants else told
