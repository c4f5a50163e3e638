"""A new table of days off: what it would move, publishing it, and reckoning the open clocks anew by it (R3.38)."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.kernel import clock as time
from qiao.kernel import jobs
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import Permit, each, operation
from qiao.kernel.policy import Actor, is_system
from qiao.rulebook import policy as rulebook_policy
from qiao.rulebook.clocks import Calendar, Reckoning
from qiao.rulebook.models import CalendarDraft
from qiao.rulebook.operations import load_calendar_year
from qiao.rulebook.queries import calendar, calendar_with
from qiao.rulebook.recounting import recounted, told

from .. import clock_notices
from ..models import REPLY_KINDS, Clock, Held, share_rules
from .clocks import set_reckoning
from .extending import move_due

BATCH = 200
"""Clocks one background job reckons anew."""
TASK = "qiao.matters.tasks.recount"
"""By its name: tasks are a door and call operations, never the other way."""


@dataclass(frozen=True)
class Move:
    """A clock whose date or whose certainty changes."""

    clock: Clock
    fresh: Reckoning

    @property
    def moves(self) -> bool:
        """Whether the date itself changes."""
        return self.fresh.due != self.clock.due


def _touched(year: int) -> QuerySet[Clock]:
    """Running clocks that a table of this year can concern: it can reach back to 29 December before."""
    rows = Clock.objects.running().filter(due__gte=dt.date(year - 1, 12, 29), start__lte=dt.date(year, 12, 31))
    return rows.select_related("assignment", "suggestion", "congress")


def _fresh(limit: Clock, days: Calendar) -> Reckoning:
    return recounted(limit.reckoning, days, moves=limit.rules.moves)


def planned(draft: CalendarDraft) -> Iterator[Move]:
    """What a table would move, in the order of the dates, without moving it."""
    days, held = calendar_with(draft), Held()
    for limit in _touched(draft.year).order_by("due", "id").iterator(chunk_size=500):
        share_rules([limit], held)
        fresh = _fresh(limit, days)
        if (fresh.due, fresh.provisional) != (limit.due, limit.reckoning.provisional):
            yield Move(limit, fresh)


@operation(Permit("calendar.publish", rulebook_policy.keep_tables, gettext_lazy("Publish a table of days off")))
def publish_table(draft: CalendarDraft, *, actor: Actor, note: str) -> None:
    """Let the table hold from now on, with the reason; the open clocks are reckoned anew in the background."""
    if draft.loaded_at:
        raise Unfit(_("This table is published already."))
    load_calendar_year(
        None, actor=actor.lend("calendar.publish"), note=note,
        year=draft.year, source=draft.source, published_on=draft.published_on, days=draft.rows,
    )  # fmt: skip
    draft.loaded_at = time.now()
    jobs.enqueue(import_string(TASK), draft=draft.pk)


@operation(Permit("clock.recount", is_system, gettext_lazy("Reckon a date anew by a table of days off")))
def recount(limit: Clock, *, actor: Actor, draft: CalendarDraft) -> None:
    """The clock gets the date it has by the tables known now, says so, and who is concerned hears of another date."""
    was = limit.due
    fresh = told(_fresh(limit, calendar()), was, on=time.today(), year=draft.year, source=draft.source)
    if limit.ended_on or fresh == limit.reckoning:
        raise Unfit(_("The date stays as it is."))
    set_reckoning(limit, fresh)
    limit.refresh_from_db()
    if fresh.due == was:
        return
    if limit.kind in REPLY_KINDS:
        move_due(limit.suggestion, actor=actor)
    clock_notices.date_moved(limit, was, draft.source, actor)


def recount_next(draft_id: int, after: int = 0) -> int:
    """Reckon the next clocks behind ``after`` anew; the last one looked at, or 0 when there are no more. May be repeated."""
    draft, days = CalendarDraft.objects.get(pk=draft_id), calendar()
    limits = list(_touched(draft.year).filter(pk__gt=after).order_by("pk")[:BATCH])
    share_rules(limits, Held())
    changed = [limit for limit in limits if _fresh(limit, days) != limit.reckoning]
    each(recount, changed, actor=Actor.system(f"table of days off {draft.year}"), draft=draft)
    return limits[-1].pk if len(limits) == BATCH else 0
