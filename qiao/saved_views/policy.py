"""A saved view is for whoever made it and, where it is shared, for those who act in the same unit or the same role."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qiao.accounts.models import User
from qiao.kernel.policy import Actor, rule, scope

from .models import SavedView


@rule(_("This is another person's account."))
def is_oneself(actor: Actor, user: User) -> bool:
    """The account is the one signed in with."""
    return actor.user is not None and user.pk == actor.user.pk


@rule(_("Only who saved this view can remove it."))
def is_own(actor: Actor, view: SavedView) -> bool:
    """The actor saved it."""
    return actor.user is not None and view.user_id == actor.user.pk


@scope("saved_views.SavedView")
def saved_views(actor: Actor) -> Q:
    """One's own, and what is shared in the unit one acts in, or by those who act in the same role for the congress."""
    own = Q(user=actor.user.pk) if actor.user else Q(pk__in=())
    return own | Q(**with_whom(actor)) if actor.post else own


def with_whom(actor: Actor) -> dict[str, Any]:
    """With whom an actor shares: the unit, else the holders of the same role in the congress."""
    post = actor.post
    return {"congress": post.congress_id, "unit": post.unit_id, "role": None if post.unit_id else post.role_id}
