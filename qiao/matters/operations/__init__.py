"""Everything that can be done to a suggestion, by the stage in which it is done."""

from .assigning import assign, begin_handling, sign_for
from .assisting import ask_opinion_again, assistance, give_opinion
from .checking import add_topic, correct_topic, give_back, refuse, register, strike_topic
from .confiding import (
    ask_confidentiality,
    ask_disclosure,
    disclose,
    entrust,
    grant_confidentiality,
    keep_confidential,
    refuse_confidentiality,
    stay_confidential,
)
from .delegating import record_discussion, spoken_for
from .delegation import pass_on, turn_back
from .deliberating import conclude, convene
from .delivering import pass_reply_on, receive_reply, record_receipt, remind_addressees, remind_unconfirmed, send_reply, send_to_each
from .dispatching import dispatch
from .drafting import attach, discard, draft, remove_attachment, revise, submit
from .evaluating import close_explained, close_unrated, evaluate, open_due, open_evaluation, order_rehandling, record_evaluation
from .extending import ask_extension, grant_extension, lapse, move_due, refuse_extension
from .facing import confirm_face_reply, keep_signed_copy, record_face_reply
from .filing import file_past, strike_past
from .grouping import group, join_group, leave_group, share_reply
from .lapsing import lapse_objection
from .objecting import keep_unit, object_to_unit, take_away, uphold_objection
from .parties import place, reopen_reply
from .pausing import bring_forward, pause_clock, resume_clock
from .publishing import check_secrecy, consent, publish, redact, undo_redaction
from .recalling import recall
from .receiving import decide_hand_over, receive
from .recounting import planned, publish_table, recount, recount_next
from .reminding import remind, remind_due
from .replying import (
    attach_to_reply,
    confirm_contact,
    contact_stages,
    draft_reply,
    issue,
    lacking,
    record_contact,
    request_approval,
    revise_reply,
    send_back,
    sign_reply,
)
from .returning import grant_return, is_late, refuse_return, request_return, return_signed, take_back
from .signing import ask_again, confirm, decline, invite, revoke, void
from .splitting import agree_split, drop_split, object_split, propose_split, split_off
from .withdrawing import agree_withdrawal, ask_withdrawal, drop_withdrawal, object_withdrawal, withdraw, withdraw_on_paper

__all__ = [
    "strike_past", "correct_topic", "strike_topic",
    "add_topic", "agree_split", "agree_withdrawal", "ask_again", "ask_confidentiality", "ask_disclosure", "ask_extension",
    "ask_opinion_again", "ask_withdrawal", "assign", "assistance", "attach", "attach_to_reply", "begin_handling", "bring_forward",
    "check_secrecy", "close_explained", "close_unrated", "conclude", "confirm", "confirm_contact", "confirm_face_reply", "consent",
    "contact_stages", "convene", "decide_hand_over", "decline", "discard", "disclose", "dispatch", "draft", "draft_reply", "drop_split",
    "drop_withdrawal", "entrust", "evaluate", "give_back", "give_opinion", "grant_confidentiality", "grant_extension", "grant_return",
    "file_past", "group", "invite", "is_late", "issue", "join_group", "keep_confidential", "keep_signed_copy", "keep_unit", "lacking", "lapse",
    "lapse_objection", "leave_group", "move_due", "object_split", "object_to_unit", "object_withdrawal", "open_due", "open_evaluation",
    "order_rehandling", "pass_on", "pass_reply_on", "pause_clock", "place", "planned", "propose_split", "publish", "publish_table",
    "recall", "receive", "receive_reply", "record_contact", "record_discussion", "record_evaluation", "record_face_reply", "record_receipt",
    "recount", "recount_next", "redact", "refuse", "refuse_confidentiality", "refuse_extension", "refuse_return", "register", "remind",
    "remind_addressees", "remind_due", "remind_unconfirmed", "remove_attachment", "reopen_reply", "request_approval", "request_return", "resume_clock",
    "return_signed", "revise", "revise_reply", "revoke", "send_back", "send_reply", "send_to_each", "share_reply", "sign_for", "sign_reply",
    "split_off", "spoken_for", "stay_confidential", "submit", "take_away", "take_back", "turn_back", "undo_redaction", "uphold_objection",
    "void", "withdraw", "withdraw_on_paper",
]  # fmt: skip
