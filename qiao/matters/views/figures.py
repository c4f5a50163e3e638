"""The rates that reports quote, each with its rows one click away (P5)."""

import functools
from typing import Any
from urllib.parse import urlencode

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from qiao.congress.models import Term
from qiao.kernel import clock
from qiao.kernel.errors import NotAllowed
from qiao.kernel.policy import Actor
from qiao.rulebook.queries import rules_for
from qiao.ui.http import Request, page
from qiao.ui.listing import EXPORTS

from .. import assisted
from .. import figures as rates
from ..forms import FigureFilters
from ..forms.lists import SUBMITTERS
from ..listing import PERIOD
from ..models import Suggestion

ASSISTING = "assisting"
"""In the address, that a file is of the assisting units."""
MOST_UNITS = 40
"""So many units stand on the page, the busiest first; the file has all."""


def _asked(form: FigureFilters) -> dict[str, Any]:
    """The filters in force; what was typed wrongly is said by the form and left out."""
    form.is_valid()
    return {key: value for key, value in getattr(form, "cleaned_data", {}).items() if value not in (None, "")}


def _seen(actor: Actor, given: dict[str, Any], but: str = "") -> Any:
    """What the actor sees, narrowed by what is given, one thing left out."""
    asked = {key: value for key, value in given.items() if key != but}
    return functools.reduce(lambda rows, key: PERIOD[key](rows, asked[key]), asked, Suggestion.objects.visible_to(actor))


def _in_address(given: dict[str, Any]) -> dict[str, str]:
    return {key: str(getattr(value, "pk", value)) for key, value in given.items()}


def _behind(narrowed: dict[str, str], **more: str) -> str:
    """Where the list of what a number counts is."""
    return f"{reverse('matters:index')}?{urlencode({**narrowed, **more})}"


def _line(figure: rates.Figure, narrowed: dict[str, str]) -> dict[str, Any]:
    """A rate with the addresses of what it counts, and out of what."""
    sides = {f"{side}_url": _behind(narrowed, figure=f"{figure.rate.key}-{side}") for side in ("part", "whole")}
    return {"figure": figure, **sides}


def _files(narrowed: dict[str, str]) -> list[dict[str, str]]:
    """Where the figures are had as a file, by kind."""
    return [{"label": kind.upper(), "url": f"?{urlencode({**narrowed, 'export': kind})}"} for kind in EXPORTS]


def _as_file(kind: str, found: list[rates.Figure]) -> HttpResponseBase:
    heading = [_("Rate"), _("Value"), _("Counted"), _("Out of"), _("What it means")]
    cells = ([str(f.rate.label), f.in_words, str(f.part), str(f.whole), str(f.rate.definition)] for f in found)
    return EXPORTS[kind]("figures", heading, cells)


def _assisting_as_file(kind: str, found: list[assisted.Assisting]) -> HttpResponseBase:
    heading = [_("Unit"), _("Opinions asked"), _("Given in time"), _("Late"), _("Not due yet"), _("Not needed any more"), _("Rate in time")]
    cells = ([one.name, *map(str, (one.asked, one.in_time, one.late, one.waiting, one.spared)), one.rate] for one in found)
    return EXPORTS[kind]("assisting-units", heading, cells)


def _assisting(helped: list[assisted.Assisting], narrowed: dict[str, str]) -> dict[str, Any]:
    """What the page says of assisting units."""
    return {
        "helped": helped[:MOST_UNITS],
        "all_helped": assisted.together(helped, _("All units")) if len(helped) > 1 else None,
        "more_helped": max(len(helped) - MOST_UNITS, 0),
        "helped_exports": _files({**narrowed, "of": ASSISTING}),
    }


@require_safe
def index(request: Request) -> HttpResponseBase:
    """Every rate with its numbers and its meaning, narrowed as the address asks; as a table, a chart or a file."""
    actor = request.actor
    if not (actor.units or "suggestion.oversee" in actor.grants):
        raise NotAllowed(_("Figures are for the congress's staff and its units."))
    congress, today = actor.post.congress, clock.today()
    newest = Term.objects.filter(congress__in=actor.congresses).order_by("-starts").first()
    form = FigureFilters(request.GET or {"term": newest and newest.pk}, congress_ids=actor.congresses)
    given = _asked(form)
    seen = _seen(actor, given)
    unit = given["unit"].pk if "unit" in given else None
    rows = rates.population(seen, actor, unit)
    found = rates.figures(rows, rates.rates(congress, rules_for(congress, today), unit))
    helped = assisted.by_unit(_seen(actor, given, but="unit"), actor, unit)
    if (kind := request.GET.get("export", "")) in EXPORTS:
        return _assisting_as_file(kind, helped) if request.GET.get("of") == ASSISTING else _as_file(kind, found)
    narrowed = _in_address(given)
    context = {
        "form": form,
        "lines": [_line(f, narrowed) for f in found],
        "bars": [{"label": f.rate.label, "value": f.percent or 0, "text": f.in_words} for f in found],
        "exports": _files(narrowed),
        "apart": [
            {"label": state.label, "number": number, "url": _behind(narrowed, state=state.value)}
            for state, number in ([] if actor.units else rates.apart(seen))
        ],
        "submitters": [
            {"label": dict(SUBMITTERS)[key], "number": number, "url": _behind(narrowed, submitter=key)}
            for key, number in rates.by_submitter(rows)
        ],
        **_assisting(helped, narrowed),
        "congress": congress,
        "today": today,
    }
    return page(request, "matters/figures.html", context)
