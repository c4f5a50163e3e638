"""Provisions of congresses, and the tables of days off."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qiao.kernel.models import VisibleQuerySet
from qiao.orgs.models import Congress


class ProvisionQuerySet(VisibleQuerySet):
    """Provisions."""

    def on(self, day: object) -> Self:
        """Provisions in force on a day."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)


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

    objects = ProvisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("provision")
        ordering = ["congress", "key", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["congress", "key", "valid_from"],
                name="provision_once_a_day",
                violation_error_message=_("There is already a provision on this from that day. Correct that one."),
            ),
            models.UniqueConstraint(
                fields=["congress", "key"],
                condition=Q(valid_to=None),
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
        return self.key


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
