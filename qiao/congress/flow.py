"""The life of a mandate (R5.10–R5.16) and of a by-election: each row a step, who may take it, what it is called."""

from django.utils.translation import gettext_lazy as _

from qiao.kernel.flow import STAY, Flow
from qiao.kernel.policy import is_system

from .models import HELD, LeaveState, SheetState
from .models import ByElectionState as B
from .models import MandateState as S
from .policy import decide, decides_leave, hand_in_resignation, keep_attendance, take_attendance, withdraw_leave

IN_OFFICE_OR_SUSPENDED = {S.QUALIFIED, S.SUSPENDED}
GOES_ON = (S.QUALIFIED, S.SUSPENDED)
"""What a mandate returns to when a procedure ends without ending it: suspended, if it was suspended beside."""

WHILE = (S.RESIGNING, S.ORDERED, S.RECALLING)
"""The procedures beside which a suspension may begin and end."""

MANDATE = Flow(
    "mandate", S, initial=S.ELECTED, final={S.INVALID, S.ENDED},
    steps=[
        # verb                  from                                to                          who                  label
        ("confirm",             {S.ELECTED},                        S.QUALIFIED,                decide,              _("Confirm the mandate")),
        ("invalidate",          {S.ELECTED},                        S.INVALID,                  decide,              _("Declare the election invalid")),
        ("suspend",             {S.QUALIFIED, *WHILE},              (S.SUSPENDED, *WHILE),      decide,              _("Suspend the deputy")),
        ("lift_suspension",     {S.SUSPENDED, *WHILE},              (S.QUALIFIED, *WHILE),      decide,              _("End the suspension")),
        ("resign",              IN_OFFICE_OR_SUSPENDED,             S.RESIGNING,                hand_in_resignation, _("Submit a resignation")),
        ("accept_resignation",  {S.RESIGNING},                      S.ENDED,                    decide,              _("Accept the resignation")),
        ("refuse_resignation",  {S.RESIGNING},                      GOES_ON,                    decide,              _("Do not accept the resignation")),
        ("order_resignation",   IN_OFFICE_OR_SUSPENDED,             S.ORDERED,                  decide,              _("Order a resignation")),
        ("accept_ordered",      {S.ORDERED},                        S.ENDED,                    decide,              _("Accept the ordered resignation")),
        ("drop_order",          {S.ORDERED},                        GOES_ON,                    decide,              _("Drop the order to resign")),
        ("initiate_recall",     IN_OFFICE_OR_SUSPENDED,             S.RECALLING,                decide,              _("Initiate a recall")),
        ("recall",              {S.RECALLING},                      S.ENDED,                    decide,              _("Record the recall")),
        ("reject_recall",       {S.RECALLING},                      GOES_ON,                    decide,              _("Record that the recall failed")),
        ("propose_end",         HELD,                               STAY,                       decide,              _("Record the report that the mandate has to end")),
        ("end",                 HELD,                               S.ENDED,                    decide,              _("Record the end of the mandate")),
        ("expire",              HELD,                               S.ENDED,                    is_system,           _("End the mandate with the term")),
    ],
)  # fmt: skip

BY_ELECTION = Flow(
    "by_election", B, initial=B.OPEN, final={B.FILLED, B.CANCELLED},
    steps=[
        ("reschedule", {B.OPEN}, STAY,        decide,    _("Change the days of the by-election")),
        ("fill",       {B.OPEN}, B.FILLED,    is_system, _("Complete the by-election")),
        ("cancel",     {B.OPEN}, B.CANCELLED, decide,    _("Cancel the by-election")),
    ],
)  # fmt: skip

SITTING = Flow(
    "sitting", SheetState, initial=SheetState.OPEN, final=(),
    steps=[
        ("take",   {SheetState.OPEN},   STAY,              take_attendance, _("Record attendance")),
        ("close",  {SheetState.OPEN},   SheetState.CLOSED, keep_attendance, _("Close the sheet")),
        ("reopen", {SheetState.CLOSED}, SheetState.OPEN,   keep_attendance, _("Open the sheet again")),
    ],
)  # fmt: skip

LEAVE = Flow(
    "leave", LeaveState, initial=LeaveState.ASKED, final={LeaveState.REFUSED, LeaveState.WITHDRAWN},
    steps=[
        ("approve",  {LeaveState.ASKED},                      LeaveState.APPROVED,  decides_leave,   _("Approve the leave")),
        ("refuse",   {LeaveState.ASKED},                      LeaveState.REFUSED,   decides_leave,   _("Do not approve the leave")),
        ("withdraw", {LeaveState.ASKED, LeaveState.APPROVED}, LeaveState.WITHDRAWN, withdraw_leave, _("Withdraw the leave")),
    ],
)  # fmt: skip
