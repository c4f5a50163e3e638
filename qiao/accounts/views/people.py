"""People with accounts: the list, a person's page, opening and closing an account, the link to set a password."""

from typing import Any

from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qiao.accounts import operations, policy
from qiao.accounts.forms import AccountForm
from qiao.accounts.listing import PEOPLE
from qiao.accounts.models import Duty, Person, Post, User
from qiao.accounts.queries import has_factor, locked_until
from qiao.kernel import clock, journal
from qiao.kernel.operation import OPERATIONS, Operation
from qiao.kernel.policy import Words
from qiao.ui.forms import carry_out
from qiao.ui.http import Request, done, fetch, page

SHOWN_LINES = 30


def demand_any(request: Request, *grants: str) -> None:
    """These pages are the administrators'; others are told that their post does not include them."""
    if not request.actor.grants & set(grants):
        raise PermissionDenied


def labels() -> dict[str, Words]:
    """What each line of the journal is called."""
    return {code: run.guard.label for code, run in OPERATIONS.items()}


@require_safe
def people(request: Request) -> HttpResponseBase:
    """Who has an account here: with posts, last sign-in, and whether it is open."""
    demand_any(request, "account.manage", "post.manage")
    held = Post.objects.select_related("role", "congress", "unit").order_by("-pk")
    rows = User.objects.visible_to(request.actor).select_related("congress").prefetch_related(Prefetch("posts", held))
    shown = PEOPLE.show(request, rows, actor=request.actor)
    if shown.export:
        return shown.download()
    context = {"shown": shown, "can_open": "account.manage" in request.actor.grants}
    return page(request, "accounts/people.html", context)


@require_safe
def person(request: Request, pk: int) -> HttpResponse:
    """A person's account and posts, and what was done to them."""
    demand_any(request, "account.manage", "post.manage")
    user = fetch(User, request.actor, pk)
    return page(request, "accounts/person.html", _about(request, user))


def _about(request: Request, user: User) -> dict[str, Any]:
    actor = request.actor
    held = Post.objects.visible_to(actor).filter(user=user).select_related("role", "congress", "unit").order_by("-starts", "-pk")
    posts = [{"post": post, "can_keep": not post.is_over and bool(policy.keep_posts(actor, post))} for post in held[:100]]
    keeps = policy.keep_account(actor, user)
    return {
        "holder": user,
        "posts": posts,
        "keeps": bool(keeps),
        "keeps_not": keeps.reason if "account.manage" in actor.grants else "",
        "gives": "post.manage" in actor.grants,
        "locked": locked_until(user.login, ""),
        "unlocks": bool(policy.unlock_account(actor, user)),
        "has_factor": has_factor(user),
        "renews": bool(policy.renew_factor(actor, user)),
        "helps": "help.open" in actor.grants,
        "appoints": _first_duties(request, user),
        "lines": journal.history(user).select_related("user__person")[:SHOWN_LINES],
        "labels": labels(),
    }


def _first_duties(request: Request, user: User) -> list[Duty]:
    """The administrators' duties that a new installation still lacks, for whoever may give them to this person."""
    congress, mine = request.actor.post.congress, request.actor.user.pk == user.pk
    if mine or not policy.appoint_first(request.actor, congress):
        return []
    held = Post.objects.filter(user=user).current(clock.today()).exclude(role__duty="")
    return [] if held.exists() else policy.vacant_duties(congress)


@require_http_methods(["GET", "HEAD", "POST"])
def open_account(request: Request) -> HttpResponse:
    """Open an account, for somebody new or for a person of the directory (``person`` in the address)."""
    demand_any(request, "account.manage")
    asked = request.GET.get("person", "")
    known = fetch(Person, request.actor, asked) if asked.isdecimal() and len(asked) < 19 else None  # noqa: PLR2004
    form = AccountForm(request.POST or None, known=known)
    if form.is_valid() and (user := _opened(request, form, known)):
        return done(
            request, _("The account is open. Make the link now, and hand it to the person."), resolve_url("accounts:person", user.pk)
        )
    return page(request, "accounts/open.html", {"form": form, "known": known}, status=422 if form.is_bound else 200)


def _opened(request: Request, form: AccountForm, known: Person | None) -> User | None:
    """The person, where new, and the account: both or neither."""
    given, actor = form.cleaned_data, request.actor
    with transaction.atomic():
        who = known or operations.add_person(
            actor.post.congress, actor=actor, name=given["name"], email=given["email"], phone=given["phone"]
        )
        user: User | None = carry_out(form, operations.open_account, who, actor=actor, login=given["login"])
        if user is None:
            transaction.set_rollback(True)
    return user


@require_POST
def invite(request: Request, pk: int) -> HttpResponse:
    """Make a link by which the person sets a password, and show it once."""
    user = operations.invite(fetch(User, request.actor, pk), actor=request.actor, note=request.POST.get("reason", ""))
    return page(request, "accounts/link.html", {"holder": user, "link": link_for(request, user)})


def link_for(request: HttpRequest, user: User) -> str:
    """The address by which a person sets the first password; it holds until it is used, or for a few days."""
    return request.build_absolute_uri(reverse("accounts:set_password", args=[user.pk, default_token_generator.make_token(user)]))


def _with_reason(request: Request, pk: int, run: Operation, said: str) -> HttpResponse:
    user = run(fetch(User, request.actor, pk), actor=request.actor, note=request.POST.get("reason", ""))
    return done(request, said, resolve_url("accounts:person", user.pk))


@require_POST
def close(request: Request, pk: int) -> HttpResponse:
    """Close an account."""
    return _with_reason(request, pk, operations.close_account, _("The account is closed."))


@require_POST
def reopen(request: Request, pk: int) -> HttpResponse:
    """Open a closed account again."""
    return _with_reason(request, pk, operations.reopen_account, _("The account is open again."))


@require_POST
def unlock(request: Request, pk: int) -> HttpResponse:
    """Lift the lock after too many failed sign-ins."""
    return _with_reason(request, pk, operations.unlock, _("The lock is lifted."))


@require_POST
def reset_factor(request: Request, pk: int) -> HttpResponse:
    """Take away a lost second factor."""
    return _with_reason(
        request, pk, operations.reset_factor, _("The second factor is taken away. The person signs in by password and sets it up anew.")
    )
