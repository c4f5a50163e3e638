"""How the body is made up as of a day, alone or beside another day or term: page, file, print."""

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from qiao.kernel import clock
from qiao.orgs.models import Congress
from qiao.ui.http import Request, page
from qiao.ui.listing import EXPORTS

from .. import queries
from ..forms import DayForm
from ..listing import numbers_of, parts_of, table_of
from ..models import Term
from .directory import needed

TERMS_OFFERED = 12


@require_safe
def structure(request: Request) -> HttpResponseBase:
    """Every number is the length of the list it leads to; beside another day each says how it has changed."""
    congress, shown = needed(request), _shown(request)
    asked = request.GET.get("export", "")
    if shown["structure"] and asked in EXPORTS:
        return EXPORTS[asked]("structure", *table_of(shown["parts"], shown["structure"], shown["against"]))
    terms = Term.objects.visible_to(request.actor).filter(congress=congress).order_by("-number")[:TERMS_OFFERED]
    base = request.GET.copy()
    base.pop("export", None)
    more = {
        "form": DayForm({"congress": congress.pk, "on": shown["day"], "against": shown["against"] and shown["against"].day}),
        "terms": [{"term": term, "day": _last_day(term)} for term in terms if term != (shown["structure"] and shown["structure"].term)],
        "print_query": f"?{base.urlencode()}",
        "exports": [{"label": kind.upper(), "url": f"?{_with(base, export=kind)}"} for kind in EXPORTS],
    }
    return page(request, "congress/structure.html", shown | more)


@require_safe
def printed(request: Request) -> HttpResponse:
    """The same numbers as one table for paper."""
    shown = _shown(request)
    heading, rows = table_of(shown["parts"], shown["structure"], shown["against"]) if shown["structure"] else ([], [])
    return page(request, "congress/print_structure.html", shown | {"heading": heading, "rows": rows, "query": request.GET.urlencode()})


def _shown(request: Request) -> dict[str, Any]:
    """The structure of the day asked for, and of the one it is compared with."""
    congress, form = needed(request), DayForm(request.GET)
    day, other = form.day() or clock.today(), form.day("against")
    made_up = _structure(request, congress, day)
    against = _structure(request, congress, other) if made_up and other else None
    return {
        "congress": congress,
        "day": day,
        "structure": made_up,
        "against": against,
        "numbers": numbers_of(made_up) if made_up else None,
        "parts": parts_of(made_up, against) if made_up else [],
    }


def _structure(request: Request, congress: Congress, day: dt.date) -> Any:
    term = queries.term_on(congress, day)
    return queries.structure_of(term, day, request.actor) if term else None


def _last_day(term: Term) -> dt.date:
    """The day on which a term is looked at: its last, or today."""
    today = clock.today()
    return min(term.ends, today) if term.ends else max(term.starts, today)


def _with(query: Any, **more: str) -> str:
    changed = query.copy()
    changed.update(more)
    return str(changed.urlencode())
