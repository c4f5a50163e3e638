"""The lists of suggestions: inside, and for the public."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from qiao.kernel import clock
from qiao.kernel.policy import Actor
from qiao.rulebook.queries import rules_for
from qiao.ui.listing import Column, Listing

from .figures import behind, population, rates
from .forms import InsideFilters, PublicFilters
from .queries import audiences_of, matching, matching_published
from .worklists import views_for

NUMBER = Column("number", _("Number"), lambda s: s.number_label, ("number",))
TITLE = Column("title", _("Title"), lambda s: s.title)
LEAD = Column("lead", _("Lead deputy"), lambda s: s.put_forward_by)
UNIT = Column("unit", _("Handling unit"), lambda s: s.unit)
TOPIC = Column("topic", _("Topic"), lambda s: s.topic)
STATE = Column("state", _("State"), lambda s: s.get_state_display())
PUBLIC_STATE = Column("state", _("State"), lambda s: s.public_state)
DUE = Column("due", _("Reply due"), lambda s: s.due, ("due",), blanks_last=True)
NEWEST = Column("newest", _("Submitted on"), lambda s: clock.day_of(s.submitted_at or s.created_at), ("id",))

PERIOD = {
    "occasion": lambda rows, value: rows.filter(session__isnull=value == "between"),
    "term": lambda rows, value: rows.filter(term=value),
    "session": lambda rows, value: rows.filter(session=value),
    "unit": lambda rows, value: rows.filter(unit=value),
    "submitter": lambda rows, value: rows.filter(delegation__isnull=value == "deputies"),
    "since": lambda rows, value: rows.filter(submitted_at__date__gte=value),
    "until": lambda rows, value: rows.filter(submitted_at__date__lte=value),
}
"""By what figures are narrowed, and the lists behind them."""

NARROW = {
    "state": lambda rows, value: rows.filter(state=value),
    "topic": lambda rows, value: rows.filter(topic=value),
    "unit": lambda rows, value: rows.filter(unit=value),
    "session": lambda rows, value: rows.filter(session=value),
    "deputy": lambda rows, value: rows.filter(lead=value),
}


def inside(actor: Actor) -> Listing:
    """The list of those who work on suggestions; it finds only what its reader may see."""
    views = {view.key: view.rows for view in views_for(actor)}

    def counted(rows: Any, side: str) -> Any:
        congress = actor.post.congress
        return population(rows, actor).filter(behind(side, rates(congress, rules_for(congress, clock.today()))))

    return Listing(
        name="suggestions",
        columns=[NUMBER, TITLE, LEAD, UNIT, TOPIC, STATE, DUE, NEWEST],
        filters=InsideFilters,
        narrow={
            **NARROW,
            **PERIOD,
            "figure": counted,
            "q": lambda rows, value: matching(rows, value, audiences_of(actor)),
            "view": lambda rows, value: rows.filter(views[value]),
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
