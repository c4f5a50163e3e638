"""Legal clocks: one a party and a duty, each able to say how its date came about (T3); and who was reminded of them."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from qiao.kernel import clock as time
from qiao.kernel.models import VisibleQuerySet
from qiao.orgs.models import Congress
from qiao.rulebook.clocks import Reckoning
from qiao.rulebook.queries import rules_for
from qiao.rulebook.rules import Rules
from qiao.rulebook.sources import cited

from .handling import Assignment
from .suggestion import Suggestion


class ClockKind(models.TextChoices):
    """What must be done by the date."""

    RECEIPT = "receipt", _("Confirm receipt")
    HAND_OVER = "hand_over", _("Hand over")
    SIGN = "sign", _("Sign for")
    RETURN = "return", _("Ask for return")
    REASSIGN = "reassign", _("Assign anew")
    CONTACT = "contact", _("First contact with the deputy")
    OBJECTION = "objection", _("Answer the objection")
    ASSIST = "assist", _("Give the opinion")
    REDO = "redo", _("Give the opinion again")
    REPLY = "reply", _("Reply")
    REHANDLE = "rehandle", _("Reply again")
    EVALUATION = "evaluation", _("Evaluate")


OPINION_KINDS = (ClockKind.ASSIST, ClockKind.REDO)
"""What an assisting unit owes the lead unit, the first time and again."""
REPLY_KINDS = (ClockKind.REPLY, ClockKind.REHANDLE)
"""What a unit owes the deputy, the first time and again."""

AT_ONCE = dt.date(1970, 1, 1)
"""The day by which the reminders of a clock are looked at when nobody has looked at them yet."""


class ClockQuerySet(VisibleQuerySet):
    """Clocks."""

    def running(self) -> Self:
        """Clocks whose duty is still open."""
        return self.filter(ended_on=None)

    def ticking(self) -> Self:
        """Those of them that are not paused: only these can be late."""
        return self.running().filter(paused_on=None)

    def paused(self) -> Self:
        """Those of them that are."""
        return self.running().filter(paused_on__isnull=False)

    def to_remind(self, day: dt.date) -> Self:
        """Ticking clocks whose reminders must be looked at by a day."""
        return self.ticking().filter(remind_on__lte=day)


class Clock(models.Model):
    """A date by which a party must do something. ``ended_on`` says when the duty was done or fell away; ``met`` whether done."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="+")
    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="clocks")
    assignment = models.ForeignKey(Assignment, null=True, blank=True, on_delete=models.PROTECT, related_name="clocks")
    kind = models.CharField(_("duty"), max_length=12, choices=ClockKind)
    party = models.CharField(_("whose duty"), max_length=100)
    start = models.DateField(_("counted from"))
    due = models.DateField(_("due"))
    reckoning_data: models.JSONField[Any, Any] = models.JSONField(default=dict)
    source = models.CharField(_("rule"), max_length=200, blank=True)
    paused_on = models.DateField(_("paused since"), null=True, blank=True, editable=False)
    """The day from which it does not count, while it is paused; its last day is known when it goes on."""
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    met = models.BooleanField(_("done"), default=False)
    remind_on = models.DateField(null=True, default=AT_ONCE, editable=False)
    """The next day on which somebody may have to be reminded; empty when nobody will be any more."""

    objects = ClockQuerySet.as_manager()
    asked_with = ("suggestion__lead__person", "assignment", "congress")

    class Meta:
        verbose_name = _("clock")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["congress", "kind", "ended_on", "due"], name="clock_worklist"),
            models.Index(fields=["assignment", "kind"], name="clock_of_assignment"),
            models.Index(fields=["suggestion", "kind", "due"], condition=models.Q(ended_on=None), name="clock_running"),
            models.Index(fields=["suggestion"], condition=models.Q(paused_on__isnull=False), name="clock_paused"),
            models.Index(fields=["remind_on", "id"], condition=models.Q(ended_on=None), name="clock_to_remind"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.due}"

    @property
    def journal_root(self) -> Suggestion:
        """Its lines stand in the suggestion's history."""
        return self.suggestion

    @property
    def party_name(self) -> str:
        """Whose duty it is; a deputy who is not to be named is not."""
        named = self.kind != ClockKind.EVALUATION or not self.suggestion.is_confidential
        return self.party if named else self.suggestion.lead_name

    @property
    def rule_words(self) -> str:
        """The rule it runs by, as its reader understands it."""
        return cited(self.source)

    @property
    def reckoning(self) -> Reckoning:
        """How the date came about."""
        return Reckoning.from_json(self.reckoning_data)

    @cached_property
    def rules(self) -> Rules:
        """The rules it runs by: of the hand-over; what belongs to no unit runs by those of the day it began."""
        return self.assignment.rules if self.assignment else rules_for(self.congress, self.start)

    @property
    def is_overdue(self) -> bool:
        """Whether the duty is still open though its last day is over."""
        return self.ended_on is None and self.paused_on is None and self.due < time.today()

    @property
    def rules_of(self) -> dt.date:
        """The day whose rules it runs by: of the first hop where its unit was dispatched to; of its own start where no unit has it."""
        if self.assignment is None:
            return self.start
        return (self.assignment.dispatched_from or self.assignment).assigned_on

    @property
    def is_forgone(self) -> bool:
        """Whether it is a chance that passed unused: who may ask for a return and does not is not late."""
        return self.kind == ClockKind.RETURN and self.is_overdue

    @property
    def state_words(self) -> str:
        """How it stands, in the reader's language."""
        if self.ended_on:
            said = (_("Done in time") if self.in_time else _("Done late")) if self.met else _("No longer runs")
        elif self.paused_on:
            said = _("Paused")
        elif self.is_overdue:
            said = _("Not used") if self.is_forgone else _("Overdue")
        else:
            said = _("Provisional") if self.may_move else _("Running")
        return str(said)

    @property
    def may_move(self) -> bool:
        """Whether it still runs and its date depends on a table of days off that is not published yet."""
        return self.ended_on is None and self.reckoning.provisional

    @property
    def in_time(self) -> bool:
        """Whether the duty was done by its date."""
        return self.met and self.ended_on is not None and self.ended_on <= self.due


Held = dict[tuple[int, dt.date], Rules]
"""Rules of a congress on a day that were asked for already."""


def share_rules(limits: Iterable[Clock], held: Held) -> None:
    """Let clocks that belong to no unit ask once for the rules of their congress and day."""
    for limit in limits:
        if limit.assignment is None:
            on = (limit.congress_id, limit.start)
            held[on] = limit.rules = held.get(on) or limit.rules


class Reminder(models.Model):
    """Somebody was reminded of a clock, once for each rung of the ladder and each last day (``rulebook/ladder.py``)."""

    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="reminders")
    due = models.DateField(_("due"))
    """The last day it spoke of: one that has moved is reminded of anew."""
    rule = models.CharField(_("when"), max_length=10)
    day = models.DateField(_("day of the reminder"))
    told = models.PositiveSmallIntegerField(_("people told"), default=0)
    """Nobody, where a later reminder of the same day says it already."""
    at = models.DateTimeField(_("sent at"), default=time.now)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["clock", "due", "rule", "day"], name="reminder_once")]

    def __str__(self) -> str:
        return f"{self.clock} ({self.day})"

    @property
    def journal_root(self) -> Suggestion:
        """Its lines stand in the suggestion's history."""
        return self.clock.suggestion
