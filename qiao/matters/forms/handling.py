"""What the units do: opinion, more time, contact, reply."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qiao.kernel import clock
from qiao.rulebook.kinds import label_of
from qiao.rulebook.queries import calendar
from qiao.rulebook.trace import full_date

from ..issuers import who_signs
from ..models import (
    LEADING,
    ContactMode,
    ContactStage,
    Reply,
    UnitRole,
)
from ..operations.assisting import assistance
from ..operations.extending import longest, reply_clock
from .act import ActForm, NoteForm, OptionalNoteForm, long_text, offer


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
    stage = forms.ChoiceField(label=_("Stage"), choices=[("", _("Not said")), *ContactStage.choices], required=False)
    on = forms.DateField(label=_("When"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    who = forms.CharField(label=_("Who took part"), max_length=100)
    content = forms.CharField(label=_("What was said"), max_length=2000, widget=long_text())

    def prepare(self) -> None:
        self.fields["on"].initial = clock.today()
        self.fields["who"].initial = self.subject.suggestion.lead_name
        if self.subject.suggestion.is_confidential:
            self.fields["mode"].initial = ContactMode.STAFF
            self.fields["mode"].help_text = _("The deputy is not named: the congress's staff pass on what you say and bring the answer.")
        asked = self.subject.rules["contact_stages_required"]
        self.fields["stage"].required = bool(asked)
        if open_ones := [stage for stage in asked if stage not in self.subject.contacts.values_list("stage", flat=True)]:
            self.fields["stage"].initial = open_ones[0]


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
    no_face_reply = forms.CharField(
        label=_("Why there was no face-to-face reply"), max_length=300, required=False, widget=long_text(2),
        help_text=_("Only if there was none: this congress's rules ask for a meeting or for the reason."),
    )  # fmt: skip
    edition = forms.CharField(widget=forms.HiddenInput, required=False)
    may_publish = forms.BooleanField(label=_("The reply may be published"), required=False, initial=True)
    withheld_reason = forms.CharField(label=_("If not: why"), max_length=200, required=False)

    def prepare(self) -> None:
        assignment = self.subject.assignment if isinstance(self.subject, Reply) else self.subject
        if assignment.role not in LEADING or (assignment.role == UnitRole.JOINT and not assistance(assignment)):
            del self.fields["mentions_opinions"]
        if assignment.rules["face_reply_required"] != "or_reason":
            del self.fields["no_face_reply"]
        offer(self, "result").choices = [(e["code"], f"{e['code']} · {label_of(e)}") for e in assignment.rules["result_scheme"]]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("may_publish") and not given.get("withheld_reason"):
            self.add_error("withheld_reason", _("Say why the reply may not be published."))
        if given.get("may_publish"):
            given["withheld_reason"] = ""
        return given


class ApprovalForm(ActForm):
    """Nothing to fill in, but who will sign."""

    @property
    def beforehand(self) -> str:
        return who_signs(self.subject.assignment)


class IssueForm(ApprovalForm):
    """The document number with which it goes out."""

    document_no = forms.CharField(label=_("Document number"), max_length=60)
    secrecy_checked = forms.BooleanField(
        label=_("Our unit has checked the reply for state secrets, work secrets, trade secrets and personal data"), required=False,
        help_text=_("Without this check it is not published. It can be given later, on the suggestion's page."),
    )  # fmt: skip

    def prepare(self) -> None:
        self.fields["document_no"].initial = self.subject.document_no


class SignForm(IssueForm):
    """One unit's signature under a reply that several give together; the number is that of the one named first."""

    def prepare(self) -> None:
        super().prepare()
        self.fields["document_no"].required = False
        said = {"unit": self.subject.assignment.unit}
        self.fields["document_no"].help_text = _("The reply bears the number of %(unit)s, which hand-over names first.") % said

    @property
    def beforehand(self) -> str:
        return _("%(units)s give this reply together. It is issued when the last of them has signed.") % {"units": self.subject.unit_names}
