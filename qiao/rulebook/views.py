"""The rulebook as people read it."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from qiao.kernel import clock
from qiao.orgs.models import Congress
from qiao.ui.http import Request, page

from . import queries
from .models import CalendarYear


@require_safe
def index(request: Request) -> HttpResponse:
    """Every rule of the congress one acts for, with its source, and the tables of days off that are known."""
    actor = request.actor
    congress = Congress.objects.visible_to(actor).filter(pk__in=actor.congresses).first()
    context = {
        "congress": congress,
        "chapters": queries.chapters(congress, clock.today()) if congress else [],
        "tables": CalendarYear.objects.visible_to(actor).order_by("-year"),
    }
    return page(request, "rulebook/index.html", context)
