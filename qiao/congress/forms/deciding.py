"""What is asked for a decision on a mandate and for a by-election; what it means is the operations' business."""

from typing import Any

from django import forms
from django.db.models import F
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qiao.accounts.identity import check_identity_number, tidy
from qiao.accounts.models import Sex
from qiao.kernel import clock
from qiao.orgs.models import Congress
from qiao.ui.acts import ActForm

from ..figures import absences_of
from ..models import Category, Delegation, District, EndReason, SuspensionGround
from ..policy import deciders
from ..queries import seats_of

DECLARED = [EndReason.MOVED, EndReason.ABSENT, EndReason.NATIONALITY, EndReason.RIGHTS, EndReason.CAPACITY, EndReason.DEATH]
"""Ends that are declared; resignation and recall have steps of their own."""
PROTECTED = ("phone", "id_number")
"""Kept encrypted: a form never shows them whole."""


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    """A day, chosen from a calendar."""
    return forms.DateField(
        label=label, required=required, help_text=help_text, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


def long_text(rows: int = 3) -> forms.Textarea:
    """A box for more than a line."""
    return forms.Textarea(attrs={"rows": rows})


class NoteForm(ActForm):
    """A reason."""

    note = forms.CharField(label=_("Reason"), max_length=1000, widget=long_text())


class DecisionForm(ActForm):
    """A decision: the day, who took it, in which document."""

    on = day_field(_("Day of the decision"))
    decided_by = forms.ChoiceField(label=_("Decided by"))
    document_no = forms.CharField(label=_("Document number"), max_length=60, required=False)

    def prepare(self) -> None:
        may = deciders(self.verb, self.subject.congress)
        self.offer("decided_by").choices = [(one.value, one.label) for one in may]
        self.fields["on"].initial = clock.today()


class ReasonForm(DecisionForm):
    """A decision and its reason, without a document of its own."""

    document_no = None  # type: ignore[assignment]
    note = forms.CharField(label=_("Reason"), max_length=1000, widget=long_text())


class ReasonedForm(DecisionForm):
    """A decision with its reason and its document."""

    note = forms.CharField(label=_("Reason"), max_length=1000, widget=long_text())


class SuspendForm(DecisionForm):
    """The ground of a suspension."""

    ground = forms.ChoiceField(label=_("Ground"), choices=SuspensionGround.choices, widget=forms.RadioSelect)


class ResignForm(ActForm):
    """A resignation: the day it came in and what it says."""

    on = day_field(_("Received on"))
    note = forms.CharField(label=_("Text of the resignation"), max_length=1000, widget=long_text(5))

    def prepare(self) -> None:
        self.fields["on"].initial = clock.today()


class InitiateRecallForm(ReasonForm):
    """A motion of recall: who put it, with how many signatures."""

    movers = forms.IntegerField(
        label=_("Signatures"),
        required=False,
        min_value=1,
        max_value=1_000_000,
        help_text=_("A motion by voters needs 50 in a county, 30 in a township."),
    )


class EndForm(DecisionForm):
    """The ground on which a mandate ends."""

    reason = forms.ChoiceField(label=_("Ground"), choices=[(r.value, r.label) for r in DECLARED])
    note = forms.CharField(label=_("Remark"), max_length=1000, required=False, widget=long_text())

    def prepare(self) -> None:
        super().prepare()
        counted = absences_of(self.subject)
        said = gettext("Whole sessions missed without approval, by the sheets: %(sessions)s. By law it takes two.")
        self.fields["reason"].help_text = said % {"sessions": "、".join(str(one) for one in counted) or gettext("none")}


class ProposeEndForm(EndForm):
    """The ground that was reported, with what is known of it."""

    note = forms.CharField(label=_("Reason"), max_length=1000, widget=long_text())


class CloseTermForm(ActForm):
    """The last day of a term."""

    ends = day_field(_("Last day of the term"), help_text=_("The day before the first session of the next term opens."))

    def prepare(self) -> None:
        self.fields["ends"].initial = self.subject.ends


class ByElectionDaysForm(ActForm):
    """The days of a by-election."""

    voters_listed_on = day_field(_("List of voters published on"), required=False)
    candidates_on = day_field(_("Candidates published on"), required=False)
    vote_on = day_field(_("Day of the vote"))

    def prepare(self) -> None:
        for name in ("voters_listed_on", "candidates_on", "vote_on"):
            self.fields[name].initial = getattr(self.subject, name, None)


class ByElectionForm(ByElectionDaysForm):
    """A new by-election: where a seat is vacant, for how many, when."""

    place = forms.ModelChoiceField(District.objects.none(), label=_("Electing unit or electoral district"))
    seats = forms.IntegerField(label=_("Seats to fill"), min_value=1, max_value=100, initial=1)
    field_order = ("place", "seats", "voters_listed_on", "candidates_on", "vote_on")

    def prepare(self) -> None:
        self.offer("place").queryset = seats_of(self.subject).filter(vacant__gt=F("filling"))

    def given(self) -> dict[str, Any]:
        facts = dict(self.cleaned_data)
        place = facts.pop("place")
        return facts | ({"district": place} if isinstance(place, District) else {"electing_unit": place.electing_unit})


class PersonForm(ActForm):
    """What is known of a person."""

    name = forms.CharField(label=_("Name"), max_length=60)
    sex = forms.TypedChoiceField(label=_("Sex"), choices=Sex.choices, coerce=int)
    born_on = day_field(
        _("Date of birth"), required=False, help_text=_("Tells namesakes apart. Seen only by those who keep the directory.")
    )
    ethnicity = forms.CharField(label=_("Ethnicity"), max_length=20, required=False)
    party = forms.CharField(label=_("Political affiliation"), max_length=40, required=False)
    education = forms.CharField(label=_("Education"), max_length=40, required=False)
    work_unit = forms.CharField(label=_("Workplace"), max_length=100, required=False)
    job_title = forms.CharField(label=_("Position"), max_length=60, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    id_number = forms.CharField(
        label=_("Identity number"),
        max_length=30,
        required=False,
        help_text=_("Only where it is needed to tell people apart. Kept encrypted; reading it asks for a reason."),
    )
    email = forms.EmailField(label=_("E-mail"), required=False)

    def clean_id_number(self) -> str:
        """Checked here, so that the sentence stands beside the box."""
        number = tidy(self.cleaned_data["id_number"])
        if number:
            check_identity_number(number)
        return number


class CorrectPersonForm(PersonForm):
    """The same, to be put right; what is kept encrypted is not shown for it, and stays as it is where nothing is written."""

    def prepare(self) -> None:
        for name, field in self.fields.items():
            held = getattr(self.subject, name)
            if name not in PROTECTED:
                field.initial = held
            elif held:
                field.help_text = _("Kept: %(masked)s. Left empty, it stays as it is.") % {"masked": held}

    def given(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if value or name not in PROTECTED}


class DeputyForm(PersonForm):
    """A person and the facts of the mandate."""

    card_no = forms.CharField(label=_("Deputy card number"), max_length=20)
    category = forms.ChoiceField(label=_("Category"), choices=Category.choices, initial=Category.OTHER)
    profession = forms.CharField(label=_("Profession"), max_length=40, required=False, help_text=_("Such as health, law, farming."))
    grassroots = forms.BooleanField(label=_("Grassroots deputy"), required=False)
    first_term = forms.BooleanField(label=_("First term"), required=False, initial=True)
    field_order: tuple[str, ...] = ("name", "card_no")

    def given(self) -> dict[str, Any]:
        person = PersonForm.base_fields
        rest = {name: value for name, value in self.cleaned_data.items() if name not in person}
        return rest | {"person": {name: self.cleaned_data[name] for name in person}}


class AddDeputyForm(DeputyForm):
    """A deputy of the term, with who elected him and on which day."""

    seat = forms.ModelChoiceField(District.objects.none(), label=_("Electoral district"))
    delegation = forms.ModelChoiceField(Delegation.objects.none(), label=_("Delegation"), required=False)
    elected_on = day_field(_("Elected on"))
    field_order = ("name", "card_no", "seat", "delegation", "elected_on")

    def prepare(self) -> None:
        term, seat = self.subject, self.offer("seat")
        if term.congress.elected_directly:
            seat.queryset = District.objects.filter(term=term)
        else:
            seat.label = _("Electing unit")
            seat.queryset = Congress.objects.filter(superior=term.congress_id)
        self.offer("delegation").queryset = Delegation.objects.filter(term=term)
        self.fields["elected_on"].initial = term.starts

    def given(self) -> dict[str, Any]:
        facts = super().given()
        seat = facts.pop("seat")
        return facts | {"district" if isinstance(seat, District) else "electing_unit": seat}


class CorrectMandateForm(ActForm):
    """What is said of a mandate, to be put right; who elected the deputy, and where the mandate stands, are not."""

    card_no = forms.CharField(label=_("Deputy card number"), max_length=20)
    delegation = forms.ModelChoiceField(Delegation.objects.none(), label=_("Delegation"), required=False)
    category = forms.ChoiceField(label=_("Category"), choices=Category.choices)
    profession = forms.CharField(label=_("Profession"), max_length=40, required=False, help_text=_("Such as health, law, farming."))
    grassroots = forms.BooleanField(label=_("Grassroots deputy"), required=False)
    first_term = forms.BooleanField(label=_("First term"), required=False)

    def prepare(self) -> None:
        self.offer("delegation").queryset = Delegation.objects.filter(term=self.subject.term_id).order_by("pk")
        for name, field in self.fields.items():
            field.initial = getattr(self.subject, name)
