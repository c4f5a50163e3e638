"""The tables that can be imported into the directory, split by noun; importing the package declares them."""

from . import attendance, deputies, units

__all__ = ["attendance", "deputies", "units"]
