"""What narrows lists and figures."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from qiao.congress.models import Mandate, Session, Term
from qiao.orgs.models import Congress, Unit

from ..figures import SIDES
from ..models import (
    PUBLIC_STATE,
    State,
    Topic,
)
from .act import day_field, offer

SUBMITTERS = [("", _("Of deputies and delegations")), ("deputies", _("Of deputies")), ("delegation", _("Of delegations"))]
OCCASIONS = [("", _("In and between sessions")), ("session", _("In sessions")), ("between", _("Between sessions"))]


class Filters(forms.Form):
    """What every list of suggestions can be narrowed by; topics, units and sessions are those of the congresses named."""

    q = forms.CharField(label=_("Search"), max_length=100, required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    topic = forms.ModelChoiceField(label=_("Topic"), queryset=Topic.objects.none(), required=False, empty_label=_("All topics"))
    unit = forms.ModelChoiceField(label=_("Handling unit"), queryset=Unit.objects.none(), required=False, empty_label=_("All units"))
    session = forms.ModelChoiceField(label=_("Session"), queryset=Session.objects.none(), required=False, empty_label=_("All sessions"))

    states: Iterable[tuple[str, Any]] = State.choices

    def __init__(self, *args: Any, congress_ids: Iterable[int], **more: Any) -> None:
        super().__init__(*args, **more)
        offer(self, "state").choices = [("", _("All states")), *self.states]
        for name, rows in (
            ("topic", Topic.objects.only("name")),
            ("unit", Unit.objects.only("name")),
            ("session", Session.objects.select_related("term")),
        ):
            offer(self, name).queryset = rows.filter(congress__in=congress_ids)


class InsideFilters(Filters):
    """For those who work on suggestions: also by a part of the worklist, or by lead deputy."""

    view = forms.ChoiceField(label=_("Worklist"), required=False)
    deputy = forms.ModelChoiceField(label=_("Lead deputy"), queryset=Mandate.objects.none(), required=False, widget=forms.HiddenInput)
    figure = forms.ChoiceField(label=_("Figure"), required=False, widget=forms.HiddenInput)
    term = forms.ModelChoiceField(label=_("Term"), queryset=Term.objects.none(), required=False, widget=forms.HiddenInput)
    occasion = forms.ChoiceField(label=_("Occasion"), choices=OCCASIONS, required=False, widget=forms.HiddenInput)
    submitter = forms.ChoiceField(label=_("Put forward by"), choices=SUBMITTERS, required=False, widget=forms.HiddenInput)
    since = forms.DateField(label=_("Submitted from"), required=False, widget=forms.HiddenInput)
    until = forms.DateField(label=_("Submitted until"), required=False, widget=forms.HiddenInput)
    field_order = ["q", "view"]

    def __init__(self, *args: Any, views: Iterable[tuple[str, Any]], congress_ids: Iterable[int], **more: Any) -> None:
        super().__init__(*args, congress_ids=congress_ids, **more)
        offer(self, "view").choices = [("", _("All")), *views]
        offer(self, "figure").choices = [("", ""), *SIDES.items()]
        offer(self, "term").queryset = Term.objects.filter(congress__in=congress_ids)
        offer(self, "deputy").queryset = Mandate.objects.filter(congress__in=congress_ids).select_related("person")


class FigureFilters(forms.Form):
    """Of what and of when figures are."""

    occasion = forms.ChoiceField(label=_("Occasion"), choices=OCCASIONS, required=False)
    term = forms.ModelChoiceField(label=_("Term"), queryset=Term.objects.none(), required=False, empty_label=_("All terms"))
    session = forms.ModelChoiceField(label=_("Session"), queryset=Session.objects.none(), required=False, empty_label=_("All sessions"))
    unit = forms.ModelChoiceField(label=_("Handling unit"), queryset=Unit.objects.none(), required=False, empty_label=_("All units"))
    submitter = forms.ChoiceField(label=_("Put forward by"), choices=SUBMITTERS, required=False)
    since = day_field(_("Submitted from"), required=False)
    until = day_field(_("Submitted until"), required=False)

    def __init__(self, *args: Any, congress_ids: Iterable[int], **more: Any) -> None:
        super().__init__(*args, **more)
        for name, rows in (
            ("term", Term.objects.all()),
            ("session", Session.objects.select_related("term")),
            ("unit", Unit.objects.all()),
        ):
            offer(self, name).queryset = rows.filter(congress__in=congress_ids)


class PublicFilters(Filters):
    """For everybody: by congress first; topics, units and sessions once one is chosen."""

    congress = forms.ModelChoiceField(
        label=_("Congress"), queryset=Congress.objects.none(), required=False, empty_label=_("All congresses")
    )
    field_order = ["congress", "q"]
    states = [(str(value), label) for value, label in PUBLIC_STATE.items()]

    def __init__(self, *args: Any, congresses: QuerySet[Congress], congress_ids: Iterable[int], **more: Any) -> None:
        super().__init__(*args, congress_ids=congress_ids, **more)
        offer(self, "congress").queryset = congresses
        for name in ("topic", "unit", "session") if not congress_ids else ():
            del self.fields[name]
