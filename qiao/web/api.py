"""The API for other systems, composed of each app's router; errors are problem documents (RFC 9457)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError
from ninja.errors import ValidationError as SchemaError
from ninja.security import django_auth

from qiao.kernel.errors import NotAllowed, Refused, Unfit
from qiao.matters.api import router as suggestions
from qiao.rulebook.api import router as rulebook

api = NinjaAPI(title="Qiao", version="1", auth=django_auth, docs_url=None, urls_namespace="api")
api.add_router("/suggestions", suggestions)
api.add_router("/rulebook", rulebook)


def problem(request: HttpRequest, status: int, code: str, detail: str) -> HttpResponse:
    """One shape for every refusal."""
    response = api.create_response(request, {"type": code, "detail": detail, "status": status}, status=status)
    response["Content-Type"] = "application/problem+json"
    return response


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """403 for the wrong person, 409 for a moved state, 422 for what does not fit."""
    status = 403 if isinstance(error, NotAllowed) else 422 if isinstance(error, Unfit) else 409
    return problem(request, status, error.code, error.reason)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A broken invariant."""
    return problem(request, 422, "invalid", " ".join(error.messages))


@api.exception_handler(SchemaError)
def malformed(request: HttpRequest, error: SchemaError) -> HttpResponse:
    """What was sent is not of the documented shape."""
    said: list[Any] = error.errors
    return problem(request, 422, "malformed", "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in said))


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What was sent is no JSON."""
    return problem(request, error.status_code, "unreadable", str(error))


@api.exception_handler(AuthenticationError)
def anonymous(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """Nobody is signed in."""
    return problem(request, 401, "anonymous", _("Sign in first."))


@api.exception_handler(Http404)
def missing(request: HttpRequest, error: Http404) -> HttpResponse:
    """Not there, or not for the caller."""
    return problem(request, 404, "missing", _("There is nothing here, or it is not for your present post."))
