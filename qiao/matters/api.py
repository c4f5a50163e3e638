"""Suggestions for other systems: the same rows, rules and operations as the pages."""

import datetime as dt
from typing import Annotated, Any

from annotated_types import Len
from ninja import ModelSchema, Query, Router, Schema, Status
from pydantic import BaseModel, StringConstraints

from qiao.orgs.models import Congress, Unit
from qiao.ui.http import Request, fetch

from . import operations
from .models import Assignment, Suggestion
from .traces import Trace, traces

Plain = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$")]
"""Text without the one character that a database does not keep."""
router = Router(tags=["suggestions"])
PAGE = 100


class HandlerOut(Schema):
    """A unit that handles a suggestion: in which role, for which part, how far it is."""

    name: str
    role: str
    part: str
    state: str

    @staticmethod
    def resolve_name(row: Assignment) -> str:
        return str(row.unit)


class SuggestionOut(ModelSchema):
    """A suggestion as others read it."""

    lead_name: str
    delegation_name: str
    unit_name: str
    units: list[HandlerOut]
    state_label: str
    due_may_move: bool
    """Whether the last day is provisional: the days off of a year it touches are not published yet."""

    class Meta:
        model = Suggestion
        fields = [
            "id",
            "congress",
            "number",
            "number_label",
            "kind",
            "title",
            "matter",
            "proposal",
            "state",
            "due",
            "submitted_at",
            "assigned_at",
            "replied_at",
            "closed_at",
        ]

    @staticmethod
    def resolve_lead_name(row: Suggestion) -> str:
        return row.lead_name

    @staticmethod
    def resolve_delegation_name(row: Suggestion) -> str:
        return str(row.delegation or "")

    @staticmethod
    def resolve_unit_name(row: Suggestion) -> str:
        return str(row.unit or "")

    @staticmethod
    def resolve_units(row: Suggestion) -> list[Assignment]:
        return row.handlers

    @staticmethod
    def resolve_state_label(row: Suggestion) -> str:
        return row.get_state_display()


class ClockOut(Schema):
    """One time limit with the way to its date, in the language of the call."""

    id: int
    kind: str
    duty: str
    party: str
    start: dt.date
    due: dt.date
    may_move: bool
    paused_on: dt.date | None
    ended_on: dt.date | None
    met: bool
    source: str
    steps: list[str]


class Page(Schema):
    """Up to a hundred suggestions, newest first, and where the next page begins."""

    items: list[SuggestionOut]
    next_before: int | None


class Asked(Schema):
    """How a list is narrowed and continued."""

    state: Plain = ""
    before: int | None = None


class DraftIn(BaseModel):
    """A new draft; ``for_delegation`` in the name of the delegation that the caller heads."""

    title: Plain = ""
    matter: Plain = ""
    proposal: Plain = ""
    for_delegation: bool = False


class AskedIn(BaseModel):
    """A further unit, and what it is asked about or answers for."""

    unit: int
    part: Annotated[Plain, StringConstraints(max_length=200)] = ""


class AssignIn(BaseModel):
    """To whom, who leads together with it, who assists, and with what opinion; or instead of one unit several, each with its part."""

    unit: int | None = None
    assisting: Annotated[list[AskedIn], Len(max_length=20)] = []
    separate: Annotated[list[AskedIn], Len(max_length=20)] = []
    joint: Annotated[list[int], Len(max_length=20)] = []
    note: Annotated[Plain, StringConstraints(max_length=2000)] = ""


class Problem(Schema):
    """A refusal (RFC 9457): which code, why, which status."""

    type: str
    detail: str
    status: int


REFUSALS = {403: Problem, 404: Problem, 409: Problem, 422: Problem}


@router.get("/", response=Page, operation_id="suggestion.list")
def list_suggestions(request: Request, asked: Query[Asked]):
    """The suggestions the caller may see, newest first; go on with ``before=next_before``."""
    rows = Suggestion.objects.visible_to(request.actor).for_list().with_units().order_by("-pk")
    rows = rows.filter(state=asked.state) if asked.state else rows
    found = list((rows.filter(pk__lt=min(asked.before, 2**62)) if asked.before is not None else rows)[: PAGE + 1])
    return {"items": found[:PAGE], "next_before": found[PAGE - 1].pk if len(found) > PAGE else None}


@router.get("/{int:pk}", response={200: SuggestionOut, **REFUSALS}, operation_id="suggestion.read")
def read(request: Request, pk: int):
    """One suggestion."""
    return fetch(Suggestion.objects.for_list().with_units(), request.actor, pk)


@router.get("/{int:pk}/clocks", response={200: list[ClockOut], **REFUSALS}, operation_id="suggestion.clocks")
def clocks(request: Request, pk: int):
    """Its time limits in the order in which they began, each counted step by step."""
    suggestion = fetch(Suggestion.objects.without_texts(), request.actor, pk)
    return [_clock(trace) for trace in traces(suggestion, request.actor)]


def _clock(trace: Trace) -> dict[str, Any]:
    one = trace.clock
    plain = {name: getattr(one, name) for name in ClockOut.model_fields if name not in {"duty", "party", "steps"}}
    return {**plain, "source": one.rule_words, "duty": one.get_kind_display(), "party": one.party_name, "steps": trace.steps}


@router.post("/", response={201: SuggestionOut, **REFUSALS}, operation_id="suggestion.draft")
def draft(request: Request, body: DraftIn):
    """Begin a draft for the deputy who calls."""
    congress = fetch(Congress, request.actor, next(iter(request.actor.congresses), 0))
    return Status(201, operations.draft(congress, actor=request.actor, **body.model_dump()))


@router.post("/{int:pk}/submit", response={200: SuggestionOut, **REFUSALS}, operation_id="suggestion.submit")
def submit(request: Request, pk: int):
    """Submit a draft."""
    return operations.submit(fetch(Suggestion, request.actor, pk), actor=request.actor)


def _handed(request: Request, body: AssignIn) -> dict[str, Any]:
    """What a hand-over says, its units fetched."""
    asked = {name: [(fetch(Unit, request.actor, one.unit), one.part) for one in getattr(body, name)] for name in ("assisting", "separate")}
    joint = [fetch(Unit, request.actor, pk) for pk in body.joint]
    return {"joint": joint, "unit": fetch(Unit, request.actor, body.unit) if body.unit else None, "note": body.note, **asked}


@router.post("/{int:pk}/assign", response={200: SuggestionOut, **REFUSALS}, operation_id="suggestion.assign")
def assign(request: Request, pk: int, body: AssignIn):
    """Hand a registered suggestion to a unit, or to several."""
    suggestion = fetch(Suggestion, request.actor, pk)
    return operations.assign(suggestion, actor=request.actor, **_handed(request, body))


@router.post("/{int:pk}/dispatch", response={200: SuggestionOut, **REFUSALS}, operation_id="assignment.dispatch")
def dispatch(request: Request, pk: int, body: AssignIn):
    """Give on what the caller's office was handed, to units below it."""
    own = Assignment.objects.filter(suggestion=pk, unit__in=request.actor.units).order_by("-pk")
    office = fetch(Assignment, request.actor, own.values_list("pk", flat=True).first() or 0)
    operations.dispatch(office, actor=request.actor, **_handed(request, body))
    return fetch(Suggestion.objects.for_list(), request.actor, pk)
