"""The rulebook for other systems: the same rows, rules and operations as the pages."""

import datetime as dt
import json
from typing import Annotated, Any

from annotated_types import Len
from django.http import Http404
from ninja import Query, Router, Schema, Status
from pydantic import BaseModel, StringConstraints, field_validator

from qiao.kernel import clock
from qiao.orgs.models import Congress
from qiao.ui.http import Request, fetch

from . import operations, reading
from .catalogue import CATALOGUE
from .models import Provision

router = Router(tags=["rulebook"])
Key = Annotated[str, StringConstraints(max_length=40)]
Text = Annotated[str, StringConstraints(max_length=1000, pattern=r"^[^\x00]*$")]


class Problem(Schema):
    """A refusal (RFC 9457): which code, why, which status."""

    type: str
    detail: str
    status: int


REFUSALS = {403: Problem, 404: Problem, 409: Problem, 422: Problem}


class RuleOut(Schema):
    """One rule as it holds on a day; ``since`` is empty where the national default holds."""

    key: str
    group: str
    label: str
    value: Any
    words: list[str]
    source: str
    since: dt.date | None
    is_applied: bool


class ValueOut(Schema):
    """One value of a rule: from which day, until which, why; ``withdrawn_at`` where it was taken back."""

    id: int
    value: Any
    source: str
    reason: str
    valid_from: dt.date
    valid_to: dt.date | None
    withdrawn_at: dt.datetime | None


class RuleWithHistory(RuleOut):
    """One rule with all its values, newest first."""

    values: list[ValueOut]


class Asked(Schema):
    """Of which congress, the caller's own where none is named; as of which day."""

    congress: int | None = None
    on: dt.date | None = None


class ValueIn(BaseModel):
    """A new value of a rule."""

    value: Any
    valid_from: dt.date
    source: Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")]
    reason: Text

    @field_validator("value")
    @classmethod
    def without_null(cls, value: Any) -> Any:
        """Refuse the one character that a database does not keep."""
        if "\\u0000" in json.dumps(value):
            raise ValueError("The value has a null character in it.")
        return value


class NoteIn(BaseModel):
    """Why."""

    note: Text


class AdoptIn(BaseModel):
    """Rules of another place to be adopted; all that it lays down where no keys are named."""

    preset: Key
    on: dt.date
    note: Text
    keys: Annotated[list[Key], Len(max_length=200)] | None = None


def _congress(request: Request, pk: int | None) -> Congress:
    named = pk if pk is not None else next(iter(request.actor.congresses), 0)
    found: Congress = fetch(Congress, request.actor, min(max(named, 0), 2**62))
    return found


def _said(line: reading.Line) -> dict[str, Any]:
    parameter = line.parameter
    return {
        "key": parameter.key, "group": parameter.group, "label": str(parameter.label), "value": line.value, "words": line.words,
        "source": str(line.source), "since": line.since, "is_applied": parameter.is_applied,
    }  # fmt: skip


@router.get("/", response={200: list[RuleOut], **REFUSALS}, operation_id="rulebook.list")
def list_rules(request: Request, asked: Query[Asked]):
    """Every rule of a congress on a day."""
    lines = reading.lines(_congress(request, asked.congress), asked.on or clock.today())
    return [_said(line) for line in lines.values()]


@router.post("/adopt", response={200: list[RuleOut], **REFUSALS}, operation_id="rulebook.adopt")
def adopt(request: Request, body: AdoptIn):
    """Adopt rules of another place, all those named or none."""
    congress = operations.apply_preset(_congress(request, None), actor=request.actor, **body.model_dump())
    return [_said(line) for line in reading.lines(congress, body.on).values()]


@router.get("/{key}", response={200: RuleWithHistory, **REFUSALS}, operation_id="rulebook.read")
def read(request: Request, key: str, asked: Query[Asked]):
    """One rule of a congress on a day, with its history."""
    if key not in CATALOGUE:
        raise Http404
    congress = _congress(request, asked.congress)
    values = [moment.provision for moment in reading.history(congress, key)]
    return _said(reading.lines(congress, asked.on or clock.today())[key]) | {"values": values}


@router.post("/{key}", response={201: ValueOut, **REFUSALS}, operation_id="rulebook.set")
def set_value(request: Request, key: str, body: ValueIn):
    """Give a rule of the caller's congress a new value from a day on."""
    return Status(201, operations.set_provision(_congress(request, None), actor=request.actor, key=key, **body.model_dump()))


@router.post("/values/{int:pk}/withdraw", response={200: ValueOut, **REFUSALS}, operation_id="rulebook.withdraw")
def withdraw(request: Request, pk: int, body: NoteIn):
    """Take back a change whose first day is not over."""
    return operations.withdraw_provision(fetch(Provision, request.actor, pk), actor=request.actor, note=body.note)
