"""What people type and choose: on the lists, about mandates and by-elections, to set a congress up."""

from .cards import CardFilter, IssueCardForm, IssueCardsForm, WithdrawCardForm
from .deciding import (
    ActForm,
    AddDeputyForm,
    ByElectionDaysForm,
    ByElectionForm,
    CloseTermForm,
    DecisionForm,
    DeputyForm,
    EndForm,
    InitiateRecallForm,
    NoteForm,
    ReasonedForm,
    ReasonForm,
    ResignForm,
    SuspendForm,
)
from .delegation_staff import AppointStaffForm
from .lists import UNKNOWN, AreaFilter, CongressFilter, DayForm, DeputyFilter, SeatFilter, UnitFilter, age_label
from .setting_up import CorrectDistrictForm, CorrectQuotaForm, DistrictForm, QuotaForm

__all__ = [
    "ActForm",
    "AddDeputyForm",
    "AppointStaffForm",
    "AreaFilter",
    "ByElectionDaysForm",
    "ByElectionForm",
    "CardFilter",
    "CloseTermForm",
    "CongressFilter",
    "CorrectDistrictForm",
    "CorrectQuotaForm",
    "DayForm",
    "DecisionForm",
    "DeputyFilter",
    "DeputyForm",
    "DistrictForm",
    "EndForm",
    "InitiateRecallForm",
    "IssueCardForm",
    "IssueCardsForm",
    "NoteForm",
    "QuotaForm",
    "ReasonForm",
    "ReasonedForm",
    "ResignForm",
    "SeatFilter",
    "SuspendForm",
    "UNKNOWN",
    "UnitFilter",
    "WithdrawCardForm",
    "age_label",
]
