"""What is found, newest first; and what was earlier said on the same matter, with the evidence."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from .engines import engine, labels
from .models import Document
from .rarity import Draft
from .tokens import phrases

MOST = 1000
CANDIDATES = 100
LONGEST_DRAFT = 2000
NEAR, SHARE = 0.02, 0.08
"""Below either, two texts have words in common but hardly the matter; chosen on real proposals and messages."""


@dataclass(frozen=True)
class Hits:
    """The owners' ids, newest first; whether there are more; whether anything was asked that can be looked for."""

    ids: list[int]
    more: bool
    understood: bool = True


@dataclass(frozen=True)
class Similar:
    """An earlier text on the same matter: which part of the draft's weight it shares, and the words that tell it."""

    object_id: int
    share: float
    words: list[str]


def find(kind: str, text: str, audiences: Iterable[str], limit: int = MOST) -> Hits:
    """The newest objects of a kind that hold every word and may be found by one of the audiences."""
    asked, names = phrases(text), labels(kind, audiences)
    if not asked or not names:
        return Hits([], False, understood=bool(asked))
    ids = engine().newest(asked, names, limit + 1)
    return Hits(ids[:limit], len(ids) > limit)


def similar(
    kind: str, text: str, audiences: Iterable[str], limit: int = 5, exclude: Collection[int] = (), title: str = ""
) -> list[Similar]:
    """Earlier texts on the matter of a draft, the nearest first; none rather than far ones (peers 1, 69).

    The draft's rarest terms fetch candidates from the index, which are then compared by all they share.
    """
    names, draft = labels(kind, audiences), Draft.of(kind, text[:LONGEST_DRAFT], title)
    if not names or not draft.rarity:
        return []
    held = engine().terms_of(engine().likely(draft.telling(), names, CANDIDATES))
    documents = Document.objects.filter(kind=kind, pk__in=held).exclude(object_id__in=exclude)
    scored = sorted(((draft.nearness(d.title, held[d.pk]), d.pk, d.object_id) for d in documents), reverse=True)
    near = {pk: owner for nearness, pk, owner in scored if nearness >= NEAR and draft.share(held[pk]) >= SHARE}
    near = dict(list(near.items())[:limit])
    texts = engine().wording(list(near)) if near else {}
    return [Similar(owner, draft.share(held[pk]), draft.telling_words(texts[pk], list(texts.values()))) for pk, owner in near.items()]
