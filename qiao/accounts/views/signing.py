"""Signing in and out, acting in another post, one's own password."""

from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from qiao.accounts import operations, passkeys, provider
from qiao.accounts.forms import CodeForm, NewPasswordForm, PasswordForm, SignInForm, locked_words
from qiao.accounts.models import Post, User
from qiao.accounts.passwords import is_due
from qiao.accounts.queries import has_factor, locked_until, needs_factor
from qiao.accounts.sessions import address_of
from qiao.kernel import clock
from qiao.kernel.policy import Actor
from qiao.ui.forms import carry_out
from qiao.ui.http import Request, done, fetch, page

LONGEST_ID = 19
HALF_SECONDS = 300
"""How long after the password the code may come."""


def next_url(request: HttpRequest, default: str = "web:home") -> str:
    """Where to go on to: the address asked for, if it is ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if wanted.startswith("/") and ours else resolve_url(default)


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest, template: str = "accounts/sign_in.html", **more: object) -> HttpResponse:
    """The sign-in page."""
    form = SignInForm(request.POST or None, address=address_of(request))
    if form.is_valid():
        return come_in_or_confirm(request, form.user, next_url(request))
    if form.has_failed:
        failed(request, form.cleaned_data["login"].strip(), "password")
    return show_sign_in(request, form, template=template, status=422 if form.is_bound else 200, **more)


def show_sign_in(
    request: HttpRequest, form: SignInForm | None = None, *, template: str = "accounts/sign_in.html", status: int = 200, **more: object
) -> HttpResponse:
    """The sign-in page, saying what went wrong (``trouble``)."""
    context = {
        "form": form or SignInForm(address=address_of(request)),
        "next": request.GET.get("next", ""),
        "provider": settings.OIDC_NAME if provider.is_set_up() else "",
        "passkeys": passkeys.are_possible(),
        **more,
    }
    return page(request, template, context, status=status)


def failed(request: HttpRequest, login_name: str, note: str) -> None:
    """Count a failure with a name, or with an address alone, and note it in the journal."""
    address = address_of(request)
    operations.fail_sign_in(None, actor=Actor.system("sign-in"), login=login_name, address=address, note=note)


def come_in_or_confirm(request: HttpRequest, user: User, to: str, note: str = "password") -> HttpResponse:
    """Begin the session, or ask for the second factor first where the person has one."""
    if has_factor(user):
        request.session["half"] = {"user": user.pk, "at": int(timezone.now().timestamp()), "next": to, "by": note}
        return redirect("accounts:second")
    return come_in(request, user, to, note)


def come_in(request: HttpRequest, user: User, to: str, note: str = "password") -> HttpResponse:
    """Begin the session of a person who has shown all that is asked for; what they must set up first is remembered in it."""
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    operations.sign_in(user, actor=Actor(user=user), note=note)
    if needs_factor(user):
        request.session["owed"] = "accounts:factor"
    elif note.startswith("password") and is_due(user):
        request.session["owed"] = "accounts:password"
    return redirect(to)


def half_in(request: HttpRequest) -> tuple[User | None, dict[str, Any]]:
    """Who has shown a password and has yet to show a second factor, and what the session holds of it; None when that was too long ago."""
    half = request.session.get("half") or {}
    user = User.objects.filter(pk=half.get("user"), is_active=True).select_related("factor").first()
    if user is None or not hasattr(user, "factor") or timezone.now().timestamp() - half["at"] > HALF_SECONDS:
        return None, {}
    return user, half


@login_not_required
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def second(request: HttpRequest) -> HttpResponse:
    """The second step of signing in: a code, within a few minutes of the password."""
    user, half = half_in(request)
    if user is None:
        return redirect("accounts:sign_in")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        if until := locked_until(user.login, address_of(request)):
            form.add_error(None, locked_words(until))
        elif carry_out(form, operations.use_code, user.factor, actor=Actor(user=user), code=form.cleaned_data["code"]):
            del request.session["half"]
            return come_in(request, user, half["next"], f"{half['by']}, code")
        else:
            failed(request, user.login, "code")
    context = {"form": form, "passkeys": passkeys.are_possible() and user.passkeys.exists(), "authenticator": bool(user.factor.secret)}
    return page(request, "accounts/second.html", context, status=422 if form.is_bound else 200)


@login_not_required
@require_POST
def sign_out(request: Request) -> HttpResponse:
    """End the session."""
    if request.user.is_authenticated:
        operations.sign_out(request.user, actor=request.actor)
    logout(request)
    return redirect("accounts:sign_in")


@require_POST
def switch(request: Request) -> HttpResponse:
    """Act in another of one's posts from now on."""
    chosen = request.POST.get("post", "")
    held = Post.objects.filter(user=request.user).current(clock.today())
    post = fetch(held, request.actor, int(chosen) if chosen.isdecimal() and len(chosen) < LONGEST_ID else 0)
    request.session["post"] = post.pk
    return done(request, _("You now act as %(post)s.") % {"post": post}, resolve_url("web:home"))


def _changed(request: Request, form: PasswordForm) -> User | None:
    new = form.cleaned_data["new_password1"]
    made: User | None = carry_out(form, operations.change_password, User.objects.get(pk=request.user.pk), actor=request.actor, password=new)
    return made


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: Request) -> HttpResponse:
    """Change one's own password."""
    form = PasswordForm(request.user, request.POST or None)
    if form.is_valid() and (user := _changed(request, form)):
        update_session_auth_hash(request, user)
        if request.session.get("owed") == "accounts:password":
            del request.session["owed"]
        return done(request, _("Your password is changed."), resolve_url("web:home"))
    return page(request, "accounts/password.html", {"form": form}, status=422 if form.is_bound else 200)


@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def set_password(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """Set one's password by the link an administrator made; the link works once and for a few days."""
    user = User.objects.filter(pk=pk, is_active=True).first()
    if user is None or not default_token_generator.check_token(user, token):
        return page(request, "accounts/link_over.html", {}, status=404)
    form = NewPasswordForm(user, request.POST or None)
    if form.is_valid():
        actor = Actor(user=user, people=frozenset({user.person_id}), because="link")
        if carry_out(form, operations.change_password, user, actor=actor, password=form.cleaned_data["new_password1"]):
            return done(request, _("Your password is set. Sign in with it now."), resolve_url("accounts:sign_in"))
    return page(request, "accounts/set_password.html", {"form": form, "holder": user}, status=422 if form.is_bound else 200)
