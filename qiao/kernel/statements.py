"""Long statements written once: turning query sets into SQL anew at every request costs more than asking the database."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from . import clock
from .policy import Actor

MOST_KEPT = 256
"""How many a process keeps of a kind, one of everybody who was there today; a few megabytes."""


class Kept:
    """Asks for the one row of plain values that ``build`` names by ``values``; its SQL is written once a day for the same rights.

    Kept is what is asked, never what was found. So ``build`` may look at the actor and at today, and asks the database nothing itself.
    """

    def __init__(self, build: Callable[[Actor], QuerySet[Any]]) -> None:
        self.build = build
        self.written: dict[Any, tuple[str, tuple[Any, ...], tuple[str, ...]]] = {}

    def __call__(self, actor: Actor) -> dict[str, Any]:
        """The values by their names."""
        key = (connection.vendor, clock.today(), actor.standing)
        if (found := self.written.get(key)) is None:
            query = self.build(actor).query
            sql, values = query.sql_with_params()
            if len(self.written) >= MOST_KEPT:
                self.written.clear()
            found = self.written[key] = (sql, tuple(values), tuple(query.annotation_select))
        sql, values, names = found
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return dict(zip(names, cursor.fetchone(), strict=True))
