"""Provisions of congresses, and the tables of days off."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qiao.kernel import clock
from qiao.kernel.models import VisibleQuerySet
from qiao.orgs.models import Congress

from .catalogue import CATALOGUE


class ProvisionQuerySet(VisibleQuerySet):
    """Provisions."""

    def standing(self) -> Self:
        """Provisions that were not withdrawn before they began."""
        return self.filter(withdrawn_at=None)

    def on(self, day: object) -> Self:
        """Provisions in force on a day."""
        return self.standing().filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)

    def from_day(self, day: object) -> Self:
        """Provisions in force on a day or beginning later, in the order of their days."""
        return self.standing().filter(Q(valid_to=None) | Q(valid_to__gt=day)).order_by("key", "valid_from")


class Provision(models.Model):
    """The value one congress gives to one parameter, from a day on; what was in force before is kept."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="provisions", verbose_name=_("congress"))
    key = models.CharField(_("parameter"), max_length=40)
    value: models.JSONField[Any, Any] = models.JSONField(_("value"), blank=True)
    source = models.CharField(_("source"), max_length=200)
    """The regulation and article that the value comes from."""
    reason = models.TextField(_("reason"), blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    """The first day on which it no longer holds."""
    ended_earlier = models.BooleanField(_("ended an earlier one"), default=True)
    """Whether it took the place of one that would have gone on: that one goes on if this is withdrawn."""
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    """When it was taken back before its first day was over; it stays readable in the history and never holds."""

    objects = ProvisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("provision")
        ordering = ["congress", "key", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["congress", "key", "valid_from"],
                condition=Q(withdrawn_at=None),
                name="provision_once_a_day",
                violation_error_message=_("There is already a provision on this from that day. Correct that one."),
            ),
            models.UniqueConstraint(
                fields=["congress", "key"],
                condition=Q(valid_to=None, withdrawn_at=None),
                name="provision_one_open",
                violation_error_message=_("Only one provision on this can be open at the end."),
            ),
            models.CheckConstraint(
                name="provision_ends_after_it_begins",
                condition=Q(valid_to=None) | Q(valid_to__gt=models.F("valid_from")),
                violation_error_message=_("A provision must end after it begins."),
            ),
        ]

    def __str__(self) -> str:
        return str(CATALOGUE[self.key].label) if self.key in CATALOGUE else self.key

    @property
    def words(self) -> list[str]:
        """The value as a reader sees it; as it is stored where the parameter is gone."""
        return CATALOGUE[self.key].words(self.value) if self.key in CATALOGUE else [str(self.value)]

    @property
    def is_open_to_change(self) -> bool:
        """Whether its first day is not over yet: until then it can be corrected and withdrawn."""
        return self.withdrawn_at is None and self.valid_from >= clock.today()

    @property
    def is_lasting(self) -> bool:
        """Whether it holds today or will."""
        return self.withdrawn_at is None and (self.valid_to is None or self.valid_to > clock.today())

    def next_day_has_its_own(self) -> bool:
        """Whether another provision begins on the day on which this one ends."""
        return Provision.objects.standing().filter(congress=self.congress_id, key=self.key, valid_from=self.valid_to).exists()


class CalendarYear(models.Model):
    """The State Council's table of days off for a year; a year without one is not known yet."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    source = models.CharField(_("source"), max_length=200)
    published_on = models.DateField(_("published on"))

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("table of days off")
        ordering = ["year"]

    def __str__(self) -> str:
        return str(self.year)


class CalendarDay(models.Model):
    """A day that a table names: off, or a make-up working day at a weekend."""

    year = models.ForeignKey(CalendarYear, on_delete=models.CASCADE, related_name="days", verbose_name=_("table"))
    day = models.DateField(_("day"), unique=True)
    off = models.BooleanField(_("day off"))
    name = models.CharField(_("holiday"), max_length=40)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("day of a table")
        ordering = ["day"]

    def __str__(self) -> str:
        return self.day.isoformat()


class CalendarDraft(models.Model):
    """A table of days off as somebody has uploaded it: looked at with what it would move, before it is published."""

    year = models.PositiveSmallIntegerField(_("year"))
    source = models.CharField(_("source"), max_length=200)
    published_on = models.DateField(_("published on"))
    days: models.JSONField[Any, Any] = models.JSONField(_("days"))
    """Each day as ``[ISO day, off, holiday]``."""
    at = models.DateTimeField(_("uploaded"), default=clock.now, editable=False)
    loaded_at = models.DateTimeField(_("in force since"), null=True, editable=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft of a table of days off")
        ordering = ["-id"]

    def __str__(self) -> str:
        return str(self.year)

    @property
    def rows(self) -> list[tuple[dt.date, bool, str]]:
        """The days of the table."""
        return [(dt.date.fromisoformat(day), off, name) for day, off, name in self.days]
