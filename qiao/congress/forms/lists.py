"""What people choose on the directory's pages."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.accounts.models import Sex
from qiao.orgs.models import Congress, Level, Organ

from ..models import Category, Delegation, District, MandateState, Term
from ..queries import UNKNOWN, band_names

ANY = ("", gettext_lazy("Any"))
PUBLIC_STATES = [(s.value, s.label) for s in (MandateState.QUALIFIED, MandateState.SUSPENDED, MandateState.ENDED)]
"""What everybody may ask for; those who record decisions find the others too."""
YES_NO = [ANY, ("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]


def search_field(label: Any) -> forms.CharField:
    """A box to search by words."""
    return forms.CharField(label=label, max_length=60, required=False, widget=forms.TextInput(attrs={"type": "search"}))


def age_label(band: str) -> str:
    """An age band in words."""
    if band == UNKNOWN:
        return _("Age not known")
    youngest, oldest = band.split("-")
    if youngest == "0":
        return _("Under 30")
    return _("60 and over") if int(youngest) >= 60 else _("%(from)s to %(to)s") % {"from": youngest, "to": oldest}  # noqa: PLR2004


class CongressChoice(forms.Form):
    """Every list of one congress keeps in its address which congress it is."""

    congress = forms.IntegerField(required=False, widget=forms.HiddenInput)


class DeputyFilter(CongressChoice):
    """What narrows the list of deputies; the hidden ones come from the numbers of the structure."""

    q = search_field(gettext_lazy("Name, initials or card number"))
    term = forms.ModelChoiceField(Term.objects.none(), label=gettext_lazy("Term"), required=False, empty_label=gettext_lazy("Current term"))
    delegation = forms.ModelChoiceField(Delegation.objects.none(), label=gettext_lazy("Delegation"), required=False, empty_label=ANY[1])
    seat = forms.ModelChoiceField(District.objects.none(), label=gettext_lazy("Electoral district"), required=False, empty_label=ANY[1])
    category = forms.ChoiceField(label=gettext_lazy("Category"), choices=[ANY, *Category.choices], required=False)
    sex = forms.ChoiceField(label=gettext_lazy("Sex"), choices=[ANY, *[(str(v), label) for v, label in Sex.choices]], required=False)
    grassroots = forms.ChoiceField(label=gettext_lazy("Grassroots deputy"), choices=YES_NO, required=False)
    first_term = forms.ChoiceField(label=gettext_lazy("First term"), choices=YES_NO, required=False)
    state = forms.ChoiceField(label=gettext_lazy("State"), choices=[ANY, *PUBLIC_STATES], required=False)
    on = forms.DateField(label=gettext_lazy("Held on"), required=False, widget=forms.HiddenInput)
    minority = forms.ChoiceField(label=gettext_lazy("Ethnic minority"), choices=YES_NO, required=False, widget=forms.HiddenInput)
    party = forms.CharField(label=gettext_lazy("Political affiliation"), max_length=40, required=False, widget=forms.HiddenInput)
    ethnicity = forms.CharField(label=gettext_lazy("Ethnicity"), max_length=20, required=False, widget=forms.HiddenInput)
    education = forms.CharField(label=gettext_lazy("Education"), max_length=40, required=False, widget=forms.HiddenInput)
    profession = forms.CharField(label=gettext_lazy("Profession"), max_length=40, required=False, widget=forms.HiddenInput)
    age = forms.ChoiceField(label=gettext_lazy("Age"), required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, of: Congress, shown_term: Term | None, inside: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        fields: Any = self.fields
        if inside:
            fields["state"].choices = [ANY, *MandateState.choices]
        fields["term"].queryset = Term.objects.filter(congress=of).order_by("-number")
        fields["delegation"].queryset = Delegation.objects.filter(term=shown_term).order_by("id")
        if of.elected_directly:
            fields["seat"].queryset = District.objects.filter(term=shown_term).order_by("id")
        else:
            fields["seat"].label = gettext_lazy("Electing unit")
            fields["seat"].queryset = Congress.objects.filter(superior=of).order_by("area__code")
        fields["age"].choices = [ANY, *[(band, age_label(band)) for band in (*band_names(), UNKNOWN)]]


class SeatFilter(CongressChoice):
    """What narrows the list of seats."""

    q = search_field(gettext_lazy("Name"))
    vacant = forms.ChoiceField(label=gettext_lazy("Has a vacant seat"), choices=YES_NO, required=False)


class UnitFilter(CongressChoice):
    """What narrows the list of handling units."""

    q = search_field(gettext_lazy("Name or credit code"))
    field = forms.CharField(label=gettext_lazy("Field of work"), max_length=60, required=False)
    organ = forms.ModelChoiceField(Organ.objects.none(), label=gettext_lazy("Belongs to"), required=False, empty_label=ANY[1])
    active = forms.ChoiceField(label=gettext_lazy("Active"), choices=YES_NO, required=False)

    def __init__(self, *args: Any, of: Congress, **more: Any) -> None:
        super().__init__(*args, **more)
        organ: Any = self.fields["organ"]
        organ.queryset = Organ.objects.filter(congress=of).order_by("id")


class AreaFilter(forms.Form):
    """What narrows the areas: words anywhere in the country, or one place."""

    within = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)
    q = search_field(gettext_lazy("Name or code"))
    congress = forms.ChoiceField(label=gettext_lazy("Has a congress"), choices=YES_NO, required=False)


class CongressFilter(forms.Form):
    """What narrows the list of congresses."""

    q = search_field(gettext_lazy("Name or area code"))
    level = forms.ChoiceField(label=gettext_lazy("Level"), choices=[ANY, *Level.choices], required=False)


class DayForm(CongressChoice):
    """As of which day, and, to compare, against which earlier one."""

    on = forms.DateField(label=gettext_lazy("As of"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    against = forms.DateField(
        label=gettext_lazy("Compared with"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def day(self, name: str = "on") -> dt.date | None:
        """The day given, if it can be read."""
        self.is_valid()
        return self.cleaned_data.get(name)
