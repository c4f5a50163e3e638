"""One's saved views, and saving one."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qiao.ui.forms import carry_out
from qiao.ui.http import Request, done, fetch, page

from . import operations
from .forms import SaveForm
from .models import SavedView

SHOWN = 200
"""One's own are at most fifty; of those that colleagues share the first are shown."""


@require_safe
def index(request: Request) -> HttpResponse:
    """One's own views and those that colleagues share, by name."""
    views = list(SavedView.objects.visible_to(request.actor).select_related("user__person").order_by("name", "pk")[:SHOWN])
    own = [view for view in views if view.user_id == request.user.pk]
    return page(request, "saved_views/index.html", {"own": own, "shared": [view for view in views if view not in own]})


@require_http_methods(["GET", "HEAD", "POST"])
def save(request: Request) -> HttpResponse:
    """Ask for the name of the list one comes from, keep it, and go back there."""
    form = SaveForm(request.POST or None, initial={"address": request.GET.get("of", "")})
    if form.is_valid() and (view := carry_out(form, operations.save_view, request.user, actor=request.actor, **form.cleaned_data)):
        return done(request, _("Saved. You find it under “Saved views”."), view.url)
    address = request.POST.get("address") or request.GET.get("of", "")
    back = address if address.startswith("/") and not address.startswith("//") else reverse("saved_views:index")
    return page(request, "saved_views/save.html", {"form": form, "back": back}, status=422 if form.is_bound else 200)


@require_POST
def remove(request: Request, pk: int) -> HttpResponse:
    """Forget a view."""
    view = fetch(SavedView, request.actor, pk)
    operations.remove_view(view, actor=request.actor)
    return done(request, _("“%(name)s” is removed.") % {"name": view.name}, reverse("saved_views:index"))
