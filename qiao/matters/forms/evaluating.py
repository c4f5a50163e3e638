"""What follows the reply: evaluation and deliberation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qiao.kernel import clock
from qiao.rulebook.kinds import label_of
from qiao.rulebook.trace import listed

from ..models import DeliberationForm
from ..operations.rounds import current_replies, last_reply, to_rate
from .act import ActForm, day_field, long_text, offer


class EvaluateForm(ActForm):
    """One rating for each of the congress's dimensions, and a reason."""

    note = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        required=False,
        widget=long_text(),
    )

    def prepare(self) -> None:
        rules = last_reply(self.subject).assignment.rules
        self.reasoned = set(rules["reason_required_on"])
        self.dimensions = rules["evaluation_dimensions"]
        self.scale = [(entry["code"], label_of(entry)) for entry in rules["evaluation_scale"]]
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


class RecordEvaluationForm(EvaluateForm):
    """The same as it stands on paper, with the day that the form bears and its scan."""

    paper_on = day_field(_("Day on the form"))
    scan = forms.FileField(label=_("Scan of the form"), help_text=_("A PDF or a photograph on which the signature can be seen."))

    def prepare(self) -> None:
        super().prepare()
        self.fields["paper_on"].initial = clock.today()
        waiting = to_rate(current_replies(self.subject))
        if len(waiting) > 1:
            several = [(reply.pk, f"{reply.unit_names} · {reply.assignment.part}") for reply in waiting]
            self.fields["reply"] = forms.TypedChoiceField(label=_("Reply"), choices=several, coerce=int)
        self.order_fields(["reply", "paper_on", *(field.name for field in self.questions), "note", "scan"])

    def clean(self) -> dict[str, Any]:
        """The ratings together; the reason is not the journal's note, for what is sealed must not be read there."""
        given = super().clean() or {}
        if self.errors:
            return given
        said = {"ratings": self.ratings, "reason": given["note"], "paper_on": given["paper_on"], "scan": given["scan"]}
        return said | {"reply": given.get("reply")}


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
