"""Every verb about the body that a page offers as a form: one table from code to form and operation, so that no verb needs a view of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qiao.accounts.models import Person
from qiao.kernel.operation import Operation
from qiao.kernel.policy import Actor, Words
from qiao.orgs.models import Congress, Unit
from qiao.orgs.operations import add_organ, add_unit, close_unit, correct_congress, correct_unit, found_congress
from qiao.ui.acts import Act, open_acts

from . import forms, operations
from .models import (
    ByElection,
    Delegation,
    DelegationHead,
    DelegationStaff,
    DeputyCard,
    DeputyGroup,
    District,
    GroupMember,
    Leave,
    Mandate,
    Quota,
    Session,
    Sitting,
    Term,
)


def _of_person(person: Person) -> str:
    """The page of the person as a deputy, of the newest mandate; the directory for one who has only a post."""
    mandate = person.mandates.order_by("-pk").first()
    return _deputy(mandate) if mandate else reverse("congress:index")


def _of_congress(page: str) -> Callable[[Any], str]:
    """The way back to a page of the congress the object belongs to."""

    def back(subject: Any) -> str:
        term = getattr(subject, "term", subject)
        return reverse(f"congress:{page}", query={"congress": getattr(term, "congress_id", term.pk)})

    return back


def _deputy(mandate: Mandate) -> str:
    return reverse("congress:deputy", args=[mandate.pk])


@dataclass(frozen=True)
class BodyAct(Act):
    """A verb about the body also says on what it is offered and where it leads."""

    of: Any = None
    back: Callable[[Any], str] = _deputy


def _act(
    run: Operation, of: Any, form: type[forms.ActForm], back: Callable[[Any], str], said: Words, help: Words = "", tone: str = "main"
) -> BodyAct:
    return BodyAct(run, form, said, help, tone, of, back)


def _mandate(run: Operation, form: type[forms.ActForm], said: Words, help_: Words = "", tone: str = "main") -> BodyAct:
    return _act(run, Mandate, form, _deputy, said, help_, tone)


def _card(subject: Any) -> str:
    """The page of a deputy's card."""
    return reverse("congress:card", args=[getattr(subject, "mandate_id", subject.pk)])


def _sheet(sitting: Any) -> str:
    """The sheet of a sitting; of a session its sheets."""
    return (
        reverse("congress:sheet", args=[sitting.pk])
        if isinstance(sitting, Sitting)
        else reverse("congress:attendance", query={"session": sitting.pk})
    )


def _group(subject: Any) -> str:
    """The page of a group, also from one of its members."""
    return reverse("congress:group", args=[getattr(subject, "group_id", subject.pk)])


def _leave(subject: Any) -> str:
    """The page of a leave; where it is only being asked for, that of the deputy's leaves."""
    return reverse("congress:leave", args=[subject.pk]) if isinstance(subject, Leave) else reverse("congress:attendance")


def _unit(subject: Any) -> str:
    """The page of a unit; where one is only being entered, the list."""
    if isinstance(subject, Unit):
        return reverse("congress:unit", args=[subject.pk])
    return reverse("congress:units", query={"congress": subject.pk})


_seats, _home, _delegations = _of_congress("vacancies"), _of_congress("index"), _of_congress("delegations")
VACANT = _("The seat becomes vacant from the day of the decision; this cannot be undone.")
GOES_ON = _("The mandate goes on.")
STRUCK = _("For what was entered by mistake. What is used already is not struck out.")

ACTS: dict[str, BodyAct] = {
    act.code: act
    for act in [
        _mandate(operations.confirm, forms.DecisionForm, _("The mandate is confirmed."), _("The election was found valid; the deputy can act from now on and is published.")),
        _mandate(operations.invalidate, forms.ReasonedForm, _("The election is recorded as invalid."), _("The seat stays vacant; this cannot be undone."), "danger"),
        _mandate(operations.suspend, forms.SuspendForm, _("The deputy is suspended."), _("The deputy cannot act until the suspension ends; deputy and electing unit are told."), "danger"),
        _mandate(operations.lift_suspension, forms.DecisionForm, _("The suspension has ended."), _("The deputy can act again.")),
        _mandate(operations.resign, forms.ResignForm, _("The resignation is submitted."), _("It is decided by vote; until it is accepted the mandate goes on."), "plain"),
        _mandate(operations.accept_resignation, forms.DecisionForm, _("The resignation is accepted; the seat is vacant."), VACANT, "danger"),
        _mandate(operations.refuse_resignation, forms.ReasonForm, _("The resignation is not accepted."), GOES_ON, "plain"),
        _mandate(operations.order_resignation, forms.ReasonedForm, _("The order to resign is recorded."), _("The deputy and the electing unit are told; the mandate goes on until the resignation is accepted."), "plain"),
        _mandate(operations.accept_ordered, forms.DecisionForm, _("The ordered resignation is accepted; the seat is vacant."), VACANT, "danger"),
        _mandate(operations.drop_order, forms.ReasonForm, _("The order to resign is dropped."), GOES_ON, "plain"),
        _mandate(operations.initiate_recall, forms.InitiateRecallForm, _("The motion of recall is recorded."), _("The deputy is told and may answer it before the vote."), "plain"),
        _mandate(operations.recall, forms.DecisionForm, _("The recall is recorded; the seat is vacant."), VACANT, "danger"),
        _mandate(operations.reject_recall, forms.ReasonForm, _("The recall failed."), GOES_ON, "plain"),
        _mandate(operations.propose_end, forms.ProposeEndForm, _("The report is recorded."), _("The credentials committee reports; the mandate ends when it is declared. The deputy is told."), "plain"),
        _mandate(operations.end, forms.EndForm, _("The end of the mandate is recorded; the seat is vacant."), VACANT, "danger"),
        _act(operations.close_term, Term, forms.CloseTermForm, _home, _("The term is closed and all its mandates have ended."), _("All mandates of the term end; this cannot be undone. What deputies suggested goes on being handled."), "danger"),
        _act(operations.open_by_election, Term, forms.ByElectionForm, _seats, _("The by-election is open."), _("Seats are filled by the electing unit or district that elected the deputies before.")),
        _act(operations.elect, ByElection, forms.DeputyForm, _seats, _("Entered. The mandate begins when the election is found valid."), _("The mandate lasts to the end of the same term.")),
        _act(operations.reschedule, ByElection, forms.ByElectionDaysForm, _seats, _("The by-election has new days."), tone="plain"),
        _act(operations.cancel, ByElection, forms.NoteForm, _seats, _("The by-election is cancelled."), _("The seats it has not filled stay vacant."), "danger"),
        _act(operations.set_quota, Term, forms.QuotaForm, _seats, _("The quota is entered.")),
        _act(operations.correct_quota, Quota, forms.CorrectQuotaForm, _seats, _("The quota is corrected.")),
        _act(operations.draw_district, Term, forms.DistrictForm, _seats, _("The district is entered.")),
        _act(operations.correct_district, District, forms.CorrectDistrictForm, _seats, _("The district is corrected.")),
        _act(operations.elect_head, Delegation, forms.ElectHeadForm, _delegations, _("Entered."), _("Everybody may read who heads a delegation.")),
        _act(operations.release_head, DelegationHead, forms.ReleaseHeadForm, _delegations, _("Released from heading the delegation."), _("What they signed as head stays in the record."), "plain"),
        _act(operations.appoint_staff, Delegation, forms.AppointStaffForm, _delegations, _("Appointed."), _("They see and check what the deputies of this delegation submit during a session.")),
        _act(operations.release, DelegationStaff, forms.ActForm, _delegations, _("Released from the delegation."), _("From now on they see nothing of the delegation; what they did stays in the record."), "plain"),
        _act(operations.add_deputy, Term, forms.AddDeputyForm, _of_congress("deputies"), _("The deputy is entered."), _("For a deputy whose election was found valid. Somebody elected in a by-election is entered there.")),
        _mandate(operations.correct_mandate, forms.CorrectMandateForm, _("The deputy's data are corrected."), tone="plain"),
        _act(operations.correct_person, Person, forms.CorrectPersonForm, _of_person, _("The person's data are corrected."), _("Everything changed stands in the journal; telephone and identity number stand there masked."), "plain"),
        _act(found_congress, Congress, forms.FoundForm, _home, _("The congress is entered."), _("It is set up by its own administrators, whom this congress appoints.")),
        _act(correct_congress, Congress, forms.CorrectCongressForm, _home, _("The congress is corrected."), tone="plain"),
        _act(add_unit, Congress, forms.AddUnitForm, _unit, _("The unit is entered."), _("A unit that may have to handle and answer something. Many at once come by import.")),
        _act(correct_unit, Unit, forms.UnitForm, _unit, _("The unit is changed."), tone="plain"),
        _act(close_unit, Unit, forms.CloseUnitForm, _unit, _("The unit ends on that day."), _("Nothing is assigned to it from then on; what it has stays with it."), "danger"),
        _act(operations.correct_term, Term, forms.CorrectTermForm, _home, _("The term is corrected."), tone="plain"),
        _act(operations.correct_session, Session, forms.CorrectSessionForm, _home, _("The session is corrected."), tone="plain"),
        _act(operations.correct_delegation, Delegation, forms.CorrectDelegationForm, _delegations, _("The delegation is corrected."), tone="plain"),
        _act(operations.strike_delegation, Delegation, forms.ActForm, _delegations, _("The delegation is struck out."), STRUCK, "danger"),
        _act(operations.strike_quota, Quota, forms.ActForm, _seats, _("The quota is struck out."), STRUCK, "danger"),
        _act(operations.strike_district, District, forms.ActForm, _seats, _("The district is struck out."), STRUCK, "danger"),
        _act(operations.open_term, Congress, forms.OpenTermForm, _home, _("The term is open."), _("Sessions, delegations, seats and deputies are entered in it.")),
        _act(operations.convene, Term, forms.ConveneForm, _home, _("The session is entered.")),
        _act(operations.form_delegation, Term, forms.DelegationForm, _home, _("The delegation is formed.")),
        _act(add_organ, Congress, forms.OrganForm, _home, _("The organ is entered.")),
        _act(operations.hold_sitting, Session, forms.SittingForm, _sheet, _("The sitting is entered."), _("Its sheet has a line for every deputy who can act on the day.")),
        _act(operations.close_sheet, Sitting, forms.ActForm, _sheet, _("The sheet is closed."), _("Nobody writes on it any more, unless it is opened again for a reason.")),
        _act(operations.reopen_sheet, Sitting, forms.NoteForm, _sheet, _("The sheet is open again."), tone="plain"),
        _act(operations.conclude_attendance, Session, forms.ActForm, _sheet, _("The attendance is concluded."), _("All sheets are complete. Whoever was absent from every sitting without approval is told, and it counts by law.")),
        _act(operations.resume_attendance, Session, forms.NoteForm, _sheet, _("The conclusion is taken back."), _("Absence from this session does not count until the attendance is concluded again."), "plain"),
        _act(operations.ask_leave, Mandate, forms.LeaveForm, _leave, _("Your request is sent to whoever decides on it."), _("Until it is approved you are expected.")),
        _act(operations.approve_leave, Leave, forms.AnswerForm, _leave, _("The leave is approved."), _("The deputy is told, and the sheets of these days say “on leave”.")),
        _act(operations.refuse_leave, Leave, forms.RefuseLeaveForm, _leave, _("The leave is not approved."), _("The deputy is told and expected to come."), "danger"),
        _act(operations.withdraw_leave, Leave, forms.ActForm, _leave, _("The leave is withdrawn."), _("The deputy comes after all."), "plain"),
        _act(operations.form_group, Term, forms.FormGroupForm, _of_congress("groups"), _("The group is formed."), _("Deputies work in groups between sessions: by area, or by profession.")),
        _act(operations.join_group, DeputyGroup, forms.JoinGroupForm, _group, _("The member is entered.")),
        _act(operations.correct_group, DeputyGroup, forms.CorrectGroupForm, _group, _("The group is corrected."), tone="plain"),
        _act(operations.dissolve_group, DeputyGroup, forms.OnDayForm, _group, _("The group is dissolved."), _("All its members leave it on that day; it stays in the record."), "danger"),
        _act(operations.change_rank, GroupMember, forms.RankForm, _group, _("The rank is changed."), tone="plain"),
        _act(operations.leave_group, GroupMember, forms.OnDayForm, _group, _("The member has left the group."), tone="plain"),
        _act(operations.issue_card, Mandate, forms.IssueCardForm, _card, _("The card is issued."), _("A card that the deputy already has is no longer valid from today.")),
        _act(operations.issue_cards, Term, forms.IssueCardsForm, _of_congress("cards"), _("The cards are issued."), _("Every deputy in office who has no card gets one and is told.")),
        _act(operations.withdraw_card, DeputyCard, forms.WithdrawCardForm, _card, _("The card is withdrawn."), _("Whoever scans it reads from now on that it is not valid."), "danger"),
    ]
}  # fmt: skip


def offered(noun: str, actor: Actor, subject: Any) -> list[BodyAct]:
    """The acts on this object that this actor may take now, in the order of the table."""
    return open_acts((act for act in ACTS.values() if act.noun == noun and isinstance(subject, act.of)), actor, subject)
