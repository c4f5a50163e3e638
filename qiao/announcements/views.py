"""Announcements: staff write, preview and send; everybody who was told reads."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qiao.kernel.errors import NotAllowed
from qiao.orgs.models import Congress
from qiao.ui.forms import carry_out
from qiao.ui.http import Request, done, fetch, page

from . import operations, policy, queries
from .forms import AnnouncementForm
from .listing import ANNOUNCEMENTS
from .models import Announcement


def _own(request: Request) -> Congress:
    """The congress acted for, if the actor may speak for it."""
    said = policy.send(request.actor)
    if not said:
        raise NotAllowed(said.reason, "announcement.send")
    return get_object_or_404(Congress, pk__in=request.actor.congresses)


@require_safe
def index(request: Request) -> HttpResponse:
    """The announcements of the congress: drafts, those under way, those sent."""
    rows = Announcement.objects.visible_to(request.actor).filter(congress=_own(request)).select_related("by__person")
    return page(request, "announcements/index.html", {"shown": ANNOUNCEMENTS.show(request, rows)})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Write one; it is kept as a draft and shown with the number of those it reaches."""
    own = _own(request)
    form = AnnouncementForm(request.POST or None, congress=own.pk, initial=AnnouncementForm.standing(None))
    if form.is_valid():
        made = carry_out(form, operations.write, own, actor=request.actor, **form.given())
        if made:
            return redirect("announcements:show", made.pk)
    context = {"form": form, "cancel": reverse("announcements:index")}
    return page(request, "announcements/edit.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Change a draft."""
    own, held = _own(request), fetch(Announcement, request.actor, pk)
    form = AnnouncementForm(request.POST or None, congress=own.pk, initial=AnnouncementForm.standing(held))
    if form.is_valid() and carry_out(form, operations.revise, held, actor=request.actor, **form.given()):
        return redirect("announcements:show", pk)
    context = {"form": form, "held": held, "cancel": reverse("announcements:show", args=[pk])}
    return page(request, "announcements/edit.html", context, status=422 if form.is_bound else 200)


@require_safe
def show(request: Request, pk: int) -> HttpResponse:
    """The text for whoever was told; for staff also whom it reaches, and how far the telling has come."""
    held = fetch(Announcement.objects.select_related("congress", "by__person"), request.actor, pk)
    keeps = bool(policy.keep(request.actor, held))
    preview = queries.preview(held) if keeps and held.released_at is None else None
    context = {"held": held, "keeps": keeps, "preview": preview}
    return page(request, "announcements/show.html", context, part="part")


@require_POST
def release(request: Request, pk: int) -> HttpResponse:
    """Send it to everybody it is for."""
    operations.release(fetch(Announcement, request.actor, pk), actor=request.actor)
    return done(request, _("The announcement is being sent."), reverse("announcements:show", args=[pk]))
