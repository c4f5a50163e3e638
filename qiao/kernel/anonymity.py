"""Matters whose people are not named. The journal and the log of deliveries know no matter: who keeps one declares here what is hidden."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

Hidden = dict[int, set[int]]
"""The number of a matter → the accounts that must not be named with it."""


@dataclass(frozen=True)
class Hiding:
    """What of a noun is hidden: in which matters (of these numbers, or of all) which accounts, and in which columns a name may stand."""

    accounts: Callable[[Collection[int] | None], Hidden]
    columns: frozenset[str]


HIDINGS: dict[str, Hiding] = {}


def hides(
    noun: str, columns: Iterable[str]
) -> Callable[[Callable[[Collection[int] | None], Hidden]], Callable[[Collection[int] | None], Hidden]]:
    """Declare which matters of a noun hide their people."""

    def keep(accounts: Callable[[Collection[int] | None], Hidden]) -> Callable[[Collection[int] | None], Hidden]:
        if noun in HIDINGS:
            raise ValueError(f"what of {noun!r} is hidden was declared twice")
        HIDINGS[noun] = Hiding(accounts, frozenset(columns))
        return accounts

    return keep


def hidden(trails: Iterable[str]) -> dict[str, set[int]]:
    """Of these trails those that hide somebody, with the accounts they hide."""
    numbers: dict[str, set[int]] = {}
    for trail in set(trails):
        noun, _colon, number = trail.partition(":")
        if noun in HIDINGS:
            numbers.setdefault(noun, set()).add(int(number))
    return {f"{noun}:{pk}": who for noun, asked in numbers.items() for pk, who in HIDINGS[noun].accounts(asked).items()}


def hidden_trails(accounts: Collection[int] | None = None) -> list[str]:
    """Every trail that hides somebody, or one of these accounts."""
    found = [(f"{noun}:{pk}", who) for noun, hiding in HIDINGS.items() for pk, who in hiding.accounts(None).items()]
    return [trail for trail, who in found if accounts is None or who & set(accounts)]


def hidden_columns(trail: str) -> frozenset[str]:
    """The columns in which a name may stand, of what belongs to a trail that hides somebody."""
    return HIDINGS[trail.partition(":")[0]].columns
