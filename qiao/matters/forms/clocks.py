"""A pause of a time limit, and a day that comes before its end."""

from django import forms
from django.utils.translation import gettext_lazy as _

from qiao.rulebook.trace import full_date

from .act import NoteForm, day_field


def _source() -> forms.CharField:
    return forms.CharField(
        label=_("Decision or provision"), max_length=200,
        help_text=_("Who decided it, when, document number; or the article. It stands in the explanation of the date."),
    )  # fmt: skip


class PauseForm(NoteForm):
    """Why, and by what decision."""

    source = _source()
    field_order = ["note", "source"]


class BringForwardForm(NoteForm):
    """The earlier day, by what decision, and why."""

    day = day_field(_("New last day"))
    source = _source()
    field_order = ["day", "source", "note"]

    def prepare(self) -> None:
        said = {"due": full_date(self.subject.due), "source": self.subject.rule_words}
        self.fields["day"].help_text = _("Earlier than %(due)s, the last day by %(source)s.") % said
