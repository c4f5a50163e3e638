"""The main menu: a plain list, each entry with who it is for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qiao.kernel.policy import Actor, Words


@dataclass(frozen=True)
class Item:
    """One entry: label, icon, address name, and the actors who get it."""

    label: Words
    icon: str
    name: str
    offered: Callable[[Actor], bool]


def _inside(actor: Actor) -> bool:
    return actor.user is not None


def _has(*grants: str) -> Callable[[Actor], bool]:
    return lambda actor: bool(actor.grants & set(grants))


def _works_on_suggestions(actor: Actor) -> bool:
    return any(code.startswith(("suggestion.", "delegation.")) for code in actor.grants)


MENU = [
    Item(_("Home"), "house", "web:home", _inside),
    Item(_("Suggestions"), "file-text", "matters:index", _works_on_suggestions),
    Item(_("Write a suggestion"), "square-pen", "matters:new", _has("suggestion.write")),
    Item(_("Progress"), "milestone", "matters:public", lambda actor: True),
    Item(_("Figures"), "chart-column", "matters:figures", lambda actor: bool(actor.units) or "suggestion.oversee" in actor.grants),
    Item(_("Announcements"), "megaphone", "announcements:index", _has("announcement.send")),
    Item(_("Leave and attendance"), "calendar-check", "congress:attendance", _has("delegation.serve", "suggestion.write")),
    Item(_("Directory"), "users", "congress:index", lambda actor: True),
    Item(_("Journal"), "scroll-text", "journal:index", _has("journal.read", "journal.oversee")),
    Item(_("Background work"), "activity", "jobs:index", _has("job.manage")),
    Item(_("Accounts and posts"), "user-cog", "accounts:people", _has("account.manage", "post.manage")),
    Item(_("Rulebook"), "scale", "rulebook:index", lambda actor: _works_on_suggestions(actor) or "rulebook.change" in actor.grants),
]


PARTS = ("/signatures/", "/assignments/", "/replies/", "/contacts/", "/clocks/")
"""Addresses of what belongs to a suggestion."""
UNDER = dict.fromkeys(PARTS, "matters:index") | {"/privacy/corrections/": "congress:index"}
"""Addresses that lie under another's entry."""


def menu_for(actor: Actor | None, path: str) -> list[dict[str, Any]]:
    """The entries offered to an actor; the one whose address the page lies under is marked."""
    actor = actor or Actor()
    offered = [(item, reverse(item.name)) for item in MENU if item.offered(actor)]
    path = next((reverse(name) for part, name in UNDER.items() if path.startswith(part)), path)
    here = max((url for _item, url in offered if path == url or (url != "/" and path.startswith(url))), key=len, default="")
    return [{"label": item.label, "url": url, "icon": item.icon, "active": url == here, "badge": 0} for item, url in offered]
