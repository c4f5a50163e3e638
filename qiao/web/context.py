"""What the frame of every page needs; lazy, so that a page without the frame asks nothing."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from qiao.accounts.sessions import ASKS_BEFORE, SEEN_EVERY
from qiao.notices.queries import unread_count

from .menu import menu_for


def frame(request: HttpRequest) -> dict[str, Any]:
    """``frame`` for the templates: menu, actor, posts, unread notices, preferences, addresses."""
    return {"frame": SimpleLazyObject(lambda: _frame(request))}


def _frame(request: HttpRequest) -> dict[str, Any]:
    actor: Any = getattr(request, "actor", None)
    inside = actor is not None and actor.user is not None
    post = actor.post if inside else None
    return {
        "menu": menu_for(actor, request.path),
        "actor": actor if inside else None,
        "person": actor.user.person.name if inside else "",
        "posts": [{"id": p.pk, "label": str(p), "active": post is not None and p.pk == post.pk} for p in getattr(request, "posts", [])],
        "unread": unread_count(actor.user) if inside else 0,
        "home_url": reverse("web:home") if inside else reverse("matters:public"),
        "notices_url": reverse("notices:index"),
        "notice_preferences_url": reverse("notices:preferences") if inside else "",
        "privacy_url": reverse("privacy:mine") if inside else "",
        "saved_views_url": reverse("saved_views:index") if inside else "",
        "save_view_url": reverse("saved_views:save", query={"of": request.get_full_path()}) if inside else "",
        "switch_url": reverse("accounts:switch"),
        "sign_in_url": reverse("accounts:sign_in"),
        "sign_out_url": reverse("accounts:sign_out"),
        "preferences_url": reverse("web:prefer"),
        "preferences": getattr(request, "preferences", {}),
        "congress": post.congress.name if post else "",
        "help_until": post.expires_at if post else None,
        "help_url": reverse("web:help"),
        "idle": _idle() if inside else None,
        "account_url": reverse("accounts:mine"),
    }


def _idle() -> dict[str, Any] | None:
    """For how many seconds a session lasts while nothing is done, how long before its end the page asks, and where one stays."""
    if not settings.IDLE_MINUTES:
        return None
    whole = 60 * settings.IDLE_MINUTES
    return {"lasts": whole - min(SEEN_EVERY, whole // 10), "before": min(ASKS_BEFORE, whole // 2), "url": reverse("accounts:stay")}
