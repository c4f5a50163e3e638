"""One's notices, and for those who look after the sending what did not go out.

Looking at the list changes nothing; opening one or marking it is posted.
"""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qiao.accounts.models import User
from qiao.kernel.errors import NotAllowed
from qiao.kernel.policy import Actor
from qiao.orgs.models import Congress
from qiao.ui.forms import carry_out
from qiao.ui.http import Request, done, fetch, page
from qiao.ui.listing import Shown

from . import operations, policy, queries
from .channels import PHONE, gateway
from .forms import PreferenceForm
from .listing import DELIVERIES, NOTICES
from .models import NOT_OUT, Address, Attempt, Delivery, DeliveryState, Notice, Preference, Refusal


@require_safe
def index(request: Request) -> HttpResponse:
    """The person's notices, unread first."""
    shown = NOTICES.show(request, queries.mine(request.actor))
    context = {
        "shown": shown,
        "only_unread": shown.given.get("show") == "unread",
        "unread": queries.unread_count(request.user),
        "looks_after": bool(policy.manage(request.actor)),
    }
    return page(request, "notices/index.html", context)


@require_POST
def open_notice(request: Request, pk: int) -> HttpResponse:
    """Mark a notice as read and go to the page it is about."""
    notice = operations.mark_read(fetch(Notice, request.actor, pk), actor=request.actor)
    return redirect(notice.url)


@require_POST
def read(request: Request, pk: int) -> HttpResponse:
    """Mark a notice as read without going there."""
    operations.mark_read(fetch(Notice, request.actor, pk), actor=request.actor)
    return done(request, _("Marked as read."), reverse("notices:index"))


@require_POST
def read_all(request: Request) -> HttpResponse:
    """Mark all notices as read."""
    operations.mark_all_read(get_object_or_404(User, pk=request.user.pk), actor=request.actor)
    return done(request, _("All notices are marked as read."), reverse("notices:index"))


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: Request) -> HttpResponse:
    """Choose what reaches one outside the product, and when."""
    chosen = Preference.objects.visible_to(request.actor).first()
    addresses = {one.channel: one.value.plain for one in Address.objects.visible_to(request.actor)}
    ways = queries.ways_of(request.user.pk)
    form = PreferenceForm(request.POST or None, ways=ways, initial=PreferenceForm.standing(chosen, ways, addresses))
    if form.is_valid():
        user = get_object_or_404(User, pk=request.user.pk)
        if carry_out(form, operations.prefer, user, actor=request.actor, **form.given()):
            return done(request, _("Your choices are saved."), reverse("notices:preferences"))
    person = request.user.person
    context = {
        "form": form,
        "hours": queries.hours_of_congress(request.actor),
        "email": person.email,
        "refusal": Refusal.objects.visible_to(request.actor).first(),
        "phone": person.phone,
        "uses_phone": [way.label for way in ways if PHONE in gateway(way)],
    }
    return page(request, "notices/preferences.html", context, status=422 if form.is_bound else 200)


def _demand(actor: Actor) -> None:
    said = policy.manage(actor)
    if not said:
        raise NotAllowed(said.reason, "delivery.manage")


def _stuck(request: Request) -> Shown:
    """The deliveries that the address asks for; without a state those that were given up."""
    rows = Delivery.objects.visible_to(request.actor).select_related("notice__user__person")
    return DELIVERIES.show(request, rows if request.GET.get("state") else rows.filter(state=DeliveryState.FAILED))


@require_safe
def deliveries(request: Request) -> HttpResponseBase:
    """What did not go out, to whom and why; the rest by the filter."""
    _demand(request.actor)
    shown = _stuck(request)
    if shown.export:
        return shown.download()
    return page(request, "notices/deliveries.html", {"shown": shown, "stuck": any(one.is_stuck for one in shown.rows)})


@require_safe
def delivery(request: Request, pk: int) -> HttpResponse:
    """Every try of one delivery."""
    _demand(request.actor)
    (one,) = queries.named([fetch(Delivery.objects.select_related("notice__user__person"), request.actor, pk)])
    tries = Attempt.objects.visible_to(request.actor).filter(delivery=one).select_related("by__person").order_by("-pk")[:50]
    return page(request, "notices/delivery.html", {"one": one, "tries": tries})


@require_POST
def resend(request: Request) -> HttpResponse:
    """Send again: one, those ticked, or all that the filter finds."""
    _demand(request.actor)
    if "all" in request.POST:
        chosen = list(_stuck(request).found.filter(state__in=NOT_OUT).values_list("pk", flat=True)[: operations.MOST])
    else:
        chosen = [int(pk) for pk in request.POST.getlist("only") or request.POST.getlist("chosen") if pk.isdecimal()]
    own = get_object_or_404(Congress, pk__in=request.actor.congresses)
    note = ", ".join(map(str, sorted(chosen)))[:1000]
    operations.resend(own, actor=request.actor, deliveries=chosen, note=note)
    return done(request, _("They are being sent again."), reverse("notices:deliveries"))
