"""What every way out has in common: it takes one notice to one address and says what went wrong instead of raising it."""

from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

from .models import Notice


@dataclass(frozen=True)
class Failure:
    """Why something did not go out. ``refused``: the other side says that there is no such address, so no further try is made."""

    reason: str
    refused: bool = False


class Carrier(Protocol):
    """Carries many notices, one after the other, and lets go of its connection at the end."""

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: ...

    def carry(self, notice: Notice, address: str, language: str) -> Failure | None:
        """Take a notice to an address; None if the other side has taken it."""
