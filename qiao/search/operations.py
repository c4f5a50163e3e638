"""Keep the index as the owners of the texts say.

The one exception to "every write is an operation": the index is derived, can be rebuilt from what it was made of, and
nobody decides anything here, so there is no actor to ask and nothing for the journal.
"""

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Callable, Iterable
from typing import TypedDict

from django.db import transaction

from .engines import engine, labels
from .models import Census, Document, Frequency
from .tokens import terms

BATCH = 500
SAMPLE = 1000
SELDOM = 100
COMMON = 3
"""A term in at least so many of the documents sampled is worth a row."""


class Row(TypedDict):
    """What the owner of a text says of it; ``at`` is when it was made, ``audience`` in whose names it may be found."""

    object_id: int
    text: str
    title: str
    audience: Iterable[str]
    at: dt.datetime


SOURCES: dict[str, Callable[[], Iterable[Row]]] = {}
"""Every kind with everything that is to be found of it, oldest first; filled in ``qiao.web`` and nowhere else."""


def index(kind: str, object_id: int, *, text: str, title: str, audience: Iterable[str], at: dt.datetime) -> None:
    """Let an object be found by these words, by these people and nobody else; saying it again replaces what was said."""
    index_many(kind, [Row(object_id=object_id, text=text, title=title, audience=audience, at=at)])


def index_many(kind: str, rows: Iterable[Row]) -> int:
    """The same for many, in batches; how many there were."""
    done = 0
    waiting = iter(rows)
    while batch := list(itertools.islice(waiting, BATCH)):
        last = {row["object_id"]: row for row in batch}
        with transaction.atomic():
            _write(kind, list(last.values()))
        done += len(batch)
    return done


def rebuild(kind: str, tell: Callable[[int], None]) -> None:
    """Empty the index of a kind and fill it from its source; ``tell`` hears how many are done."""
    with transaction.atomic():
        _erase(kind, list(Document.objects.filter(kind=kind).values_list("object_id", flat=True)))
        Census.objects.filter(kind=kind).delete()
    done = 0
    source = iter(SOURCES[kind]())
    while batch := list(itertools.islice(source, BATCH)):
        done += index_many(kind, batch)
        tell(done)
    engine().tidy()


def forget(kind: str, object_ids: list[int]) -> None:
    """Let objects be found no more, since they are gone."""
    with transaction.atomic():
        _erase(kind, object_ids)


def _write(kind: str, rows: list[Row]) -> None:
    documents = Document.objects.bulk_create(
        [Document(kind=kind, object_id=row["object_id"], title=row["title"][:500], at=row["at"]) for row in rows],
        update_conflicts=True, unique_fields=["kind", "object_id"], update_fields=["title", "at"],
    )  # fmt: skip
    engine().write(
        (document.pk, terms(f"{row['title']}\n{row['text']}"), labels(kind, row["audience"]))
        for document, row in zip(documents, rows, strict=True)
    )
    _count(kind, [document.pk for document in documents])


def _erase(kind: str, object_ids: list[int]) -> None:
    for start in range(0, len(object_ids), BATCH):
        documents = Document.objects.filter(kind=kind, object_id__in=object_ids[start : start + BATCH])
        engine().erase(list(documents.values_list("pk", flat=True)))
        documents.delete()


def _count(kind: str, written: list[int]) -> None:
    """Count the terms of the newest documents anew whenever a kind has doubled: shares change slowly.

    In a large kind it is looked only once in a hundred documents whether it has.
    """
    census, _made = Census.objects.get_or_create(kind=kind)
    if census.documents >= SAMPLE and all(pk % SELDOM for pk in written):
        return
    documents = Document.objects.filter(kind=kind)
    if (there := documents.count()) < 2 * census.documents:
        return
    ids = list(documents.order_by("-pk").values_list("pk", flat=True)[:SAMPLE])
    counts = Counter(term for held in engine().terms_of(ids).values() for term in held)
    census.frequencies.all().delete()
    common = [Frequency(census=census, term=term, documents=n) for term, n in counts.items() if n >= COMMON]
    Frequency.objects.bulk_create(common, batch_size=2000, ignore_conflicts=True)
    Census.objects.filter(pk=census.pk).update(documents=there, read=len(ids))
