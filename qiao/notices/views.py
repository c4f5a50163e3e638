"""One's notices. Looking at the list changes nothing; opening one or marking it is posted."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qiao.accounts.models import User
from qiao.ui.forms import carry_out
from qiao.ui.http import Request, done, fetch, page

from . import operations, queries
from .forms import PreferenceForm
from .listing import NOTICES
from .models import Channel, Notice, Preference


@require_safe
def index(request: Request) -> HttpResponse:
    """The person's notices, unread first."""
    shown = NOTICES.show(request, queries.mine(request.actor))
    only_unread = shown.given.get("show") == "unread"
    return page(request, "notices/index.html", {"shown": shown, "only_unread": only_unread, "unread": queries.unread_count(request.user)})


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
    chosen, channels = Preference.objects.visible_to(request.actor).first(), list(Channel)
    form = PreferenceForm(request.POST or None, channels=channels, initial=PreferenceForm.standing(chosen, channels))
    if form.is_valid():
        user = get_object_or_404(User, pk=request.user.pk)
        if carry_out(form, operations.prefer, user, actor=request.actor, **form.given()):
            return done(request, _("Your choices are saved."), reverse("notices:preferences"))
    hours = queries.hours_of_congress(request.actor)
    context = {"form": form, "hours": hours, "email": request.user.person.email}
    return page(request, "notices/preferences.html", context, status=422 if form.is_bound else 200)
