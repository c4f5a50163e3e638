"""Long statements written once: turning query sets into SQL anew at every request costs more than asking the database."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from . import clock
from .policy import Actor

MOST_KEPT = 256
"""How many a process keeps of a kind: one of everybody who was there today; a thousand kilobytes or ten."""

Written = tuple[str, tuple[Any, ...], tuple[str, ...]]


def kept(build: Callable[[Actor], QuerySet[Any]]) -> Callable[[Actor], dict[str, Any]]:
    """The one row of plain numbers and texts that ``build`` asks for by ``values``, its SQL written once a day for the same rights.

    Kept is what is asked, never what was found. So ``build`` may look at the actor and at today, and asks the database nothing itself.
    """
    written: dict[Any, Written] = {}

    def ask(actor: Actor) -> dict[str, Any]:
        key = (connection.vendor, clock.today(), actor.standing)
        if key not in written:
            if len(written) >= MOST_KEPT:
                written.clear()
            query = build(actor).query
            sql, values = query.sql_with_params()
            written[key] = (sql, tuple(values), tuple(query.annotation_select))
        sql, values, names = written[key]
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return dict(zip(names, cursor.fetchone(), strict=True))

    return ask
