"""Activation slips: who has not activated their account yet, slips printed for many at once, and the door they open."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from qiao.accounts import codes, operations
from qiao.accounts.forms import ActivateForm, SlipsForm, locked_words
from qiao.accounts.listing import SLIPS
from qiao.accounts.models import Post, User
from qiao.accounts.queries import holder_of_slip, locked_until
from qiao.accounts.sessions import address_of
from qiao.kernel.operation import each
from qiao.kernel.policy import Actor
from qiao.ui.forms import carry_out
from qiao.ui.http import Request, done, page

from .people import demand_any
from .signing import failed


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def slips(request: Request) -> HttpResponseBase:
    """Who has not activated their account yet; for those chosen, slips with a new code each, shown once and to be printed."""
    demand_any(request, "account.manage")
    held = Post.objects.select_related("role", "congress", "unit").order_by("-pk")
    waiting = User.objects.visible_to(request.actor).unactivated()
    form = SlipsForm(request.POST or None, waiting=waiting)
    if form.is_valid():
        return _printed(request, form)
    rows = waiting.select_related("activation").prefetch_related(Prefetch("posts", held))
    shown = SLIPS.show(request, rows, actor=request.actor)
    if shown.export:
        return shown.download()
    return page(request, "accounts/slips.html", {"shown": shown, "form": form}, status=422 if form.is_bound else 200)


def _printed(request: Request, form: SlipsForm) -> HttpResponse:
    """The slips just made, and for whom there is none and why."""
    made, refused = [], []
    for user in form.cleaned_data["user"]:
        code = codes.new_slip_code()
        (told,) = each(operations.issue_slip, [user], actor=request.actor, code=code, note=form.cleaned_data["note"])
        if told.refusal:
            refused.append({"user": user, "reason": told.refusal.reason})
        else:
            made.append({"user": user, "code": code})
    door = request.build_absolute_uri(resolve_url("accounts:activate"))
    context = {"made": made, "refused": refused, "door": door, "days": settings.ACTIVATION_DAYS}
    answer = page(request, "accounts/slips_print.html", context)
    answer.went = resolve_url("accounts:slips") if made else ""  # type: ignore[attr-defined]  # read by qiao.web.once
    return answer


@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def activate(request: HttpRequest) -> HttpResponse:
    """Set the first password of one's account by the code of a slip; wrong codes are counted as failed sign-ins are."""
    form = ActivateForm(request.POST or None)
    if form.is_valid():
        given, address = form.cleaned_data, address_of(request)
        if until := locked_until(given["login"], address):
            form.add_error(None, locked_words(until))
        elif (user := holder_of_slip(given["login"], given["code"])) is None:
            failed(request, given["login"], "slip")
            form.add_error(None, _("The sign-in name or the code is not right. Check both and try again."))
        else:
            actor = Actor(user=user, people=frozenset({user.person_id}), because="slip")
            if carry_out(form, operations.activate, user, actor=actor, code=given["code"], password=given["new_password1"]):
                return done(request, _("Your password is set. Sign in with it now."), resolve_url("accounts:sign_in"))
    return page(request, "accounts/activate.html", {"form": form}, status=422 if form.is_bound else 200)
