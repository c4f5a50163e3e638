"""What staff enter before handing over: receipt, decision, registration, refusal, a letter of withdrawal."""

from django import forms
from django.utils.translation import gettext_lazy as _

from qiao.kernel import clock
from qiao.orgs.models import Unit
from qiao.rulebook.kinds import label_of

from ..models import Decider, State, Topic
from .act import ActForm, NoteForm, day_field, offer, units_of

UNSUITABLE = (State.NOT_ACCEPTED, State.AS_LETTER, State.AS_REFERENCE)
"""What may become of what is no suggestion, in the order in which it is offered; which of them is the rulebook's affair."""


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


class TopicForm(forms.Form):
    """The name of a topic."""

    name = forms.CharField(label=_("Name of the topic"), max_length=40)


class RefuseForm(NoteForm):
    """The ground from the congress's list, and the sentence for the deputy."""

    ground = forms.ChoiceField(label=_("Ground"))
    outcome = forms.ChoiceField(label=_("What becomes of it"))
    passed_to = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Unit that gets it as a reference"), required=False, help_text=_("Only where it is passed on.")
    )
    field_order = ["ground", "outcome", "passed_to", "note"]

    def prepare(self) -> None:
        rules = self.rules
        offer(self, "ground").choices = [(e["code"], label_of(e)) for e in rules["rejection_reasons"]]
        known = rules["unsuitable_action"]
        offer(self, "outcome").choices = [(state.value, state.label) for state in UNSUITABLE if state in known]
        offer(self, "passed_to").queryset = units_of(self.subject.congress_id)
        if State.AS_REFERENCE not in known:
            del self.fields["passed_to"]
