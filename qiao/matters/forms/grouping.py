"""What staff choose to have handled together."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Suggestion
from ..queries import alike, registered_by_numbers
from .act import ActForm, offer


class LikeChoice(forms.ModelMultipleChoiceField):
    """Suggestions by number and title."""

    def label_from_instance(self, obj: Suggestion) -> str:
        return f"{obj.number_label} {obj.title}"


class GroupForm(ActForm):
    """Like suggestions as the search proposes them, and others by their numbers."""

    others = LikeChoice(
        Suggestion.objects.none(), label=_("Like suggestions"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Registered, not handed over yet, and near in wording; the nearest first."),
    )  # fmt: skip
    numbers = forms.CharField(
        label=_("Others, by their numbers"), max_length=200, required=False, help_text=_("Several numbers with spaces between them.")
    )

    def prepare(self) -> None:
        found = alike(self.subject)
        offer(self, "others").queryset = found
        if not found:
            del self.fields["others"]

    def clean(self) -> dict[str, Any]:
        """Both together, each once."""
        given = super().clean() or {}
        typed = [int(one) for one in given.get("numbers", "").split() if one.isdecimal() and len(one) < 7]  # noqa: PLR2004
        named = {one.pk: one for one in [*given.get("others", []), *registered_by_numbers(self.subject, typed)]}
        if len(typed) < len(given.get("numbers", "").split()):
            self.add_error("numbers", _("Type numbers alone, with spaces between them."))
        elif missing := set(typed) - {one.number for one in named.values()}:
            said = _("Not registered or handed over already: %(numbers)s.") % {"numbers": ", ".join(map(str, sorted(missing)))}
            self.add_error("numbers", said)
        return {"others": list(named.values())}
