"""The form of an announcement."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qiao.accounts.models import Role
from qiao.congress.models import Delegation
from qiao.kernel import clock
from qiao.notices.models import TITLE_LIMIT
from qiao.orgs.models import Unit

from .models import TEXT_LIMIT, Announcement, Audience

SOURCES = {Audience.DELEGATIONS: "delegations", Audience.UNITS: "units", Audience.ROLES: "roles"}


class AnnouncementForm(forms.Form):
    """Title, text, and for whom."""

    title = forms.CharField(label=_("Title"), max_length=TITLE_LIMIT)
    text = forms.CharField(label=_("Text"), max_length=TEXT_LIMIT, widget=forms.Textarea(attrs={"rows": 8}))
    audience = forms.ChoiceField(label=_("For whom"), choices=Audience.choices, widget=forms.RadioSelect)
    delegations = forms.TypedMultipleChoiceField(
        label=_("Delegations"), help_text=_("If it is for the deputies of delegations."), coerce=int, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    units = forms.TypedMultipleChoiceField(
        label=_("Handling units"), help_text=_("If it is for the people of units."), coerce=int, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    roles = forms.TypedMultipleChoiceField(
        label=_("Roles"), help_text=_("If it is for the holders of roles."), coerce=int, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, congress: int, **more: Any) -> None:
        super().__init__(*args, **more)
        today = clock.today()
        running = Delegation.objects.filter(term__congress=congress).exclude(term__ends__lt=today)
        rows = {"delegations": running, "units": Unit.objects.filter(congress=congress), "roles": Role.objects.all()}
        for name, found in rows.items():
            self.fields[name].choices = [(row.pk, str(row)) for row in found]  # type: ignore[attr-defined]

    @classmethod
    def standing(cls, held: Announcement | None) -> dict[str, Any]:
        """What a draft says, as the form's initial values."""
        if held is None:
            return {"audience": Audience.DEPUTIES}
        said = {"title": held.title, "text": held.text, "audience": held.audience}
        return said | ({SOURCES[held.audience]: held.picks} if held.audience in SOURCES else {})  # type: ignore[index]

    def given(self) -> dict[str, Any]:
        """What the operation takes."""
        typed = self.cleaned_data
        picks = typed[SOURCES[typed["audience"]]] if typed["audience"] in SOURCES else []
        return {name: typed[name] for name in ("title", "text", "audience")} | {"picks": picks}
