"""The tables, by noun: the body and its seats, by-elections, mandates."""

from .body import Delegation, District, Quota, Session, SessionQuerySet, Term, TermQuerySet
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
