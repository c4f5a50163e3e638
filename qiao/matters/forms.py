"""The shape of what people type about a suggestion; what it means is the operations' business."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from qiao.congress.models import Mandate, Session, Term
from qiao.kernel import clock
from qiao.kernel.policy import Words
from qiao.orgs.models import Congress, Unit
from qiao.rulebook.kinds import label_of
from qiao.rulebook.queries import calendar, rules_for
from qiao.rulebook.rules import Rules
from qiao.rulebook.trace import full_date, listed

from .figures import SIDES
from .models import PUBLIC_STATE, ContactMode, Decider, DeliberationForm, Kind, Publicity, Reply, Source, State, Suggestion, Topic, UnitRole
from .operations.evaluating import last_reply
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

    folded: tuple[str, ...] = ()
    """Fields that most people leave empty; the page keeps them folded under ``folded_label``."""
    folded_label: Words = ""

    def prepare(self) -> None:
        """Fill in what depends on the object."""

    @property
    def open_fields(self) -> list[forms.BoundField]:
        """The fields that stand open."""
        return [field for field in self.visible_fields() if field.name not in self.folded]

    @property
    def folded_fields(self) -> list[forms.BoundField]:
        """The folded ones."""
        return [self[name] for name in self.folded if name in self.fields]

    @property
    def unfolds(self) -> bool:
        """Whether the folded part must be seen at once: something was typed into it, or is wrong."""
        return any(field.errors or field.value() for field in self.folded_fields)

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


def day_field(label: Any, **more: Any) -> forms.DateField:
    """A day, with the browser's own calendar."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


class LetterForm(NoteForm):
    """A letter of withdrawal: when it came, what reason it gives."""

    letter_on = day_field(_("Letter of withdrawal received on"))
    field_order = ["letter_on", "note"]

    def prepare(self) -> None:
        self.fields["letter_on"].initial = clock.today()


class ReceiveForm(ActForm):
    """When the paper original came."""

    paper_on = day_field(_("Paper original received on"), required=False)

    def prepare(self) -> None:
        if self.rules.flag("require_signed_paper"):
            self.fields["paper_on"].initial = clock.today()


class DecisionForm(ActForm):
    """Who decided on handing over, by what, when."""

    decider = forms.ChoiceField(label=_("Who decided on handing over"), choices=Decider)
    decision = forms.CharField(label=_("Decision on handing over"), max_length=200, help_text=_("Its name or number, as in the minutes."))
    decided_on = day_field(_("Day of the decision"))

    def prepare(self) -> None:
        self.fields["decider"].initial = self.rules["assign_decider"]
        self.fields["decided_on"].initial = clock.today()


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


MOST_ASSISTING = 4
"""So many assisting units the form has room for; more than a few units never agree on one opinion."""


class AssignForm(ActForm):
    """The unit that answers, the assignment opinion, and the units that assist it, each with what it is asked about."""

    unit = forms.ModelChoiceField(label=_("Handling unit"), queryset=Unit.objects.none(), empty_label=_("Choose a unit"))
    note = forms.CharField(
        label=_("Assignment opinion"),
        max_length=2000,
        required=False,
        widget=long_text(3),
        help_text=_("What the unit should mind; the unit reads it."),
    )
    folded = tuple(name for n in range(1, MOST_ASSISTING + 1) for name in (f"assistant_{n}", f"part_{n}"))
    folded_label = _("Assisting units")

    def prepare(self) -> None:
        units = units_of(self.subject.congress_id)
        offer(self, "unit").queryset = units
        self.fields["unit"].initial = self.subject.wished_unit_id
        known = [("", _("No further unit")), *((unit.pk, str(unit)) for unit in units)]
        for n in range(1, MOST_ASSISTING + 1):
            self.fields[f"assistant_{n}"] = forms.ChoiceField(label=_("Assisting unit %(n)d") % {"n": n}, choices=known, required=False)
            self.fields[f"part_{n}"] = forms.CharField(label=_("What unit %(n)d is asked about") % {"n": n}, max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        chosen = [(given.pop(f"assistant_{n}", ""), given.pop(f"part_{n}", ""), n) for n in range(1, MOST_ASSISTING + 1)]
        for unit, part, n in chosen:
            if part and not unit:
                self.add_error(f"assistant_{n}", _("Choose the unit that is asked about this."))
        units = units_of(self.subject.congress_id).in_bulk([int(unit) for unit, _part, _n in chosen if unit])
        return given | {"assisting": [(units[int(unit)], part) for unit, part, _n in chosen if unit]}


class RequestReturnForm(NoteForm):
    """Why the unit is not competent, and who is."""

    wished_unit = forms.ModelChoiceField(
        label=_("Unit that should handle it"), queryset=Unit.objects.none(), required=False, empty_label=_("Not known")
    )

    def prepare(self) -> None:
        others = units_of(self.subject.suggestion.congress_id).exclude(pk=self.subject.unit_id)
        offer(self, "wished_unit").queryset = others


class OpinionForm(ActForm):
    """An assisting unit's opinion and whom the lead unit may ask about it."""

    text = forms.CharField(
        label=_("Opinion"), max_length=6000, widget=long_text(10),
        help_text=_("What your unit, within its own duties, says to each point; the lead unit works it into the reply."),
    )  # fmt: skip
    document_no = forms.CharField(label=_("Document number"), max_length=60, required=False)
    contact_person = forms.CharField(label=_("Contact person"), max_length=60, required=False)
    contact_phone = forms.CharField(label=_("Contact telephone"), max_length=40, required=False)


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
    mentions_opinions = forms.BooleanField(label=_("The reply says what the assisting units' opinions are"), required=False)
    may_publish = forms.BooleanField(label=_("The reply may be published"), required=False, initial=True)
    withheld_reason = forms.CharField(label=_("If not: why"), max_length=200, required=False)

    def prepare(self) -> None:
        assignment = self.subject.assignment if isinstance(self.subject, Reply) else self.subject
        if assignment.role != UnitRole.LEAD:
            del self.fields["mentions_opinions"]
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


class ConveneForm(ActForm):
    """Which of the congress's forms of deliberation, for what day, with whom."""

    form = forms.ChoiceField(label=_("Form"), choices=DeliberationForm, widget=forms.RadioSelect)
    on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    who = forms.CharField(
        label=_("Who takes part"), max_length=300, widget=long_text(2), help_text=_("The deputy, the unit's people, experts; by name.")
    )

    def prepare(self) -> None:
        ways = last_reply(self.subject).assignment.rules["second_dissatisfied_action"]
        offer(self, "form").choices = [(code, label) for code, label in DeliberationForm.choices if code in ways]


class ConcludeForm(ActForm):
    """The opinion, and what follows from it."""

    note = forms.CharField(
        label=_("Opinion"), max_length=1000, widget=long_text(6), help_text=_("The unit and everybody who signed read it.")
    )
    outcome = forms.ChoiceField(
        label=_("What follows"), widget=forms.RadioSelect,
        choices=[
            ("rehandling", _("The unit handles it again by this opinion")),
            ("closed_explained", _("It is closed; the opinion explains why")),
        ],
    )  # fmt: skip


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


OCCASIONS = [("", _("In and between sessions")), ("session", _("In sessions")), ("between", _("Between sessions"))]


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
    figure = forms.ChoiceField(label=_("Figure"), required=False, widget=forms.HiddenInput)
    term = forms.ModelChoiceField(label=_("Term"), queryset=Term.objects.none(), required=False, widget=forms.HiddenInput)
    occasion = forms.ChoiceField(label=_("Occasion"), choices=OCCASIONS, required=False, widget=forms.HiddenInput)
    since = forms.DateField(label=_("Submitted from"), required=False, widget=forms.HiddenInput)
    until = forms.DateField(label=_("Submitted until"), required=False, widget=forms.HiddenInput)
    field_order = ["q", "view"]

    def __init__(self, *args: Any, views: Iterable[tuple[str, Any]], congress_ids: Iterable[int], **more: Any) -> None:
        super().__init__(*args, congress_ids=congress_ids, **more)
        offer(self, "view").choices = [("", _("All")), *views]
        offer(self, "figure").choices = [("", ""), *SIDES.items()]
        offer(self, "term").queryset = Term.objects.filter(congress__in=congress_ids)
        offer(self, "deputy").queryset = Mandate.objects.filter(congress__in=congress_ids).select_related("person")


class FigureFilters(forms.Form):
    """Of what and of when figures are."""

    occasion = forms.ChoiceField(label=_("Occasion"), choices=OCCASIONS, required=False)
    term = forms.ModelChoiceField(label=_("Term"), queryset=Term.objects.none(), required=False, empty_label=_("All terms"))
    session = forms.ModelChoiceField(label=_("Session"), queryset=Session.objects.none(), required=False, empty_label=_("All sessions"))
    unit = forms.ModelChoiceField(label=_("Handling unit"), queryset=Unit.objects.none(), required=False, empty_label=_("All units"))
    since = day_field(_("Submitted from"), required=False)
    until = day_field(_("Submitted until"), required=False)

    def __init__(self, *args: Any, congress_ids: Iterable[int], **more: Any) -> None:
        super().__init__(*args, **more)
        for name, rows in (
            ("term", Term.objects.all()),
            ("session", Session.objects.select_related("term")),
            ("unit", Unit.objects.all()),
        ):
            offer(self, name).queryset = rows.filter(congress__in=congress_ids)


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
