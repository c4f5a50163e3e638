"""What staff enter to propose that a suggestion be split: the parts, and why."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..models import Suggestion
from ..operations.splitting import MOST_PARTS
from ..operations.texts import TEXT
from .act import NoteForm, long_text

SHOWN = 2
"""Parts that stand open; more are folded."""


class SplitForm(NoteForm):
    """The texts of the parts, to be cut from the whole, and the reason that the deputy reads."""

    folded = tuple(f"{name}_{number}" for number in range(SHOWN + 1, MOST_PARTS + 1) for name in TEXT)
    folded_label = _("More parts")

    def prepare(self) -> None:
        for number in range(1, MOST_PARTS + 1):
            for name in TEXT:
                self.fields[f"{name}_{number}"] = self._field(name, number)
        self.order_fields([*(f"{name}_{number}" for number in range(1, MOST_PARTS + 1) for name in TEXT), "note"])

    def _field(self, name: str, number: int) -> forms.CharField:
        about: Any = Suggestion._meta.get_field(name)
        label = gettext("Part %(number)d: %(what)s") % {"number": number, "what": about.verbose_name}
        whole = getattr(self.subject, name) if number <= SHOWN else ""
        widget = forms.TextInput() if name == "title" else long_text(6)
        return forms.CharField(label=label, max_length=about.max_length, required=number <= SHOWN, initial=whole, widget=widget)

    def clean(self) -> dict[str, Any]:
        """The parts in order; of one that was begun nothing may be missing."""
        given, parts = super().clean() or {}, []
        for number in range(1, MOST_PARTS + 1):
            part = {name: given.get(f"{name}_{number}", "").strip() for name in TEXT}
            for name in (name for name in TEXT if number > SHOWN and any(part.values()) and not part[name]):
                self.add_error(f"{name}_{number}", _("This is missing in a part that was begun."))
            parts += [part] if any(part.values()) else []
        return {"note": given.get("note", ""), "parts": parts}
