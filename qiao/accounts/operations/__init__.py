"""Everything that can be done to persons, accounts, posts and roles, by what it is done to."""

from .accounts import add_person, change_password, close_account, initials, invite, is_system, open_account, reopen_account, strike_person
from .posts import confirm_post, end_post, grant_post, open_help
from .roles import add_role, change_role, define_role

__all__ = [
    "add_person", "add_role", "change_password", "change_role", "close_account", "confirm_post", "define_role", "end_post",
    "grant_post", "initials", "invite", "is_system", "open_account", "open_help", "reopen_account", "strike_person",
]  # fmt: skip
