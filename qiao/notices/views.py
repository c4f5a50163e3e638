"""One's notices. Looking at the list changes nothing; opening one or marking it is posted."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from qiao.accounts.models import User
from qiao.ui.http import Request, done, fetch, page

from . import operations, queries
from .listing import NOTICES
from .models import Notice


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
