"""State machines as tables: one row a step, proved when the module is imported."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from .policy import Actor, Rule, Verdict, Words

STAY = None
"""Target of a step that changes the object but not its state."""


@dataclass(frozen=True)
class Step:
    """One row: verb, states it starts from, states it may end in, who may take it, what it is called."""

    flow: "Flow"
    verb: str
    source: frozenset[str]
    targets: tuple[str, ...]
    who: Rule
    label: Words

    @property
    def code(self) -> str:
        return f"{self.flow.name}.{self.verb}"

    @property
    def forks(self) -> bool:
        """Whether the operation's body decides in which of several states it ends."""
        return len(self.targets) > 1

    def fits(self, subject: Any) -> Verdict:
        """Whether the object is in a state this step starts from."""
        if subject.state in self.source:
            return Verdict(True)
        said = _("Not possible in the state “%(state)s”.") % {"state": subject.get_state_display()}
        return Verdict(False, str(said))

    def check(self, actor: Actor, subject: Any) -> Verdict:
        """Whether this actor may take this step on this object now."""
        return self.who(actor, subject) and self.fits(subject)

    def is_open(self, actor: Actor, subject: Any) -> bool:
        """The same as a bare yes or no, for pages that ask it of every step: the state first, which costs nothing."""
        return subject.state in self.source and bool(self.who(actor, subject))

    def finish(self, subject: Any, outcome: str | None) -> None:
        """Move the object; ``outcome`` is the body's choice where the step forks."""
        if self.forks and outcome not in self.targets:
            raise ValueError(f"{self.code}: the body must choose one of {self.targets}, not {outcome!r}")
        if self.targets:
            subject.state = outcome if self.forks else self.targets[0]


Row = tuple[str, AbstractSet[str], Any, Rule, Words]


class Flow:
    """The life of one noun: its states, where it begins and ends, and every step between."""

    def __init__(
        self, name: str, states: Any, *, initial: str, final: Iterable[str], steps: Iterable[Row], retired: Iterable[str] = ()
    ) -> None:
        self.name, self.states, self.initial, self.final = name, states, initial, frozenset(final)
        self.retired = frozenset(retired)
        self.steps: dict[str, Step] = {}
        for verb, source, target, who, label in steps:
            if verb in self.steps:
                raise ValueError(f"{name}: step {verb!r} twice")
            targets = () if target is STAY else target if isinstance(target, tuple) else (target,)
            self.steps[verb] = Step(self, verb, frozenset(source), targets, who, label)
        self._prove()

    def __getitem__(self, verb: str) -> Step:
        return self.steps[verb]

    def open_to(self, actor: Actor, subject: Any) -> list[Step]:
        """The steps this actor may take now: the page's buttons."""
        return [step for step in self.steps.values() if step.is_open(actor, subject)]

    def _prove(self) -> None:
        every = set(self.states.values) - self.retired
        named = {state for step in self.steps.values() for state in (*step.source, *step.targets)}
        if named - every:
            raise ValueError(f"{self.name}: unknown states {sorted(named - every)}")
        reached, todo = {self.initial}, [self.initial]
        while todo:
            here = todo.pop()
            new = {t for step in self.steps.values() if here in step.source for t in step.targets} - reached
            reached |= new
            todo += new
        leaving = {state for step in self.steps.values() if step.targets for state in step.source}
        if every - reached:
            raise ValueError(f"{self.name}: never reached {sorted(every - reached)}")
        if stuck := every - leaving - self.final:
            raise ValueError(f"{self.name}: no way out of {sorted(stuck)}")
        if loose := leaving & self.final:
            raise ValueError(f"{self.name}: final states with a way out {sorted(loose)}")
