"""The tables that can be imported into the directory, split by noun; importing the package declares them."""

from . import accounts, attendance, congresses, deputies, group_members, posts, seats, units

__all__ = ["accounts", "attendance", "congresses", "deputies", "group_members", "posts", "seats", "units"]
