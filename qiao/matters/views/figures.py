"""The rates that reports quote, each with its rows one click away (P5)."""

from typing import Any
from urllib.parse import urlencode

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from qiao.congress.models import Term
from qiao.kernel import clock
from qiao.kernel.errors import NotAllowed
from qiao.rulebook.queries import rules_for
from qiao.ui.http import Request, page
from qiao.ui.listing import EXPORTS

from .. import figures as rates
from ..forms import FigureFilters
from ..listing import PERIOD
from ..models import Suggestion


def _asked(form: FigureFilters) -> dict[str, Any]:
    """The filters in force; what was typed wrongly is said by the form and left out."""
    form.is_valid()
    return {key: value for key, value in getattr(form, "cleaned_data", {}).items() if value not in (None, "")}


def _in_address(given: dict[str, Any]) -> dict[str, str]:
    return {key: str(getattr(value, "pk", value)) for key, value in given.items()}


@require_safe
def index(request: Request) -> HttpResponseBase:
    """Every rate with its numbers and its meaning, narrowed as the address asks; as a table, a chart or a file."""
    actor = request.actor
    if not (actor.units or "suggestion.oversee" in actor.grants):
        raise NotAllowed(_("Figures are for the congress's staff and its units."))
    congress = actor.post.congress
    newest = Term.objects.filter(congress__in=actor.congresses).order_by("-starts").first()
    form = FigureFilters(request.GET or {"term": newest and newest.pk}, congress_ids=actor.congresses)
    given = _asked(form)
    seen: Any = Suggestion.objects.visible_to(actor)
    for key, value in given.items():
        seen = PERIOD[key](seen, value)
    unit = given["unit"].pk if "unit" in given else None
    rows = rates.population(seen, actor, unit)
    found = rates.figures(rows, rates.rates(congress, rules_for(congress, clock.today()), unit))
    if (kind := request.GET.get("export", "")) in EXPORTS:
        heading = [_("Rate"), _("Value"), _("Counted"), _("Out of"), _("What it means")]
        cells = ([str(f.rate.label), f.in_words, str(f.part), str(f.whole), str(f.rate.definition)] for f in found)
        return EXPORTS[kind]("figures", heading, cells)
    narrowed, here = _in_address(given), reverse("matters:index")
    lines = [
        {
            "figure": f,
            "part_url": f"{here}?{urlencode({**narrowed, 'figure': f'{f.rate.key}-part'})}",
            "whole_url": f"{here}?{urlencode({**narrowed, 'figure': f'{f.rate.key}-whole'})}",
        }
        for f in found
    ]
    apart = [
        {"label": state.label, "number": number, "url": f"{here}?{urlencode({**narrowed, 'state': state.value})}"}
        for state, number in ([] if actor.units else rates.apart(seen))
    ]
    bars = [{"label": f.rate.label, "value": f.percent or 0, "text": f.in_words} for f in found]
    exports = [{"label": kind.upper(), "url": f"?{urlencode({**narrowed, 'export': kind})}"} for kind in EXPORTS]
    context = {"form": form, "lines": lines, "bars": bars, "exports": exports, "apart": apart, "congress": congress, "today": clock.today()}
    return page(request, "matters/figures.html", context)
