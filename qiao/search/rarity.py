"""How telling a term is: the rarer among the documents of its kind, the heavier it weighs."""

import math
from dataclasses import dataclass
from typing import Self

from .models import Census, Frequency
from .tokens import IS_HAN, pairs, runs

ASKED = 48
POSTINGS = 20_000
"""How many places in the index one question may look at; terms more common than that allows are left out."""
TITLE = 3.0
"""What a term weighs more in a title: on real proposals fewer of the same title were missed than with 2."""
LONGEST_WORD = 6
MOST_WORDS = 6


def matter(text: str) -> set[str]:
    """The terms that can tell what a text is about: its pairs of characters, its words and numbers."""
    return {term for run in runs(text) for term in pairs(run)}


@dataclass(frozen=True)
class Draft:
    """A text to be compared: how rare each of its terms is, and what the term weighs in it, more in the title."""

    text: str
    rarity: dict[str, float]
    weight: dict[str, float]
    places: dict[str, float]
    """In how many documents each term is to be expected."""
    rarest: float

    @classmethod
    def of(cls, kind: str, text: str, title: str) -> Self:
        """Weigh a text by what was last counted of its kind."""
        whole = f"{title}\n{text}"
        census = Census.objects.filter(kind=kind).first() or Census(kind=kind)
        counts = dict.fromkeys(matter(whole), 0)
        counts.update(Frequency.objects.filter(census__kind=kind, term__in=list(counts)).values_list("term", "documents"))
        rarity = {term: math.log((census.read + 1) / (n + 0.5)) for term, n in counts.items()}
        heading = matter(title)
        return cls(
            text=whole,
            rarity=rarity,
            weight={term: rare * (TITLE if term in heading else 1) for term, rare in rarity.items()},
            places={term: census.documents * n / max(census.read, 1) for term, n in counts.items()},
            rarest=math.log(2 * census.read + 2),
        )

    def telling(self) -> dict[str, float]:
        """The heaviest terms with their weights, as many as may be asked for."""
        told: dict[str, float] = {}
        left: float = POSTINGS
        for term in sorted(self.weight, key=lambda term: (-self.weight[term], term))[:ASKED]:
            left -= self.places[term]
            if told and left < 0:
                break
            told[term] = self.weight[term]
        return told

    def nearness(self, title: str, held: set[str]) -> float:
        """From 0 to about 1: the shared terms by weight, more in either title, against the lengths of both texts."""
        heading = matter(title)
        shared = sum(self.rarity[t] * self.weight[t] * (TITLE if t in heading else 1) for t in self.rarity.keys() & held)
        own = math.hypot(*self.weight.values())
        return shared / (own * self.rarest * math.sqrt(len(held) or 1))

    def share(self, held: set[str]) -> float:
        """Which part of the draft's rarity the other text has too: 1 is every term."""
        return sum(self.rarity[term] for term in self.rarity.keys() & held) / sum(self.rarity.values())

    def telling_words(self, other: str, near: list[str]) -> list[str]:
        """The heaviest stretches of two to six characters that stand in both texts, none over another.

        Where a word begins and ends is seen from what stands around it in the draft and the near texts: on either side
        more than one thing.
        """
        found = {word: self._heaviness(word) for run in runs(self.text) for word in _stretches(run) if word in other}
        heaviest = sorted((word for word, heavy in found.items() if heavy), key=lambda word: (-found[word], word))
        texts, best = [" ".join(runs(self.text)), *near], list[str]()
        for word in heaviest:
            if len(best) == MOST_WORDS:
                break
            if not any(set(pairs(word)) & set(pairs(one)) for one in best) and _stands_free(word, texts):
                best.append(word)
        return best or heaviest[:1]

    def _heaviness(self, word: str) -> float:
        """The weight of all its terms; nothing if that is less than half of what it could be, or if it is a bare number."""
        terms = pairs(word)
        heavy = sum(self.rarity[term] for term in terms)
        return 0 if word.isdigit() or heavy < len(terms) * self.rarest / 2 else heavy


def _stretches(run: str) -> list[str]:
    if not IS_HAN.match(run):
        return [run] if len(run) > 1 else []
    return [run[i : i + n] for n in range(2, LONGEST_WORD + 1) for i in range(len(run) - n + 1)]


def _stands_free(word: str, texts: list[str]) -> bool:
    before: set[object] = set()
    after: set[object] = set()
    for number, text in enumerate(texts):
        at = text.find(word)
        while at >= 0:
            left, right = text[max(at - 1, 0) : at], text[at + len(word) : at + len(word) + 1]
            before.add(left.strip() or (number, at))  # an end of a stretch is a border by itself
            after.add(right.strip() or (number, at))
            at = text.find(word, at + 1)
    return len(before) > 1 and len(after) > 1
