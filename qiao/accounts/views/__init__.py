"""The pages of accounts: the doors one comes in by, people with their accounts, posts, roles."""

from .people import close, invite, open_account, people, person, reopen
from .posts import end, give, help_session, posts
from .roles import add_role, role, roles
from .signing import LONGEST_ID, next_url, password, set_password, sign_in, sign_out, switch

__all__ = [
    "LONGEST_ID", "add_role", "close", "end", "give", "help_session", "invite", "next_url", "open_account", "password", "people", "person",
    "posts", "reopen", "role", "roles", "set_password", "sign_in", "sign_out", "switch",
]  # fmt: skip
