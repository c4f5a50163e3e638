"""Who has seen a protected value in full, and what a person asks to have put right."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from qiao.accounts.models import Person
from qiao.kernel import clock
from qiao.kernel.models import VisibleQuerySet
from qiao.kernel.protected import ProtectedField
from qiao.orgs.models import Congress


class Column(models.TextChoices):
    """The columns of a person that are shown in full only for a reason."""

    PHONE = "phone", _("Telephone")
    ID_NUMBER = "id_number", _("Identity number")
    SIGNER = "signer", _("Name under a confidential suggestion")


ON_PERSON = (Column.PHONE, Column.ID_NUMBER)
"""Those that are a person's own columns."""


class Purpose(models.TextChoices):
    """What somebody needs the full value for; the sentence beside it says the rest."""

    CONTACT = "contact", _("To reach the person about their duties")
    VERIFY = "verify", _("To make sure who the person is")
    CORRECT = "correct", _("To put the directory right")
    LAW = "law", _("Because a law or an authority asks for it")
    OTHER = "other", _("For another reason")


class Reading(models.Model):
    """One look at one protected value. It stays when the post of who looked has ended: the person may always ask."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="readings", verbose_name=_("person"))
    column = models.CharField(_("what was read"), max_length=20, choices=Column)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("read by"))
    acting_as = models.CharField(_("acting as"), max_length=200, blank=True)
    congress = models.ForeignKey(Congress, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("congress"))
    purpose = models.CharField(_("what for"), max_length=10, choices=Purpose)
    note = models.TextField(_("reason"))
    at = models.DateTimeField(_("read at"), default=clock.now)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading of a protected value")
        indexes = [
            models.Index(fields=["person", "-id"], name="reading_of_person"),
            models.Index(fields=["user", "at"], name="reading_by_user"),
            models.Index(fields=["congress", "at"], name="reading_of_congress"),
        ]

    def __str__(self) -> str:
        return f"{self.column} {self.person_id}"

    @property
    def journal_root(self) -> Person:
        """It belongs to the history of the person."""
        return self.person


class CorrectionState(models.TextChoices):
    """Where a request stands."""

    OPEN = "open", _("Waiting for the staff")
    ACCEPTED = "accepted", _("Put right")
    REFUSED = "refused", _("Left as it is")


class Asked(models.TextChoices):
    """What of oneself one can ask to have put right."""

    NAME = "name", _("Name")
    BORN_ON = "born_on", _("Date of birth")
    ETHNICITY = "ethnicity", _("Ethnicity")
    PARTY = "party", _("Political affiliation")
    EDUCATION = "education", _("Education")
    WORK_UNIT = "work_unit", _("Workplace")
    JOB_TITLE = "job_title", _("Position")
    PHONE = "phone", _("Telephone")
    ID_NUMBER = "id_number", _("Identity number")
    EMAIL = "email", _("E-mail")


class Correction(models.Model):
    """A person asks that one of their data be put right (个人信息保护法 §46); what it shall be lies encrypted."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="corrections", verbose_name=_("person"))
    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="+", verbose_name=_("congress"))
    column = models.CharField(_("what is wrong"), max_length=12, choices=Asked)
    wish = ProtectedField(_("what it should be"), max_length=100)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=CorrectionState, default=CorrectionState.OPEN, editable=False)
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    at = models.DateTimeField(_("asked at"), default=clock.now)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for correction")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "column"],
                condition=models.Q(state="open"),
                name="correction_once_at_a_time",
                violation_error_message=_("You have asked for this already; the staff have not answered yet."),
            )
        ]
        indexes = [models.Index(fields=["congress", "state", "-id"], name="correction_of_congress")]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_column_display()}"

    @property
    def journal_root(self) -> Person:
        """It belongs to the history of the person."""
        return self.person


class Disposal(models.Model):
    """Data of one kind that were deleted or cleared together because their term was over: how many, never what."""

    kind = models.CharField(_("kind"), max_length=20)
    congress = models.ForeignKey(Congress, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("congress"))
    """Empty for what belongs to the installation."""
    count = models.PositiveIntegerField(_("how many"))
    at = models.DateTimeField(_("at"), default=clock.now)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("disposal")
        indexes = [models.Index(fields=["congress", "kind", "-id"], name="disposal_of_congress")]

    def __str__(self) -> str:
        return f"{self.kind} {self.count}"


class Hold(models.Model):
    """A person's data are kept beyond their term, for a reason: a lawsuit, an inquiry, an audit."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="holds", verbose_name=_("person"))
    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="+", verbose_name=_("congress"))
    reason = models.CharField(_("reason"), max_length=500)
    at = models.DateTimeField(_("since"), default=clock.now)
    lifted_at = models.DateTimeField(_("lifted at"), null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("hold")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "congress"],
                condition=models.Q(lifted_at=None),
                name="hold_once_at_a_time",
                violation_error_message=_("This person’s data are on hold already."),
            )
        ]
        indexes = [models.Index(fields=["congress", "lifted_at", "-id"], name="hold_of_congress")]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def journal_root(self) -> Person:
        """It belongs to the history of the person."""
        return self.person
