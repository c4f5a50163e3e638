"""The shape of what people type about a suggestion; what it means is the operations' business."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from qiao.congress.models import Mandate, Session
from qiao.kernel import clock
from qiao.orgs.models import Congress, Unit
from qiao.rulebook.kinds import label_of
from qiao.rulebook.queries import calendar, rules_for
from qiao.rulebook.rules import Rules
from qiao.rulebook.trace import full_date, listed

from .models import PUBLIC_STATE, ContactMode, Kind, Publicity, Reply, Source, State, Suggestion, Topic
from .operations.extending import longest, reply_clock


def long_text(rows: int = 4) -> forms.Textarea:
    """A box for more than a line."""
    return forms.Textarea(attrs={"rows": rows})


def offer(form: forms.Form, name: str) -> Any:
    """A field whose choices depend on the moment, to be given them."""
    return form.fields[name]


def units_of(congress_id: int) -> Any:
    """The units a congress may hand something to today."""
    return Unit.objects.filter(congress=congress_id).active_on(clock.today())


class ActForm(forms.Form):
    """A form for one verb on one object, which it may need for its choices."""

    def __init__(self, *args: Any, subject: Any, **more: Any) -> None:
        self.subject = subject
        super().__init__(*args, **more)
        self.prepare()

    def prepare(self) -> None:
        """Fill in what depends on the object."""

    @property
    def rules(self) -> Rules:
        """The congress's rules today."""
        return rules_for(self.subject.congress, clock.today())


class NoteForm(ActForm):
    """One sentence."""

    note = forms.CharField(label=_("Reason"), max_length=1000, widget=long_text())


class OptionalNoteForm(ActForm):
    """One sentence, if there is something to say."""

    note = forms.CharField(label=_("Remark"), max_length=1000, required=False, widget=long_text(2))


class DraftForm(forms.Form):
    """The suggestion itself. Everything may be empty while drafting; submitting asks for what is missing."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Kind, initial=Kind.SUGGESTION)
    title = forms.CharField(label=_("Title"), max_length=100, required=False, help_text=_("One matter, in one line: “Suggestion to …”."))
    matter = forms.CharField(
        label=_("Situation and problem"), max_length=6000, required=False, widget=long_text(8),
        help_text=_("What you saw or heard: where, since when, whom it concerns."),
    )  # fmt: skip
    proposal = forms.CharField(
        label=_("What should be done"), max_length=6000, required=False, widget=long_text(6),
        help_text=_("Concrete measures, one after the other."),
    )  # fmt: skip
    source = forms.ChoiceField(label=_("Where the idea comes from"), choices=[("", _("Not stated")), *Source.choices], required=False)
    wished_unit = forms.ModelChoiceField(
        label=_("Unit you would like to handle it"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("Leave it to the congress's staff"),
    )
    may_publish = forms.BooleanField(label=_("The text may be published"), required=False)

    def __init__(self, *args: Any, congress_id: int, **more: Any) -> None:
        super().__init__(*args, **more)
        offer(self, "wished_unit").queryset = units_of(congress_id)

    @staticmethod
    def values(suggestion: Suggestion) -> dict[str, Any]:
        """What the form shows of a draft."""
        return {name: getattr(suggestion, name) for name in DraftForm.base_fields}


class ConfirmForm(ActForm):
    """The text version that is signed."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def prepare(self) -> None:
        self.fields["version"].initial = self.subject.suggestion.version


class WithdrawForm(NoteForm):
    """Why, and whether the joint signers agree."""

    agreed = forms.BooleanField(label=_("The joint signers agree to the withdrawal."), required=False)

    def prepare(self) -> None:
        if not self.subject.signatures.filter(state="confirmed").exists():
            del self.fields["agreed"]


class RegisterForm(ActForm):
    """The topic under which it is registered."""

    topic = forms.ModelChoiceField(label=_("Topic"), queryset=Topic.objects.none(), empty_label=_("Choose a topic"))

    def prepare(self) -> None:
        topics = Topic.objects.filter(congress=self.subject.congress_id)
        offer(self, "topic").queryset = topics
        if not topics.exists():
            del self.fields["topic"]


class RefuseForm(NoteForm):
    """The ground from the congress's list, and the sentence for the deputy."""

    ground = forms.ChoiceField(label=_("Ground"))
    field_order = ["ground", "note"]

    def prepare(self) -> None:
        offer(self, "ground").choices = [(e["code"], label_of(e)) for e in self.rules["rejection_reasons"]]


class AssignForm(ActForm):
    """The unit and the assignment opinion."""

    unit = forms.ModelChoiceField(label=_("Handling unit"), queryset=Unit.objects.none(), empty_label=_("Choose a unit"))
    note = forms.CharField(
        label=_("Assignment opinion"),
        max_length=2000,
        required=False,
        widget=long_text(3),
        help_text=_("What the unit should mind; the unit reads it."),
    )

    def prepare(self) -> None:
        offer(self, "unit").queryset = units_of(self.subject.congress_id)
        self.fields["unit"].initial = self.subject.wished_unit_id


class RequestReturnForm(NoteForm):
    """Why the unit is not competent, and who is."""

    wished_unit = forms.ModelChoiceField(
        label=_("Unit that should handle it"), queryset=Unit.objects.none(), required=False, empty_label=_("Not known")
    )

    def prepare(self) -> None:
        others = units_of(self.subject.suggestion.congress_id).exclude(pk=self.subject.unit_id)
        offer(self, "wished_unit").queryset = others


class ExtensionForm(NoteForm):
    """Why more time is needed, and until when."""

    until = forms.DateField(label=_("New last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    field_order = ["until", "note"]

    def prepare(self) -> None:
        if limit := reply_clock(self.subject):
            most = longest(self.subject, limit, calendar()).due
            said = {"due": full_date(limit.due), "most": full_date(most)}
            self.fields["until"].help_text = _("Until now %(due)s; at the latest %(most)s.") % said


class GrantExtensionForm(OptionalNoteForm):
    """The new last day: the one the unit proposes, or an earlier one."""

    until = forms.DateField(label=_("New last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    field_order = ["until", "note"]

    def prepare(self) -> None:
        self.fields["until"].initial = self.subject.proposed
        self.fields["until"].help_text = _("The unit's reason: %(reason)s") % {"reason": self.subject.reason}


class ContactForm(ActForm):
    """One contact with the deputy."""

    mode = forms.ChoiceField(label=_("How"), choices=ContactMode)
    on = forms.DateField(label=_("When"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    who = forms.CharField(label=_("Who took part"), max_length=100)
    content = forms.CharField(label=_("What was said"), max_length=2000, widget=long_text())

    def prepare(self) -> None:
        self.fields["on"].initial = clock.today()
        self.fields["who"].initial = str(self.subject.suggestion.lead)


class ReplyForm(ActForm):
    """The reply while it is drafted."""

    text = forms.CharField(
        label=_("Reply"), max_length=10000, required=False, widget=long_text(14),
        help_text=_("Point by point; the salutation, the unit and the date are added by the letter."),
    )  # fmt: skip
    result = forms.ChoiceField(label=_("Result class"), required=False, widget=forms.RadioSelect)
    document_no = forms.CharField(label=_("Document number"), max_length=60, required=False)
    contact_person = forms.CharField(label=_("Contact person"), max_length=60, required=False)
    contact_phone = forms.CharField(label=_("Contact telephone"), max_length=40, required=False)
    may_publish = forms.BooleanField(label=_("The reply may be published"), required=False, initial=True)
    withheld_reason = forms.CharField(label=_("If not: why"), max_length=200, required=False)

    def prepare(self) -> None:
        assignment = self.subject.assignment if isinstance(self.subject, Reply) else self.subject
        offer(self, "result").choices = [(e["code"], f"{e['code']} · {label_of(e)}") for e in assignment.rules["result_scheme"]]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("may_publish") and not given.get("withheld_reason"):
            self.add_error("withheld_reason", _("Say why the reply may not be published."))
        if given.get("may_publish"):
            given["withheld_reason"] = ""
        return given


class IssueForm(ActForm):
    """The document number with which it goes out."""

    document_no = forms.CharField(label=_("Document number"), max_length=60)

    def prepare(self) -> None:
        self.fields["document_no"].initial = self.subject.document_no


class EvaluateForm(ActForm):
    """One rating for each of the congress's dimensions, and a reason."""

    note = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        required=False,
        widget=long_text(),
    )

    def __init__(self, *args: Any, rules: Rules, **more: Any) -> None:
        self.reasoned = set(rules["reason_required_on"])
        self.dimensions = rules["evaluation_dimensions"]
        self.scale = [(entry["code"], label_of(entry)) for entry in rules["evaluation_scale"]]
        super().__init__(*args, **more)

    def prepare(self) -> None:
        for entry in self.dimensions:
            self.fields[f"rating_{entry['code']}"] = forms.ChoiceField(label=label_of(entry), choices=self.scale, widget=forms.RadioSelect)
        self.order_fields([*(name for name in self.fields if name != "note"), "note"])
        asked = [label for code, label in self.scale if code in self.reasoned]
        if asked:
            self.fields["note"].help_text = _("Needed where you answer: %(ratings)s.") % {"ratings": listed(asked)}

    @property
    def ratings(self) -> dict[str, str]:
        """The ratings given, by dimension."""
        return {entry["code"]: self.cleaned_data[f"rating_{entry['code']}"] for entry in self.dimensions}

    @property
    def questions(self) -> list[forms.BoundField]:
        """The rating fields."""
        return [self[f"rating_{entry['code']}"] for entry in self.dimensions]


class PublishForm(ActForm):
    """What the public may read, and why not all."""

    publicity = forms.ChoiceField(label=_("What the public may read"), choices=Publicity, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Why not all"),
        max_length=200,
        required=False,
        help_text=_("The public reads this sentence. Leave it empty when all is published."),
    )

    def prepare(self) -> None:
        now = self.subject.publicity
        self.fields["publicity"].initial = (
            now if now != Publicity.NONE else Publicity.FULL if self.subject.may_publish else Publicity.PROGRESS
        )


class UploadForm(forms.Form):
    """One file."""

    upload = forms.FileField(label=_("File"))


class Filters(forms.Form):
    """What every list of suggestions can be narrowed by; topics, units and sessions are those of the congresses named."""

    q = forms.CharField(label=_("Search"), max_length=100, required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    topic = forms.ModelChoiceField(label=_("Topic"), queryset=Topic.objects.none(), required=False, empty_label=_("All topics"))
    unit = forms.ModelChoiceField(label=_("Handling unit"), queryset=Unit.objects.none(), required=False, empty_label=_("All units"))
    session = forms.ModelChoiceField(label=_("Session"), queryset=Session.objects.none(), required=False, empty_label=_("All sessions"))

    states: Iterable[tuple[str, Any]] = State.choices

    def __init__(self, *args: Any, congress_ids: Iterable[int], **more: Any) -> None:
        super().__init__(*args, **more)
        offer(self, "state").choices = [("", _("All states")), *self.states]
        for name, rows in (
            ("topic", Topic.objects.all()),
            ("unit", Unit.objects.all()),
            ("session", Session.objects.select_related("term")),
        ):
            offer(self, name).queryset = rows.filter(congress__in=congress_ids)


class InsideFilters(Filters):
    """For those who work on suggestions: also by a part of the worklist, or by lead deputy."""

    view = forms.ChoiceField(label=_("Worklist"), required=False)
    deputy = forms.ModelChoiceField(label=_("Lead deputy"), queryset=Mandate.objects.none(), required=False, widget=forms.HiddenInput)
    field_order = ["q", "view"]

    def __init__(self, *args: Any, views: Iterable[tuple[str, Any]], congress_ids: Iterable[int], **more: Any) -> None:
        super().__init__(*args, congress_ids=congress_ids, **more)
        offer(self, "view").choices = [("", _("All")), *views]
        offer(self, "deputy").queryset = Mandate.objects.filter(congress__in=congress_ids).select_related("person")


class PublicFilters(Filters):
    """For everybody: by congress first; topics, units and sessions once one is chosen."""

    congress = forms.ModelChoiceField(
        label=_("Congress"), queryset=Congress.objects.none(), required=False, empty_label=_("All congresses")
    )
    field_order = ["congress", "q"]
    states = [(str(value), label) for value, label in PUBLIC_STATE.items()]

    def __init__(self, *args: Any, congresses: QuerySet[Congress], congress_ids: Iterable[int], **more: Any) -> None:
        super().__init__(*args, congress_ids=congress_ids, **more)
        offer(self, "congress").queryset = congresses
        for name in ("topic", "unit", "session") if not congress_ids else ():
            del self.fields[name]
