"""A notice is for the person it was sent to and nobody else, whatever post they act in."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qiao.accounts.models import User
from qiao.kernel.policy import Actor, rule, scope

from .models import Notice


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


@scope("notices.Delivery")
def deliveries(actor: Actor) -> Q:
    """Those of one's own notices."""
    return Q(notice__user__in=_self(actor))


@scope("notices.Preference")
def preferences(actor: Actor) -> Q:
    """One's own."""
    return Q(user__in=_self(actor))


@scope("notices.Digest")
def digests(actor: Actor) -> Q:
    """One's own."""
    return Q(user__in=_self(actor))
