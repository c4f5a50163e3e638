"""What people type: to sign in, to set a password, and to manage accounts, posts and roles."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import PasswordChangeForm as DjangoPasswordChangeForm
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.password_validation import password_validators_help_text_html
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qiao.kernel import clock
from qiao.kernel.policy import PERMISSIONS, Actor
from qiao.orgs.models import Congress, Unit

from .models import Person, Rank, Role, User
from .policy import RESERVED
from .queries import locked_until


class SignInForm(forms.Form):
    """Sign-in name and password; says the same whichever of the two is wrong."""

    login = forms.CharField(
        label=_("Sign-in name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True})
    )
    password = forms.CharField(
        label=_("Password"), max_length=200, strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(self, *args: Any, address: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.address, self.has_failed = address, False
        self.user: Any = None

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        login = str(given.get("login", "")).strip()
        if self.errors:
            return given
        if until := locked_until(login, self.address):
            raise forms.ValidationError(locked_words(until))
        self.user = authenticate(username=login, password=given.get("password"))
        self.has_failed = self.user is None
        if self.has_failed:
            raise forms.ValidationError(_("The sign-in name or the password is not right. Check both and try again."))
        return given


def locked_words(until: dt.datetime) -> str:
    """That too much was tried, and when signing in opens again."""
    at = timezone.localtime(until + dt.timedelta(minutes=1)).strftime("%H:%M")
    return gettext("Too much was tried. Signing in opens again at %(time)s; an administrator can lift the lock before.") % {"time": at}


class CodeForm(forms.Form):
    """A code of the authenticator, or a recovery code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True, "autocapitalize": "none"}),
    )


class PasskeyAnswer(forms.Form):
    """What the browser says of a passkey; a script fills it in."""

    answer = forms.CharField(
        max_length=20_000,
        widget=forms.HiddenInput,
        error_messages={"required": _("Your browser has shown no passkey. Try again, or sign in another way.")},
    )


class PasskeyName(forms.Form):
    """What a person calls a passkey."""

    name = forms.CharField(
        label=_("Name of the device"),
        max_length=40,
        help_text=_("By it you know later which device this is, for example “Office computer”."),
    )


class NewPasskey(PasskeyName, PasskeyAnswer):
    """A passkey to make."""

    field_order = ("name", "answer")


class PresentPassword(forms.Form):
    """The password once more, before something that cannot be taken back."""

    password = forms.CharField(
        label=_("Password"), max_length=200, strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(self, *args: Any, user: User, **more: Any) -> None:
        super().__init__(*args, **more)
        self.user = user

    def clean_password(self) -> str:
        """The right one."""
        password = str(self.cleaned_data["password"])
        if not self.user.check_password(password):
            raise forms.ValidationError(_("The password is not right."))
        return password


class PasswordForm(DjangoPasswordChangeForm):
    """The present password once and the new one twice; saving is the operation's."""


class NewPasswordForm(SetPasswordForm):
    """A new password twice, for who comes by a link; saving is the operation's."""


class AccountForm(forms.Form):
    """A new account, and the person where they are not in the directory yet."""

    name = forms.CharField(label=_("Name"), max_length=60)
    login = forms.CharField(label=_("Sign-in name"), max_length=60, help_text=_("Letters and digits that nobody else uses here."))
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)

    def __init__(self, *args: Any, known: Person | None, **more: Any) -> None:
        super().__init__(*args, **more)
        if known:
            for name in ("name", "email", "phone"):
                del self.fields[name]

    def clean_login(self) -> str:
        """A sign-in name is unique in the installation."""
        login = str(self.cleaned_data["login"]).strip()
        if User.objects.filter(login=login).exists():
            raise forms.ValidationError(_("Somebody has this sign-in name already."))
        return login


class RoleChoice(forms.ModelChoiceField):
    """A role by its name in the reader's language."""

    def __init__(self, rows: Any) -> None:
        super().__init__(rows, label=_("Role"), empty_label=None, widget=forms.Select)


class RankChoice(forms.ChoiceField):
    """Which head of the unit somebody is, if one."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Rank in the unit"), choices=Rank, required=False,
            help_text=_("For those who sign replies: the congress's rulebook says which rank they need."),
        )  # fmt: skip


class RankForm(forms.Form):
    """The rank of a post."""

    rank = RankChoice()


class PostForm(forms.Form):
    """A post to give: for the congress, one of its units, or, if it is an administrator's, a congress below."""

    role = RoleChoice(Role.objects.all())
    congress = forms.ModelChoiceField(Congress.objects.none(), label=_("Congress"), empty_label=None)
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Handling unit"), required=False, empty_label=_("None: for the congress itself")
    )
    rank = RankChoice()
    starts = forms.DateField(label=_("From"), initial=clock.today, widget=forms.DateInput(attrs={"type": "date"}))
    ends = forms.DateField(
        label=_("Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("The first day without it; empty: until it is ended."),
    )

    def __init__(self, *args: Any, actor: Actor, **more: Any) -> None:
        super().__init__(*args, **more)
        near: Any = self.fields["congress"]
        near.queryset = Congress.objects.filter(Q(pk__in=actor.congresses) | Q(superior__in=actor.congresses)).order_by("area__code")
        near.initial = actor.post.congress_id if actor.post else None
        units: Any = self.fields["unit"]
        units.queryset = Unit.objects.filter(congress__in=actor.congresses).active_on(clock.today()).order_by("name")


class HelpForm(forms.Form):
    """A help session: in which role, for how long, and why."""

    role = RoleChoice(Role.objects.filter(duty=""))
    hours = forms.IntegerField(label=_("Hours"), min_value=1, max_value=24, initial=2)
    note = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class RoleForm(forms.Form):
    """A role's names and permissions, these in words."""

    name = forms.CharField(label=_("Name in Chinese"), max_length=40)
    name_en = forms.CharField(label=_("Name in English"), max_length=60)
    grants = forms.MultipleChoiceField(label=_("May"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        offered: Any = self.fields["grants"]
        offered.choices = [(code, label) for code, label in sorted(PERMISSIONS.items()) if code not in RESERVED]


class NewRoleForm(RoleForm):
    """A role to add; its code stays."""

    code = forms.SlugField(label=_("Code"), max_length=40)
    field_order = ("code", "name", "name_en", "grants")


ANY = ("", _("Any"))


class PeopleFilter(forms.Form):
    """What narrows the list of people with accounts."""

    q = forms.CharField(
        label=_("Name, initials or sign-in name"), max_length=60, required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    congress = forms.ModelChoiceField(Congress.objects.none(), label=_("Congress"), required=False, empty_label=_("One's own"))
    role = forms.ModelChoiceField(Role.objects.all(), label=_("Role"), required=False, empty_label=ANY[1])
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Handling unit"), required=False, empty_label=ANY[1])
    state = forms.ChoiceField(
        label=_("Account"),
        required=False,
        choices=[
            ANY,
            ("new", _("Not activated yet")),
            ("never", _("Never signed in")),
            ("idle", _("Not signed in for 90 days")),
            ("none", _("Without a post")),
            ("closed", _("Closed")),
        ],
    )

    def __init__(self, *args: Any, actor: Actor, **more: Any) -> None:
        super().__init__(*args, **more)
        self.actor = actor
        fields: Any = self.fields
        fields["congress"].queryset = Congress.objects.filter(superior__in=actor.congresses).order_by("area__code")
        fields["unit"].queryset = Unit.objects.filter(congress__in=actor.congresses).order_by("name")


class SlipFilter(PeopleFilter):
    """What narrows the list of accounts not activated yet."""

    state = forms.ChoiceField(
        label=_("Slip"),
        required=False,
        choices=[ANY, ("none", _("None yet")), ("holds", _("Still holds")), ("over", _("Ended"))],
    )


class SlipsForm(forms.Form):
    """For whom slips are made, and why now."""

    user = forms.ModelMultipleChoiceField(
        User.objects.none(), label=_("People"), error_messages={"required": _("Choose at least one person.")}
    )
    note = forms.CharField(label=_("Reason"), max_length=500, help_text=_("Kept in the journal, for example “New term: first sign-in”."))

    def __init__(self, *args: Any, waiting: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        offered: Any = self.fields["user"]
        offered.queryset = waiting


class ActivateForm(forms.Form):
    """What stands on a slip, and a password of one's own."""

    login = forms.CharField(
        label=_("Sign-in name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True})
    )
    code = forms.CharField(
        label=_("One-time code"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "none"})
    )
    new_password1 = forms.CharField(
        label=_("New password"), max_length=200, strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=password_validators_help_text_html,
    )  # fmt: skip
    new_password2 = forms.CharField(
        label=_("New password once more"), max_length=200, strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean_new_password2(self) -> str:
        """The same twice."""
        again = str(self.cleaned_data["new_password2"])
        if again != self.cleaned_data.get("new_password1"):
            raise forms.ValidationError(_("The two passwords are not the same."))
        return again


class PostFilter(forms.Form):
    """What narrows the review of posts."""

    q = forms.CharField(
        label=_("Name, initials or sign-in name"), max_length=60, required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    role = forms.ModelChoiceField(Role.objects.all(), label=_("Role"), required=False, empty_label=ANY[1])
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Handling unit"), required=False, empty_label=ANY[1])
    state = forms.ChoiceField(
        label=_("Post"),
        required=False,
        choices=[("", _("Held today")), ("due", _("Not confirmed for half a year")), ("ended", _("Ended")), ("all", _("All"))],
    )

    def __init__(self, *args: Any, actor: Actor, **more: Any) -> None:
        super().__init__(*args, **more)
        fields: Any = self.fields
        fields["unit"].queryset = Unit.objects.filter(congress__in=actor.congresses).order_by("name")
