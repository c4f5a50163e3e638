"""Who may do what: rules that answer with a reason, scopes of what may be seen, the register of permissions."""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
NOTHING = Q(pk__in=())


@dataclass(frozen=True)
class Verdict:
    """Yes, or no with the reason."""

    ok: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.ok


YES = Verdict(True)


@dataclass(frozen=True)
class Actor:
    """Whoever acts: a person in one post, or the system for a stated reason.

    What an actor belongs to are sets, never optional values: ``unit__in=actor.units`` with an empty set is
    no row, while ``unit=None`` would be every row without a unit.
    """

    user: Any = None
    post: Any = None
    people: frozenset[int] = frozenset()
    units: frozenset[int] = frozenset()
    congresses: frozenset[int] = frozenset()
    delegations: frozenset[int] = frozenset()
    grants: frozenset[str] = frozenset()
    via: str = "web"
    because: str = ""

    @classmethod
    def system(cls, because: str) -> "Actor":
        """The system itself, for a stated reason."""
        return cls(via="system", because=because)

    def lend(self, because: str) -> "Actor":
        """The system on behalf of this actor: an operation calling a lower one; the journal keeps the person."""
        return dataclasses.replace(self, via="system", because=because)

    @property
    def is_system(self) -> bool:
        return self.via == "system"

    @property
    def standing(self) -> tuple[Any, ...]:
        """Who acts with which rights, as plain values: two actors with the same see the same."""
        who = (self.user and self.user.pk, self.post and self.post.pk, self.via)
        return (*who, self.people, self.units, self.congresses, self.delegations, self.grants)

    @property
    def acting_as(self) -> str:
        """The post acted in, as the journal writes it."""
        return str(self.post) if self.post else ""


@dataclass(frozen=True)
class Rule:
    """A named question about (actor, object); ``grants`` are the permissions it asks for."""

    test: Callable[[Actor, Any], bool]
    reason: Words
    grants: frozenset[str] = field(default=frozenset())

    def __call__(self, actor: Actor, subject: Any = None) -> Verdict:
        if actor.is_system or self.test(actor, subject):
            return YES
        return Verdict(False, str(self.reason))

    def __and__(self, other: "Rule") -> "Rule":
        return _Both(self, other)

    def __or__(self, other: "Rule") -> "Rule":
        return _Either(self, other)


class _Either(Rule):
    """Gives the reason of the first alternative when both fail."""

    parts: tuple[Rule, Rule]

    def __init__(self, left: Rule, right: Rule) -> None:
        super().__init__(lambda a, s: bool(left(a, s) or right(a, s)), "", left.grants | right.grants)
        object.__setattr__(self, "parts", (left, right))

    def __call__(self, actor: Actor, subject: Any = None) -> Verdict:
        said = self.parts[0](actor, subject)
        return YES if said or self.parts[1](actor, subject) else said


class _Both(Rule):
    """Keeps the reason of the first part that fails."""

    parts: tuple[Rule, Rule]

    def __init__(self, left: Rule, right: Rule) -> None:
        super().__init__(lambda a, s: bool(left(a, s) and right(a, s)), "", left.grants | right.grants)
        object.__setattr__(self, "parts", (left, right))

    def __call__(self, actor: Actor, subject: Any = None) -> Verdict:
        return next((said for part in self.parts if not (said := part(actor, subject))), YES)


def rule(reason: Words) -> Callable[[Callable[[Actor, Any], bool]], Rule]:
    """Turn a function of (actor, subject) into a rule that refuses with ``reason``."""
    return lambda test: Rule(test, reason)


@rule(_("Only the system does this."))
def is_system(actor: Actor, subject: Any) -> bool:
    """Never true for a person: the kernel lets the system pass before it asks."""
    return False


PERMISSIONS: dict[str, Words] = {}


def permission(code: str, label: Words) -> Rule:
    """Declare a permission ``<noun>.<verb>``; the value is the rule 'the actor's role grants it'."""
    if code in PERMISSIONS:
        raise ValueError(f"permission {code!r} declared twice")
    PERMISSIONS[code] = label
    return Rule(lambda actor, _subject: code in actor.grants, _("Your post does not include this."), frozenset({code}))


SCOPES: dict[str, Callable[[Actor], Q]] = {}


def scope(model: str, *, public: bool = False) -> Callable[[Callable[[Actor], Q]], Callable[[Actor], Q]]:
    """Declare which rows of ``model`` an actor may see, as a Q; nobody sees nothing unless it is public."""

    def keep(rows: Callable[[Actor], Q]) -> Callable[[Actor], Q]:
        if model in SCOPES:
            raise ValueError(f"scope of {model!r} declared twice")
        SCOPES[model] = rows if public else (lambda actor: rows(actor) if actor.user or actor.is_system else NOTHING)
        return rows

    return keep
