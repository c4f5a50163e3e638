"""The tables, by noun: the suggestion and its signers, its handling, its clocks, its publication."""

from .addressee import Addressee, AddresseeState
from .attachment import Attachment
from .clock import AT_ONCE, OPINION_KINDS, REPLY_KINDS, Clock, ClockKind, Held, Reminder, share_rules
from .confidentiality import A_DEPUTY, Confidentiality
from .countersignature import Countersignature
from .deliberation import Deliberation, DeliberationForm
from .discussion import Discussion
from .evaluation import Evaluation, Rating
from .extension import Extension, ExtensionState
from .face_reply import FaceReply
from .handling import (
    ANSWERING,
    LEADING,
    Assignment,
    AssignmentState,
    Contact,
    ContactMode,
    ContactStage,
    Opinion,
    Reply,
    ReplyState,
    UnitRole,
)
from .objection import Objection, ObjectionState
from .pause import Pause
from .publication import Ground, Place, Redaction, public_copy
from .register import NumberSeries, Topic
from .signature import Consent, Signature, SignatureState
from .splitting import Split, SplitAnswer
from .states import (
    NO_SUGGESTION,
    OPEN_WITH_UNIT,
    OURS,
    PRIVATE,
    PUBLIC_STATE,
    UNSIGNED,
    WITHDRAWABLE,
    Decider,
    Kind,
    Publicity,
    Source,
    State,
)
from .suggestion import Suggestion
from .text_version import TextVersion

__all__ = [
    "ANSWERING", "AT_ONCE", "A_DEPUTY", "Addressee", "AddresseeState", "Assignment", "AssignmentState", "Attachment", "Clock",
    "ClockKind", "Confidentiality", "Consent", "Contact", "ContactMode", "ContactStage", "Countersignature", "Decider", "Deliberation", "DeliberationForm",
    "Discussion", "Evaluation", "Extension", "ExtensionState", "FaceReply", "Ground", "Held", "Kind", "LEADING", "NO_SUGGESTION", "NumberSeries",
    "OPEN_WITH_UNIT", "OPINION_KINDS", "OURS", "Objection", "ObjectionState", "Opinion", "PRIVATE", "PUBLIC_STATE", "Pause", "Place",
    "Publicity", "REPLY_KINDS", "Rating", "Redaction", "Reminder", "Reply", "ReplyState", "Signature", "SignatureState", "Source",
    "Split", "SplitAnswer", "State", "Suggestion", "TextVersion", "Topic", "UNSIGNED", "UnitRole", "WITHDRAWABLE", "public_copy",
    "share_rules",
]  # fmt: skip
