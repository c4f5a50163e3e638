"""Terms, sessions, delegations, electoral districts and the quotas of electing units."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qiao.kernel.models import VisibleQuerySet
from qiao.orgs.models import Congress

from ..numerals import chinese


class TermQuerySet(VisibleQuerySet):
    """Terms."""

    def current(self, day: object) -> Self:
        """Terms running on a day."""
        return self.filter(Q(ends=None) | Q(ends__gte=day), starts__lte=day)


class Term(models.Model):
    """Five years of a congress, from the first session of this term to that of the next (R2.3)."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="terms", verbose_name=_("congress"))
    number = models.PositiveSmallIntegerField(_("number"))
    starts = models.DateField(_("begins"))
    ends = models.DateField(_("ends"), null=True, blank=True)
    seats = models.PositiveSmallIntegerField(_("seats"), default=0)
    """The fixed number of deputies (名额), which does not change within the term (R2.7)."""

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = _("term")
        ordering = ["congress", "-number"]
        constraints = [models.UniqueConstraint(fields=["congress", "number"], name="term_number_once")]

    def __str__(self) -> str:
        return f"第{chinese(self.number)}届"


class SessionQuerySet(VisibleQuerySet):
    """Plenary sessions."""

    def sitting(self, day: object) -> Self:
        """Sessions that sit on a day."""
        return self.filter(opens__lte=day, closes__gte=day)


class Session(models.Model):
    """One plenary session of a term (次会议)."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="sessions", verbose_name=_("congress"))
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="sessions", verbose_name=_("term"))
    number = models.PositiveSmallIntegerField(_("number"))
    opens = models.DateField(_("opens"))
    closes = models.DateField(_("closes"))
    suggestion_deadline = models.DateTimeField(_("suggestions accepted until"), null=True, blank=True)
    attendance_concluded_on = models.DateField(_("attendance concluded on"), null=True, blank=True, editable=False)
    """The day on which somebody said that the sheets are complete; from then on absence from the whole session counts."""

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        ordering = ["congress", "-opens"]
        constraints = [
            models.UniqueConstraint(fields=["term", "number"], name="session_number_once"),
            models.CheckConstraint(
                name="session_closes_after_it_opens",
                condition=Q(closes__gte=models.F("opens")),
                violation_error_message=_("A session must close on or after the day it opens."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.term}第{chinese(self.number)}次会议"


class Delegation(models.Model):
    """Deputies of one electing unit or area during the sessions of a term (R5.6)."""

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="delegations", verbose_name=_("term"))
    name = models.CharField(_("name"), max_length=60)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("delegation")
        ordering = ["term", "id"]
        constraints = [models.UniqueConstraint(fields=["term", "name"], name="delegation_name_once")]

    def __str__(self) -> str:
        return self.name


MOST_IN_A_DISTRICT = 3
"""Deputies that an electoral district may elect (R2.2)."""


class District(models.Model):
    """An electoral district, where voters elect one to three deputies directly (R2.2)."""

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="districts", verbose_name=_("term"))
    name = models.CharField(_("name"), max_length=60)
    seats = models.PositiveSmallIntegerField(_("seats"), default=1)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("electoral district")
        ordering = ["term", "id"]
        constraints = [
            models.UniqueConstraint(fields=["term", "name"], name="district_name_once"),
            models.CheckConstraint(
                name="district_has_one_to_three_seats",
                condition=Q(seats__gte=1, seats__lte=MOST_IN_A_DISTRICT),
                violation_error_message=_("An electoral district has one to three seats."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Quota(models.Model):
    """How many deputies of a term one electing unit elects (名额; 选举法 §§12–17)."""

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="quotas", verbose_name=_("term"))
    electing_unit = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="quotas", verbose_name=_("electing unit"))
    seats = models.PositiveSmallIntegerField(_("seats"))

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("quota")
        ordering = ["term", "electing_unit__area__code"]
        constraints = [
            models.UniqueConstraint(
                fields=["term", "electing_unit"],
                name="quota_once_a_unit",
                violation_error_message=_("This electing unit already has its quota in this term."),
            )
        ]

    def __str__(self) -> str:
        return self.electing_unit.short_name

    def clean(self) -> None:
        if self.electing_unit.superior_id != self.term.congress_id:
            raise ValidationError({"electing_unit": _("Deputies of this congress are elected by the congresses directly below it.")})
