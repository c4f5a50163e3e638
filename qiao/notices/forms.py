"""What the list of notices can be narrowed by, and the choices about being told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from .channels import entered
from .groups import GROUPS, Group
from .models import Channel, DeliveryState, Preference, Quiet, When, check_address

WHERE = {
    Channel.SMS: _("Telephone for text messages"),
    Channel.WECOM: _("WeCom: account, or key of a robot of your own"),
    Channel.DINGTALK: _("DingTalk: account, or token of a robot of your own"),
    Channel.FEISHU: _("Feishu: account, or token of a robot of your own"),
}


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
    """One kind of notices on the page: what it is, when by mail, and by what else."""

    group: Group
    fields: list[forms.BoundField]


class PreferenceForm(forms.Form):
    """When by mail for each kind of notice, by which of ``ways`` as well, where that is, and the quiet hours."""

    quiet = forms.ChoiceField(label=_("Quiet hours"), choices=Quiet.choices, widget=forms.RadioSelect)
    quiet_from = forms.TimeField(label=_("Quiet from"), required=False)
    quiet_to = forms.TimeField(label=_("Quiet to"), required=False)

    def __init__(self, *args: Any, ways: list[Channel], **more: Any) -> None:
        super().__init__(*args, **more)
        self.ways, self.entered = ways, [way for way in entered() if way in ways]
        for group in GROUPS:
            offered = [one for one in When.choices if one[0] != When.NEVER or not group.because]
            named = forms.Select(attrs={"aria-label": format_lazy("{}: {}", group.label, Channel.MAIL.label)})
            self.fields[f"mail_{group.key}"] = forms.ChoiceField(label=Channel.MAIL.label, choices=offered, widget=named)
            if self.ways:
                self.fields[f"also_{group.key}"] = forms.MultipleChoiceField(
                    label=_("At once as well"), choices=[(way.value, way.label) for way in self.ways], required=False,
                    widget=forms.CheckboxSelectMultiple,
                )  # fmt: skip
        for way in self.entered:
            self.fields[f"to_{way.value}"] = forms.CharField(label=WHERE[way], max_length=200, required=False, validators=[check_address])

    @property
    def kinds(self) -> Iterator[Kind]:
        """The kinds of notices in the order of the page."""
        names = ("mail_{}", "also_{}") if self.ways else ("mail_{}",)
        return (Kind(group, [self[name.format(group.key)] for name in names]) for group in GROUPS)

    @property
    def places(self) -> list[forms.BoundField]:
        """Where the person is reached by the ways that ask for it."""
        return [self[f"to_{way.value}"] for way in self.entered]

    @classmethod
    def standing(cls, chosen: Preference | None, ways: list[Channel], addresses: Mapping[str, str]) -> dict[str, Any]:
        """What holds now, as the form's initial values."""
        held = chosen or Preference()
        times = {"quiet": held.quiet, "quiet_from": held.quiet_from, "quiet_to": held.quiet_to}
        by_mail = {f"mail_{group.key}": held.when(Channel.MAIL, group.key) for group in GROUPS}
        also = {f"also_{group.key}": [way.value for way in ways if held.when(way, group.key) == When.NOW] for group in GROUPS}
        return times | by_mail | also | {f"to_{channel}": value for channel, value in addresses.items()}

    def clean(self) -> dict[str, Any]:
        """What is chosen must be possible: a way that asks where needs an answer."""
        typed: dict[str, Any] = super().clean() or {}
        for way in self.entered:
            chosen = any(way in typed.get(f"also_{group.key}", ()) for group in GROUPS)
            if chosen and not typed.get(f"to_{way.value}") and f"to_{way.value}" not in self.errors:
                self.add_error(f"to_{way.value}", _("You have chosen to be reached this way: say where."))
        return typed

    def given(self) -> dict[str, Any]:
        """What the operation takes."""
        typed = self.cleaned_data
        choices = {Channel.MAIL.value: {group.key: typed[f"mail_{group.key}"] for group in GROUPS}}
        for way in self.ways:
            choices[way.value] = {group.key: When.NOW if way in typed[f"also_{group.key}"] else When.NEVER for group in GROUPS}
        addresses = {way.value: typed[f"to_{way.value}"] for way in self.entered}
        return {"choices": choices, "addresses": addresses} | {name: typed[name] for name in ("quiet", "quiet_from", "quiet_to")}
