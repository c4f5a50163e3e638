"""The rulebook as people read it."""

from django.http import HttpRequest, HttpResponse

from qiao.kernel import clock
from qiao.orgs.models import Congress
from qiao.ui.http import page

from . import queries
from .models import CalendarYear


def index(request: HttpRequest) -> HttpResponse:
    """Every rule of the congress one acts for, with its source, and the tables of days off that are known."""
    actor = request.actor  # type: ignore[attr-defined]
    congress = Congress.objects.visible_to(actor).filter(pk__in=actor.congresses).first()
    context = {
        "congress": congress,
        "chapters": queries.chapters(congress, clock.today()) if congress else [],
        "tables": CalendarYear.objects.visible_to(actor).order_by("-year"),
    }
    return page(request, "rulebook/index.html", context)
