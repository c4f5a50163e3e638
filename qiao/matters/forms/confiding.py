"""Asking for confidentiality, deciding it, and naming who in the unit may read the names."""

from django import forms
from django.utils.translation import gettext_lazy as _

from qiao.accounts.models import User

from ..notices import unit_people
from ..policy import HANDLES
from .act import ActForm, long_text, offer


class ConfidentialityForm(ActForm):
    """Why nobody who signed should be named."""

    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=long_text(),
        help_text=_("Only the signers and the congress's staff who decide read it; it does not stand in the history."),
    )  # fmt: skip

    @property
    def beforehand(self) -> str:
        if self.rules.flag("confidential_on_request"):
            return str(_("It holds as soon as you ask. Text and files stay as they are: let nothing in them say who you are."))
        return str(_("From now on nobody who signed is named. The congress's staff decide; if they refuse, the names are shown again."))


class KeepConfidentialForm(ConfidentialityForm):
    """The staff's own decision."""

    @property
    def beforehand(self) -> str:
        return str(_("Nobody who signed is named any more, not to you either: names are read for a reason. Only the deputy can lift it."))


class EntrustForm(ActForm):
    """One person of the unit."""

    user = forms.ModelChoiceField(label=_("Who may read the names"), queryset=User.objects.none(), empty_label=_("Choose a person"))

    def prepare(self) -> None:
        people, there = offer(self, "user"), [user.pk for user in unit_people(self.subject.unit, *HANDLES)]
        people.queryset = User.objects.filter(pk__in=there).select_related("person")
        people.label_from_instance = lambda user: user.person.name
