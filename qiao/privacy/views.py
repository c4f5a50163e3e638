"""Opening a protected value for one look, and one's own page about one's own data."""

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qiao.accounts.models import Person
from qiao.kernel import clock
from qiao.kernel.errors import NotAllowed
from qiao.kernel.operation import demand
from qiao.matters.models import Suggestion
from qiao.ui.forms import carry_out
from qiao.ui.http import Request, done, fetch, page

from . import operations, queries
from .forms import AskForm, HoldForm, OpenForm, RefuseForm
from .listing import CORRECTIONS, HOLDS
from .models import ON_PERSON, Column, Correction, Hold


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def open_value(request: Request, pk: int, column: str) -> HttpResponse:
    """Ask for the reason, write it down, show the value on this answer and on no other."""
    person = fetch(Person, request.actor, pk)
    if column not in ON_PERSON or not getattr(person, column):
        raise Http404
    demand(operations.open_value.guard, request.actor, person)
    form = OpenForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "person": person, "label": Column(column).label, "masked": getattr(person, column)}
    if form.is_valid() and carry_out(form, operations.open_value, person, actor=request.actor, column=column, **form.cleaned_data):
        return page(request, "privacy/opened.html", context | {"value": getattr(person, column).plain})
    return page(request, "privacy/open.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def open_names(request: Request, pk: int) -> HttpResponse:
    """Ask for the reason, write it down, say who has signed a confidential suggestion on this answer and on no other."""
    suggestion = fetch(Suggestion.objects.select_related("congress", "lead__person"), request.actor, pk)
    demand(operations.open_names.guard, request.actor, suggestion)
    form = OpenForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "suggestion": suggestion}
    if form.is_valid() and carry_out(form, operations.open_names, suggestion, actor=request.actor, **form.cleaned_data):
        return page(request, "privacy/names.html", context | {"signers": queries.signers(suggestion)})
    return page(request, "privacy/open_names.html", context, status=422 if form.is_bound else 200)


def _oneself(request: Request) -> Person:
    found: Person = get_object_or_404(Person, pk=request.user.person_id)
    return found


@never_cache
@require_safe
def mine(request: Request) -> HttpResponse:
    """Everything that is held about the reader: what, from where, what for, how long; and who has looked."""
    person = _oneself(request)
    readings = list(queries.readings_of(person)[: queries.SHOWN])
    context = {"facts": queries.facts(person), "holdings": queries.HOLDINGS, "readings": readings, "source": queries.OF_STAFF}
    context["corrections"] = list(Correction.objects.filter(person=person).order_by("-id")[: queries.SHOWN])
    return page(request, "privacy/mine.html", context)


@never_cache
@require_POST
def take_away(request: Request, form: str) -> HttpResponse:
    """A copy to keep: JSON for another program, or a document to read and print."""
    if form not in {"json", "html"}:
        raise Http404
    person = operations.take_away(_oneself(request), actor=request.actor)
    if form == "json":
        answer: HttpResponse = JsonResponse(
            queries.everything(person), encoder=DjangoJSONEncoder, json_dumps_params={"ensure_ascii": False, "indent": 1}
        )
    else:
        context = {"person": person, "facts": queries.facts(person), "told": queries.told(person), "now": clock.now()}
        answer = page(request, "privacy/document.html", context | {"title": _("What is held about me")})
    answer.headers["Content-Disposition"] = f'attachment; filename="my-data.{form}"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Request) -> HttpResponse:
    """Ask the staff to put one of one's data right."""
    form = AskForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and carry_out(form, operations.ask_correction, _oneself(request), actor=request.actor, **form.cleaned_data):
        return done(request, _("Sent. You will hear when the staff have answered."), reverse("privacy:mine"))
    return page(request, "privacy/ask.html", {"form": form}, status=422 if form.is_bound else 200)


@require_safe
def corrections(request: Request) -> HttpResponse:
    """What people ask the staff of the congress to put right."""
    demand_keeper(request)
    rows = Correction.objects.visible_to(request.actor).filter(congress__in=request.actor.congresses).select_related("person")
    return page(request, "privacy/corrections.html", {"shown": CORRECTIONS.show(request, rows)})


@require_safe
def retention(request: Request) -> HttpResponse:
    """What is kept for how long, what is due in the next days, what was deleted lately, and whose data are on hold."""
    demand_keeper(request)
    shown = HOLDS.show(request, Hold.objects.filter(congress__in=request.actor.congresses).select_related("person"))
    return page(request, "privacy/retention.html", {"terms": queries.terms(request.actor.post.congress), "shown": shown})


@require_http_methods(["GET", "HEAD", "POST"])
def place_hold(request: Request, pk: int) -> HttpResponse:
    """Keep a person's data beyond their term."""
    person = fetch(Person, request.actor, pk)
    demand(operations.place_hold.guard, request.actor, person)
    form = HoldForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and carry_out(form, operations.place_hold, person, actor=request.actor, **form.cleaned_data):
        return done(request, _("On hold: these data stay until the hold is ended."), reverse("privacy:retention"))
    return page(request, "privacy/hold.html", {"form": form, "person": person, "placing": True}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def lift_hold(request: Request, pk: int) -> HttpResponse:
    """End a hold, for a reason."""
    hold = fetch(Hold.objects.select_related("person"), request.actor, pk)
    demand(operations.lift_hold.guard, request.actor, hold)
    form = HoldForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and carry_out(form, operations.lift_hold, hold, actor=request.actor, **form.cleaned_data):
        return done(request, _("The hold is ended; the terms count again."), reverse("privacy:retention"))
    return page(request, "privacy/hold.html", {"form": form, "person": hold.person, "hold": hold}, status=422 if form.is_bound else 200)


def demand_keeper(request: Request) -> None:
    """Refuse whoever does not keep a directory."""
    if "directory.manage" not in request.actor.grants or request.actor.post is None:
        raise NotAllowed(_("Your post does not include this."), "correction.accept")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def correction(request: Request, pk: int) -> HttpResponse:
    """One request: what stands there, what is asked; put it right, or say why not."""
    found = fetch(Correction.objects.select_related("person"), request.actor, pk)
    accepting = request.POST.get("decision") == "accept"
    form = RefuseForm(request.POST if request.method == "POST" and not accepting else None)
    back = reverse("privacy:corrections")
    if accepting:
        operations.accept_correction(found, actor=request.actor)
        return done(request, _("Put right. The person is told."), back)
    if form.is_valid() and carry_out(form, operations.refuse_correction, found, actor=request.actor, **form.cleaned_data):
        return done(request, _("Left as it is. The person is told why."), back)
    may = bool(operations.accept_correction.guard.check(request.actor, found))
    context = {"correction": found, "form": form, "may": may, "wish": found.wish.plain, "now": getattr(found.person, found.column)}
    return page(request, "privacy/correction.html", context, status=422 if form.is_bound else 200)
