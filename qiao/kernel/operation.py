"""The one door for writing: lock, ask, do, move, check, record, tell."""

import functools
import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, OperationalError, connection, models, transaction
from django.utils.translation import gettext as _

from . import errors, journal
from .flow import Step
from .models import Entry
from .policy import Actor, Rule, Verdict, Words

TRIES = 3
CROSSED = {"40001", "40P01"}
"""What PostgreSQL says when two transactions stood in each other's way: the one it has undone begins anew, up to ``TRIES`` times."""

OPERATIONS: dict[str, "Operation"] = {}
OBSERVERS: list[Callable[[Entry], None]] = []
"""Told of every entry after its commit (search index, metrics); filled in ``qiao.web`` and nowhere else."""


@dataclass(frozen=True)
class Permit:
    """A guard for a write that moves no state: its code, who may, what it is called."""

    code: str
    who: Rule
    label: Words

    def check(self, actor: Actor, subject: Any) -> Verdict:
        return self.who(actor, subject)

    def is_open(self, actor: Actor, subject: Any) -> bool:
        """The same as a bare yes or no."""
        return bool(self.who(actor, subject))

    def finish(self, subject: Any, outcome: str | None) -> None:
        """Nothing moves."""


def demand(guard: Step | Permit, actor: Actor, subject: Any) -> None:
    """Refuse as the operation would: NotAllowed for the wrong person, WrongState for a moved object. Doors ask before showing a form."""
    said = guard.check(actor, subject)
    if not said:
        moved = isinstance(guard, Step) and guard.who(actor, subject)
        raise (errors.WrongState if moved else errors.NotAllowed)(said.reason, guard.code)


class Operation:
    """A verb that can be performed: ``run(subject, actor=…, note=…, **what the body asks for)``.

    ``note`` is the sentence given with the verb; the journal keeps it. A body that takes ``note`` hears it, and one that
    takes it without a default is refused without it. Returns the locked subject, or what the body made. Raises
    NotAllowed, WrongState, Unfit or ValidationError; then nothing was written.
    """

    def __init__(self, guard: Step | Permit, body: Callable[..., Any]) -> None:
        self.guard, self.body = guard, body
        heard = inspect.signature(body).parameters.get("note")
        self.hears_note = heard is not None
        self.needs_note = heard is not None and heard.default is inspect.Parameter.empty
        functools.update_wrapper(self, body)

    def __call__(self, subject: Any, *, actor: Actor, note: str = "", **given: Any) -> Any:
        for _try in range(0 if connection.in_atomic_block else TRIES - 1):  # inside another's transaction only that one can begin anew
            try:
                return self._once(subject, actor=actor, note=note, **given)
            except OperationalError as error:
                if getattr(error.__cause__, "sqlstate", "") not in CROSSED:
                    raise
        return self._once(subject, actor=actor, note=note, **given)

    def _once(self, subject: Any, *, actor: Actor, note: str, **given: Any) -> Any:
        """The whole of it, in one transaction."""
        with transaction.atomic():
            held = subject and _locked(subject)
            demand(self.guard, actor, held)
            if self.needs_note and not note.strip():
                raise errors.Unfit(_("Give the reason in a sentence."), self.guard.code)
            if "\0" in note:
                raise errors.Unfit(_("The reason holds a character that cannot be kept. Type it anew."), self.guard.code)
            before = journal.facts(held)
            made = self._perform(held, actor=actor, **given, **({"note": note} if self.hears_note else {}))
            target = made if isinstance(made, models.Model) else held
            if target is held:
                self.guard.finish(held, made)
                _keep(held, before)
            elif held is not None and journal.facts(held) != before:
                raise AssertionError(f"{self.guard.code} made one object and changed another: the change would be lost")
            entry = journal.record(self.guard.code, actor, note, target, before if target is held else {})
        for tell in OBSERVERS:  # robust: what is committed is done, and whoever did it must not read that it failed
            transaction.on_commit(lambda tell=tell: tell(entry), robust=True)  # type: ignore[misc]
        return target

    def _perform(self, held: Any, **given: Any) -> Any:
        """The body; a refusal that does not say of what it is one is this operation's."""
        try:
            return self.body(held, **given)
        except errors.Refused as refusal:
            refusal.code = refusal.code or self.guard.code
            raise


def operation(guard: Step | Permit) -> Callable[[Callable[..., Any]], Operation]:
    """Make a function of (subject, *, actor, …) the one operation that performs ``guard``."""

    def wrap(body: Callable[..., Any]) -> Operation:
        if guard.code in OPERATIONS:
            raise ValueError(f"operation {guard.code!r} declared twice")
        OPERATIONS[guard.code] = Operation(guard, body)
        return OPERATIONS[guard.code]

    return wrap


@dataclass(frozen=True)
class Told:
    """What became of one of many: the object, and the refusal if there was one."""

    subject: Any
    refusal: errors.Refused | None = None


def each(run: Operation, subjects: Iterable[Any], *, actor: Actor, **given: Any) -> list[Told]:
    """Perform one operation on many objects, each in its own transaction, each told apart in the result."""
    told = []
    for subject in subjects:
        try:
            told.append(Told(run(subject, actor=actor, **given)))
        except errors.Refused as refusal:
            told.append(Told(subject, refusal))
    return told


def _locked(subject: models.Model) -> Any:
    """The row as it stands now, nobody else's until the end; with the objects beside it that its rules ask about (``asked_with``).

    What it belongs to is locked before it: all who turn to one matter wait at the same door, and never crosswise.
    """
    root = getattr(subject, "journal_root", subject)
    if root is not subject and connection.features.has_select_for_update:
        root.__class__._base_manager.select_for_update(no_key=True).values_list("pk").get(pk=root.pk)
    rows = subject.__class__._base_manager.select_for_update(of=("self",), no_key=True)
    asked_with = getattr(subject, "asked_with", ())
    return (rows.select_related(*asked_with) if asked_with else rows).get(pk=subject.pk)


def _keep(held: models.Model, before: dict[str, Any]) -> None:
    """Check and save what changed, and only that."""
    changed = {f.name for f in held._meta.concrete_fields if before[f.attname] != getattr(held, f.attname)}
    if not changed:
        return
    same = {f.name for f in held._meta.fields} - changed
    held.clean_fields(exclude=same)
    held.clean()
    try:
        with transaction.atomic():  # the database checks every constraint: no need to ask it about each beforehand
            held.save(update_fields=changed)
    except IntegrityError:
        held.validate_unique(exclude=same)
        held.validate_constraints()  # all of them: an invariant may join a changed field to an unchanged one
        raise
