"""Notices and their way to the person."""

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qiao.kernel import clock
from qiao.kernel.models import VisibleQuerySet
from qiao.kernel.policy import Words
from qiao.kernel.protected import HIDDEN, ProtectedField

from .groups import group_of
from .masking import masked

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
            models.Index(fields=["at"], name="notice_by_time"),
        ]

    def __str__(self) -> str:
        return self.title


class Channel(models.TextChoices):
    """The ways out of the product."""

    MAIL = "mail", _("By e-mail")
    SMS = "sms", _("By text message")
    WECOM = "wecom", _("By WeCom")
    DINGTALK = "dingtalk", _("By DingTalk")
    FEISHU = "feishu", _("By Feishu")


class When(models.TextChoices):
    """When a person wants to be reached by a channel."""

    NOW = "now", _("At once")
    DAILY = "daily", _("Once a day, together")
    NEVER = "never", _("Not at all")


class Quiet(models.TextChoices):
    """Whose quiet hours hold for a person."""

    CONGRESS = "congress", _("Those of my congress")
    OWN = "own", _("My own")
    NONE = "none", _("None: reach me at any hour")


class Preference(models.Model):
    """What a person wants of notices outside the product; who has chosen nothing has no row, gets mail at once and nothing else."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_preference", verbose_name=_("account")
    )
    choices = models.JSONField(_("when, by channel and kind"), default=dict, blank=True)
    """``{channel: {group: when}}``, only what differs from ``usual``."""
    quiet = models.CharField(_("quiet hours"), max_length=8, choices=Quiet, default=Quiet.CONGRESS)
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_to = models.TimeField(_("quiet to"), null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("choice about notices")
        constraints = [
            models.CheckConstraint(
                name="preference_own_hours",
                condition=~Q(quiet="own") | (Q(quiet_from__isnull=False) & Q(quiet_to__isnull=False) & ~Q(quiet_from=F("quiet_to"))),
                violation_error_message=_("Say from when and until when it shall be quiet; the two must differ."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id}"

    @property
    def journal_root(self) -> models.Model:
        """The account it belongs to."""
        return self.user

    def when(self, channel: str, group: str) -> str:
        """What the person has chosen for a kind of notice."""
        chosen: str = self.choices.get(channel, {}).get(group, usual(channel))
        return chosen

    def wants(self, channel: str) -> bool:
        """Whether anything is to come by a channel."""
        return usual(channel) != When.NEVER or bool(self.choices.get(channel))


def usual(channel: str) -> When:
    """What holds for who has chosen nothing: mail at once, nothing that goes through the hands of a third party."""
    return When.NOW if channel == Channel.MAIL else When.NEVER


def check_address(plain: str) -> None:
    """Refuse an address that could be more than one: it becomes a part of the gateway's."""
    if not re.fullmatch(r"[\w.@+-]+", plain, re.ASCII):
        raise ValidationError(_("Only letters, digits and . _ @ + - can stand here; of a robot’s address only the key at its end."))


class Address(models.Model):
    """Where a person is reached by a channel, entered by themselves: an account there, or the key of a robot of their own."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="addresses", verbose_name=_("account"))
    channel = models.CharField(_("channel"), max_length=8, choices=Channel)
    value = ProtectedField(_("account or key there"), max_length=200, check=check_address)

    objects = VisibleQuerySet.as_manager()
    journal_masked = frozenset({"value"})

    class Meta:
        verbose_name = _("address for notices")
        constraints = [models.UniqueConstraint(fields=["user", "channel"], name="address_once_a_channel")]

    def __str__(self) -> str:
        return f"{self.channel} {self.user_id}"

    @property
    def journal_root(self) -> models.Model:
        """The account it belongs to."""
        return self.user


class DeliveryState(models.TextChoices):
    """How far a delivery has come."""

    WAITING = "waiting", _("Waiting")
    BEHIND = "behind", _("Waiting behind other mail")
    DAILY = "daily", _("Waiting for the daily letter")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Given up")
    SKIPPED = "skipped", _("No address")
    UNWANTED = "unwanted", _("Switched off by the person")
    READ = "read", _("Read before it was sent")


NOT_OUT = (DeliveryState.FAILED, DeliveryState.SKIPPED)
"""What has not gone out and will not by itself."""


class Digest(models.Model):
    """A person's daily letter: at most one a day, so that of two runs only one sends."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digests", verbose_name=_("account"))
    day = models.DateField(_("day"))
    state = models.CharField(_("state"), max_length=8, choices=DeliveryState, default=DeliveryState.WAITING)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    error = models.CharField(_("last error"), max_length=300, blank=True)
    at = models.DateTimeField(_("last change"), default=clock.now)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("daily letter")
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="digest_once_a_day")]
        indexes = [models.Index(fields=["state", "at"], name="digest_waiting")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.day}"


class Delivery(models.Model):
    """One notice on its way by one channel; kept so that what did not go out can be seen and sent again."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="deliveries", verbose_name=_("notice"))
    channel = models.CharField(_("channel"), max_length=8, choices=Channel, default=Channel.MAIL)
    state = models.CharField(_("state"), max_length=8, choices=DeliveryState, default=DeliveryState.WAITING)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    error = models.CharField(_("last error"), max_length=300, blank=True)
    at = models.DateTimeField(_("last change"), default=clock.now)
    not_before = models.DateTimeField(_("not before"), null=True, blank=True)
    """The end of the person's quiet hours, if it was met by them."""
    digest = models.ForeignKey(
        Digest, null=True, blank=True, on_delete=models.PROTECT, related_name="deliveries", verbose_name=_("daily letter")
    )

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        constraints = [models.UniqueConstraint(fields=["notice", "channel"], name="delivery_once_a_channel")]
        indexes = [models.Index(fields=["state", "at"], name="delivery_waiting")]

    def __str__(self) -> str:
        return f"{self.channel} {self.notice_id}"

    @property
    def kind(self) -> Words:
        """What the notice is about, without its words: those are the recipient's."""
        return group_of(self.notice.code).label

    @property
    def address(self) -> str:
        """Where it would go now, as it may be shown."""
        person = self.notice.user.person
        return {Channel.MAIL: masked(person.email), Channel.SMS: str(person.phone)}.get(Channel(self.channel), HIDDEN)

    is_unnamed = True
    """Whether its matter hides its recipient; what nobody has asked about does (``queries.named``)."""

    @property
    def recipient(self) -> str:
        """Whom it is for, where they may be named."""
        return str(_("Not named: the matter is confidential")) if self.is_unnamed else self.notice.user.person.name

    @property
    def is_stuck(self) -> bool:
        return self.state in NOT_OUT


class Outcome(models.TextChoices):
    """How one try ended, or who began anew."""

    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed, will be tried again")
    GIVEN_UP = "given_up", _("Failed for good")
    SKIPPED = "skipped", _("No address")
    READ = "read", _("Read before it was sent")
    RESENT = "resent", _("Sent again by hand")


class Attempt(models.Model):
    """One line of the log of a delivery: when, how it ended, why, and where to (masked)."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="attempts", verbose_name=_("delivery"))
    at = models.DateTimeField(_("at"), default=clock.now)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    address = models.CharField(_("sent to"), max_length=120, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("try to send")

    def __str__(self) -> str:
        return f"{self.delivery_id} {self.outcome}"


class Refusal(models.Model):
    """A mail server has said that there is no such address; kept until a letter reaches the person."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="refusal", verbose_name=_("account"))
    at = models.DateTimeField(_("at"), default=clock.now)
    address = models.EmailField(_("address"))
    reason = models.CharField(_("reason"), max_length=300)

    objects = VisibleQuerySet.as_manager()
    journal_masked = frozenset({"address"})

    class Meta:
        verbose_name = _("refused address")

    def __str__(self) -> str:
        return self.shown

    @property
    def holds(self) -> bool:
        """Whether the person still has that address."""
        return self.address == self.user.person.email

    @property
    def shown(self) -> str:
        """The address as those who look after the sending may see it."""
        return masked(self.address)
