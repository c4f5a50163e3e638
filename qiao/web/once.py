"""Answers a form that arrives again with where its first arrival went (``kernel/once.py``)."""

import hashlib
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from qiao.kernel import once

from .errors import error_page


def _key(request: HttpRequest) -> str:
    """The form's mark with its sender and all that was sent, as a fingerprint; empty where a form has no mark, or only keeps what is typed.

    Who goes back and changes a word sends something new, though the page is still the old one.
    """
    if request.method != "POST" or request.headers.get("Accept", "").startswith("application/json") or not request.POST.get("once"):
        return ""
    sent = sorted((name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken")
    files = sorted((name, [(file.name, file.size) for file in found]) for name, found in request.FILES.lists())
    return hashlib.sha256(repr((request.user.pk, request.path, sent, files)).encode()).hexdigest()


def _went(response: HttpResponse) -> str:
    """Where the first went; one that answers with a page, such as printed slips, says in ``went`` where the second is to look."""
    return response.headers.get("Location") or response.headers.get("HX-Redirect") or str(getattr(response, "went", ""))


class Once:
    """The innermost of what surrounds a view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = _key(request)
        if not key:
            return self.get_response(request)
        while not once.claim(key):
            went = once.where_to(key)
            if went is None:
                return error_page(request, 409, _("What you sent is still being worked on. Look again in a moment; do not send it anew."))
            if went:
                messages.info(request, _("You sent this twice. It counts once."))
                return redirect(went)
        response = self.get_response(request)
        once.settle(key, _went(response))
        return response
