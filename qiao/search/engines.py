"""The two ways to keep one index: FTS5 on SQLite, ``tsvector`` with GIN on PostgreSQL; nobody else knows which it is.

Both hold a document's terms in order and, beside them, in whose name it is found: ``@suggestion.c1``, a term that no text
can contain. So one look into the index answers "these words, for these people", however few of all documents they may see.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from django.db import connection

from .tokens import IS_HAN

LABEL = re.compile(r"[a-z0-9._-]{1,60}")
MOST_POSITIONS = 255
"""PostgreSQL keeps no more places of one term in one text."""
NEWEST_OF_A_TERM = 300

Phrase = Sequence[str]


def labels(kind: str, audiences: Iterable[str]) -> list[str]:
    """The terms that stand for an audience."""
    wanted = [f"{kind}.{token}" for token in audiences]
    if wrong := [token for token in wanted if not LABEL.fullmatch(token)]:
        raise ValueError(f"not an audience: {wrong[0]!r}")
    return [f"@{token}" for token in dict.fromkeys(wanted)]


def _ask(sql: str, given: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return list(cursor.fetchall())


def _tell(sql: str, rows: Sequence[Sequence[Any]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(sql, rows)


def _words(terms: Iterable[str]) -> set[str]:
    """The terms without the labels."""
    return {term for term in terms if not term.startswith("@")}


def _plain(terms: Iterable[str]) -> str:
    """Terms in order, written as text again: of a pair its first character, of a stretch's end the whole."""
    pieces = [term[0] if len(term) > 1 and IS_HAN.match(term) else f"{term} " for term in terms if not term.startswith("@")]
    return "".join(pieces)


class Engine(Protocol):
    """What the index can do, on either database."""

    def write(self, rows: Iterable[tuple[int, list[str], list[str]]]) -> None:
        """Put documents (id, terms, labels) into the index, over what it held of them."""

    def erase(self, ids: Sequence[int]) -> None:
        """Take documents out."""

    def tidy(self) -> None:
        """Put the index in order after much was written."""

    def newest(self, phrases: Sequence[Phrase], audience: Sequence[str], limit: int) -> list[int]:
        """The owners' ids of the newest documents that hold every phrase and one of the labels."""

    def likely(self, weights: dict[str, float], audience: Sequence[str], limit: int) -> list[int]:
        """The documents, by id, with the heaviest of these terms, looking at the newest few hundred of each term."""

    def terms_of(self, ids: Sequence[int]) -> dict[int, set[str]]:
        """The terms of documents."""

    def wording(self, ids: Sequence[int]) -> dict[int, str]:
        """The texts of documents, as far as the index knows them: the stretches with a space between."""


class Sqlite:
    """FTS5; the table's rowid is the document's id, so its own order is newest first."""

    def write(self, rows: Iterable[tuple[int, list[str], list[str]]]) -> None:
        _tell("INSERT OR REPLACE INTO search_terms (rowid, terms) VALUES (%s, %s)", [(pk, " ".join(t + a)) for pk, t, a in rows])

    def erase(self, ids: Sequence[int]) -> None:
        _tell("DELETE FROM search_terms WHERE rowid = %s", [(pk,) for pk in ids])

    def tidy(self) -> None:
        _tell("INSERT INTO search_terms (search_terms) VALUES (%s)", [("optimize",)])

    def newest(self, phrases: Sequence[Phrase], audience: Sequence[str], limit: int) -> list[int]:
        sql = """SELECT object_id FROM search_terms CROSS JOIN search_document ON id = search_terms.rowid
                 WHERE search_terms MATCH %s ORDER BY search_terms.rowid DESC LIMIT %s"""
        return [pk for (pk,) in _ask(sql, (self._match(phrases, audience), limit))]

    def likely(self, weights: dict[str, float], audience: Sequence[str], limit: int) -> list[int]:
        one = """SELECT rowid, %s AS weight FROM
                 (SELECT rowid FROM search_terms WHERE search_terms MATCH %s ORDER BY rowid DESC LIMIT %s)"""
        given = [x for term, weight in weights.items() for x in (weight, self._match([(term,)], audience), NEWEST_OF_A_TERM)]
        every = " UNION ALL ".join([one] * len(weights))
        sql = f"SELECT rowid FROM ({every}) GROUP BY rowid ORDER BY SUM(weight) DESC, rowid DESC LIMIT %s"  # noqa: S608
        return [pk for (pk,) in _ask(sql, (*given, limit))]

    def terms_of(self, ids: Sequence[int]) -> dict[int, set[str]]:
        return {pk: _words(terms.split()) for pk, terms in self._rows(ids)}

    def wording(self, ids: Sequence[int]) -> dict[int, str]:
        return {pk: _plain(terms.split()) for pk, terms in self._rows(ids)}

    @staticmethod
    def _rows(ids: Sequence[int]) -> list[tuple[int, str]]:
        marks = ", ".join(["%s"] * len(ids))
        return _ask(f"SELECT rowid, terms FROM search_terms WHERE rowid IN ({marks})", ids)  # noqa: S608

    @staticmethod
    def _match(phrases: Sequence[Phrase], audience: Sequence[str]) -> str:
        wanted = [f'"{" ".join(phrase)}"' + ("*" if phrase == (phrase[0][:1],) else "") for phrase in phrases]
        return " AND ".join([*wanted, "(" + " OR ".join(f'"{label}"' for label in audience) + ")"])


class Postgres:
    """A ``tsvector`` written out as it stands, so that no dictionary and no locale of the server has a say.

    GIN gives all matches or none in order, and the planner guesses badly how rare a word is. So each document is labelled
    with the stretches of ids it lies in, of several lengths, and the newest stretch is asked first, then longer ones.
    """

    STRETCHES = (256, 1024, 4096, 16_384, 65_536)

    def write(self, rows: Iterable[tuple[int, list[str], list[str]]]) -> None:
        written = [(self._vector(terms, audience + self._where(pk)), pk) for pk, terms, audience in rows]
        _tell("UPDATE search_document SET terms = %s::tsvector WHERE id = %s", written)

    def erase(self, ids: Sequence[int]) -> None:
        """The terms are in the document's own row and go with it."""

    def tidy(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT gin_clean_pending_list('search_document_terms')")
            cursor.execute("ANALYZE search_document")

    def newest(self, phrases: Sequence[Phrase], audience: Sequence[str], limit: int) -> list[int]:
        sql = """SELECT object_id FROM (SELECT id, object_id FROM search_document WHERE terms @@ %s::tsquery OFFSET 0) AS every
                 ORDER BY id DESC LIMIT %s"""
        match = self._match(phrases, audience)
        ((last,),) = _ask("SELECT coalesce(max(id), 0) FROM search_document", ())
        enough = limit
        for length in self.STRETCHES:
            if enough <= length < last:
                here = " | ".join(f"'{self._stretch(at, length)}'" for at in (last, last - length))
                if len(found := _ask(sql, (f"{match} & ({here})", limit))) == limit:
                    return [pk for (pk,) in found]
                enough = length * limit // (len(found) + 1)
        return [pk for (pk,) in _ask(sql, (match, limit))]

    def likely(self, weights: dict[str, float], audience: Sequence[str], limit: int) -> list[int]:
        sql = """SELECT id FROM unnest(%s::text[], %s::float8[]) AS asked (query, weight), LATERAL (
                   SELECT id FROM (SELECT id FROM search_document WHERE terms @@ query::tsquery OFFSET 0) AS every
                   ORDER BY id DESC LIMIT %s) AS newest
                 GROUP BY id ORDER BY sum(weight) DESC, id DESC LIMIT %s"""
        queries = [self._match([(term,)], audience) for term in weights]
        return [pk for (pk,) in _ask(sql, (queries, list(weights.values()), NEWEST_OF_A_TERM, limit))]

    def terms_of(self, ids: Sequence[int]) -> dict[int, set[str]]:
        sql = "SELECT id, tsvector_to_array(terms) FROM search_document WHERE id = ANY(%s)"
        return {pk: _words(terms) for pk, terms in _ask(sql, (list(ids),))}

    def wording(self, ids: Sequence[int]) -> dict[int, str]:
        sql = """SELECT id, (SELECT string_agg(lexeme, ' ' ORDER BY place) FROM unnest(terms) AS t, unnest(t.positions) AS place)
                 FROM search_document WHERE id = ANY(%s)"""
        return {pk: _plain((terms or "").split()) for pk, terms in _ask(sql, (list(ids),))}

    @classmethod
    def _where(cls, pk: int) -> list[str]:
        return [cls._stretch(pk, length) for length in cls.STRETCHES]

    @staticmethod
    def _stretch(pk: int, length: int) -> str:
        return f"@#{length}.{pk // length}"

    @staticmethod
    def _vector(terms: list[str], audience: list[str]) -> str:
        places: dict[str, list[str]] = defaultdict(list)
        for place, term in enumerate(terms, 1):
            if len(places[term]) < MOST_POSITIONS:
                places[term].append(str(place))
        return " ".join([*(f"'{term}':{','.join(at)}" for term, at in places.items()), *(f"'{label}'" for label in audience)])

    @staticmethod
    def _match(phrases: Sequence[Phrase], audience: Sequence[str]) -> str:
        wanted = [" <-> ".join(f"'{term}'" for term in phrase) + (":*" if phrase == (phrase[0][:1],) else "") for phrase in phrases]
        return " & ".join([*(f"({one})" for one in wanted), "(" + " | ".join(f"'{label}'" for label in audience) + ")"])


def engine() -> Engine:
    """The one of the database in use."""
    return Sqlite() if connection.vendor == "sqlite" else Postgres()
