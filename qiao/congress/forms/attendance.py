"""What is asked about sittings, attendance sheets and leave."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qiao.kernel import clock

from ..models import Delegation, LeaveGround, LeaveState, Mark, PartOfDay, Session, SittingKind, Term
from ..numerals import chinese
from .deciding import ActForm, day_field, long_text
from .lists import ANY, CongressChoice, search_field

UNMARKED = "none"


class SittingForm(ActForm):
    """A sitting of the session: its name, kind, day and part of the day."""

    name = forms.CharField(label=_("Name of the sitting"), max_length=60)
    kind = forms.ChoiceField(label=_("Kind"), choices=SittingKind.choices)
    on = day_field(_("Day"))
    part = forms.TypedChoiceField(label=_("Part of the day"), choices=PartOfDay.choices, coerce=int)

    def prepare(self) -> None:
        session = self.subject
        held = session.sittings.filter(kind=SittingKind.PLENARY).count()
        self.fields["name"].initial = f"第{chinese(held + 1)}次全体会议"
        self.fields["on"].initial = min(max(clock.today(), session.opens), session.closes)


class LeaveForm(ActForm):
    """From which session, which days of it, and why."""

    session = forms.ModelChoiceField(Session.objects.none(), label=_("Session"))
    starts = day_field(_("First day"), required=False, help_text=_("Leave both days empty for the whole session."))
    ends = day_field(_("Last day"), required=False)
    ground = forms.ChoiceField(label=_("Ground"), choices=LeaveGround.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=long_text(), help_text=_("Read by you and by those who decide, and by nobody else.")
    )

    def prepare(self) -> None:
        sessions = Session.objects.filter(term=self.subject.term_id, closes__gte=clock.today()).select_related("term").order_by("opens")
        self.offer("session").queryset = sessions
        self.fields["session"].initial = sessions.first()


class AnswerForm(ActForm):
    """A word to the deputy, or the document in which it was decided."""

    answer = forms.CharField(label=_("Remark"), max_length=500, required=False, widget=long_text(2))


class RefuseLeaveForm(ActForm):
    """Why the deputy has to come."""

    answer = forms.CharField(label=_("Reason"), max_length=500, widget=long_text(2))


class SheetFilter(forms.Form):
    """What narrows an attendance sheet."""

    q = search_field(_("Name, initials or card number"))
    delegation = forms.ModelChoiceField(Delegation.objects.none(), label=_("Delegation"), required=False, empty_label=ANY[1])
    mark = forms.ChoiceField(label=_("Attendance"), choices=[ANY, (UNMARKED, _("Not recorded yet")), *Mark.choices], required=False)

    def __init__(self, *args: Any, term: Term, **more: Any) -> None:
        super().__init__(*args, **more)
        delegation: Any = self.fields["delegation"]
        delegation.queryset = Delegation.objects.filter(term=term).order_by("id")


class FiguresFilter(CongressChoice):
    """What narrows the attendance of deputies."""

    q = search_field(_("Name, initials or card number"))
    delegation = forms.ModelChoiceField(Delegation.objects.none(), label=_("Delegation"), required=False, empty_label=ANY[1])
    sessions = forms.ChoiceField(
        label=_("Whole sessions absent without approval"), choices=[ANY, ("1", _("At least one")), ("2", _("At least two"))], required=False
    )

    def __init__(self, *args: Any, term: Term, **more: Any) -> None:
        super().__init__(*args, **more)
        delegation: Any = self.fields["delegation"]
        delegation.queryset = Delegation.objects.filter(term=term).order_by("id")


class LeaveFilter(CongressChoice):
    """What narrows the list of leaves."""

    q = search_field(_("Name, initials or card number"))
    state = forms.ChoiceField(label=_("State"), choices=[ANY, *LeaveState.choices], required=False)
    ground = forms.ChoiceField(label=_("Ground"), choices=[ANY, *LeaveGround.choices], required=False)
