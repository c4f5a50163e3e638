"""What the list of notices can be narrowed by, and the choices about being told."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from .groups import GROUPS, Group
from .models import Channel, DeliveryState, Preference, Quiet, When


class ShowForm(forms.Form):
    """All notices, or only the unread ones."""

    show = forms.ChoiceField(label=_("Show"), choices=[("all", _("All notices")), ("unread", _("Unread notices"))], required=False)


class DeliveryFilter(forms.Form):
    """State, channel, and for whom."""

    state = forms.ChoiceField(label=_("State"), required=False)
    channel = forms.ChoiceField(label=_("Channel"), required=False)
    name = forms.CharField(label=_("For"), max_length=60, required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        others = [one for one in DeliveryState.choices if one[0] != DeliveryState.FAILED]
        self.fields["state"].choices = [("", DeliveryState.FAILED.label), *others]  # type: ignore[attr-defined]
        self.fields["channel"].choices = [("", _("All")), *Channel.choices]  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Kind:
    """One kind of notices on the page: what it is, and a field for each channel."""

    group: Group
    fields: list[forms.BoundField]


class PreferenceForm(forms.Form):
    """When by which channel for each kind of notice, and the quiet hours."""

    quiet = forms.ChoiceField(label=_("Quiet hours"), choices=Quiet.choices, widget=forms.RadioSelect)
    quiet_from = forms.TimeField(label=_("Quiet from"), required=False)
    quiet_to = forms.TimeField(label=_("Quiet to"), required=False)

    def __init__(self, *args: Any, channels: list[Channel], **more: Any) -> None:
        super().__init__(*args, **more)
        self.channels = channels
        for group in GROUPS:
            offered = [one for one in When.choices if one[0] != When.NEVER or not group.because]
            for channel in channels:
                named = forms.Select(attrs={"aria-label": format_lazy("{}: {}", group.label, channel.label)})
                self.fields[f"{channel.value}_{group.key}"] = forms.ChoiceField(label=channel.label, choices=offered, widget=named)

    @property
    def kinds(self) -> Iterator[Kind]:
        """The kinds of notices in the order of the page."""
        return (Kind(group, [self[f"{channel.value}_{group.key}"] for channel in self.channels]) for group in GROUPS)

    @classmethod
    def standing(cls, chosen: Preference | None, channels: list[Channel]) -> dict[str, Any]:
        """What holds now, as the form's initial values."""
        held = chosen or Preference()
        times = {"quiet": held.quiet, "quiet_from": held.quiet_from, "quiet_to": held.quiet_to}
        return times | {f"{c.value}_{group.key}": held.when(c, group.key) for c in channels for group in GROUPS}

    def given(self) -> dict[str, Any]:
        """What the operation takes."""
        typed = self.cleaned_data
        choices = {c.value: {group.key: typed[f"{c.value}_{group.key}"] for group in GROUPS} for c in self.channels}
        return {"choices": choices} | {name: typed[name] for name in ("quiet", "quiet_from", "quiet_to")}
