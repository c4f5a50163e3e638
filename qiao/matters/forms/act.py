"""A form for one verb, and what several of them need."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qiao.kernel import clock
from qiao.kernel.policy import Words
from qiao.orgs.models import Unit
from qiao.rulebook.queries import rules_for
from qiao.rulebook.rules import Rules
from qiao.ui import acts


def long_text(rows: int = 4) -> forms.Textarea:
    """A box for more than a line."""
    return forms.Textarea(attrs={"rows": rows})


def offer(form: forms.Form, name: str) -> Any:
    """A field whose choices depend on the moment, to be given them."""
    return form.fields[name]


def units_of(congress_id: int) -> Any:
    """The units a congress may hand something to today."""
    return Unit.objects.filter(congress=congress_id).active_on(clock.today())


class ActForm(acts.ActForm):
    """A form for one verb of a matter."""

    folded: tuple[str, ...] = ()
    """Fields that most people leave empty; the page keeps them folded under ``folded_label``."""
    folded_label: Words = ""

    @property
    def beforehand(self) -> str:
        """What one should know before filling it in."""
        return ""

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


class ConfirmForm(ActForm):
    """The text version that is signed."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def prepare(self) -> None:
        self.fields["version"].initial = self.subject.suggestion.version


def day_field(label: Any, **more: Any) -> forms.DateField:
    """A day, with the browser's own calendar."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)
