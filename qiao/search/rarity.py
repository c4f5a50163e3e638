"""How telling a term is: the rarer among the documents of its kind, the heavier it weighs."""

import math
from dataclasses import dataclass
from typing import Self

from .models import Census, Document, Frequency
from .tokens import IS_HAN, pairs, runs

ASKED = 48
POSTINGS = 20_000
"""How many places in the index one question may look at; terms more common than that allows are left out."""
TITLE = 2.0
LONGEST_WORD = 6
MOST_WORDS = 6


def matter(text: str) -> set[str]:
    """The terms that can tell what a text is about: its pairs of characters, its words and numbers."""
    return {term for run in runs(text) for term in pairs(run)}


@dataclass(frozen=True)
class Draft:
    """A text to be compared: the weight of each of its terms, and which stand in its title."""

    text: str
    title: set[str]
    counts: dict[str, int]
    read: int
    documents: int

    @classmethod
    def of(cls, kind: str, text: str, title: str) -> Self:
        """Weigh a text by what was last counted of its kind."""
        census = Census.objects.filter(kind=kind).first() or Census(kind=kind)
        terms = matter(f"{title}\n{text}")
        counts = dict.fromkeys(terms, 0)
        known = Frequency.objects.filter(census__kind=kind, term__in=terms)
        counts.update(known.values_list("term", "documents"))
        newest = Document.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        return cls(f"{title}\n{text}", matter(title), counts, census.read, newest)

    def weight(self, term: str) -> float:
        """The logarithm of how many documents there are for each that has the term."""
        return math.log((self.read + 1) / (self.counts.get(term, 0) + 0.5))

    def telling(self) -> dict[str, float]:
        """The rarest terms with their weights, as many as may be asked for."""
        told: dict[str, float] = {}
        left = POSTINGS
        for term in sorted(self.counts, key=lambda term: (-self.weight(term) * self._twice(term), term))[:ASKED]:
            left -= self.documents * self.counts[term] // max(self.read, 1)
            if told and left < 0:
                break
            told[term] = self.weight(term) * self._twice(term)
        return told

    def nearness(self, title: str, held: set[str]) -> float:
        """From 0 to 1: the shared terms by weight, double in a title, against the lengths of both texts."""
        theirs = matter(title)
        shared = sum(self.weight(t) ** 2 * self._twice(t) * (TITLE if t in theirs else 1) for t in self.counts.keys() & held)
        own = math.sqrt(sum((self.weight(t) * self._twice(t)) ** 2 for t in self.counts))
        return shared / (own * math.log(self.read + 2) * math.sqrt(len(held) or 1))

    def share(self, held: set[str]) -> float:
        """Which part of the draft's weight the other text has too."""
        whole = sum(self.weight(term) for term in self.counts)
        return sum(self.weight(term) for term in self.counts.keys() & held) / whole

    def _twice(self, term: str) -> float:
        return TITLE if term in self.title else 1.0


def telling_words(draft: Draft, other: str, near: list[str]) -> list[str]:
    """The heaviest stretches of two to six characters that stand in the draft and in the other text, none over another.

    Where a word begins and ends is seen from what stands around it: in all these texts, more than one thing on either side.
    """
    texts = [" ".join(runs(draft.text)), *near]
    found = {word: sum(map(draft.weight, pairs(word))) for run in runs(draft.text) for word in _stretches(run) if word in other}
    whole = {word for word in found if _stands_free(word, texts)}
    best: list[str] = []
    for word in sorted(found, key=lambda word: (word not in whole, -found[word], word)):
        if len(best) < MOST_WORDS and not any(set(pairs(word)) & set(pairs(one)) for one in best):
            best.append(word)
    return [word for word in best if word in whole] or best[:1]


def _stretches(run: str) -> list[str]:
    if not IS_HAN.match(run):
        return [run] if len(run) > 1 else []
    return [run[i : i + n] for n in range(2, LONGEST_WORD + 1) for i in range(len(run) - n + 1)]


def _stands_free(word: str, texts: list[str]) -> bool:
    before, after = set(), set()
    for number, text in enumerate(texts):
        at = text.find(word)
        while at >= 0:
            left, right = text[at - 1 : at], text[at + len(word) : at + len(word) + 1]
            before.add(left.strip() or (number, at))  # an end of a stretch is a border by itself
            after.add(right.strip() or (number, at))
            at = text.find(word, at + 1)
    return len(before) > 1 and len(after) > 1
