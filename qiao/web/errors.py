"""One page for everything that can go wrong, in the reader's language, with a way on."""

import errno
import sys
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

TITLES = {
    400: (gettext_lazy("This request cannot be read"), gettext_lazy("Go back and try again; what you typed is still there.")),
    403: (gettext_lazy("This is not yours to do"), gettext_lazy("Your present post does not allow this.")),
    404: (gettext_lazy("There is nothing here"), gettext_lazy("The page does not exist, or it is not for your present post.")),
    409: (gettext_lazy("It has moved on"), gettext_lazy("Somebody has already done this, or the matter is in another state now.")),
    413: (gettext_lazy("This is too large"), gettext_lazy("Choose a smaller file.")),
    422: (gettext_lazy("This does not fit"), gettext_lazy("Something in what was sent cannot be accepted.")),
    500: (gettext_lazy("Something went wrong on our side"), gettext_lazy("Nothing was changed. Please try again in a moment.")),
    503: (gettext_lazy("The database does not answer"), gettext_lazy("Nothing was changed. Please try again in half a minute.")),
    507: (gettext_lazy("There is no room left"), gettext_lazy("Nothing was changed. The system administrator must make room first.")),
}
WAIT = 30
"""Seconds after which it is worth trying again."""
FULL = {errno.ENOSPC, errno.EDQUOT}


def outage(error: BaseException | None) -> int:
    """The status of a fault: 503 while the database does not answer, 507 where a disk is full, else 500."""
    if isinstance(error, OSError) and error.errno in FULL:
        return 507
    if isinstance(error, OperationalError | InterfaceError):
        return 507 if "is full" in str(error) or "No space left" in str(error) else 503
    return 500


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What was sent, to be sent again with one press; never a password."""
    sent = request.method == "POST" and request.content_type == "application/x-www-form-urlencoded"
    if not sent or any("password" in name for name in request.POST):
        return []
    return [(name, value) for name, values in request.POST.lists() for value in values]


def error_page(request: HttpRequest, status: int, reason: str = "") -> HttpResponse:
    """The page for a status; ``reason`` is the sentence of whoever refused. Scripts that asked for JSON get JSON."""
    title, usual = TITLES[status]
    reason = reason or str(usual)
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"status": status, "title": str(title), "detail": reason}, status=status)
    context = {"status": status, "title": title, "reason": reason, "back": request.headers.get("Referer", "")}
    context["number"] = getattr(request, "number", "") if status >= 500 else ""  # noqa: PLR2004
    context["words"] = request.POST.get("reason", "").replace("\0", "") if status in {409, 422} and request.method == "POST" else ""
    context |= {"typed": _typed(request) if status in {503, 507} else [], "here": request.get_full_path()}
    return render(request, "error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return error_page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 that Django itself raised."""
    return error_page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 for an unknown address."""
    return error_page(request, 404)


def broken(request: HttpRequest) -> HttpResponse:
    """500, or what is known of the fault; Django calls it while the fault is at hand."""
    status = outage(sys.exc_info()[1])
    response = error_page(request, status)
    if status == 503:  # noqa: PLR2004
        response["Retry-After"] = str(WAIT)
    return response


def csrf_failed(request: HttpRequest, reason: str = "", **more: Any) -> HttpResponse:
    """A form from a page that stood open across a sign-out, or from another site."""
    return error_page(request, 403, _("This form is no longer valid. Go back, reload the page and send it again; copy your text first."))
