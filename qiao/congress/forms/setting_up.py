"""What is asked to set a congress up: its seats."""

from django import forms
from django.utils.translation import gettext_lazy as _

from qiao.orgs.models import Congress, OrganKind

from .deciding import ActForm, day_field


class QuotaForm(ActForm):
    """An electing unit and how many deputies it elects."""

    electing_unit = forms.ModelChoiceField(Congress.objects.none(), label=_("Electing unit"))
    seats = forms.IntegerField(label=_("Seats"), min_value=0, max_value=3000)

    def prepare(self) -> None:
        given = self.subject.quotas.values("electing_unit")
        self.offer("electing_unit").queryset = Congress.objects.filter(superior=self.subject.congress_id).exclude(pk__in=given)


class CorrectQuotaForm(ActForm):
    """The seats of an electing unit."""

    seats = forms.IntegerField(label=_("Seats"), min_value=0, max_value=3000)

    def prepare(self) -> None:
        self.fields["seats"].initial = self.subject.seats


class DistrictForm(ActForm):
    """A district: its name, and one to three seats; filled in where it is corrected."""

    name = forms.CharField(label=_("Name"), max_length=60)
    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=3, initial=1)


class CorrectDistrictForm(DistrictForm):
    """A district as it stands, to be put right."""

    def prepare(self) -> None:
        self.fields["name"].initial, self.fields["seats"].initial = self.subject.name, self.subject.seats


class OpenTermForm(ActForm):
    """A new term: its number, its first day, the fixed number of deputies."""

    number = forms.IntegerField(label=_("Number of the term"), min_value=1, max_value=99)
    starts = day_field(_("Begins"), help_text=_("The day on which the first session of the term opens."))
    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=3000)

    def prepare(self) -> None:
        newest = self.subject.terms.order_by("-number").first()
        self.fields["number"].initial = newest.number + 1 if newest else 1
        self.fields["seats"].initial = newest.seats if newest else None


class ConveneForm(ActForm):
    """A session of the term and its days."""

    number = forms.IntegerField(label=_("Number of the session"), min_value=1, max_value=99)
    opens = day_field(_("Opens"))
    closes = day_field(_("Closes"))

    def prepare(self) -> None:
        newest = self.subject.sessions.order_by("-number").first()
        self.fields["number"].initial = newest.number + 1 if newest else 1


class DelegationForm(ActForm):
    """The name of a delegation."""

    name = forms.CharField(label=_("Name"), max_length=60)


class OrganForm(ActForm):
    """An organ: what it is in the law's words, and its name."""

    kind = forms.ChoiceField(label=_("Kind"), choices=OrganKind.choices)
    name = forms.CharField(label=_("Name"), max_length=80)
