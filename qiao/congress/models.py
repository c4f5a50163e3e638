"""Terms, sessions, delegations, electoral districts and mandates."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qiao.accounts.models import Person
from qiao.kernel import clock
from qiao.kernel.models import VisibleQuerySet
from qiao.orgs.models import Congress

from .numerals import chinese


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
                condition=Q(seats__gte=1, seats__lte=3),
                violation_error_message=_("An electoral district has one to three seats."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MandateState(models.TextChoices):
    """Where a mandate stands (R5.10–R5.16)."""

    ELECTED = "elected", _("Elected, not yet confirmed")
    QUALIFIED = "qualified", _("In office")
    SUSPENDED = "suspended", _("Suspended")
    ENDED = "ended", _("Ended")


class EndReason(models.TextChoices):
    """The grounds on which a mandate ends (R5.12)."""

    TERM = "term", _("End of the term")
    MOVED = "moved", _("Moved out of the area")
    RESIGNED = "resigned", _("Resignation accepted")
    ORDERED = "ordered", _("Ordered resignation accepted")
    ABSENT = "absent", _("Absent twice without approval")
    RECALLED = "recalled", _("Recalled")
    NATIONALITY = "nationality", _("Lost nationality")
    RIGHTS = "rights", _("Lost political rights")
    CAPACITY = "capacity", _("Lost legal capacity")
    DEATH = "death", _("Died")


class Category(models.TextChoices):
    """What the statistics of structure count a deputy as (R5.4)."""

    WORKER = "worker", _("Worker")
    FARMER = "farmer", _("Farmer")
    PROFESSIONAL = "professional", _("Professional or technician")
    OFFICIAL = "official", _("Party or government official")
    ENTERPRISE = "enterprise", _("Enterprise manager")
    SOLDIER = "soldier", _("Soldier")
    OTHER = "other", _("Other")


class MandateQuerySet(VisibleQuerySet):
    """Mandates."""

    def in_office(self) -> Self:
        """Mandates that can be exercised today: confirmed, not suspended, not ended, of a term that still runs (R2.3, R5.11)."""
        return self.filter(Q(term__ends=None) | Q(term__ends__gte=clock.today()), state=MandateState.QUALIFIED)

    def named(self, words: str) -> Self:
        """Deputies by name, initials or card number."""
        return self.filter(Q(person__name__contains=words) | Q(person__pinyin__startswith=words.lower()) | Q(card_no__startswith=words))

    def for_list(self) -> Self:
        """With all that a list row shows."""
        return self.select_related("person", "term", "delegation", "electing_unit", "district", "congress")


class Mandate(models.Model):
    """One person's seat in one congress for one term; a deputy is whoever holds one."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="mandates", verbose_name=_("congress"))
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="mandates", verbose_name=_("term"))
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mandates", verbose_name=_("person"))
    electing_unit = models.ForeignKey(
        Congress, null=True, blank=True, on_delete=models.PROTECT, related_name="elected", verbose_name=_("electing unit")
    )
    district = models.ForeignKey(
        District, null=True, blank=True, on_delete=models.PROTECT, related_name="mandates", verbose_name=_("electoral district")
    )
    delegation = models.ForeignKey(
        Delegation, null=True, blank=True, on_delete=models.PROTECT, related_name="mandates", verbose_name=_("delegation")
    )
    card_no = models.CharField(_("deputy card number"), max_length=20)
    category = models.CharField(_("category"), max_length=12, choices=Category, default=Category.OTHER)
    grassroots = models.BooleanField(_("grassroots deputy"), default=False)
    first_term = models.BooleanField(_("first term"), default=True)
    state = models.CharField(_("state"), max_length=10, choices=MandateState, default=MandateState.QUALIFIED, editable=False)
    elected_on = models.DateField(_("elected on"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    end_reason = models.CharField(_("reason of the end"), max_length=12, choices=EndReason, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandate")
        ordering = ["congress", "card_no"]
        constraints = [
            models.UniqueConstraint(
                fields=["term", "card_no"],
                name="mandate_card_once",
                violation_error_message=_("This card number is already given in this term."),
            ),
            models.UniqueConstraint(
                fields=["term", "person", "elected_on"],
                name="mandate_person_once",
                violation_error_message=_("This person already holds a mandate in this term."),
            ),
            models.CheckConstraint(
                name="mandate_elected_one_way",
                condition=Q(electing_unit=None, district__isnull=False) | Q(electing_unit__isnull=False, district=None),
                violation_error_message=_("A deputy is elected either by an electing unit or in an electoral district."),
            ),
            models.CheckConstraint(
                name="mandate_end_has_date_and_reason",
                condition=(Q(state="ended", ended_on__isnull=False) & ~Q(end_reason=""))
                | (~Q(state="ended") & Q(ended_on=None, end_reason="")),
                violation_error_message=_("An ended mandate needs its date and its reason, and only an ended one has them."),
            ),
        ]
        indexes = [
            models.Index(fields=["congress", "state", "card_no"], name="mandate_of_congress"),
            models.Index(fields=["person"], name="mandate_of_person"),
        ]

    def __str__(self) -> str:
        return self.person.name

    def clean(self) -> None:
        if self.term_id and self.term.congress_id != self.congress_id:
            raise ValidationError({"term": _("The term belongs to another congress.")})
        if self.electing_unit_id and self.congress.elected_directly:
            raise ValidationError({"electing_unit": _("Voters elect the deputies of this level; name the electoral district.")})
        if self.district_id and not self.congress.elected_directly:
            raise ValidationError({"district": _("The congresses below elect the deputies of this level; name the electing unit.")})
