"""What surrounds every request: the reader's preferences, the actor, and each refusal's status."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from qiao.accounts.actors import actor_for, posts_of
from qiao.accounts.operations import sign_out
from qiao.accounts.sessions import is_idle
from qiao.kernel.errors import NotAllowed, Refused, Unfit
from qiao.kernel.policy import Actor

from .errors import error_page

Handler = Callable[[HttpRequest], HttpResponse]
PREFERENCES = {"language": dict(settings.LANGUAGES), "type": {"normal", "large"}, "contrast": {"normal", "high"}}


class Preferences:
    """Language, type size and contrast come from the reader's own choice, kept in cookies; zh-Hans if none was made."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = {name: request.COOKIES.get(f"qiao_{name}", "") for name in PREFERENCES}
        request.preferences = {name: value if value in PREFERENCES[name] else "normal" for name, value in chosen.items()}  # type: ignore[attr-defined]
        if chosen["language"] not in PREFERENCES["language"]:
            request.preferences["language"] = settings.LANGUAGE_CODE  # type: ignore[attr-defined]
        with translation.override(request.preferences["language"]):  # type: ignore[attr-defined]
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", request.preferences["language"])  # type: ignore[attr-defined]
            if hasattr(response, "render") and not getattr(response, "is_rendered", True):
                response.render()
        return response


class LoginRequired(LoginRequiredMiddleware):
    """Pages need a sign-in; the API answers 401 for itself instead of sending a machine to a form."""

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        if request.resolver_match and request.resolver_match.app_name == "ninja":
            return None
        return super().process_view(request, view, args, kwargs)


def _owing(request: HttpRequest) -> HttpResponse | None:
    """To the page where a person sets up what is required of them first; nothing else is answered until then."""
    owed = request.session.get("owed") if request.user.is_authenticated else None
    pays = {"accounts:factor", "accounts:add_passkey"} if owed == "accounts:factor" else {owed}
    if not owed or request.path in {reverse(name) for name in pays | {"accounts:sign_out", "web:prefer"}}:
        return None
    if request.path_info.startswith("/api/") or request.method not in {"GET", "HEAD"}:
        return error_page(request, 403, _("First set up what the page “My account” asks for."))
    return redirect(owed)


class Acting:
    """Gives every request its actor, and every refusal its page and status."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and is_idle(request):
            sign_out(request.user, actor=Actor(user=request.user), note=_("Nothing was done for too long."))
            logout(request)
        if request.user.is_authenticated:
            request.posts = posts_of(request.user)  # type: ignore[attr-defined]
            via = "api" if request.path_info.startswith("/api/") else "web"
            request.actor = actor_for(request.user, request.posts, request.session.get("post"), via=via)  # type: ignore[attr-defined]
        else:
            request.posts, request.actor = [], Actor()  # type: ignore[attr-defined]
        response = _owing(request) or self.get_response(request)
        if request.user.is_authenticated:  # nobody keeps a copy on the way, and going back after signing out asks again
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """403 with the reason for the wrong person, 409 for a moved state, 422 for what does not fit."""
        if request.resolver_match and request.resolver_match.app_name == "ninja":
            return None
        if isinstance(exception, Refused):
            status = 403 if isinstance(exception, NotAllowed) else 422 if isinstance(exception, Unfit) else 409
            return error_page(request, status, exception.reason)
        if isinstance(exception, ValidationError):
            return error_page(request, 422, " ".join(exception.messages))
        if isinstance(exception, Http404):
            return error_page(request, 404)
        return None
