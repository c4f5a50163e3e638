"""The list, a suggestion's page, why a date is that date."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from qiao.kernel import clock
from qiao.kernel.operation import OPERATIONS
from qiao.kernel.policy import Actor
from qiao.rulebook import reading
from qiao.ui.http import Request, fetch, page

from .. import listing, operations, policy, queries, worklists
from ..acts import ON_THE_CARD, ON_THE_COPY, offered
from ..flow import ASSIGNMENT, REPLY, SUGGESTION
from ..headlines import ICONS, headline
from ..issuers import rank_lacking
from ..models import OURS, WITHDRAWABLE, Assignment, AssignmentState, ClockKind, Opinion, Reply, State, Suggestion
from .delivery import deliveries, face_acts, form_to_meet

DIRECT = {
    # steps with a page of their own, beside the acts: code → address name, words come from the flow
    "suggestion.revise": ("matters:edit", "pencil", "main"),
    "suggestion.invite": ("matters:invite", "user-plus", "plain"),
    "suggestion.evaluate": ("matters:evaluate", "thumbs-up", "main"),
    "assignment.draft_reply": ("matters:draft_reply", "file-pen-line", "main"),
    "reply.revise": ("matters:revise_reply", "file-pen-line", "main"),
}


def _correction(link: dict[str, Any]) -> dict[str, Any]:
    """The deputy has evaluated already and may say it otherwise while it is sealed: offered, not pressed upon them."""
    return link | {"label": _("Correct the evaluation"), "icon": "pencil", "kind": "plain"}


@require_safe
def index(request: Request) -> HttpResponseBase:
    """The suggestions the actor may see, narrowed as the address asks."""
    rows = Suggestion.objects.visible_to(request.actor).exclude(state=State.DISCARDED).for_rows()
    views = worklists.views_for(request.actor)
    offered = [(view.key, view.label) for view in views]
    unit = request.GET.get("unit", "")
    of_unit = int(unit) if unit.isdecimal() and len(unit) < 10 else None  # noqa: PLR2004
    shown = listing.inside(request.actor, views, of_unit).show(request, rows, congress_ids=request.actor.congresses, views=offered)
    if shown.export:
        return shown.download()
    return page(request, "matters/index.html", {"list": shown}, part="rows")


def links_to(actor: Actor, subjects: dict[str, Any], *, rated: bool) -> list[dict[str, Any]]:
    """The steps open now that have a page of their own; ``rated``: the lead deputy has rated every reply, under seal."""
    flows = {"suggestion": SUGGESTION, "assignment": ASSIGNMENT, "reply": REPLY}
    steps = [(o, step) for noun, flow in flows.items() if (o := subjects[noun]) for step in flow.open_to(actor, o) if step.code in DIRECT]
    if subjects["reply"] is not None:  # one reply at a time
        steps = [(o, step) for o, step in steps if step.code != "assignment.draft_reply"]
    found = [(DIRECT[step.code], o, step.label) for o, step in steps]
    links = [{"url": reverse(name, args=[o.pk]), "icon": icon, "kind": kind, "label": label} for (name, icon, kind), o, label in found]
    return [_correction(link) if link["icon"] == "thumbs-up" and rated else link for link in links]


def acts_on(actor: Actor, subjects: dict[str, Any], missing: list[str]) -> list[dict[str, Any]]:
    """The acts offered now, with their addresses; those that a reply is not ready for, or its reader not of the rank, say why."""
    reply = subjects["reply"]
    unsigned = [*missing, rank_lacking(reply.assignment, actor)] if reply else []
    lacking = {"reply.request_approval": missing, "reply.issue": unsigned, "reply.sign": unsigned}
    elsewhere = ON_THE_COPY | ON_THE_CARD
    acts = [(noun, o.pk, act) for noun, o in subjects.items() if o for act in offered(noun, actor, o) if act.code not in elsewhere]
    return [
        {
            "label": act.label,
            "kind": "quiet" if act.tone == "danger" else "plain",
            "leads": act.tone == "main",
            "url": reverse(f"matters:{noun}_act", args=[pk, act.code.split(".")[1]]),
            "why": " ".join(lacking.get(act.code, [])).strip(),
        }
        for noun, pk, act in acts
    ]


def confiding(actor: Actor, subjects: dict[str, Any]) -> list[dict[str, Any]]:
    """What the card on confidentiality offers."""
    there = {noun: subjects[noun] for noun in ("suggestion", "assignment") if subjects[noun]}
    acts = [(noun, o, act) for noun, o in there.items() for act in offered(noun, actor, o) if act.code in ON_THE_CARD]
    return [{"label": act.label, "url": reverse(f"matters:{noun}_act", args=[o.pk, act.code.split(".")[1]])} for noun, o, act in acts]


def put_first(acts: list[dict[str, Any]], links: list[dict[str, Any]], *, ready: bool) -> list[dict[str, Any]]:
    """One button is the main one: a page of its own, unless the draft or the reply is ready to go on; else the first act that leads on."""
    if links and not ready:
        return [*links, *acts]
    first = next((act for act in acts if act["leads"] and not act["why"]), None)
    others = [link | {"kind": "plain"} if first else link for link in links] + [act for act in acts if act is not first]
    return [first | {"kind": "main"}, *others] if first else others


def own_desk(actor: Actor, d: queries.Dossier) -> dict[str, Any] | None:
    """For the unit that handles it: its contacts with the deputy, and what is missing before the reply can go out (U4)."""
    assignment = d.answering_for(actor)
    if assignment is None or assignment.state != AssignmentState.HANDLING:
        return None
    missing = operations.lacking(assignment, d.unissued)
    first = next((c for c in d.clocks if c.kind == ClockKind.CONTACT and c.assignment_id == assignment.pk and c.ended_on is None), None)
    return {
        "contacts": list(assignment.contacts.all()), "stages": operations.contact_stages(assignment), "first_contact": first,
        "missing": missing, "assistance": operations.assistance(assignment),
    }  # fmt: skip


def again(actor: Actor, opinions: list[Opinion]) -> dict[int, str]:
    """Where the lead unit may send an opinion back: assignment → address."""
    open_ones = {o.assignment_id: o.assignment for o in opinions if ASSIGNMENT["ask_opinion_again"].is_open(actor, o.assignment)}
    return {pk: reverse("matters:assignment_act", args=[pk, "ask_opinion_again"]) for pk in open_ones}


def to_check(actor: Actor, replies: list[Reply]) -> dict[int, str]:
    """Where the unit may say that a reply which went out is checked for secrets: reply → address."""
    return {r.pk: reverse("matters:reply_act", args=[r.pk, "check_secrecy"]) for r in replies if REPLY["check_secrecy"].is_open(actor, r)}


def acted_on(d: queries.Dossier, actor: Actor) -> dict[str, Any]:
    """What on the page of a suggestion something can be done to, by noun."""
    handled = {"assignment": d.assignment_for(actor), "reply": d.unissued, "extension": d.extension_for(actor), "objection": d.objection}
    return {"suggestion": d.suggestion, **handled}


@require_safe
def detail(request: Request, pk: int) -> HttpResponse:
    """All about one suggestion that the actor may see, and what they may do now."""
    suggestion = fetch(Suggestion.objects.for_list().select_related("wished_unit", "passed_to", "split_from"), request.actor, pk)
    d = queries.dossier(suggestion, request.actor)
    subjects = acted_on(d, request.actor)
    desk = own_desk(request.actor, d)
    missing = desk["missing"] if desk else []
    acts, links = acts_on(request.actor, subjects, missing), links_to(request.actor, subjects, rated=not d.unrated)
    is_lead = suggestion.lead.person_id in request.actor.people
    written = suggestion.state == State.DRAFT and all((suggestion.title, suggestion.matter, suggestion.proposal))
    context = {
        "d": d,
        "suggestion": suggestion,
        "headline": headline(suggestion, d.running, subjects["assignment"]),
        "today": clock.today(),
        "acts": acts,
        "links": links,
        "buttons": put_first(acts, links, ready=written or (d.unissued is not None and not missing)),
        "desk": desk,
        "confiding": confiding(request.actor, subjects),
        "opens_names": suggestion.is_confidential and not d.named and bool(policy.names_reader(request.actor, suggestion)),
        "reads_reason": d.named or bool(policy.confidentiality_decider(request.actor, suggestion)),
        "face_acts": face_acts(request.actor, d.face_replies),
        "meets": form_to_meet(request.actor, subjects["assignment"]),
        "deliveries": deliveries(request.actor, d.issued, named=d.named),
        "to_check": to_check(request.actor, d.issued),
        "previews": bool(SUGGESTION["redact"].check(request.actor, suggestion)),
        "again": again(request.actor, d.opinions),
        "is_lead": is_lead,
        "together": queries.together(suggestion, request.actor),
        "split": suggestion.waiting_split if suggestion.state == State.REGISTERED else None,
        "parts": list(suggestion.split_parts.visible_to(request.actor).order_by("pk")) if suggestion.split_into else [],
        "awaits": is_lead and d.unrated,
        "icons": ICONS,
        "ours": OURS,
        "withdrawable": WITHDRAWABLE,
        "mine": next((s for s in d.signatures if s.mandate.person_id in request.actor.people), None),
        "labels": {code: run.guard.label for code, run in OPERATIONS.items()},
    }
    return page(request, "matters/detail.html", context)


@require_safe
def rules(request: Request, pk: int) -> HttpResponse:
    """The rules a suggestion was handed over under, beside those of today (P5)."""
    assignment = fetch(Assignment.objects.select_related("suggestion__congress", "unit"), request.actor, pk)
    kept = reading.kept(assignment.rules, assignment.suggestion.congress, clock.today())
    chosen = [rule for rule in kept if rule.has_changed] if request.GET.get("show") == "changed" else kept
    context = {"assignment": assignment, "chapters": reading.chapters(chosen), "changed": sum(rule.has_changed for rule in kept)}
    return page(request, "matters/rules.html", context)
