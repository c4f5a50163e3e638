"""The lists of suggestions: inside, and for the public."""

import datetime as dt
import functools
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qiao.kernel import clock
from qiao.kernel.policy import Actor
from qiao.rulebook.queries import calendar, rules_for
from qiao.ui.cells import drawn, link
from qiao.ui.listing import Column, Listing

from .figures import behind, population, rates
from .forms import InsideFilters, PublicFilters
from .models import Assignment, Confidentiality, State, Suggestion
from .queries import audiences_of, matching, matching_published
from .worklists import View


def _units_cell(row: Suggestion) -> str:
    """The first unit by name, and how many more there are."""
    return drawn("units", row.unit or "", more=row.more_units, names=row.unit_names)


NUMBER = Column("number", _("Number"), lambda s: s.number_label, ("number",), nowrap=True)
TITLE = Column("title", _("Title"), lambda s: s.title, cell=lambda s: link(reverse("matters:detail", args=[s.pk]), s), names_row=True)
LEAD = Column("lead", _("Lead deputy"), lambda s: s.put_forward_by, nowrap=True)
UNIT = Column("unit", _("Handling unit"), lambda s: s.unit_names, cell=_units_cell)
TOPIC = Column("topic", _("Topic"), lambda s: s.topic, nowrap=True)
STATE = Column("state", _("State"), lambda s: State(s.state).label, cell=lambda s: drawn("state", State(s.state).label, state=s.state))
PUBLIC_STATE = Column("state", _("State"), lambda s: s.public_state)
DUE = Column("due", _("Reply due"), lambda s: s.due, ("due",), blanks_last=True)
MAY_MOVE = Column("may_move", _("Reply due: provisional"), lambda s: _("Provisional") if s.due_may_move else "", in_files_only=True)
NEWEST = Column("newest", _("Submitted on"), lambda s: clock.day_of(s.submitted_at or s.created_at), ("id",), nowrap=True)


def _handled_by(rows: Any, unit: Any) -> Any:
    """Suggestions that a unit has or had to the end, in whatever role."""
    return rows.filter(pk__in=Assignment.objects.filter(unit=unit).standing().order_by().values("suggestion"))


PERIOD = {
    "occasion": lambda rows, value: rows.filter(session__isnull=value == "between"),
    "term": lambda rows, value: rows.filter(term=value),
    "session": lambda rows, value: rows.filter(session=value),
    "unit": _handled_by,
    "submitter": lambda rows, value: rows.filter(delegation__isnull=value == "deputies"),
    "since": lambda rows, value: rows.filter(submitted_at__gte=clock.begins(value)),
    "until": lambda rows, value: rows.filter(submitted_at__lt=clock.begins(value + dt.timedelta(days=1))),
}
"""By what figures are narrowed, and the lists behind them."""

NARROW = {
    "state": lambda rows, value: rows.filter(state=value),
    "topic": lambda rows, value: rows.filter(topic=value),
    "unit": _handled_by,
    "session": lambda rows, value: rows.filter(session=value),
    "deputy": lambda rows, value: rows.filter(lead=value, confidentiality=Confidentiality.NONE),
}


def _due_cell() -> Callable[[Suggestion], str]:
    """Draws the last day with the days left today; the tables of days off are asked for once, when there is a day to show."""
    days_off, today = functools.cache(calendar), clock.today()

    def cell(row: Suggestion) -> str:
        return drawn("due", date=row.due, today=today, provisional=bool(days_off().unknown([row.due]))) if row.due else ""

    return cell


def inside(actor: Actor, views: Iterable[View], unit: int | None = None) -> Listing:
    """The list of those who work on suggestions, with the parts of their worklist; it finds only what its reader may see.

    ``unit`` is the one whose figures led here.
    """
    parts = {view.key: view.rows for view in views}

    def counted(rows: Any, side: str) -> Any:
        congress = actor.post.congress
        counted_ones = rates(congress, rules_for(congress, clock.today()), unit)
        return population(rows, actor, unit).filter(behind(side, counted_ones))

    return Listing(
        name="suggestions",
        columns=[NUMBER, TITLE, LEAD, UNIT, TOPIC, STATE, replace(DUE, cell=_due_cell()), MAY_MOVE, NEWEST],
        filters=InsideFilters,
        narrow={
            **NARROW,
            **PERIOD,
            "figure": counted,
            "q": lambda rows, value: matching(rows, value, audiences_of(actor)),
            "view": lambda rows, value: rows.filter(parts[value]),
        },
        order="due" if actor.units else "-newest",
    )


PUBLIC = Listing(
    name="published-suggestions",
    columns=[NUMBER, TITLE, UNIT, TOPIC, PUBLIC_STATE, NEWEST],
    filters=PublicFilters,
    narrow={**NARROW, "q": matching_published, "congress": lambda rows, value: rows.filter(congress=value)},
    order="-newest",
)
