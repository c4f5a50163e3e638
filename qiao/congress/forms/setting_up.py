"""What is asked to set a congress up: itself and those below, its terms and sessions, seats, delegations, organs and units."""

from django import forms
from django.utils.translation import gettext_lazy as _

from qiao.kernel import clock
from qiao.orgs.codes import check_credit_code
from qiao.orgs.models import Congress, Organ, OrganKind, Unit

from .deciding import ActForm, day_field


class AsItStands(ActForm):
    """A form in which stands at first what the object says."""

    def prepare(self) -> None:
        for name, field in self.fields.items():
            field.initial = getattr(self.subject, name, field.initial)


class FoundForm(ActForm):
    """A congress below: the code of its place, and the names where they are not the usual ones."""

    code = forms.CharField(
        label=_("Area code"), max_length=9, help_text=_("Such as 310101; a township has nine digits. The level follows from it.")
    )
    area_name = forms.CharField(
        label=_("Name of the area"), max_length=60, required=False, help_text=_("Only where the directory of areas does not know the code.")
    )
    name = forms.CharField(
        label=_("Name of the congress"), max_length=80, required=False, help_text=_("If empty, made from the name of the area.")
    )
    short_name = forms.CharField(label=_("Short name"), max_length=40, required=False)


class CorrectCongressForm(AsItStands):
    """The names of a congress."""

    name = forms.CharField(label=_("Name of the congress"), max_length=80)
    short_name = forms.CharField(label=_("Short name"), max_length=40)


class QuotaForm(ActForm):
    """An electing unit and how many deputies it elects."""

    electing_unit = forms.ModelChoiceField(Congress.objects.none(), label=_("Electing unit"))
    seats = forms.IntegerField(label=_("Seats"), min_value=0, max_value=3000)

    def prepare(self) -> None:
        given = self.subject.quotas.values("electing_unit")
        self.offer("electing_unit").queryset = Congress.objects.filter(superior=self.subject.congress_id).exclude(pk__in=given)


class CorrectQuotaForm(AsItStands):
    """The seats of an electing unit."""

    seats = forms.IntegerField(label=_("Seats"), min_value=0, max_value=3000)


class DistrictForm(ActForm):
    """A district: its name, and one to three seats; filled in where it is corrected."""

    name = forms.CharField(label=_("Name"), max_length=60)
    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=3, initial=1)


class CorrectDistrictForm(AsItStands, DistrictForm):
    """A district as it stands, to be put right."""


class OpenTermForm(ActForm):
    """A new term: its number, its first day, the fixed number of deputies."""

    number = forms.IntegerField(label=_("Number of the term"), min_value=1, max_value=99)
    starts = day_field(_("Begins"), help_text=_("The day on which the first session of the term opens."))
    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=3000)

    def prepare(self) -> None:
        newest = self.subject.terms.order_by("-number").first()
        self.fields["number"].initial = newest.number + 1 if newest else 1
        self.fields["seats"].initial = newest.seats if newest else None


class CorrectTermForm(AsItStands):
    """A term as it stands."""

    number = forms.IntegerField(label=_("Number of the term"), min_value=1, max_value=99)
    starts = day_field(_("Begins"))
    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=3000)


class ConveneForm(ActForm):
    """A session of the term and its days."""

    number = forms.IntegerField(label=_("Number of the session"), min_value=1, max_value=99)
    opens = day_field(_("Opens"))
    closes = day_field(_("Closes"))

    def prepare(self) -> None:
        newest = self.subject.sessions.order_by("-number").first()
        self.fields["number"].initial = newest.number + 1 if newest else 1


class CorrectSessionForm(AsItStands):
    """A session as it stands."""

    number = forms.IntegerField(label=_("Number of the session"), min_value=1, max_value=99)
    opens = day_field(_("Opens"))
    closes = day_field(_("Closes"))


class DelegationForm(ActForm):
    """The name of a delegation."""

    name = forms.CharField(label=_("Name"), max_length=60)


class CorrectDelegationForm(AsItStands):
    """The name of a delegation as it stands."""

    name = forms.CharField(label=_("Name"), max_length=60)


class OrganForm(ActForm):
    """An organ: what it is in the law's words, and its name."""

    kind = forms.ChoiceField(label=_("Kind"), choices=OrganKind.choices)
    name = forms.CharField(label=_("Name"), max_length=80)


class UnitForm(AsItStands):
    """A handling unit: its names, what it does, what it belongs to, how it is reached."""

    name = forms.CharField(label=_("Name of the unit"), max_length=80)
    short_name = forms.CharField(label=_("Short name"), max_length=40, required=False)
    field = forms.CharField(label=_("Field of work"), max_length=200, required=False)
    organ = forms.ModelChoiceField(Organ.objects.none(), label=_("Belongs to"), required=False)
    coordinator = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Coordinating office"), required=False, help_text=_("The unit that dispatches to it, if there is one.")
    )
    credit_code = forms.CharField(
        label=_("Unified social credit code"), max_length=18, required=False, validators=[check_credit_code], help_text=_("May be empty.")
    )
    phone = forms.CharField(label=_("Office telephone"), max_length=40, required=False)

    @property
    def congress_pk(self) -> int:
        """The congress to which the unit belongs, or will."""
        return int(getattr(self.subject, "congress_id", self.subject.pk))

    def prepare(self) -> None:
        super().prepare()
        self.offer("organ").queryset = Organ.objects.filter(congress=self.congress_pk).order_by("pk")
        above = Unit.objects.filter(congress=self.congress_pk, coordinator=None).active_on(clock.today())
        if isinstance(self.subject, Unit):  # the one that stands there is kept, be it closed
            standing = Unit.objects.filter(pk=self.subject.pk)
            above = above.exclude(pk=self.subject.pk) | Unit.objects.filter(pk__in=standing.values("coordinator"))
        self.offer("coordinator").queryset = above.order_by("name")


class AddUnitForm(UnitForm):
    """A new unit, with the day from which something may be assigned to it."""

    active_from = day_field(_("Active from"))

    def prepare(self) -> None:
        super().prepare()
        for name in ("name", "short_name"):
            self.fields[name].initial = ""  # the subject is the congress
        self.fields["active_from"].initial = clock.today()


class CloseUnitForm(ActForm):
    """From which day nothing is assigned to a unit any more."""

    on = day_field(_("From which day nothing is assigned to it"))

    def prepare(self) -> None:
        self.fields["on"].initial = clock.today()
