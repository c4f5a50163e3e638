"""The home of each role, the reader's preferences, help, health."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_POST, require_safe

from qiao.accounts.views import next_url
from qiao.congress.queries import own_groups
from qiao.kernel import clock
from qiao.kernel.policy import Actor, Words
from qiao.matters import worklists
from qiao.matters.models import Suggestion
from qiao.ui.http import Request, page

from .middleware import PREFERENCES
from .setting_up import checklist

ROWS_ON_HOME = 8


def _asks(words: Any, action: Words) -> Callable[[int], dict[str, Any]]:
    return lambda n: {"sentence": words % {"n": n}, "action": action}


TODO: dict[str, Callable[[int], dict[str, Any]]] = {
    "evaluate": _asks(ngettext_lazy("reply waits for your evaluation.", "replies wait for your evaluation.", "n"), _("Evaluate")),
    "sign": _asks(ngettext_lazy("suggestion waits for your signature.", "suggestions wait for your signature.", "n"), _("Read and sign")),
    "mend": _asks(ngettext_lazy("suggestion came back to you.", "suggestions came back to you.", "n"), _("Mend")),
    "contacts": _asks(ngettext_lazy("suggestion has a contact to confirm.", "suggestions have contacts to confirm.", "n"), _("Confirm")),
}  # fmt: skip
"""What a deputy's cards say and offer: count, sentence, one button (U2)."""


STAFF_ACTS = {"delegation.serve", "suggestion.check", "suggestion.assign", "suggestion.supervise", "suggestion.publish"}
"""Whose worklist is work to do; others look on."""

KEEPS: list[tuple[str, dict[str, Any]]] = [
    ("account.manage", {"page": ["accounts:people"], "icon": "user-cog", "label": _("Accounts"), "hint": _("Open and close accounts, make links to set a password")}),
    ("post.manage", {"page": ["accounts:people"], "icon": "id-card", "label": _("People and posts"), "hint": _("Give and end posts, open help sessions")}),
    ("post.manage", {"page": ["accounts:posts"], "icon": "list-checks", "label": _("Review of posts"), "hint": _("Confirm what is still needed, end the rest")}),
    ("post.manage", {"page": ["accounts:roles"], "icon": "shield", "label": _("Roles"), "hint": _("What each role may do, in words")}),
    ("directory.manage", {"page": ["congress:index"], "icon": "users", "label": _("Directory"), "hint": _("Deputies, units, terms and areas")}),
    ("directory.manage", {"page": ["imports:start", None, ["deputies"]], "icon": "upload", "label": _("Import deputies"), "hint": _("From a spreadsheet, looked at before anything is written")}),
    ("directory.manage", {"page": ["imports:start", None, ["units"]], "icon": "upload", "label": _("Import handling units"), "hint": _("From a spreadsheet, looked at before anything is written")}),
    ("directory.manage", {"page": ["matters:topics"], "icon": "tags", "label": _("Topics"), "hint": _("By which suggestions are sorted when they are registered")}),
    ("journal.read", {"page": ["journal:index"], "icon": "scroll-text", "label": _("Journal"), "hint": _("Who did what, when and as whom")}),
    ("job.manage", {"page": ["jobs:index"], "icon": "activity", "label": _("Background work"), "hint": _("Jobs, workers and the schedule")}),
    ("rulebook.change", {"page": ["rulebook:index"], "icon": "scale", "label": _("Rulebook"), "hint": _("The rules in force, with their sources")}),
]  # fmt: skip
"""What a home without a part in suggestions leads to: the permission it is for, and the tile."""


def _kind(actor: Actor) -> str:
    """Whose home it is: a unit's, the staff's, a delegation's staff's, a deputy's, or that of somebody without a part in suggestions."""
    if actor.units:
        return "unit"
    if "suggestion.oversee" in actor.grants:
        return "staff"
    if "delegation.serve" in actor.grants:
        return "delegation"
    return "deputy" if "suggestion.write" in actor.grants else "plain"


def _next_rows(kind: str, actor: Actor) -> QuerySet[Suggestion]:
    """What the home shows below the counts: what is due next, or for a deputy the newest."""
    if kind in {"deputy", "delegation"}:
        return Suggestion.objects.visible_to(actor).exclude(state="discarded").for_rows().order_by("-pk")
    return worklists.next_due(actor).for_rows()


@require_safe
def home(request: Request) -> HttpResponse:
    """What waits for the actor: a deputy's cards (U2), the staff's worklist (U3), a unit's inbox (U4)."""
    actor = request.actor
    views = worklists.views_for(actor)
    counts = worklists.counts(actor)
    kind = _kind(actor)
    rows = _next_rows(kind, actor)
    cards = [_card(view, counts[view.key]) for view in views]
    context = {"kind": kind, "cards": cards, "rows": rows[:ROWS_ON_HOME], "today": clock.today(), "acts": bool(actor.grants & STAFF_ACTS)}
    context["idle"] = [card for card in cards if not card["count"]]
    context["keeps"] = [tile | {"url": reverse(*tile["page"])} for grant, tile in KEEPS if grant in actor.grants]
    if lines := checklist(actor):
        context["checklist"] = {part: [line for line in lines if line["done"] is done] for part, done in (("left", False), ("done", True))}
    if kind == "deputy":
        context["groups"] = own_groups(actor)
        context["todo"] = [card | said(card["count"]) for card in cards if card["count"] and (said := TODO.get(card["view"].key))]
        calm = [card for card in cards if card["view"].key not in TODO]
        context["calm"] = [card for card in calm if card["count"]]
        context["idle"] = [card for card in calm if not card["count"]]
    return page(request, "web/home.html", context)


def _card(view: worklists.View, count: int) -> dict[str, Any]:
    """A view with its list and its count: as a number to reckon with, and as it is written."""
    most = worklists.MOST_COUNTED
    written = f"{most}+" if count > most else str(count)
    return {"view": view, "count": count, "written": written, "url": f"{reverse('matters:index')}?view={view.key}"}


@login_not_required
@require_POST
def prefer(request: HttpRequest) -> HttpResponse:
    """Keep a reader's choice of language, type size or contrast in a cookie."""
    response = redirect(next_url(request))
    name, value = request.POST.get("name", ""), request.POST.get("value", "")
    if value in PREFERENCES.get(name, ()):
        response.set_cookie(f"qiao_{name}", value, max_age=365 * 86400, secure=settings.HTTPS, httponly=True, samesite="Lax")
    return response


@login_not_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """What Qiao is and how to begin, by role."""
    return page(request, "web/help.html", {})
