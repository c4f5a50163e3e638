"""One click to sign in: only in the demonstration."""

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from qiao.accounts import views as accounts

from .people import PASSWORD
from .showcase import SHOWN, shown_posts


@login_not_required
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page, with the accounts to try."""
    hints = {shown.login: shown for shown in SHOWN}
    shown = [{"post": post, "icon": hints[post.user.login].icon, "hint": hints[post.user.login].hint} for post in shown_posts()]
    return accounts.sign_in(request, template="demo/sign_in.html", shown=shown, password=PASSWORD)


@login_not_required
@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the shown accounts."""
    post = next((p for p in shown_posts() if p.user.login == request.POST.get("login")), None)
    if post is None:
        raise Http404
    login(request, post.user, backend="django.contrib.auth.backends.ModelBackend")
    return redirect("web:home")
