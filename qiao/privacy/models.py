"""Who has seen a protected value in full, when and why."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from qiao.accounts.models import Person
from qiao.kernel import clock
from qiao.kernel.models import VisibleQuerySet
from qiao.orgs.models import Congress


class Column(models.TextChoices):
    """The columns of a person that are shown in full only for a reason."""

    PHONE = "phone", _("Telephone")
    ID_NUMBER = "id_number", _("Identity number")


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
        ]

    def __str__(self) -> str:
        return f"{self.column} {self.person_id}"

    @property
    def journal_root(self) -> Person:
        """It belongs to the history of the person."""
        return self.person
