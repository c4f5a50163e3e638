"""The shape of what people type about a suggestion, by who types it; what it means is the operations' business."""

from .act import ActForm, ConfirmForm, NoteForm, OptionalNoteForm
from .checking import DecisionForm, LetterForm, ReceiveForm, RefuseForm, RegisterForm
from .drafting import DraftForm, UploadForm
from .evaluating import ConcludeForm, ConveneForm, EvaluateForm, PublishForm
from .handling import (
    AssignForm,
    ContactForm,
    ExtensionForm,
    GrantExtensionForm,
    IssueForm,
    ObjectForm,
    OpinionForm,
    ReplyForm,
    RequestReturnForm,
)
from .lists import FigureFilters, Filters, InsideFilters, PublicFilters

__all__ = [
    "ActForm",
    "AssignForm",
    "ConcludeForm",
    "ConfirmForm",
    "ContactForm",
    "ConveneForm",
    "DecisionForm",
    "DraftForm",
    "EvaluateForm",
    "ExtensionForm",
    "FigureFilters",
    "Filters",
    "GrantExtensionForm",
    "InsideFilters",
    "IssueForm",
    "LetterForm",
    "NoteForm",
    "ObjectForm",
    "OpinionForm",
    "OptionalNoteForm",
    "PublicFilters",
    "PublishForm",
    "ReceiveForm",
    "RefuseForm",
    "RegisterForm",
    "ReplyForm",
    "RequestReturnForm",
    "UploadForm",
]
