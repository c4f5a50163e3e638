"""Mandates: who holds a seat, where it stands, and the decisions that moved it."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qiao.accounts.models import Person
from qiao.kernel import clock
from qiao.kernel.models import VisibleQuerySet
from qiao.orgs.models import Congress

from .body import Delegation, District, Term
from .election import ByElection


class MandateState(models.TextChoices):
    """Where a mandate stands (R5.10–R5.16)."""

    ELECTED = "elected", _("Elected, not yet confirmed")
    INVALID = "invalid", _("Election found invalid")
    QUALIFIED = "qualified", _("In office")
    SUSPENDED = "suspended", _("Suspended")
    RESIGNING = "resignation_submitted", _("Resignation submitted")
    ORDERED = "ordered_resignation", _("Resignation ordered")
    RECALLING = "recall_initiated", _("Recall initiated")
    ENDED = "ended", _("Ended")


PENDING = frozenset({MandateState.RESIGNING, MandateState.ORDERED, MandateState.RECALLING})
"""A procedure runs that may end the mandate; until it is decided the mandate goes on, unless it is suspended."""
EXERCISED = PENDING | {MandateState.QUALIFIED}
HELD = EXERCISED | {MandateState.SUSPENDED}
"""The seat is taken."""
UNCONFIRMED = frozenset({MandateState.ELECTED, MandateState.INVALID})
"""Not published: the list of deputies is, once the elections were found valid (选举法 §47)."""


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


class SuspensionGround(models.TextChoices):
    """Why a mandate is suspended (代表法 §61; R5.11)."""

    INVESTIGATED = "investigated", _("Detained and under investigation, prosecution or trial in a criminal case")
    SENTENCED = "sentenced", _("Serving a sentence without loss of political rights")


class Decider(models.TextChoices):
    """Whose decision or declaration a change of a mandate rests on (R5.10–R5.15)."""

    CREDENTIALS = "credentials", _("Credentials committee")
    STANDING_COMMITTEE = "standing_committee", _("Standing committee")
    PRESIDIUM = "presidium", _("Presidium")
    CONGRESS = "congress", _("Congress")
    ELECTING = "electing", _("Congress that elected the deputy")
    ELECTING_COMMITTEE = "electing_committee", _("Standing committee of the congress that elected the deputy")
    CHAIRS = "chairs", _("Chairpersons’ meeting of the congress that elected the deputy")
    MEMBERS = "members", _("One fifth of the standing committee’s members")
    DEPUTIES = "deputies", _("One tenth of the electing congress’s deputies")
    ELECTING_PRESIDIUM = "electing_presidium", _("Presidium of the congress that elected the deputy")
    VOTERS = "voters", _("Voters of the district")


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
        running = Q(term__ends=None) | Q(term__ends__gte=clock.today())
        return self.filter(running, state__in=EXERCISED, suspended_on=None)

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
    profession = models.CharField(_("profession"), max_length=40, blank=True)
    """The field in which the deputy is at home, in the congress's own words, for the roster by profession (R5.9)."""
    grassroots = models.BooleanField(_("grassroots deputy"), default=False)
    first_term = models.BooleanField(_("first term"), default=True)
    state = models.CharField(_("state"), max_length=24, choices=MandateState, default=MandateState.ELECTED, editable=False)
    by_election = models.ForeignKey(
        ByElection, null=True, blank=True, on_delete=models.PROTECT, related_name="mandates", verbose_name=_("by-election")
    )
    elected_on = models.DateField(_("elected on"))
    qualified_on = models.DateField(_("confirmed on"), null=True, blank=True)
    suspended_on = models.DateField(_("suspended since"), null=True, blank=True)
    """Set as long as the suspension lasts, also while a resignation or recall runs beside it."""
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

    @property
    def is_exercised(self) -> bool:
        """Whether the deputy can act: confirmed, not suspended, not ended (R5.11)."""
        return self.state in EXERCISED and self.suspended_on is None

    @property
    def public_state(self) -> MandateState:
        """The state as everybody may read it: what is only proposed is not published before it is decided."""
        if self.suspended_on and self.state in HELD:
            return MandateState.SUSPENDED
        return MandateState.QUALIFIED if self.state in PENDING else MandateState(self.state)

    def clean(self) -> None:
        if self.term_id and self.term.congress_id != self.congress_id:
            raise ValidationError({"term": _("The term belongs to another congress.")})
        if self.electing_unit_id and self.congress.elected_directly:
            raise ValidationError({"electing_unit": _("Voters elect the deputies of this level; name the electoral district.")})
        if self.district_id and not self.congress.elected_directly:
            raise ValidationError({"district": _("The congresses below elect the deputies of this level; name the electing unit.")})


class MandateDecision(models.Model):
    """A decision that changed a mandate: what, on which day, by whom, in which document, on which ground."""

    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="decisions", verbose_name=_("mandate"))
    verb = models.CharField(_("decision"), max_length=24)
    """The step of the mandate's flow that it allowed."""
    on = models.DateField(_("day"))
    decided_by = models.CharField(_("decided by"), max_length=24, choices=Decider, blank=True)
    document_no = models.CharField(_("document number"), max_length=60, blank=True)
    ground = models.CharField(_("ground"), max_length=16, blank=True)
    """A value of ``EndReason`` or ``SuspensionGround``."""
    movers = models.PositiveIntegerField(_("signatures of the motion"), null=True, blank=True)
    note = models.CharField(_("remark"), max_length=1000, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision on a mandate")
        ordering = ["mandate", "id"]

    def __str__(self) -> str:
        return f"{self.mandate} · {self.verb}"

    @property
    def ground_in_words(self) -> str:
        """The ground as the law names it."""
        return str(dict([*EndReason.choices, *SuspensionGround.choices]).get(self.ground, ""))
