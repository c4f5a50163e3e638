"""From text to terms and from what was typed to phrases: pairs of characters, since Chinese writes no spaces.

停车难 becomes 停车, 车难 and the last character alone, 难: every two characters can be found, one character is the
beginning of a term, and a phrase never reaches over a comma. Nothing but letters and digits is left, so a query cannot
say anything to the database but the words themselves.
"""

import re
import unicodedata

HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
RUN = re.compile(f"[{HAN}]+|(?:(?![{HAN}])[^\\W_])+")
IS_HAN = re.compile(f"[{HAN}]")
MOST_TERMS = 16_000
"""A longer text is found by its beginning: PostgreSQL counts positions to 16,383."""
MOST_BYTES = 48
MOST_TYPED = 200


def fold(text: str) -> str:
    """One form for what looks or means the same: full width, capitals, ligatures."""
    return unicodedata.normalize("NFKC", text).lower()


def runs(text: str) -> list[str]:
    """The unbroken stretches of Chinese characters, and the words and numbers between them."""
    return RUN.findall(fold(text))


def pairs(run: str) -> list[str]:
    """Every two neighbouring characters of a Chinese stretch; a word or number whole."""
    if IS_HAN.match(run):
        return [run[i : i + 2] for i in range(len(run) - 1)]
    return [run.encode()[:MOST_BYTES].decode(errors="ignore")]


def terms(text: str) -> list[str]:
    """What of a text goes into the index, in order."""
    found: list[str] = []
    for run in runs(text):
        found += pairs(run)
        if IS_HAN.match(run):
            found.append(run[-1])
    return found[:MOST_TERMS]


def phrases(query: str) -> list[tuple[str, ...]]:
    """What all must stand in a text: a phrase for each stretch typed; one character alone is a beginning."""
    return list(dict.fromkeys(tuple(pairs(run)) or (run,) for run in runs(query[:MOST_TYPED])))
