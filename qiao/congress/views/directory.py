"""The directory: congresses and their line of tiers, deputies, structure, handling units, areas."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from qiao.kernel import clock
from qiao.orgs.models import Area, Congress, Unit
from qiao.orgs.policy import found_below, keep_directory
from qiao.orgs.queries import areas_below, congresses_above, congresses_below, lying_around
from qiao.ui.http import Request, fetch, page

from .. import figures, queries
from ..acts import offered
from ..forms import DayForm
from ..listing import AREAS, CONGRESSES, UNITS, area_crumbs, deputies_list, seat_of
from ..models import Mandate, Term
from ..policy import ask_leave, open_person

PK_DIGITS = 15


def pk_in(request: HttpRequest, name: str) -> int | None:
    """A primary key in the address: None if there is none, 0 if it cannot be one."""
    text = request.GET.get(name, "")
    return (int(text) if text.isdecimal() and len(text) <= PK_DIGITS else 0) if text else None


def chosen(request: Request) -> Congress | None:
    """The congress that the address names, else the one acted for."""
    pk = pk_in(request, "congress")
    if pk is not None:
        return fetch(Congress.objects.select_related("area"), request.actor, pk)
    return request.actor.post.congress if request.actor.post else None


def needed(request: Request) -> Congress:
    """The congress chosen; without one there is nothing to list."""
    congress = chosen(request)
    if congress is None:
        raise Http404
    return congress


def chosen_term(request: Request, congress: Congress) -> Term | None:
    """The term that the address names, if it is one of the congress; else the current one."""
    pk = pk_in(request, "term")
    named = Term.objects.visible_to(request.actor).filter(congress=congress, pk=pk).first() if pk else None
    return named or queries.term_on(congress, clock.today())


@login_not_required
@require_safe
def index(request: Request) -> HttpResponse:
    """A congress: its place in the line of tiers, terms, sessions, organs, and counts that lead to the lists."""
    congress = chosen(request)
    if congress is None:
        return redirect("congress:congresses")
    overview = queries.overview_of(congress, clock.today(), request.actor)
    context = {
        "congress": congress,
        "above": congresses_above(congress),
        "below": congresses_below(congress, request.actor)[:200],
        "overview": overview,
        "today": clock.today(),
        "acts": offered("term", request.actor, overview.term) if overview.term else [],
        "can_keep": bool(keep_directory(request.actor, congress)),
        "corrects": "person.open" in request.actor.grants and congress.pk in request.actor.congresses,
        "founding": [act for noun in ("term", "organ", "congress") for act in offered(noun, request.actor, congress)],
        "founds": bool(found_below(request.actor, congress)),
        "shaping": [act for noun in ("session", "delegation") for act in offered(noun, request.actor, overview.term)],
    }
    return page(request, "congress/index.html", context)


@login_not_required
@require_safe
def congresses(request: Request) -> HttpResponseBase:
    """All congresses of the installation."""
    shown = CONGRESSES.show(request, Congress.objects.visible_to(request.actor).select_related("area", "superior"))
    if shown.export:
        return shown.download()
    return page(request, "congress/congresses.html", {"shown": shown})


@login_not_required
@require_safe
def deputies(request: Request) -> HttpResponseBase:
    """The deputies of one term of a congress."""
    congress = chosen(request)
    if congress is None:
        return redirect("congress:congresses")
    term = chosen_term(request, congress)
    rows = Mandate.objects.visible_to(request.actor).filter(term=term).for_list()
    day = DayForm(request.GET).day() or clock.today()
    keeps = bool(keep_directory(request.actor, congress))
    shown = deputies_list(day, whole=bool(request.GET.get("export"))).show(
        request, rows, of=congress, shown_term=term, inside=keeps, initial={"congress": congress.pk}
    )
    if shown.export:
        return shown.download()
    context = {"shown": shown, "congress": congress, "term": term, "can_keep": keeps}
    return page(request, "congress/deputies.html", context)


@login_not_required
@require_safe
def deputy(request: Request, pk: int) -> HttpResponse:
    """A deputy's card: what the law makes public; means of contact for those who may see them."""
    mandate = fetch(Mandate.objects.for_list().select_related("person__user__refusal"), request.actor, pk)
    keeps, opens = bool(ask_leave(request.actor, mandate)), bool(open_person(request.actor, mandate.person))
    context = {
        "mandate": mandate,
        "person": mandate.person,
        "seat": seat_of(mandate),
        "contact": queries.sees_contact(request.actor, mandate),
        "own": mandate.person_id in request.actor.people,
        "opens": opens,
        "holds": opens and "directory.manage" in request.actor.grants,
        "groups": queries.groups_of(mandate, request.actor),
        "reads_groups": request.actor.user is not None,
        "others": queries.other_mandates(mandate, request.actor),
        "acts": offered("mandate", request.actor, mandate),
        "person_acts": offered("person", request.actor, mandate.person),
        "decisions": queries.decisions_on(mandate, request.actor),
        "sessions": figures.by_session(mandate, request.actor) if keeps else [],
        "absent": figures.absences_of(mandate) if keeps else [],
        "records_leave": keeps and mandate.is_exercised and mandate.person_id not in request.actor.people,
        "reads_suggestions": queries.reads_suggestions(request.actor, mandate),
        "opens_account": "account.manage" in request.actor.grants and not hasattr(mandate.person, "user"),
    }
    return page(request, "congress/deputy.html", context)


@require_safe
def units(request: Request) -> HttpResponseBase:
    """The handling units of a congress."""
    congress = needed(request)
    rows = Unit.objects.visible_to(request.actor).filter(congress=congress).select_related("organ")
    shown = UNITS.show(request, rows, of=congress, initial={"congress": congress.pk})
    if shown.export:
        return shown.download()
    context = {"shown": shown, "congress": congress, "today": clock.today(), "can_keep": bool(keep_directory(request.actor, congress))}
    return page(request, "congress/units.html", context)


@require_safe
def unit(request: Request, pk: int) -> HttpResponse:
    """A handling unit's card."""
    found = fetch(Unit.objects.select_related("organ", "congress", "coordinator"), request.actor, pk)
    context = {"unit": found, "departments": list(found.departments.all()), "today": clock.today()}
    context["acts"] = offered("unit", request.actor, found)
    return page(request, "congress/unit.html", context)


@require_safe
def areas(request: Request) -> HttpResponseBase:
    """The tree of areas, level by level; words search the whole of it."""
    today, code = clock.today(), request.GET.get("within", "")
    rows = Area.objects.visible_to(request.actor).on(today).select_related("congress")
    here = get_object_or_404(rows, code=code if code.isdecimal() else "-") if code else None
    below = areas_below(here, today, request.actor, everywhere=bool(request.GET.get("q", "").strip()))
    shown = AREAS.show(request, below, initial={"within": code})
    if shown.export:
        return shown.download()
    crumbs = area_crumbs(here, lying_around(here, today, request.actor) if here else [])
    return page(request, "congress/areas.html", {"shown": shown, "here": here, "crumbs": crumbs})
