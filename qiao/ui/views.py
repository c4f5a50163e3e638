"""Every component of the design system on one page, with invented examples."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from . import showcase
from .http import page


@login_not_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The reference of everybody who writes a page."""
    return page(request, "ui/index.html", showcase.forms_and_dates() | showcase.lists())
