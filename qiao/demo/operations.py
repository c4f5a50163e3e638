"""What only the demonstration does: many suggestions by copying told ones, since telling ten thousand would take an hour."""

import copy
import random
from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import ForeignKey, Model, OneToOneField
from django.utils.translation import gettext_lazy as _

from qiao.congress.models import Mandate
from qiao.kernel.models import Entry
from qiao.kernel.operation import Permit, operation
from qiao.kernel.policy import Actor, is_system
from qiao.matters.models import NumberSeries, Suggestion
from qiao.orgs.models import Congress

BATCH = 400
COPIED = "matters"
"""The app whose rows belong to a suggestion; what else they point to (units, topics, files) is shared by all copies."""


@operation(Permit("suggestion.multiply", is_system, _("Copy the told suggestions")))
def multiply(congress: Congress, *, actor: Actor, times: int, say: Callable[[int], None]) -> None:
    """Copy every filed suggestion of a congress so many times, each with all that belongs to it and its lines in the journal.

    The copies have other lead deputies and signers and numbers of their own; dates, texts and units are the originals'. ``say``
    hears how many there are after each batch.
    """
    told = Suggestion.objects.filter(congress=congress).exclude(number=None).order_by("pk")
    keys, dice, done = list(told.values_list("pk", flat=True)), random.Random(congress.pk), 0  # noqa: S311
    for _time in range(times):
        swap = _shuffled(congress, dice)
        for start in range(0, len(keys), BATCH):
            done += _copy(keys[start : start + BATCH], swap)
            say(done)


def _shuffled(congress: Congress, dice: random.Random) -> dict[int, int]:
    """For each deputy of the congress another one, none twice: by whom a copy is led and signed."""
    mandates = list(Mandate.objects.filter(congress=congress).order_by("pk").values_list("pk", flat=True))
    others = dice.sample(mandates, len(mandates))
    return dict(zip(mandates, others, strict=True))


def _copy(keys: list[int], swap: dict[int, int]) -> int:
    """One batch of suggestions, then level by level what points to them; the journal's lines last."""
    copies: dict[type[Model], dict[int, int]] = {Suggestion: _copy_rows(Suggestion, keys, {}, swap)}
    for model, links in _belonging():
        mine = next(link for link in links if not link.null)
        rows = model._default_manager.filter(**{f"{mine.attname}__in": list(copies[mine.related_model])}).values_list("pk", flat=True)
        copies[model] = _copy_rows(model, list(rows), copies, swap)
    _copy_entries(copies, swap)
    return len(keys)


def _belonging() -> Iterator[tuple[type[Model], list[Any]]]:
    """The models whose rows cannot be without a suggestion, each after those it points to, with the links that do."""
    known: list[type[Model]] = [Suggestion]
    waiting = [model for model in apps.get_app_config(COPIED).get_models() if model is not Suggestion]
    while True:
        held = [(model, [f for f in model._meta.concrete_fields if f.related_model in known]) for model in waiting]
        ready = [(model, links) for model, links in held if any(not link.null for link in links) and not _ahead(model, waiting)]
        if not ready:
            return
        for model, links in ready:
            yield model, links
            known.append(model)
            waiting.remove(model)


def _ahead(model: type[Model], waiting: list[type[Model]]) -> bool:
    """Whether a row may point to one that is not copied yet."""
    return any(f.related_model in waiting and f.related_model is not model for f in model._meta.concrete_fields)


def _copy_rows(model: type[Model], keys: list[int], copies: dict[type[Model], dict[int, int]], swap: dict[int, int]) -> dict[int, int]:
    """The rows once more, pointing to the copies of what they pointed to; old key → new key."""
    alone = [f for f in model._meta.concrete_fields if isinstance(f, OneToOneField) and f.related_model not in copies]
    if any(not f.null for f in alone):
        return {}  # a file belongs to one attachment alone
    rows = list(model._default_manager.filter(pk__in=keys).order_by("pk"))
    made = []
    for row in rows:
        new = copy.copy(row)
        new.pk, new._state = None, copy.copy(row._state)
        new._state.adding = True
        for f in model._meta.concrete_fields:
            if isinstance(f, ForeignKey) and getattr(row, f.attname) is not None:
                old = getattr(row, f.attname)
                setattr(new, f.attname, swap.get(old, old) if f.related_model is Mandate else copies.get(f.related_model, {}).get(old, old))
        for f in alone:  # a scan is of one form
            setattr(new, f.attname, None)
        made.append(new)
    if model is Suggestion:
        _number(made)
    model._default_manager.bulk_create(made, batch_size=2000)
    return {row.pk: new.pk for row, new in zip(rows, made, strict=True)}


def _number(made: list[Any]) -> None:
    """Give copies the next numbers of their series."""
    for series in {one.series for one in made}:
        row = NumberSeries.objects.select_for_update().get(congress=made[0].congress_id, series=series)
        for one in (one for one in made if one.series == series):
            one.number_label = one.number_label.replace(str(one.number), str(row.next))
            one.number, row.next = row.next, row.next + 1
        row.save(update_fields=["next"])


def _copy_entries(copies: dict[type[Model], dict[int, int]], swap: dict[int, int]) -> None:
    """The journal of the originals, told of the copies; a line by a deputy is the other deputy's."""
    suggestions = copies[Suggestion]
    users = _accounts(swap)
    by_kind = {ContentType.objects.get_for_model(model).pk: mapping for model, mapping in copies.items()}
    lines = []
    for entry in Entry.objects.filter(trail__in=[f"suggestion:{pk}" for pk in suggestions]).order_by("pk"):
        of = by_kind.get(entry.kind_id, {}).get(entry.pk_of)
        if of is not None:
            entry.trail = f"suggestion:{suggestions[int(entry.trail.partition(':')[2])]}"
            entry.pk, entry.pk_of, entry.user_id = None, of, users.get(entry.user_id, entry.user_id)
            lines.append(entry)
    Entry.objects.bulk_create(lines, batch_size=2000)


def _accounts(swap: dict[int, int]) -> dict[int | None, int | None]:
    """For each deputy's account the other deputy's."""
    of = dict(Mandate.objects.filter(pk__in=swap).values_list("pk", "person__user"))
    return {of[one]: of[other] for one, other in swap.items()}
