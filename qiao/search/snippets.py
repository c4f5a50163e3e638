"""The part of a text that shows why it was found."""

import unicodedata

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .tokens import MOST_TYPED, runs


def snippet(text: str, query: str, width: int = 80) -> SafeString:
    """About ``width`` characters around the first of the words asked for, with every one of them marked."""
    text = " ".join(text.split())
    places = _places(text, list(dict.fromkeys(runs(query[:MOST_TYPED]))))
    start = max(0, min(places[0][0] - width // 4, len(text) - width)) if places else 0
    end = min(len(text), start + width)
    pieces: list[tuple[str, str]] = []
    here = start
    for first, last in places:
        if first >= here and last <= end:
            pieces.append((text[here:first], text[first:last]))
            here = last
    marked = format_html_join("", "{}<mark>{}</mark>", pieces)
    return format_html("{}{}{}{}", "…" if start else "", marked, text[here:end], "…" if end < len(text) else "")


def _places(text: str, words: list[str]) -> list[tuple[int, int]]:
    """Where the words stand, though the text may write them full width or in capitals; the longer of two at one place."""
    folded: list[str] = []
    origin: list[int] = []
    for place, character in enumerate(text):
        for one in unicodedata.normalize("NFKC", character).lower():
            folded.append(one)
            origin.append(place)
    whole = "".join(folded)
    found: list[tuple[int, int]] = []
    for word in words:
        at = whole.find(word)
        while at >= 0:
            found.append((origin[at], origin[at + len(word) - 1] + 1))
            at = whole.find(word, at + len(word))
    return sorted(found, key=lambda place: (place[0], -place[1]))
