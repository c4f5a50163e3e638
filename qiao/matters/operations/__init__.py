"""Everything that can be done to a suggestion, by the stage in which it is done."""

from .assigning import assign, begin_handling, grant_return, refuse_return, request_return, sign_for, take_back
from .checking import add_topic, give_back, refuse, register
from .drafting import attach, discard, draft, remove_attachment, revise, submit, withdraw
from .evaluating import close_explained, close_unrated, evaluate, open_due, open_evaluation, order_rehandling
from .extending import ask_extension, grant_extension, lapse, move_due, refuse_extension
from .publishing import publish
from .replying import (
    attach_to_reply,
    confirm_contact,
    draft_reply,
    issue,
    lacking,
    record_contact,
    request_approval,
    revise_reply,
    send_back,
)
from .signing import ask_again, confirm, decline, invite, revoke, void

__all__ = [
    "add_topic", "ask_again", "ask_extension", "assign", "attach", "attach_to_reply", "begin_handling", "close_explained", "close_unrated", "confirm", "confirm_contact",
    "decline", "discard", "draft", "draft_reply", "evaluate", "give_back", "grant_extension", "grant_return", "invite", "issue", "lacking", "lapse", "move_due", "open_due", "open_evaluation", "order_rehandling", "publish",
    "record_contact", "refuse", "refuse_extension", "refuse_return", "register", "remove_attachment", "request_approval", "request_return", "revise",
    "revise_reply", "revoke", "send_back", "sign_for", "submit", "take_back", "void", "withdraw",
]  # fmt: skip
