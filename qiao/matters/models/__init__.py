"""The tables, by noun: the suggestion and its signers, its handling, its clocks, its publication."""

from .addressee import Addressee, AddresseeState
from .clock import AT_ONCE, Clock, ClockKind, Reminder
from .deliberation import Deliberation, DeliberationForm
from .discussion import Discussion
from .extension import Extension, ExtensionState
from .face_reply import FaceReply
from .handling import (
    ANSWERING,
    Assignment,
    AssignmentState,
    Contact,
    ContactMode,
    ContactStage,
    Evaluation,
    Opinion,
    Rating,
    Reply,
    ReplyState,
    UnitRole,
)
from .objection import Objection, ObjectionState
from .publication import Ground, Place, Redaction, public_copy
from .splitting import Split, SplitAnswer
from .suggestion import (
    NO_SUGGESTION,
    OPEN_WITH_UNIT,
    OURS,
    PRIVATE,
    PUBLIC_STATE,
    UNSIGNED,
    WITHDRAWABLE,
    Attachment,
    Consent,
    Decider,
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
    "ANSWERING", "AT_ONCE", "Addressee", "AddresseeState", "Assignment", "AssignmentState", "Attachment", "Clock", "ClockKind", "Consent",
    "Contact", "ContactMode", "ContactStage", "Decider", "Deliberation", "DeliberationForm", "Discussion", "Evaluation", "Extension", "ExtensionState",
    "FaceReply", "Ground", "Kind", "NO_SUGGESTION", "NumberSeries", "OPEN_WITH_UNIT", "OURS", "Objection", "ObjectionState", "Opinion",
    "PRIVATE", "PUBLIC_STATE", "Place", "Publicity", "Rating", "Redaction", "Reminder", "Reply", "ReplyState", "Signature",
    "SignatureState", "Source", "Split", "SplitAnswer", "State", "Suggestion", "TextVersion", "Topic", "UNSIGNED", "UnitRole",
    "WITHDRAWABLE", "public_copy",
]  # fmt: skip
