"""What is asked to set a congress up: its seats."""

from django import forms
from django.utils.translation import gettext_lazy as _

from qiao.orgs.models import Congress

from .deciding import ActForm


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
