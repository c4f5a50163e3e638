"""The shape of what people type about a suggestion, by who types it; what it means is the operations' business."""

from .act import ActForm, ConfirmForm, NoteForm, OptionalNoteForm
from .assigning import AssignForm, DispatchForm, GrantReturnForm, ObjectForm, RequestReturnForm, UpholdForm
from .checking import DecisionForm, LetterForm, ReceiveForm, RefuseForm, RegisterForm
from .confiding import ConfidentialityForm, EntrustForm, KeepConfidentialForm
from .drafting import DraftForm, UploadForm
from .evaluating import ConcludeForm, ConveneForm, EvaluateForm
from .grouping import GroupForm
from .handling import (
    ApprovalForm,
    ContactForm,
    ExtensionForm,
    GrantExtensionForm,
    IssueForm,
    OpinionForm,
    PaperReceiptForm,
    ReplyForm,
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
    "DispatchForm",
    "DraftForm",
    "EntrustForm",
    "EvaluateForm",
    "ExtensionForm",
    "FigureFilters",
    "Filters",
    "GrantExtensionForm",
    "GrantReturnForm",
    "GroupForm",
    "InsideFilters",
    "IssueForm",
    "KeepConfidentialForm",
    "LetterForm",
    "NoteForm",
    "ObjectForm",
    "OpinionForm",
    "OptionalNoteForm",
    "PaperReceiptForm",
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
    "UpholdForm",
    "UploadForm",
]
