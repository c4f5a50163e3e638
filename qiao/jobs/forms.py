"""What the list of jobs can be narrowed by."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from .models import WORDS


class JobFilter(forms.Form):
    """State and queue."""

    state = forms.ChoiceField(label=_("State"), required=False)
    queue = forms.ChoiceField(label=_("Queue"), required=False)

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self.fields["state"].choices = [("", _("All")), *((state, words) for state, (words, _tone) in WORDS.items())]  # type: ignore[attr-defined]
        self.fields["queue"].choices = [("", _("All")), *((name, name) for name in settings.TASKS["default"]["QUEUES"])]  # type: ignore[attr-defined]
