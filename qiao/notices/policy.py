"""A notice is for the person it was sent to and nobody else, whatever post they act in.

Those who look after the sending see whom something did not reach and why, never what it said.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qiao.accounts.models import Post, User
from qiao.kernel.policy import Actor, permission, rule, scope
from qiao.orgs.policy import is_of_own_congress

from .models import Delivery, Notice


def _self(actor: Actor) -> set[int]:
    return {actor.user.pk} if actor.user else set()


@rule(_("This notice was sent to somebody else."))
def is_recipient(actor: Actor, notice: Notice) -> bool:
    """The person the notice was sent to."""
    return notice.user_id in _self(actor)


@rule(_("These are another person's notices."))
def is_oneself(actor: Actor, user: User) -> bool:
    """The account is the one signed in with."""
    return user.pk in _self(actor)


@scope("notices.Notice")
def notices(actor: Actor) -> Q:
    """One's own."""
    return Q(user__in=_self(actor))


manage = permission("delivery.manage", _("See what did not go out, and send it again"))
resend = manage & is_of_own_congress


def _people(actor: Actor) -> Q:
    """Oneself; for those who look after the sending, whoever holds a post in the congress."""
    mine = Q(notice__user__in=_self(actor))
    if "delivery.manage" not in actor.grants:
        return mine
    return mine | Q(notice__user__in=Post.objects.filter(congress__in=actor.congresses).order_by().values("user"))


@scope("notices.Delivery")
def deliveries(actor: Actor) -> Q:
    """Those of one's own notices; of the congress's people for those who look after the sending."""
    return _people(actor)


@scope("notices.Attempt")
def attempts(actor: Actor) -> Q:
    """Those of the deliveries one may see."""
    return Q(delivery__in=Delivery.objects.filter(_people(actor)))


@scope("notices.Preference")
def preferences(actor: Actor) -> Q:
    """One's own."""
    return Q(user__in=_self(actor))


@scope("notices.Address")
def addresses(actor: Actor) -> Q:
    """One's own."""
    return Q(user__in=_self(actor))


@scope("notices.Refusal")
def refusals(actor: Actor) -> Q:
    """That of one's own address; with an account its page shows it to whoever may see the account."""
    return Q(user__in=_self(actor))


@scope("notices.Digest")
def digests(actor: Actor) -> Q:
    """One's own."""
    return Q(user__in=_self(actor))
