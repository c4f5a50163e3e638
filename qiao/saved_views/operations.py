"""Saving a view of a list and removing it."""

from urllib.parse import parse_qsl, urlencode, urlsplit

from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.accounts.models import User
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import Permit, operation
from qiao.kernel.policy import Actor

from . import policy
from .models import SavedView

MOST = 50
"""Views of one person: more are not found again."""
OF_THE_MOMENT = ("page", "export")


@operation(Permit("saved_view.save", policy.is_oneself, gettext_lazy("Save this view")))
def save_view(user: User, *, actor: Actor, name: str, address: str, shared: bool = False) -> SavedView:
    """Keep the list at ``address`` (path and query of this product) by a name; ``shared``: for colleagues."""
    if SavedView.objects.filter(user=user).count() >= MOST:
        raise Unfit(_("You have %(most)s saved views. Remove one that you no longer use.") % {"most": MOST})
    path, query = place_of(address)
    whom = {f"{key}_id": value for key, value in policy.with_whom(actor).items()} if shared and actor.post else {}
    view = SavedView(user=user, name=name.strip(), path=path, query=query, **whom)
    view.full_clean()
    view.save()
    return view


@operation(Permit("saved_view.remove", policy.is_own, gettext_lazy("Remove the saved view")))
def remove_view(view: SavedView, *, actor: Actor) -> None:
    """Forget a view; the list stays where it is."""
    SavedView.objects.filter(pk=view.pk).delete()


def place_of(address: str) -> tuple[str, str]:
    """The path of a page of this product, and its query without what belongs to a moment; Unfit for anything else."""
    parts = urlsplit(address)
    try:
        if parts.scheme or parts.netloc or not parts.path.startswith("/"):
            raise Resolver404
        resolve(parts.path)
    except Resolver404:
        raise Unfit(_("This is not a page of this product.")) from None
    return parts.path, urlencode([(key, value) for key, value in parse_qsl(parts.query) if key not in OF_THE_MOMENT])
