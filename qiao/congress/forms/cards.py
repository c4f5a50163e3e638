"""What is asked for a deputy card, and what narrows their list."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qiao.kernel import clock

from ..models import CardEnd, Delegation, Term
from .deciding import ActForm, day_field
from .lists import ANY, YES_NO, CongressChoice, search_field

REPLACED = [(each.value, each.label) for each in (CardEnd.REISSUED, CardEnd.LOST)]
GIVEN_UP = [(each.value, each.label) for each in (CardEnd.LOST, CardEnd.RETURNED)]


class IssueCardsForm(ActForm):
    """The day from which the cards are valid."""

    issued_on = day_field(_("Valid from"))

    def prepare(self) -> None:
        self.fields["issued_on"].initial = clock.today()


class IssueCardForm(IssueCardsForm):
    """One card; where the deputy has one already, what became of it."""

    why = forms.ChoiceField(
        label=_("What became of the present card"), choices=REPLACED, widget=forms.RadioSelect, initial=CardEnd.REISSUED
    )

    def prepare(self) -> None:
        super().prepare()
        if not self.subject.cards.current().exists():
            del self.fields["why"]


class WithdrawCardForm(ActForm):
    """What became of the card."""

    why = forms.ChoiceField(label=_("What became of the card"), choices=GIVEN_UP, widget=forms.RadioSelect)


class CardFilter(CongressChoice):
    """What narrows the list of deputy cards."""

    term = forms.IntegerField(required=False, widget=forms.HiddenInput)
    q = search_field(_("Name, initials or card number"))
    delegation = forms.ModelChoiceField(Delegation.objects.none(), label=_("Delegation"), required=False, empty_label=ANY[1])
    card = forms.ChoiceField(label=_("Has a card"), choices=YES_NO, required=False)

    def __init__(self, *args: Any, shown_term: Term | None, **more: Any) -> None:
        super().__init__(*args, **more)
        delegation: Any = self.fields["delegation"]
        delegation.queryset = Delegation.objects.filter(term=shown_term).order_by("id")
