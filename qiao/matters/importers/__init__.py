"""The tables that can be imported into the register of suggestions; importing the package declares them."""

from . import suggestions

__all__ = ["suggestions"]
