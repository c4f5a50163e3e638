"""Persons, accounts, roles and posts."""

from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from qiao.kernel import clock
from qiao.kernel.models import VisibleQuerySet
from qiao.kernel.protected import FingerprintField, ProtectedField, identity, telephone
from qiao.orgs.models import Congress, Unit

from .identity import check_identity_number


class Sex(models.IntegerChoices):
    """GB/T 2261.1."""

    UNKNOWN = 0, _("Not known")
    MALE = 1, _("Male")
    FEMALE = 2, _("Female")
    UNSTATED = 9, _("Not stated")


class Person(models.Model):
    """A human being, once, whatever mandates and posts they hold (R12.4)."""

    name = models.CharField(_("name"), max_length=60)
    pinyin = models.CharField(_("initials"), max_length=30, blank=True, editable=False)
    """Initials of the name's pinyin, for finding a person by keyboard; kept by the operations."""
    sex = models.PositiveSmallIntegerField(_("sex"), choices=Sex, default=Sex.UNKNOWN)
    born_on = models.DateField(_("date of birth"), null=True, blank=True)
    ethnicity = models.CharField(_("ethnicity"), max_length=20, blank=True)
    party = models.CharField(_("political affiliation"), max_length=40, blank=True)
    education = models.CharField(_("education"), max_length=40, blank=True)
    work_unit = models.CharField(_("workplace"), max_length=100, blank=True)
    job_title = models.CharField(_("position"), max_length=60, blank=True)
    phone = ProtectedField(_("telephone"), max_length=40, blank=True, default="", mask=telephone)
    phone_hash = FingerprintField(of="phone", db_index=True)
    id_number = ProtectedField(_("identity number"), max_length=18, blank=True, default="", mask=identity, check=check_identity_number)
    """公民身份号码 (GB 11643): only where a congress needs it to tell people apart; never shown whole without a reason given."""
    id_number_hash = FingerprintField(of="id_number")
    email = models.EmailField(_("e-mail"), blank=True)

    objects = VisibleQuerySet.as_manager()
    journal_masked = frozenset({"phone", "phone_hash", "id_number", "id_number_hash", "email", "born_on"})

    class Meta:
        verbose_name = _("person")
        indexes = [models.Index(fields=["name"], name="person_name"), models.Index(fields=["pinyin"], name="person_pinyin")]
        constraints = [
            models.UniqueConstraint(
                fields=["id_number_hash"],
                condition=~Q(id_number_hash=""),
                name="person_identity_once",
                violation_error_message=_("This identity number is another person’s in the directory."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class UserQuerySet(VisibleQuerySet):
    """Accounts."""

    def unactivated(self) -> Self:
        """Open accounts whose holders have no password yet."""
        return self.filter(is_active=True, password__startswith=UNUSABLE_PASSWORD_PREFIX)


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Finds accounts by their sign-in name, always with the person; making one is an operation."""

    def get_queryset(self) -> UserQuerySet:
        found: UserQuerySet = super().get_queryset().select_related("person")
        return found


class User(AbstractBaseUser):
    """An account: what a person signs in with. What they may do comes from their posts alone."""

    login = models.CharField(_("sign-in name"), max_length=60, unique=True)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="user", verbose_name=_("person"))
    is_active = models.BooleanField(_("may sign in"), default=True)
    password_changed_at = models.DateTimeField(_("password set"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=10, default="zh-hans")
    """The language messages are sent in."""
    congress = models.ForeignKey(
        Congress, null=True, blank=True, on_delete=models.PROTECT, related_name="accounts", verbose_name=_("account kept by")
    )
    """The congress that opened the account; empty for those the system made. It keeps the account while there is no post yet."""

    objects = UserManager()
    USERNAME_FIELD = "login"
    journal_masked = frozenset({"password"})

    class Meta:
        verbose_name = _("account")

    def __str__(self) -> str:
        return self.login


class Duty(models.TextChoices):
    """The three separated duties of administrators; an ordinary role has none."""

    SYSTEM = "system", _("System administration")
    SECURITY = "security", _("Security administration")
    AUDIT = "audit", _("Audit administration")


class Role(models.Model):
    """A named set of permissions that a post carries; rows, so that a congress can see and change them."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=40)
    name_en = models.CharField(_("name in English"), max_length=60)
    grants = models.JSONField(_("permissions"), default=list, blank=True)
    duty = models.CharField(_("administrators' duty"), max_length=10, choices=Duty, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("role")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name if (get_language() or "zh").startswith("zh") else self.name_en


class Rank(models.TextChoices):
    """Which head of its unit somebody is, the lowest first: every head is a responsible one (负责人)."""

    NONE = "", _("None")
    HEAD = "head", _("A responsible head")
    DEPUTY_HEAD = "deputy_head", _("The deputy head in charge")
    PRINCIPAL_HEAD = "principal_head", _("The principal head")

    def reaches(self, least: "Rank") -> bool:
        """Whether it is this rank or a higher one."""
        order = list(Rank)
        return order.index(self) >= order.index(least)


class PostQuerySet(VisibleQuerySet):
    """Posts."""

    def current(self, day: object) -> Self:
        """Posts held on a day; a help session only until its hour."""
        return self.filter(Q(ends=None) | Q(ends__gt=day), Q(expires_at=None) | Q(expires_at__gt=clock.now()), starts__lte=day)


class Post(models.Model):
    """A person in a role, for a congress or one of its units, for a time."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="posts", verbose_name=_("account"))
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="posts", verbose_name=_("role"))
    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="posts", verbose_name=_("congress"))
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="posts", verbose_name=_("unit"))
    rank = models.CharField(_("rank in the unit"), max_length=14, choices=Rank, default=Rank.NONE, blank=True)
    """What the holder may sign for the unit depends on it (R3.41)."""
    starts = models.DateField(_("from"))
    ends = models.DateField(_("to"), null=True, blank=True)
    expires_at = models.DateTimeField(_("help session until"), null=True, blank=True)
    """Set for a help session: its holder acts for a few hours, under a banner, and everything is in the journal."""
    reviewed_on = models.DateField(_("last confirmed"), null=True, blank=True)
    asked_with = ("role", "congress")

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="post_rank_in_a_unit",
                condition=Q(rank="") | Q(unit__isnull=False),
                violation_error_message=_("Only a post in a unit has a rank."),
            )
        ]
        indexes = [models.Index(fields=["congress", "role"], name="post_of_congress"), models.Index(fields=["unit"], name="post_of_unit")]

    def __str__(self) -> str:
        place: Any = self.unit or self.congress
        return f"{self.role} · {place.short_name or place.name}"

    @property
    def is_over(self) -> bool:
        """Whether nobody acts in it any more."""
        ended = self.ends is not None and self.ends <= clock.today()
        return ended or (self.expires_at is not None and self.expires_at <= clock.now())


class SignedIn(AbstractBaseSession):
    """A session: Django's, with its holder, from where and with what they signed in."""

    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="sessions")
    address = models.CharField(max_length=45, blank=True)
    agent = models.CharField(max_length=200, blank=True)

    @classmethod
    def get_session_store_class(cls) -> Any:
        """The store that keeps these rows."""
        from .sessions import SessionStore  # noqa: PLC0415

        return SessionStore


class FailedSignIn(models.Model):
    """A sign-in that failed: counted by name and by address, so that guessing ends after a few; forgotten after the lock."""

    login = models.CharField(max_length=60)
    address = models.CharField(max_length=45, blank=True)
    at = models.DateTimeField(default=clock.now)
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="failures")

    class Meta:
        indexes = [
            models.Index(fields=["login", "at"], name="failure_login"),
            models.Index(fields=["address", "at"], name="failure_address"),
        ]

    def __str__(self) -> str:
        return self.login

    @property
    def journal_root(self) -> models.Model:
        """The account it was tried with, where there is one."""
        return self.user or self


class PastPassword(models.Model):
    """The hash of a password a person had before, so that it is not taken again."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="passwords")
    hash = models.CharField(max_length=128)

    def __str__(self) -> str:
        return str(self.pk)


class Activation(models.Model):
    """The activation slip of an account that nobody has used yet: a mark of its code, and until when it holds."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="activation", verbose_name=_("account"))
    mark = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=clock.now)
    ends_at = models.DateTimeField()
    journal_masked = frozenset({"mark"})

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def journal_root(self) -> User:
        """The account it opens."""
        return self.user

    @property
    def is_over(self) -> bool:
        """Whether its time has passed."""
        return self.ends_at <= clock.now()


class Factor(models.Model):
    """That a person has a second factor: the sealed secret of their authenticator, if they use one, and what is left of the recovery codes.

    There is one while there is an authenticator or a passkey.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="factor")
    secret = models.TextField(blank=True)
    last_step = models.BigIntegerField(default=0)
    recovery = models.JSONField(default=list, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    journal_masked = frozenset({"secret", "recovery"})

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def journal_root(self) -> User:
        """The account it protects."""
        return self.user


class Passkey(models.Model):
    """A key on one of a person's devices that signs them in (Web Authentication); only its public half is here."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="passkeys", verbose_name=_("account"))
    name = models.CharField(_("name"), max_length=40)
    credential_id = models.CharField(max_length=1400, unique=True, editable=False)
    """In base 64, as the standard's longest of 1023 bytes needs."""
    credential = models.TextField(editable=False)
    """Identifier and public key together, in base 64."""
    counter = models.BigIntegerField(default=0, editable=False)
    """How often it has signed, where the device counts: a copy would fall behind."""
    made_at = models.DateTimeField(default=clock.now)
    used_at = models.DateTimeField(null=True, blank=True)

    objects = VisibleQuerySet.as_manager()
    journal_masked = frozenset({"credential_id", "credential", "counter"})

    class Meta:
        verbose_name = _("passkey")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "name"],
                name="passkey_named_once",
                violation_error_message=_("You have a passkey of this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def journal_root(self) -> User:
        """The account it opens."""
        return self.user


class ProviderIdentity(models.Model):
    """Who a person is at the installation's identity provider: the pair by which OpenID Connect names people for good."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="provider_identity", verbose_name=_("account"))
    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=255)
    connected_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issuer", "subject"], name="provider_identity_once")]

    def __str__(self) -> str:
        return self.subject

    @property
    def journal_root(self) -> User:
        """The account it opens."""
        return self.user
