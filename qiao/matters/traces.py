"""The whole trace of a suggestion's clocks: each step in words, and how the days were counted off (T3)."""

from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from qiao.kernel import clock
from qiao.kernel.policy import Actor
from qiao.rulebook.clocks import explain
from qiao.rulebook.counting import Run, runs
from qiao.rulebook.queries import calendar
from qiao.rulebook.trace import full_date, listed

from .models import Clock, Pause, Reminder, Suggestion
from .sealing import as_seen


@dataclass(frozen=True)
class Trace:
    """One clock as the page of all dates and its print show it."""

    clock: Clock
    runs: list[Run]
    reminders: list[Reminder]
    pauses: list[Pause]

    @property
    def heading(self) -> str:
        """What must be done, and by whom."""
        return f"{self.clock.get_kind_display()} · {self.clock.party_name}"

    @property
    def steps(self) -> list[str]:
        """How the date came about and what became of it, in words."""
        return [*explain(self.clock.reckoning.lines), *self._since()]

    def _since(self) -> list[str]:
        """What the reckoning does not know: that it is paused now, or has ended."""
        one = self.clock
        if one.ended_on:
            words = _("Done on %(day)s.") if one.met else _("Ended on %(day)s without being needed any more.")
            return [words % {"day": full_date(one.ended_on)}]
        if one.paused_on:
            said = {"day": full_date(one.paused_on), "source": self.pauses[-1].source}
            return [_("Paused since %(day)s, by %(source)s: no day is counted until it goes on, and the last day then comes later.") % said]
        return []

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What else is on record of it: a label and its text."""
        reasons = [_("%(days)s: %(reason)s") % {"days": pause.days, "reason": pause.reason} for pause in self.pauses]
        days = [f"{clock.day_of(reminder.at):%Y-%m-%d}" for reminder in self.reminders]
        found = [
            (_("Period"), str(self.clock.reckoning.period)),
            (_("The rule"), self.clock.rule_words),
            (_("Rules as of"), full_date(self.clock.rules_of)),
            (_("Pauses"), "\n".join(reasons)),
            (_("Reminded on"), listed(days)),
        ]
        return [(label, text) for label, text in found if text]


def traces(suggestion: Suggestion, actor: Actor) -> list[Trace]:
    """Every clock of a suggestion with its trace, in the order in which they began. Three queries."""
    given = Prefetch("reminders", Reminder.objects.visible_to(actor).filter(told__gt=0), to_attr="given")
    clocks = suggestion.clocks.select_related("assignment__dispatched_from", "congress").prefetch_related(given, "pauses")
    days, seen = calendar(), as_seen(clocks, suggestion, actor)
    return [Trace(one, runs(one.reckoning, days), getattr(one, "given", []), list(one.pauses.all())) for one in seen]
