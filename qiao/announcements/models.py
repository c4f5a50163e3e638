"""Announcements: the text, for whom, and how far the telling has come."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from qiao.kernel import clock
from qiao.kernel.models import VisibleQuerySet
from qiao.notices.models import TITLE_LIMIT
from qiao.orgs.models import Congress

TEXT_LIMIT = 5000


class Audience(models.TextChoices):
    """For whom."""

    DEPUTIES = "deputies", _("All deputies of the congress")
    BELOW = "below", _("All deputies of the congress and of those below it")
    DELEGATIONS = "delegations", _("The deputies of delegations")
    UNITS = "units", _("The people of handling units")
    ROLES = "roles", _("The holders of roles in the congress")


class Announcement(models.Model):
    """One text of a congress to many people; a draft until it is sent, then unchanged."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="announcements", verbose_name=_("congress"))
    title = models.CharField(_("title"), max_length=TITLE_LIMIT)
    text = models.TextField(_("text"), max_length=TEXT_LIMIT)
    audience = models.CharField(_("for whom"), max_length=12, choices=Audience, default=Audience.DEPUTIES)
    picks = models.JSONField(_("which of them"), default=list, blank=True)
    """The numbers of the delegations, units or roles."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="announcements", verbose_name=_("by"))
    at = models.DateTimeField(_("written"), default=clock.now)
    released_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("all told at"), null=True, blank=True)
    total = models.PositiveIntegerField(_("recipients"), default=0)
    told = models.PositiveIntegerField(_("told"), default=0)
    reached = models.BigIntegerField(default=0)
    """The account told last: the telling goes by rising numbers, and this moves in the same transaction as its notices."""

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("announcement")
        indexes = [models.Index(fields=["congress", "-id"], name="announcement_newest")]

    def __str__(self) -> str:
        return self.title
