"""The shape of what people type about a suggestion, by who types it; what it means is the operations' business."""

from .act import ActForm, ConfirmForm, NoteForm, OptionalNoteForm
from .assigning import AssignForm, DispatchForm, GrantReturnForm, ObjectForm, RequestReturnForm, UpholdForm
from .checking import DecisionForm, LetterForm, ReceiveForm, RefuseForm, RegisterForm, TopicForm
from .clocks import BringForwardForm, PauseForm
from .confiding import ConfidentialityForm, EntrustForm, KeepConfidentialForm
from .delivering import ConfirmFaceReplyForm, FaceReplyForm, PaperReceiptForm, SignedCopyForm
from .drafting import DiscussionForm, DraftForm, UploadForm
from .evaluating import ConcludeForm, ConveneForm, EvaluateForm, RecordEvaluationForm
from .grouping import GroupForm
from .handling import (
    ApprovalForm,
    ContactForm,
    ExtensionForm,
    GrantExtensionForm,
    IssueForm,
    OpinionForm,
    ReplyForm,
    SignForm,
)
from .lists import FigureFilters, Filters, InsideFilters, PublicFilters
from .publishing import ConsentForm, PublishForm, RedactForm, SecrecyForm
from .splitting import SplitForm

__all__ = [
    "ActForm",
    "ApprovalForm",
    "AssignForm",
    "BringForwardForm",
    "ConcludeForm",
    "ConfidentialityForm",
    "ConfirmFaceReplyForm",
    "ConfirmForm",
    "ConsentForm",
    "ContactForm",
    "ConveneForm",
    "DecisionForm",
    "DispatchForm",
    "DiscussionForm",
    "DraftForm",
    "EntrustForm",
    "EvaluateForm",
    "ExtensionForm",
    "FaceReplyForm",
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
    "PauseForm",
    "PublicFilters",
    "PublishForm",
    "ReceiveForm",
    "RecordEvaluationForm",
    "RedactForm",
    "RefuseForm",
    "RegisterForm",
    "ReplyForm",
    "RequestReturnForm",
    "SecrecyForm",
    "SignForm",
    "SignedCopyForm",
    "SplitForm",
    "TopicForm",
    "UpholdForm",
    "UploadForm",
]
