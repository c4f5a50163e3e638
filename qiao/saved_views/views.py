"""One's saved views, and saving one."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qiao.ui.forms import carry_out
from qiao.ui.http import Request, done, fetch, page

from . import operations
from .forms import SaveForm
from .models import SavedView

SHOWN = 200
"""Of those that colleagues share; one's own are at most fifty, and all shown."""


@require_safe
def index(request: Request) -> HttpResponse:
    """One's own views and those that colleagues share, by name."""
    views = SavedView.objects.visible_to(request.actor).order_by("name", "pk")
    shared = views.exclude(user=request.user).select_related("user__person")[:SHOWN]
    return page(request, "saved_views/index.html", {"own": views.filter(user=request.user), "shared": shared})


@require_http_methods(["GET", "HEAD", "POST"])
def save(request: Request) -> HttpResponse:
    """Ask for the name of the list one comes from, keep it, and go back there."""
    form = SaveForm(request.POST or None, initial={"address": request.GET.get("of", "")})
    if form.is_valid() and (view := carry_out(form, operations.save_view, request.user, actor=request.actor, **form.cleaned_data)):
        return done(request, _("Saved. You find it under “Saved views”."), view.url)
    address = request.POST.get("address") or request.GET.get("of", "")
    back = address if url_has_allowed_host_and_scheme(address, None) else reverse("saved_views:index")
    return page(request, "saved_views/save.html", {"form": form, "back": back}, status=422 if form.is_bound else 200)


@require_POST
def remove(request: Request, pk: int) -> HttpResponse:
    """Forget a view."""
    view = fetch(SavedView, request.actor, pk)
    operations.remove_view(view, actor=request.actor)
    return done(request, _("“%(name)s” is removed.") % {"name": view.name}, reverse("saved_views:index"))
