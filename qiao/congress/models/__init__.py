"""The tables, by noun: the body and its seats, by-elections, mandates."""

from .body import Delegation, District, Quota, Session, SessionQuerySet, Term, TermQuerySet
from .card import CardEnd, DeputyCard, DeputyCardQuerySet
from .delegation_head import DelegationHead, DelegationHeadQuerySet, DelegationRank
from .delegation_staff import DelegationStaff
from .election import ByElection, ByElectionState
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
    "ByElection",
    "ByElectionState",
    "CardEnd",
    "Category",
    "Decider",
    "Delegation",
    "DeputyCard",
    "DeputyCardQuerySet",
    "DelegationHead",
    "DelegationHeadQuerySet",
    "DelegationRank",
    "DelegationStaff",
    "District",
    "EXERCISED",
    "EndReason",
    "HELD",
    "Mandate",
    "MandateDecision",
    "MandateQuerySet",
    "MandateState",
    "PENDING",
    "Quota",
    "Session",
    "SessionQuerySet",
    "SuspensionGround",
    "Term",
    "TermQuerySet",
    "UNCONFIRMED",
]
