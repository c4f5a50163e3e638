"""What the pages of the journal ask."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from qiao.accounts.models import User
from qiao.kernel import clock
from qiao.kernel.anonymity import hidden, hidden_trails
from qiao.kernel.models import INSTALLATION, Entry, Seal
from qiao.kernel.operation import OPERATIONS
from qiao.kernel.policy import Actor, Words
from qiao.kernel.seals import BATCH, sealed_upto
from qiao.orgs.models import Congress

MOST_PEOPLE = 50
"""People of one name; more are not looked for."""


def label_of(code: str) -> Words:
    """What was done, in words; an operation that is gone keeps its code."""
    return OPERATIONS[code].guard.label if code in OPERATIONS else code


def journals(actor: Actor) -> list[tuple[int, str]]:
    """The journals an actor may take away and have verified: number and name."""
    own = [(c.pk, c.name) for c in Congress.objects.filter(pk__in=actor.congresses)] if "journal.read" in actor.grants else []
    return own + ([(INSTALLATION, str(_("The installation's own")))] if "journal.oversee" in actor.grants else [])


def people(words: str) -> list[int]:
    """The accounts of a name or sign-in name."""
    return list(User.objects.filter(Q(login=words) | Q(person__name=words)).values_list("pk", flat=True)[:MOST_PEOPLE])


def by(rows: QuerySet[Entry], accounts: list[int]) -> QuerySet[Entry]:
    """What these accounts did, but for matters with which they must not be named: to be found by a name is to be named."""
    return rows.filter(user__in=accounts).exclude(trail__in=hidden_trails(accounts))


def unnamed(entries: Iterable[Entry]) -> list[Entry]:
    """The entries, marked as ``hidden`` where they belong to a matter that hides people, as ``unnamed`` where it hides who did it."""
    rows = list(entries)
    known = hidden(entry.trail for entry in rows)
    for entry in rows:
        entry.hidden = entry.trail in known
        entry.unnamed = entry.user_id in known.get(entry.trail, ())
    return rows


def within(rows: QuerySet[Entry], since: dt.date | None, until: dt.date | None) -> QuerySet[Entry]:
    """Entries from a day on and up to the end of another."""
    if since:
        rows = rows.filter(at__gte=clock.begins(since))
    return rows.filter(at__lt=clock.begins(until + dt.timedelta(days=1))) if until else rows


def with_names(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """Entries of a page with what the page says of them: label, whether sealed, the journal's name."""
    rows = list(entries)
    sealed = sealed_upto(entry.congress_id for entry in rows)
    names = dict(Congress.objects.filter(pk__in={entry.congress_id for entry in rows}).values_list("pk", "short_name"))
    return [
        {"entry": e, "label": label_of(e.code), "sealed": e.pk <= sealed[e.congress_id], "journal": names.get(e.congress_id, "")}
        for e in rows
    ]


def seal_of(entry: Entry) -> Seal | None:
    """The seal over an entry, if it has one already."""
    return Seal.objects.filter(congress_id=entry.congress_id, last_id__gte=entry.pk).order_by("last_id").first()


def stretches(congress: int, since: dt.date | None, until: dt.date | None) -> Iterator[tuple[Seal | None, list[Entry]]]:
    """The entries of a period in order, under their seals; at the end those without one. A batch at a time is held.

    Without those of matters that hide people: an entry is evidence only as a whole, and the chain is proved without it.

    All seals are given, those without an entry of the period too: the chain is proved from its beginning.
    """
    rows = within(Entry.objects.filter(congress_id=congress), since, until).exclude(trail__in=hidden_trails())
    last = 0
    for seal in Seal.objects.filter(congress_id=congress).order_by("number").iterator(chunk_size=50):
        yield seal, list(rows.filter(id__gt=last, id__lte=seal.last_id).order_by("id"))
        last = seal.last_id
    while batch := list(rows.filter(id__gt=last).order_by("id")[:BATCH]):
        yield None, batch
        last = batch[-1].pk
