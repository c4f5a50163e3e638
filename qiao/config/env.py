"""Values a deployment may set, each with the sentence that the generated settings reference shows."""

from dataclasses import dataclass
from typing import Any

import environ

_environ = environ.Env()


@dataclass(frozen=True)
class Value:
    """One documented variable: name, kind, default, what it does."""

    name: str
    kind: str
    default: Any
    help: str


VALUES: list[Value] = []


def _read(kind: str, name: str, default: Any, help_text: str) -> Any:
    VALUES.append(Value(name, kind, default, help_text))
    return getattr(_environ, kind)(name, default=default)


def text(name: str, default: str, help_text: str) -> str:
    """A string."""
    return _read("str", name, default, help_text)


def flag(name: str, default: bool, help_text: str) -> bool:
    """Yes or no: 1, true, yes, on."""
    return _read("bool", name, default, help_text)


def number(name: str, default: int, help_text: str) -> int:
    """A whole number."""
    return _read("int", name, default, help_text)


def names(name: str, default: list[str], help_text: str) -> list[str]:
    """A list, separated by commas."""
    return _read("list", name, default, help_text)


def database(name: str, default: str, help_text: str) -> dict[str, Any]:
    """A database address, as a Django configuration."""
    VALUES.append(Value(name, "address", default, help_text))
    return _environ.db_url(name, default=default)
