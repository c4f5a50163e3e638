"""Everything that can be done to an import: upload, compare, confirm, write, cancel, undo. What takes time goes batch by batch.

Each batch is one transaction that leaves its rows marked as done: a job that is killed is followed by another that goes on where
the first one was (``tasks.go_on``).
"""

from .reading import cancel, compare, upload
from .undoing import undo, unwrite
from .writing import confirm, write

__all__ = ["cancel", "compare", "confirm", "undo", "unwrite", "upload", "write"]
