"""What was written: lines are made by ``operation`` alone and read here."""

import functools
import json
from collections.abc import Iterable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from .models import INSTALLATION, Entry
from .policy import Actor
from .protected import FingerprintField, Protected

MASK = "•••"
PLAIN = {str, int, bool, type(None)}
"""Kinds of values that JSON has as they are."""


def facts(obj: models.Model | None) -> dict[str, Any]:
    """The stored values of an object, by column."""
    return {f.attname: getattr(obj, f.attname) for f in obj._meta.concrete_fields} if obj is not None else {}


def trail_of(obj: models.Model) -> str:
    """The history an object's lines belong to: its own, or its ``journal_root``'s."""
    root = getattr(obj, "journal_root", obj)
    return f"{root._meta.model_name}:{root.pk}"


def congress_of(target: models.Model, actor: Actor) -> int:
    """The congress whose journal a line stands in: the object's; else the only one acted for; else the installation's own."""
    root = getattr(target, "journal_root", target)
    for known in (target, root):
        found = getattr(known, "journal_congress", None) or getattr(known, "congress_id", None)
        if found:
            return int(found)
    return next(iter(actor.congresses)) if len(actor.congresses) == 1 else INSTALLATION


def record(code: str, actor: Actor, note: str, target: models.Model, before: dict[str, Any]) -> Entry:
    """Write the line for what has just been done to ``target``; what is protected or in ``journal_masked`` shows only that it changed."""
    entry = _line(code, actor, note, target, before)
    entry.save(force_insert=True)
    return entry


def record_made(code: str, actor: Actor, made: Iterable[models.Model], note: str = "") -> None:
    """Write a line for each of many objects that one operation has made, as if each had been made by itself."""
    Entry.objects.bulk_create((_line(code, actor, note, one, {}) for one in made), batch_size=2000)


def record_struck(code: str, actor: Actor, struck: Iterable[models.Model]) -> None:
    """Write a line for each of many objects that one operation has struck out; they still bear their keys."""
    Entry.objects.bulk_create((_line(code, actor, "", one, facts(one)) for one in struck), batch_size=2000)


def _line(code: str, actor: Actor, note: str, target: models.Model, before: dict[str, Any]) -> Entry:
    masked: frozenset[str] = getattr(target, "journal_masked", frozenset())
    derived = _derived(target.__class__)
    changes = {
        name: [MASK, MASK] if name in masked or isinstance(value, Protected) else [_kept(before.get(name)), _kept(value)]
        for name, value in facts(target).items()
        if name not in derived and before.get(name) != value
    }
    return Entry(
        code=code, user=actor.user, acting_as=actor.acting_as, via=actor.via, because=actor.because, note=note,
        changes=changes, subject=target, trail=trail_of(target), congress_id=congress_of(target, actor),
    )  # fmt: skip


@functools.cache
def _derived(model: type[models.Model]) -> frozenset[str]:
    """The columns that follow from others and say nothing to a reader."""
    return frozenset(f.attname for f in model._meta.concrete_fields if isinstance(f, FingerprintField))


def _kept(value: Any) -> Any:
    """A value as JSON has it."""
    return value if type(value) in PLAIN else json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def history(obj: models.Model) -> models.QuerySet[Entry]:
    """The lines about an object and all that belongs to it, newest first."""
    return Entry.objects.filter(trail=trail_of(obj)).order_by("-id")
