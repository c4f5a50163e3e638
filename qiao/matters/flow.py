"""The life of a suggestion, of a joint signature, of a unit's assignment, objections to it, its requests for more time, its reply and whom that reaches (state table 3.16)."""

from django.utils.translation import gettext_lazy as _

from qiao.kernel.flow import STAY, Flow
from qiao.kernel.policy import is_system

from . import policy
from .models import OPEN_WITH_UNIT, OURS, PRIVATE, UNSIGNED, WITHDRAWABLE
from .models import AddresseeState as D
from .models import AssignmentState as A
from .models import ExtensionState as E
from .models import ObjectionState as O
from .models import ReplyState as R
from .models import SignatureState as G
from .models import State as S

FILED = {S.REGISTERED, S.ASSIGNED, S.DISPATCHED, S.HANDLING, S.REPLIED, S.DISSATISFIED, S.ESCALATED, S.REHANDLING, S.CLOSED}

CONFIDING = set(S) - {S.DISCARDED}
FILED_CONFIDING = CONFIDING - PRIVATE

SUGGESTION = Flow(
    "suggestion", S, initial=S.DRAFT, final={S.NOT_ACCEPTED, S.AS_LETTER, S.AS_REFERENCE, S.SPLIT, S.CLOSED, S.WITHDRAWN, S.DISCARDED},
    steps=[
        # verb                from                         to                           who                  label
        ("revise",            OURS,                        STAY,                        policy.lead,         _("Edit")),
        ("invite",            OURS,                        (S.COSIGNING, S.RETURNED),   policy.joint_lead,   _("Invite joint signers")),
        ("record_discussion", OURS,                        STAY,                        policy.discussion_recorder, _("Record the delegation's discussion")),
        ("attach",            OURS,                        STAY,                        policy.lead,         _("Attach a file")),
        ("submit",            OURS,                        (S.SUBMITTED, S.DELEGATION_CHECK),  policy.lead,  _("Submit")),
        ("pass_on",           {S.DELEGATION_CHECK},        S.SUBMITTED,                 policy.passer,       _("Pass on to the congress's staff")),
        ("turn_back",         {S.DELEGATION_CHECK},        S.RETURNED,                  policy.delegation_checker,  _("Return to the deputy")),
        ("discard",           {S.DRAFT, S.COSIGNING},      S.DISCARDED,                 policy.lead_author,  _("Discard the draft")),
        ("receive",           {S.SUBMITTED},               STAY,                        policy.recipient,    _("Confirm receipt")),
        ("register",          {S.SUBMITTED},               S.REGISTERED,                policy.checker,      _("Register")),
        ("give_back",         {S.SUBMITTED},               S.RETURNED,                  policy.checker,      _("Return for correction")),
        ("refuse",            {S.SUBMITTED},               (S.NOT_ACCEPTED, S.AS_LETTER, S.AS_REFERENCE),  policy.checker,      _("Do not accept")),
        ("propose_split",     {S.REGISTERED},              STAY,                        policy.splitter,     _("Propose to split it")),
        ("agree_split",       {S.REGISTERED},              (S.REGISTERED, S.SPLIT),     policy.split_consenter,  _("Agree to the split")),
        ("object_split",      {S.REGISTERED},              STAY,                        policy.split_consenter,  _("Object to the split")),
        ("drop_split",        {S.REGISTERED},              STAY,                        policy.split_dropper,  _("Do not split it after all")),
        ("group",             {S.REGISTERED},              STAY,                        policy.assigner,     _("Handle together with others")),
        ("join_group",        {S.REGISTERED},              STAY,                        is_system,    _("Handled together with others")),
        ("leave_group",       {S.REGISTERED},              STAY,                        policy.ungrouper,    _("Handle by itself again")),
        ("decide_hand_over",  {S.REGISTERED},              STAY,                        policy.decision_recorder, _("Record who decided on handing over")),
        ("assign",            {S.REGISTERED},              S.ASSIGNED,                  policy.assigner,     _("Assign")),
        ("take_back",         UNSIGNED | {S.HANDLING},     S.REGISTERED,                is_system,    _("Take back from the unit")),
        ("place",             UNSIGNED | {S.HANDLING},     (S.ASSIGNED, S.DISPATCHED, S.HANDLING),  is_system,    _("Note who has it now")),
        ("begin_handling",    UNSIGNED,                    S.HANDLING,                  is_system,    _("Begin handling")),
        ("extend",            OPEN_WITH_UNIT,              STAY,                        is_system,    _("Move the last day")),
        ("answer",            {S.HANDLING, S.REHANDLING},  S.REPLIED,                   is_system,    _("Answer")),
        ("evaluate",          {S.REPLIED},                 (S.REPLIED, S.CLOSED, S.DISSATISFIED, S.REHANDLING),  policy.evaluator,    _("Evaluate the reply")),
        ("record_evaluation", {S.REPLIED},                 (S.REPLIED, S.CLOSED, S.DISSATISFIED, S.REHANDLING),  policy.paper_recorder,  _("Record an evaluation on paper")),
        ("open_evaluation",   {S.REPLIED},                 (S.REPLIED, S.CLOSED, S.DISSATISFIED, S.REHANDLING),  policy.opener,       _("Open the evaluation")),
        ("close_unrated",     {S.REPLIED},                 (S.CLOSED, S.DISSATISFIED, S.REHANDLING),  policy.closer_unrated,  _("Close without an evaluation")),
        ("order_rehandling",  {S.DISSATISFIED},            S.REHANDLING,                policy.supervisor,   _("Have it handled again")),
        ("close_explained",   {S.DISSATISFIED},            S.CLOSED,                    policy.supervisor,   _("Close with an explanation")),
        ("convene",           {S.DISSATISFIED},            S.ESCALATED,                 policy.convener,     _("Take it to deliberation")),
        ("conclude",          {S.ESCALATED},               (S.REHANDLING, S.CLOSED),    policy.supervisor,   _("Record the opinion")),
        ("publish",           FILED | {S.WITHDRAWN},       STAY,                        policy.publisher,    _("Publish")),
        ("redact",            FILED | {S.WITHDRAWN},       STAY,                        policy.publisher,    _("Leave a passage out of the public copy")),
        ("consent",           FILED | {S.SUBMITTED},       STAY,                        policy.lead_author,  _("Say whether it may be published")),
        ("ask_confidentiality",    CONFIDING,              STAY,                        policy.confidentiality_asker,      _("Ask for confidentiality")),
        ("keep_confidential",      FILED_CONFIDING,        STAY,                        policy.confider,                   _("Make it confidential")),
        ("grant_confidentiality",  FILED_CONFIDING,        STAY,                        policy.confidentiality_decider,    _("Grant confidentiality")),
        ("refuse_confidentiality", FILED_CONFIDING,        STAY,                        policy.confidentiality_decider,    _("Refuse confidentiality")),
        ("ask_disclosure",         FILED_CONFIDING,        STAY,                        policy.disclosure_asker,           _("Ask the deputy to be named")),
        ("disclose",               CONFIDING,              STAY,                        policy.discloser,                  _("Lift the confidentiality")),
        ("stay_confidential",      CONFIDING,              STAY,                        policy.insister,                   _("Stay confidential")),
        ("withdraw",          WITHDRAWABLE,                S.WITHDRAWN,                 policy.withdrawer,   _("Withdraw")),
        ("ask_withdrawal",    WITHDRAWABLE,                STAY,                        policy.withdrawal_asker,  _("Ask the joint signers to withdraw it")),
        ("drop_withdrawal",   WITHDRAWABLE,                STAY,                        policy.withdrawal_dropper,  _("Do not withdraw it after all")),
        ("withdraw_on_paper", WITHDRAWABLE,                S.WITHDRAWN,                 policy.checker,      _("Record a withdrawal by letter")),
    ],
)  # fmt: skip

SIGNATURE = Flow(
    "signature", G, initial=G.INVITED, final=set(),
    steps=[
        # verb       from                                  to           who               label
        ("confirm",   {G.INVITED},                          G.CONFIRMED, policy.consenter, _("Sign")),
        ("decline",   {G.INVITED, G.CONFIRMED},             G.DECLINED,  policy.cosigner,  _("Decline")),
        ("void",      {G.CONFIRMED},                        G.VOID,      is_system, _("Make void")),
        ("ask_again", {G.VOID, G.DECLINED, G.REVOKED},      G.INVITED,   policy.inviter,   _("Ask again")),
        ("agree_withdrawal",  {G.CONFIRMED},                STAY,        policy.withdrawal_consenter, _("Agree to the withdrawal")),
        ("object_withdrawal", {G.CONFIRMED},                STAY,        policy.withdrawal_consenter, _("Object to the withdrawal")),
        ("revoke",    {G.INVITED, G.VOID, G.CONFIRMED},     G.REVOKED,   policy.inviter,   _("Take back the invitation")),
    ],
)  # fmt: skip

ASSIGNMENT = Flow(
    "assignment", A, initial=A.ASSIGNED, final={A.RETURNED, A.CLOSED},
    steps=[
        # verb              from                                                     to                  who                    label
        ("sign_for",        {A.ASSIGNED},                                            A.HANDLING,         policy.receiver,       _("Sign for")),
        ("request_return",  {A.ASSIGNED},                                            A.RETURN_REQUESTED, policy.receiver,       _("Ask for return")),
        ("return_signed",   {A.HANDLING},                                            A.RETURN_REQUESTED, policy.late_returner,  _("Ask for return after signing")),
        ("grant_return",    {A.RETURN_REQUESTED},                                    A.RETURNED,         policy.return_decider, _("Grant the return")),
        ("refuse_return",   {A.RETURN_REQUESTED},                                    (A.ASSIGNED, A.HANDLING), policy.return_decider, _("Refuse the return")),
        ("dispatch",        {A.ASSIGNED, A.HANDLING},                                A.DISPATCHED,       policy.dispatcher,     _("Dispatch")),
        ("recall",          {A.DISPATCHED},                                          A.HANDLING,         policy.recaller,       _("Take it back from the departments")),
        ("object",          {A.ASSIGNED, A.HANDLING},                                STAY,               policy.objector,       _("Object to the unit")),
        ("take_away",       {A.ASSIGNED, A.RETURN_REQUESTED, A.HANDLING},            A.RETURNED,         is_system,      _("Take away from the unit")),
        ("record_contact",  {A.HANDLING},                                            STAY,               policy.handler,        _("Record a contact")),
        ("record_face_reply", {A.HANDLING, A.ANSWERED},                              STAY,               policy.answerer,       _("Record a face-to-face reply")),
        ("ask_extension",   {A.HANDLING},                                            STAY,               policy.answerer,       _("Ask for more time")),
        ("draft_reply",     {A.HANDLING},                                            STAY,               policy.answerer,       _("Draft the reply")),
        ("give_opinion",    {A.HANDLING},                                            A.ANSWERED,         policy.opinion_giver,  _("Give the opinion")),
        ("ask_opinion_again", {A.ANSWERED},                                          A.HANDLING,         policy.opinion_reader, _("Have the opinion redone")),
        ("answer",          {A.HANDLING},                                            A.ANSWERED,         is_system,      _("Answer")),
        ("resume",          {A.ANSWERED},                                            A.HANDLING,         is_system,      _("Handle again")),
        ("close",           {A.ASSIGNED, A.RETURN_REQUESTED, A.DISPATCHED, A.HANDLING, A.ANSWERED}, A.CLOSED,          is_system,      _("Conclude")),
    ],
)  # fmt: skip

OBJECTION = Flow(
    "objection", O, initial=O.RAISED, final={O.KEPT, O.UPHELD, O.LAPSED},
    steps=[
        # verb     from        to         who                       label
        ("keep",   {O.RAISED}, O.KEPT,    policy.objection_decider, _("Keep the unit")),
        ("uphold", {O.RAISED}, O.UPHELD,  policy.objection_decider, _("Name another unit")),
        ("lapse",  {O.RAISED}, O.LAPSED,  is_system,         _("Drop the objection")),
    ],
)  # fmt: skip

EXTENSION = Flow(
    "extension", E, initial=E.REQUESTED, final={E.GRANTED, E.REFUSED, E.LAPSED},
    steps=[
        # verb     from           to          who                       label
        ("grant",  {E.REQUESTED}, E.GRANTED,  policy.extension_decider, _("Grant more time")),
        ("refuse", {E.REQUESTED}, E.REFUSED,  policy.extension_decider, _("Refuse more time")),
        ("lapse",  {E.REQUESTED}, E.LAPSED,   is_system,         _("Drop the request for more time")),
    ],
)  # fmt: skip

REPLY = Flow(
    "reply", R, initial=R.DRAFT, final={R.ISSUED},
    steps=[
        # verb               from           to           who             label
        ("revise",           {R.DRAFT},     STAY,        policy.drafter, _("Edit the reply")),
        ("share",            {R.DRAFT},     STAY,        policy.sharer,  _("Use this text for the others too")),
        ("request_approval", {R.DRAFT},     R.APPROVAL,  policy.drafter, _("Send for signature")),
        ("send_back",        {R.APPROVAL},  R.DRAFT,     policy.signer,  _("Send back to the handler")),
        ("issue",            {R.APPROVAL},  R.ISSUED,    policy.issuer,  _("Sign and issue")),
        ("sign",             {R.APPROVAL},  STAY,        policy.countersigner, _("Sign for our unit")),
        ("reopen",           {R.DRAFT, R.APPROVAL},  R.DRAFT,  is_system,   _("Back to be drafted: other units answer it now")),
        ("check_secrecy",    {R.ISSUED},    STAY,        policy.secrecy_checker, _("Check for secrets")),
        ("pass_on",          {R.ISSUED},    STAY,        policy.forwarder, _("Pass the reply on to the joint signers")),
        ("send_to_each",     {R.ISSUED},    STAY,        policy.sender,    _("Have it sent to each joint signer")),
        ("remind",           {R.ISSUED},    STAY,        policy.receipt_reminder, _("Remind those who have not confirmed it")),
    ],
)  # fmt: skip

ADDRESSEE = Flow(
    "addressee", D, initial=D.WITH_LEAD, final={D.RECEIVED},
    steps=[
        # verb             from                     to           who                             label
        ("send",           {D.WITH_LEAD},           D.SENT,      is_system,                      _("Send the reply")),
        ("receive",        {D.SENT},                D.RECEIVED,  policy.receiver_of_reply, _("Confirm that I have the reply")),
        ("record_receipt", {D.WITH_LEAD, D.SENT},   D.RECEIVED,  policy.receipt_recorder,  _("Record a receipt on paper")),
    ],
)  # fmt: skip
