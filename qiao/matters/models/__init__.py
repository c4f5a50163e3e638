"""The tables, by noun: the suggestion and its signers, its handling, its clocks."""

from .clock import Clock, ClockKind
from .extension import Extension, ExtensionState
from .handling import Assignment, AssignmentState, Contact, ContactMode, Evaluation, Rating, Reply, ReplyState, UnitRole
from .suggestion import (
    OURS,
    PRIVATE,
    PUBLIC_STATE,
    Attachment,
    Kind,
    NumberSeries,
    Publicity,
    Signature,
    SignatureState,
    Source,
    State,
    Suggestion,
    TextVersion,
    Topic,
)

__all__ = [
    "Assignment", "AssignmentState", "Attachment", "Clock", "ClockKind", "Contact", "ContactMode", "Evaluation", "Extension", "ExtensionState", "Kind", "NumberSeries", "OURS", "PRIVATE", "PUBLIC_STATE",
    "Publicity", "Rating", "Reply", "ReplyState", "Signature", "SignatureState", "Source", "State", "Suggestion", "TextVersion", "Topic",
    "UnitRole",
]  # fmt: skip
