"""Who may see people and posts, and who may manage them."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qiao.kernel.policy import Actor, permission, scope
from qiao.orgs.policy import is_of_own_congress

manage = permission("post.manage", _("Manage accounts and posts"))
keep_posts = manage & is_of_own_congress


@scope("accounts.Post")
def posts(actor: Actor) -> Q:
    """One's own, one's unit's, and for those who manage them the congress's."""
    mine = Q(user=actor.user) | Q(unit__in=actor.units)
    return mine | Q(congress__in=actor.congresses) if "post.manage" in actor.grants else mine
