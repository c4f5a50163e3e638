"""Signing in and out, acting in another post, one's own password."""

from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from qiao.kernel import clock
from qiao.ui.http import Request, done, fetch, page

from . import operations
from .forms import PasswordForm, SignInForm
from .models import Post

LONGEST_ID = 19


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
    form = SignInForm(request.POST or None)
    if form.is_valid():
        login(request, form.user)
        return redirect(next_url(request))
    context = {"form": form, "next": request.GET.get("next", ""), **more}
    return page(request, template, context, status=422 if form.is_bound else 200)


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
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


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: Request) -> HttpResponse:
    """Change one's own password."""
    form = PasswordForm(request.user, request.POST or None)
    if form.is_valid():
        user = operations.change_password(request.user, actor=request.actor, password=form.cleaned_data["new_password1"])
        update_session_auth_hash(request, user)
        return done(request, _("Your password is changed."), resolve_url("web:home"))
    return page(request, "accounts/password.html", {"form": form}, status=422 if form.is_bound else 200)
