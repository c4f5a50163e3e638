"""The pages of accounts: the doors one comes in by, people with their accounts, posts, roles."""

from .mine import end_others, factor, mine, remove_factor, stay
from .passkeys import add_passkey, passkey, passkey_sign_in, remove_passkey
from .people import close, invite, open_account, people, person, reopen, reset_factor, unlock
from .posts import appoint, end, give, help_session, posts, rank
from .provider import provider_back, provider_go, provider_leave
from .roles import add_role, role, roles
from .signing import LONGEST_ID, next_url, password, second, set_password, sign_in, sign_out, switch
from .slips import activate, slips

__all__ = [
    "LONGEST_ID", "activate", "add_passkey", "add_role", "appoint", "close",
    "end", "end_others", "factor", "give", "help_session", "invite",
    "mine", "next_url", "open_account", "passkey", "passkey_sign_in", "password", "people", "person", "posts", "provider_back",
    "provider_go", "provider_leave", "rank", "remove_factor", "remove_passkey", "reopen", "reset_factor", "role", "roles", "second",
    "set_password", "sign_in", "sign_out", "slips", "stay", "switch", "unlock",
]  # fmt: skip
