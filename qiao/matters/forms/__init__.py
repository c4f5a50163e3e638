"""The shape of what people type about a suggestion, by who types it; what it means is the operations' business."""

from .act import ActForm, ConfirmForm, NoteForm, OptionalNoteForm
from .checking import DecisionForm, LetterForm, ReceiveForm, RefuseForm, RegisterForm
from .confiding import ConfidentialityForm, EntrustForm, KeepConfidentialForm
from .drafting import DraftForm, UploadForm
from .evaluating import ConcludeForm, ConveneForm, EvaluateForm
from .grouping import GroupForm
from .handling import (
    ApprovalForm,
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
from .publishing import ConsentForm, PublishForm, RedactForm, SecrecyForm
from .splitting import SplitForm

__all__ = [
    "ActForm",
    "ApprovalForm",
    "AssignForm",
    "ConcludeForm",
    "ConfidentialityForm",
    "ConfirmForm",
    "ConsentForm",
    "ContactForm",
    "ConveneForm",
    "DecisionForm",
    "DraftForm",
    "EntrustForm",
    "EvaluateForm",
    "ExtensionForm",
    "FigureFilters",
    "Filters",
    "GrantExtensionForm",
    "GroupForm",
    "InsideFilters",
    "IssueForm",
    "KeepConfidentialForm",
    "LetterForm",
    "NoteForm",
    "ObjectForm",
    "OpinionForm",
    "OptionalNoteForm",
    "PublicFilters",
    "PublishForm",
    "ReceiveForm",
    "RedactForm",
    "RefuseForm",
    "RegisterForm",
    "ReplyForm",
    "RequestReturnForm",
    "SecrecyForm",
    "SplitForm",
    "UploadForm",
]
