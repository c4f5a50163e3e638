"""The tables that can be imported into the directory, split by noun; importing the package declares them."""

from . import attendance, deputies, group_members, units

__all__ = ["attendance", "deputies", "group_members", "units"]
