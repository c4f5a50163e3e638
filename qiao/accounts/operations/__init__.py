"""Everything that can be done to persons, accounts, posts and roles, by what it is done to."""

from .accounts import (
    add_person,
    change_password,
    close_account,
    initials,
    invite,
    open_account,
    reopen_account,
    strike_account,
    strike_people,
    strike_person,
)
from .activating import activate, issue_slip
from .factors import add_factor, remove_factor, reset_factor, use_code
from .passkeys import add_passkey, remove_passkey, rename_passkey, use_passkey
from .posts import appoint_first, check_giving, confirm_post, correct_post, end_post, grant_post, open_help, set_rank, strike_post
from .provider import connect_provider, disconnect_provider
from .roles import add_role, change_role, define_role
from .signing import end_sessions, fail_sign_in, sign_in, sign_out, unlock

__all__ = [
    "activate", "add_factor", "add_passkey", "add_person", "add_role", "appoint_first", "change_password",
    "change_role", "check_giving",
    "close_account", "confirm_post", "connect_provider", "correct_post", "define_role", "disconnect_provider", "end_post",
    "end_sessions", "fail_sign_in", "grant_post", "initials", "invite", "issue_slip", "open_account", "open_help", "remove_factor",
    "remove_passkey", "rename_passkey", "reopen_account", "reset_factor", "set_rank", "sign_in", "sign_out", "strike_account",
    "strike_people", "strike_person", "strike_post", "unlock", "use_code", "use_passkey",
]  # fmt: skip
