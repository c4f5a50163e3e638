"""The tables, by noun: the body and its seats, by-elections, mandates."""

from .attendance import Attendance, Mark, PartOfDay, SheetState, Sitting, SittingKind
from .body import Delegation, District, Quota, Session, SessionQuerySet, Term, TermQuerySet
from .card import CardEnd, DeputyCard, DeputyCardQuerySet
from .delegation_head import DelegationHead, DelegationRank
from .delegation_staff import DelegationStaff
from .election import ByElection, ByElectionState
from .group import DeputyGroup, DeputyGroupQuerySet, GroupKind, GroupMember, GroupRank
from .leave import Leave, LeaveGround, LeaveState
from .mandate import (
    EXERCISED,
    HELD,
    PENDING,
    UNCONFIRMED,
    Category,
    Decider,
    EndReason,
    Mandate,
    MandateDecision,
    MandateQuerySet,
    MandateState,
    SuspensionGround,
)

__all__ = [
    "Attendance",
    "ByElection",
    "ByElectionState",
    "CardEnd",
    "Category",
    "Decider",
    "Delegation",
    "DeputyCard",
    "DeputyGroup",
    "DeputyGroupQuerySet",
    "GroupKind",
    "GroupMember",
    "GroupRank",
    "DeputyCardQuerySet",
    "DelegationHead",
    "DelegationRank",
    "DelegationStaff",
    "District",
    "EXERCISED",
    "EndReason",
    "HELD",
    "Leave",
    "LeaveGround",
    "LeaveState",
    "Mandate",
    "MandateDecision",
    "MandateQuerySet",
    "MandateState",
    "Mark",
    "PENDING",
    "PartOfDay",
    "Quota",
    "Session",
    "SessionQuerySet",
    "SheetState",
    "Sitting",
    "SittingKind",
    "SuspensionGround",
    "Term",
    "TermQuerySet",
    "UNCONFIRMED",
]
