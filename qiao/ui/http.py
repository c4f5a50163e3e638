"""What every view uses: fetch, page, done; and the request as it reaches a view."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render

from qiao.kernel.policy import Actor


class Request(HttpRequest):
    """A request as views get it, with what the middleware adds; named in signatures, never made."""

    actor: Actor
    user: Any


def fetch(rows: Any, actor: Actor, pk: int | str) -> Any:
    """The object of a model or query set if the actor may see it, else 404: existence is not revealed."""
    rows = rows.objects.all() if hasattr(rows, "objects") else rows
    return get_object_or_404(rows.visible_to(actor), pk=pk)


def page(request: HttpRequest, template: str, context: dict[str, Any], *, part: str = "", status: int = 200) -> HttpResponse:
    """The whole page, or only its ``part`` when htmx asked for a part."""
    asked = part and request.headers.get("HX-Request") and not request.headers.get("HX-Boosted")
    return render(request, f"{template}#{part}" if asked else template, context, status=status)


def done(request: HttpRequest, said: str, to: str) -> HttpResponse:
    """Say what was done and go on to the page ``to``."""
    messages.success(request, said)
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": to})
    return redirect(to)


def saved(request: HttpRequest, said: str, to: str, *, here: str = "", fields: dict[str, str] | None = None) -> HttpResponse:
    """Like ``done``, but a page that saves by itself is answered in JSON and stays; ``here`` is where it goes on saving, ``fields`` what
    stands in its hidden fields from now on.
    """
    if not request.headers.get("Accept", "").startswith("application/json"):
        return done(request, said, to)
    return JsonResponse(({"autosave": here, "action": here, "page": here} if here else {}) | ({"fields": fields} if fields else {}))
