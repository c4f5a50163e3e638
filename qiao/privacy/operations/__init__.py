"""What is done about personal data: reading what is protected, having it put right, ending its keeping."""

from .correcting import accept_correction, ask_correction, refuse_correction
from .reading import open_names, open_value, take_away
from .retaining import dispose, dispose_due, forget, lift_hold, place_hold

__all__ = [
    "accept_correction", "ask_correction", "dispose", "dispose_due", "forget", "lift_hold", "open_names", "open_value", "place_hold",
    "refuse_correction", "take_away",
]  # fmt: skip
