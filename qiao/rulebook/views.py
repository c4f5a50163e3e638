"""The rulebook as people read and change it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from qiao.kernel import clock
from qiao.kernel.operation import demand
from qiao.orgs.models import Congress
from qiao.ui.forms import carry_out
from qiao.ui.http import Request, done, fetch, page

from . import operations, policy, presets, reading
from .acts import ACTS, offered
from .catalogue import CATALOGUE, Parameter
from .forms import AdoptForm, PlaceForm, ReadForm, SetForm
from .models import CalendarYear, Provision

PK_DIGITS = 15


def chosen(request: Request) -> Congress | None:
    """The congress that the address names, else the one acted for."""
    named = request.GET.get("congress", "")
    if named.isdecimal() and len(named) <= PK_DIGITS:
        return fetch(Congress, request.actor, named)
    return request.actor.post.congress if request.actor.post else None


def needed(request: Request, key: str) -> tuple[Congress, Parameter]:
    """The congress chosen and the parameter of the address; without either there is nothing here."""
    congress = chosen(request)
    if congress is None or key not in CATALOGUE:
        raise Http404
    return congress, CATALOGUE[key]


def address_of(provision: Provision) -> str:
    """The page of the rule that a value belongs to."""
    return reverse("rulebook:rule", args=[provision.key], query={"congress": provision.congress_id})


@require_safe
def index(request: Request) -> HttpResponse:
    """Every rule of a congress on a day, with its source, narrowed as one asks; and the tables of days off that are known."""
    congress, form = chosen(request), ReadForm(request.GET or None)
    day = form.given("on") or clock.today()
    every = reading.lines(congress, day) if congress else {}
    found = reading.narrowed(every, form)
    context = {
        "congress": congress,
        "form": form,
        "chapters": reading.chapters(found),
        "found": len(found),
        "every": every,
        "day": day,
        "is_today": day == clock.today(),
        "keeps": congress is not None and bool(policy.keep_rulebook(request.actor, congress)),
        "tables": CalendarYear.objects.visible_to(request.actor).order_by("-year"),
    }
    return page(request, "rulebook/index.html", context)


@require_safe
def rule(request: Request, key: str) -> HttpResponse:
    """One rule: what it means, what holds, what will, what held, and what other places say."""
    congress, parameter = needed(request, key)
    moments = reading.history(congress, key)
    context = {
        "congress": congress,
        "parameter": parameter,
        "line": reading.lines(congress, clock.today())[key],
        "moments": moments,
        "acts": {m.provision.pk: offered(request.actor, m.provision) for m in moments if m.provision.is_lasting},
        "starts": reading.starts(parameter),
        "elsewhere": reading.elsewhere(parameter),
        "keeps": bool(policy.keep_rulebook(request.actor, congress)),
        "today": clock.today(),
    }
    return page(request, "rulebook/rule.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request, key: str) -> HttpResponse:
    """Give a rule a new value from a day on."""
    congress, parameter = needed(request, key)
    demand(operations.set_provision.guard, request.actor, congress)
    line = reading.lines(congress, clock.today())[key]
    initial = {"valid_from": clock.today()}
    form = SetForm(request.POST if request.method == "POST" else None, parameter=parameter, value=line.value, initial=initial)
    back = reverse("rulebook:rule", args=[key], query={"congress": congress.pk})
    if form.is_valid():
        made = carry_out(form, operations.set_provision, congress, actor=request.actor, key=key, **form.given())
        if made:
            return done(request, reading.said_of(made), back)
    context: dict[str, Any] = {"congress": congress, "parameter": parameter, "line": line, "form": form, "back": back}
    return page(request, "rulebook/change.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: Request) -> HttpResponse:
    """One's own rules beside those of another place; whoever keeps the rulebook adopts what they choose of them."""
    congress = chosen(request)
    if congress is None:
        raise Http404
    keeps = bool(policy.keep_rulebook(request.actor, congress))
    choice = PlaceForm(request.GET if "preset" in request.GET else None, initial={"congress": congress.pk})
    preset, every = choice.given()
    pairs = [pair for pair in reading.beside(reading.lines(congress, clock.today()).values(), preset) if pair.theirs]
    form = AdoptForm(request.POST if request.method == "POST" else None, pairs=[pair for pair in pairs if not pair.is_laid_down])
    if form.is_bound:
        demand(operations.apply_preset.guard, request.actor, congress)
    if form.is_valid():
        given = form.cleaned_data
        if carry_out(form, operations.apply_preset, congress, actor=request.actor, preset=preset, **given):
            return done(request, _("The rules are adopted."), reverse("rulebook:index", query={"congress": congress.pk, "show": "own"}))
    context = {
        "congress": congress,
        "choice": choice,
        "place": presets.names()[preset],
        "chapters": reading.chapters(pair for pair in pairs if every or pair.differs),
        "form": form if keeps else None,
    }
    return page(request, "rulebook/compare.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def perform(request: Request, pk: int, verb: str) -> HttpResponse:
    """Correct, withdraw, end or resume one value."""
    if verb not in ACTS:
        raise Http404
    act, provision = ACTS[verb], fetch(Provision.objects.select_related("congress"), request.actor, pk)
    demand(act.run.guard, request.actor, provision)
    form = act.form(request.POST if request.method == "POST" else None, subject=provision)
    back = address_of(provision)
    if form.is_valid() and carry_out(form, act.run, provision, actor=request.actor, **form.given()):
        return done(request, str(act.said), back)
    context = {"act": act, "form": form, "provision": provision, "parameter": CATALOGUE.get(provision.key), "back": back}
    return page(request, "rulebook/act.html", context, status=422 if form.is_bound else 200)
