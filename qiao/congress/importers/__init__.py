"""The tables that can be imported into the directory, split by noun; importing the package declares them."""

from . import attendance, congresses, deputies, group_members, units

__all__ = ["attendance", "congresses", "deputies", "group_members", "units"]
