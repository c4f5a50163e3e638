"""The tables that can be imported into the directory, split by noun; importing the package declares them."""

from . import deputies, units

__all__ = ["deputies", "units"]
