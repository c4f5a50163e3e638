"""What people type to sign in and to change their password."""

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import PasswordChangeForm as DjangoPasswordChangeForm
from django.utils.translation import gettext_lazy as _


class SignInForm(forms.Form):
    """Sign-in name and password; says the same whichever of the two is wrong."""

    login = forms.CharField(
        label=_("Sign-in name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True})
    )
    password = forms.CharField(
        label=_("Password"), max_length=200, strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        self.user = authenticate(username=given.get("login"), password=given.get("password"))
        if self.user is None and not self.errors:
            raise forms.ValidationError(_("The sign-in name or the password is not right. Check both and try again."))
        return given


class PasswordForm(DjangoPasswordChangeForm):
    """The present password once and the new one twice; saving is the operation's."""
