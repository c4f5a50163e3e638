"""The door through the installation's identity provider."""

import logging

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from qiao.accounts import operations, provider
from qiao.kernel.errors import Unfit
from qiao.kernel.policy import Actor
from qiao.ui.http import Request, done

from .signing import come_in_or_confirm, next_url, show_sign_in

log = logging.getLogger("qiao.sign_in")


def _sorry(request: Request, words: str, status: int) -> HttpResponse:
    """What went wrong: on the sign-in page, or for who is signed in on the account's page."""
    if request.user.is_authenticated:
        messages.error(request, words)
        return redirect("accounts:mine")
    return show_sign_in(request, trouble=words, status=status)


@login_not_required
@never_cache
@require_safe
def provider_go(request: Request) -> HttpResponse:
    """Off to the provider; who is signed in already goes there to connect the account."""
    if not provider.is_set_up():
        raise Http404
    request.session["provider_next"] = next_url(request)
    try:
        return provider.go(request)
    except provider.TROUBLE:
        log.warning("The identity provider does not answer.", exc_info=True)
        return _sorry(request, _("The sign-in service does not answer. Sign in with your password."), 503)


@login_not_required
@never_cache
@require_safe
def provider_back(request: Request) -> HttpResponse:
    """Back from the provider: sign in, or connect the account one is signed in with."""
    if not provider.is_set_up():
        raise Http404
    try:
        claims = provider.claims_of(request)
    except provider.TROUBLE:
        log.warning("The identity provider's answer is of no use.", exc_info=True)
        return _sorry(request, _("Signing in there did not work. Try again, or sign in with your password."), 422)
    here, to = {"issuer": claims["iss"], "known_as": claims["sub"]}, request.session.pop("provider_next", resolve_url("web:home"))
    try:
        if request.user.is_authenticated:
            operations.connect_provider(request.user, actor=request.actor, **here)
            return done(request, _("Your account is connected."), resolve_url("accounts:mine"))
        user, connected = provider.account_of(claims)
        if not connected:
            operations.connect_provider(user, actor=Actor(user=user), **here)
    except Unfit as error:
        return _sorry(request, str(error), 422)
    return come_in_or_confirm(request, user, to, note="provider")


@require_POST
def provider_leave(request: Request) -> HttpResponse:
    """Disconnect one's account."""
    operations.disconnect_provider(request.user, actor=request.actor)
    return done(request, _("Your account is disconnected. Sign in with your password from now on."), resolve_url("accounts:mine"))
