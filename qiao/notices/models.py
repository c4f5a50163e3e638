"""Notices and their way to the person."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from qiao.kernel import clock
from qiao.kernel.models import VisibleQuerySet

TITLE_LIMIT = 200


class Notice(models.Model):
    """One thing said to one person: kept as it was said, in their language."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices", verbose_name=_("account"))
    code = models.CharField(_("about"), max_length=80)
    """The operation that caused it, such as ``suggestion.assign``."""
    title = models.CharField(_("title"), max_length=TITLE_LIMIT)
    body = models.TextField(_("text"), blank=True)
    url = models.CharField(_("page"), max_length=300)
    trail = models.CharField(_("matter"), max_length=80)
    """What it belongs to, as ``noun:pk``, like the journal's lines."""
    at = models.DateTimeField(_("sent at"), default=clock.now)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)

    objects = VisibleQuerySet.as_manager()
    journal_masked = frozenset({"title", "body"})

    class Meta:
        verbose_name = _("notice")
        indexes = [
            models.Index(fields=["user", "read_at"], name="notice_unread"),
            models.Index(fields=["user", "-id"], name="notice_newest"),
        ]

    def __str__(self) -> str:
        return self.title


class Channel(models.TextChoices):
    """The ways out of the product."""

    MAIL = "mail", _("By e-mail")


class DeliveryState(models.TextChoices):
    """How far a delivery has come."""

    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Given up")
    SKIPPED = "skipped", _("No address")


class Delivery(models.Model):
    """One notice on its way by one channel; kept so that what did not go out can be seen and sent again."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="deliveries", verbose_name=_("notice"))
    channel = models.CharField(_("channel"), max_length=8, choices=Channel, default=Channel.MAIL)
    state = models.CharField(_("state"), max_length=8, choices=DeliveryState, default=DeliveryState.WAITING)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    error = models.CharField(_("last error"), max_length=300, blank=True)
    at = models.DateTimeField(_("last change"), default=clock.now)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        constraints = [models.UniqueConstraint(fields=["notice", "channel"], name="delivery_once_a_channel")]
        indexes = [models.Index(fields=["state", "at"], name="delivery_waiting")]

    def __str__(self) -> str:
        return f"{self.channel} {self.notice_id}"
