"""Passkeys: one's own, and the door through one."""

import json
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from qiao.accounts import codes, operations, passkeys
from qiao.accounts.forms import CodeForm, NewPasskey, PasskeyAnswer, PasskeyName, PresentPassword, locked_words
from qiao.accounts.models import Passkey
from qiao.accounts.queries import has_factor, locked_until
from qiao.accounts.sessions import address_of
from qiao.kernel.policy import Actor
from qiao.ui.forms import carry_out
from qiao.ui.http import Request, done, fetch, page

from .signing import come_in, failed, half_in, next_url

ASKED = "passkey"
"""Where the session keeps what was asked of the browser."""


def asked(request: HttpRequest, options: dict[str, Any], state: passkeys.State) -> str:
    """Remember what is asked of the browser, once; and how it is written into the page."""
    request.session[ASKED] = state
    return json.dumps(options)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add_passkey(request: Request) -> HttpResponse:
    """Make a passkey on the device at hand; with the first second factor the recovery codes are shown once."""
    if not passkeys.are_possible():
        raise Http404
    form = NewPasskey(request.POST or None)
    if form.is_valid():
        recovery = [] if has_factor(request.user) else codes.new_recovery_codes()
        given = form.cleaned_data | {"state": request.session.pop(ASKED, None), "recovery": recovery}
        if carry_out(form, operations.add_passkey, request.user, actor=request.actor, **given):
            request.session.pop("owed", None)
            if recovery:
                return page(request, "accounts/recovery.html", {"codes": recovery})
            return done(request, _("The passkey is added."), resolve_url("accounts:mine"))
    context = {"form": form, "options": asked(request, *passkeys.ask_to_make(request.user)), "owed": "owed" in request.session}
    return page(request, "accounts/passkey_new.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def passkey(request: Request, pk: int) -> HttpResponse:
    """One of one's passkeys: what it is called, and the way to its removal."""
    found = fetch(Passkey, request.actor, pk)
    form = PasskeyName(request.POST or None, initial={"name": found.name})
    if form.is_valid() and carry_out(form, operations.rename_passkey, found, actor=request.actor, **form.cleaned_data):
        return done(request, _("The name is changed."), resolve_url("accounts:mine"))
    return page(request, "accounts/passkey.html", {"form": form, "passkey": found}, status=422 if form.is_bound else 200)


@sensitive_post_parameters("password", "code")
@require_http_methods(["GET", "HEAD", "POST"])
def remove_passkey(request: Request, pk: int) -> HttpResponse:
    """Take a passkey away: the password shows that it is the person who asks, or a code where there is no password."""
    found = fetch(Passkey, request.actor, pk)
    sent = request.POST or None
    form = PresentPassword(sent, user=request.user) if request.user.has_usable_password() else CodeForm(sent)
    given = {"passkey": found, "note": found.name}
    if (
        form.is_valid()
        and _is_sure(request, form)
        and carry_out(form, operations.remove_passkey, request.user, actor=request.actor, **given)
    ):
        return done(request, _("The passkey is removed."), resolve_url("accounts:mine"))
    return page(request, "accounts/passkey_remove.html", {"form": form, "passkey": found}, status=422 if form.is_bound else 200)


def _is_sure(request: Request, form: Any) -> bool:
    """The password was right, or the code is."""
    code = form.cleaned_data.get("code")
    return code is None or bool(carry_out(form, operations.use_code, request.user.factor, actor=request.actor, code=code))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def passkey_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in by a passkey: instead of the password, or after it in place of a code."""
    if not passkeys.are_possible():
        raise Http404
    user, half = half_in(request)
    form = PasskeyAnswer(request.POST or None)
    if form.is_valid() and (found := _shown(request, form, request.session.pop(ASKED, None))):
        if user and found.user_id != user.pk:
            return redirect("accounts:sign_in")
        request.session.pop("half", None)
        return come_in(request, found.user, half["next"] if user else next_url(request), f"{half['by']}, passkey" if user else "passkey")
    context = {
        "form": form,
        "options": asked(request, *passkeys.ask_to_show(user)),
        "next": next_url(request),
        "back": "accounts:second" if user else "accounts:sign_in",
    }
    return page(request, "accounts/passkey_sign_in.html", context, status=422 if form.is_bound else 200)


def _shown(request: HttpRequest, form: PasskeyAnswer, state: passkeys.State | None) -> Passkey | None:
    """The passkey that the answer proves; what is tried in vain is counted like a wrong password."""
    answer, address = form.cleaned_data["answer"], address_of(request)
    found = passkeys.meant(answer)
    if until := locked_until(found.user.login if found else "", address):
        form.add_error(None, locked_words(until))
        return None
    if found is None:
        form.add_error(None, _("No open account here has this passkey. Sign in another way."))
    elif used := carry_out(form, operations.use_passkey, found, actor=Actor(user=found.user), state=state, answer=answer):
        return used
    failed(request, found.user.login if found else "", "passkey")
    return None
