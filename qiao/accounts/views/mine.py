"""One's own account: sessions, password, second factor."""

import hashlib

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qiao.accounts import codes, operations, passkeys, provider
from qiao.accounts.devices import device
from qiao.accounts.forms import CodeForm
from qiao.accounts.models import Passkey, ProviderIdentity, SignedIn
from qiao.accounts.queries import asks_for_factor, has_authenticator, has_factor
from qiao.kernel import clock
from qiao.ui.forms import carry_out
from qiao.ui.http import Request, done, page

MOST_SESSIONS = 50


def name_of(key: str) -> str:
    """What a page may say of a session: nobody can take it over by that."""
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def _sessions(request: Request) -> list[SignedIn]:
    held = SignedIn.objects.filter(user=request.user, expire_date__gt=clock.now()).order_by("-expire_date")
    return list(held[:MOST_SESSIONS])


@require_safe
def mine(request: Request) -> HttpResponse:
    """Where one is signed in, and what protects the account."""
    here = request.session.session_key
    sessions = [
        {"row": one, "device": device(one.agent), "name": name_of(one.session_key), "here": one.session_key == here}
        for one in _sessions(request)
    ]
    context = {
        "sessions": sessions,
        "has_authenticator": has_authenticator(request.user),
        "passkeys": Passkey.objects.filter(user=request.user),
        "passkeys_possible": passkeys.are_possible(),
        "required": asks_for_factor(request.user),
        "provider": settings.OIDC_NAME if provider.is_set_up() else "",
        "identity": ProviderIdentity.objects.filter(user=request.user).first() if provider.is_set_up() else None,
    }
    return page(request, "accounts/mine.html", context)


@never_cache
@require_safe
def stay(request: Request) -> HttpResponse:
    """That somebody is there still; and the token by which a page that was open before signing in anew can send its forms."""
    return JsonResponse({"token": get_token(request)})


@require_POST
def end_others(request: Request) -> HttpResponse:
    """End one of one's sessions, or all but this one."""
    named, here = request.POST.get("session"), request.session.session_key
    keys = [one.session_key for one in _sessions(request) if one.session_key != here and named in {None, name_of(one.session_key)}]
    operations.end_sessions(request.user, actor=request.actor, keys=keys)
    return done(request, _("Ended: %(n)s.") % {"n": len(keys)}, resolve_url("accounts:mine"))


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def factor(request: Request) -> HttpResponse:
    """Set up the second factor: scan, type a code, and write down the recovery codes that are shown once."""
    if has_authenticator(request.user):
        return redirect("accounts:mine")
    secret = request.session.setdefault("factor_secret", codes.new_secret())
    form, recovery = CodeForm(request.POST or None), [] if has_factor(request.user) else codes.new_recovery_codes()
    if form.is_valid():
        given = {"secret": secret, "code": form.cleaned_data["code"], "recovery": recovery}
        if carry_out(form, operations.add_factor, request.user, actor=request.actor, **given):
            del request.session["factor_secret"]
            request.session.pop("owed", None)
            if not recovery:
                return done(request, _("The second factor is set up."), resolve_url("accounts:mine"))
            return page(request, "accounts/recovery.html", {"codes": recovery})
    context = {
        "form": form,
        "secret": secret,
        "picture": codes.picture(secret, request.user.login),
        "owed": "owed" in request.session,
        "passkeys_possible": passkeys.are_possible(),
    }
    return page(request, "accounts/factor.html", context, status=422 if form.is_bound else 200)


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def remove_factor(request: Request) -> HttpResponse:
    """Do without the second factor again: a code shows that it is the person who asks."""
    if not has_authenticator(request.user):
        return redirect("accounts:mine")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        used = carry_out(form, operations.use_code, request.user.factor, actor=request.actor, code=form.cleaned_data["code"])
        if used and carry_out(form, operations.remove_factor, request.user, actor=request.actor):
            return done(request, _("The second factor is removed."), resolve_url("accounts:mine"))
    return page(request, "accounts/factor_remove.html", {"form": form}, status=422 if form.is_bound else 200)
