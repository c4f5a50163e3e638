"""Every verb about one value of a rule that a page offers as a form: one table from code to form and operation."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from qiao.kernel.operation import Operation
from qiao.kernel.policy import Actor, Words

from . import forms, operations
from .models import Provision


@dataclass(frozen=True)
class Act:
    """A verb as a page offers it: its operation, its form, the words on its button, what is said when it is done, what it means."""

    run: Operation
    form: type[Any]
    label: Words
    said: Words
    help: Words
    tone: str = "plain"

    @property
    def title(self) -> Words:
        """What the operation does, as the heading of its page."""
        return self.run.guard.label

    @property
    def verb(self) -> str:
        """The verb as the address has it."""
        return self.run.guard.code.partition(".")[2]


ACTS: dict[str, Act] = {
    act.verb: act
    for act in [
        Act(
            operations.correct_provision, forms.CorrectForm, _("Correct"), _("The change is corrected."),
            _("The days on which it holds stay as they are."),
        ),
        Act(
            operations.withdraw_provision, forms.NoteForm, _("Withdraw"), _("The change is withdrawn."),
            _("What held before goes on as if this change had not been entered. The history keeps it."), "danger",
        ),
        Act(
            operations.end_provision, forms.EndForm, _("End it"), _("The end is entered."),
            _("From that day on the national default holds, unless another value begins."), "danger",
        ),
        Act(
            operations.resume_provision, forms.NoteForm, _("Take the end back"), _("The rule goes on."),
            _("It holds without an end, or until another value begins."),
        ),
    ]
}  # fmt: skip


def offered(actor: Actor, provision: Provision) -> list[Act]:
    """The acts on a value that this actor may take now, in the order of the table."""
    return [act for act in ACTS.values() if act.run.guard.is_open(actor, provision)]
