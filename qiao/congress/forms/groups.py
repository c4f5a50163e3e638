"""What is asked about groups of deputies."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qiao.kernel import clock
from qiao.orgs.models import Organ

from ..models import GroupKind, GroupRank, Mandate
from .deciding import ActForm, day_field
from .lists import ANY, YES_NO, CongressChoice, search_field


class CorrectGroupForm(ActForm):
    """What can be changed of a group."""

    name = forms.CharField(label=_("Name of the group"), max_length=60)
    field = forms.CharField(
        label=_("Field"), max_length=60, required=False, help_text=_("The profession of a professional group, or the area.")
    )
    organ = forms.ModelChoiceField(
        Organ.objects.none(),
        label=_("Attached to"),
        required=False,
        help_text=_("The special committee that works with the group."),
    )

    def prepare(self) -> None:
        group = self.subject
        self.offer("organ").queryset = Organ.objects.filter(congress=group.term.congress_id).order_by("pk")
        for name in ("name", "field", "organ"):
            self.fields[name].initial = getattr(group, name)


class FormGroupForm(CorrectGroupForm):
    """A new group: its kind, name, field and first day."""

    kind = forms.ChoiceField(label=_("Kind"), choices=GroupKind.choices, widget=forms.RadioSelect)
    formed_on = day_field(_("Formed on"))
    field_order = ("kind", "name", "field", "organ", "formed_on")

    def prepare(self) -> None:
        self.offer("organ").queryset = Organ.objects.filter(congress=self.subject.congress_id).order_by("pk")
        self.fields["formed_on"].initial = clock.today()
        self.fields["kind"].initial = GroupKind.AREA


class OnDayForm(ActForm):
    """The day from which it holds."""

    on = day_field(_("On which day"))

    def prepare(self) -> None:
        self.fields["on"].initial = clock.today()


class JoinGroupForm(OnDayForm):
    """Which deputy, as what, from when."""

    mandate = forms.ModelChoiceField(Mandate.objects.none(), label=_("Deputy"))
    rank = forms.ChoiceField(label=_("Rank"), choices=GroupRank.choices, initial=GroupRank.MEMBER)
    field_order = ("mandate", "rank", "on")

    def prepare(self) -> None:
        super().prepare()
        inside = self.subject.members.filter(ends=None).values("mandate")
        free = Mandate.objects.filter(term=self.subject.term_id).in_office().exclude(pk__in=inside)
        self.offer("mandate").queryset = free.select_related("person").order_by("person__pinyin", "pk")


class RankForm(ActForm):
    """What the member is from now on."""

    rank = forms.ChoiceField(label=_("Rank"), choices=GroupRank.choices)

    def prepare(self) -> None:
        self.fields["rank"].initial = self.subject.rank


class GroupFilter(CongressChoice):
    """What narrows the list of groups."""

    q = search_field(_("Name or field"))
    kind = forms.ChoiceField(label=_("Kind"), choices=[ANY, *GroupKind.choices], required=False)
    member = search_field(_("Has a member named"))
    mine = forms.ChoiceField(label=_("My groups"), choices=YES_NO, required=False)

    def __init__(self, *args: Any, asks: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if not asks:
            del self.fields["mine"]


class MemberFilter(forms.Form):
    """What narrows the members of a group."""

    q = search_field(_("Name, initials or card number"))
    past = forms.ChoiceField(label=_("Members"), choices=[("", _("Members today")), ("yes", _("Those who have left"))], required=False)
