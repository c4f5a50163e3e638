"""A verb as a page offers it. Each app that offers verbs as forms has one table of them, ``acts.py``, and one view for them all."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.http import HttpResponse

from qiao.kernel.operation import Operation, demand
from qiao.kernel.policy import Actor, Words

from .forms import carry_out
from .http import Request, done, page


class ActForm(forms.Form):
    """A form for one verb on one object, on which its choices, and what stands in it at first, may depend."""

    def __init__(self, *args: Any, subject: Any, verb: str = "", **more: Any) -> None:
        self.subject, self.verb = subject, verb
        super().__init__(*args, **more)
        self.prepare()

    def prepare(self) -> None:
        """Fill in what depends on the object."""

    def given(self) -> dict[str, Any]:
        """What the operation is called with."""
        return self.cleaned_data

    def offer(self, name: str) -> Any:
        """A field whose choices depend on the object, to be given them."""
        return self.fields[name]


@dataclass(frozen=True)
class Act:
    """The operation, the form that asks what it needs, what is said when it is done, what it means, how its button looks."""

    run: Operation
    form: type[ActForm]
    said: Words
    help: Words = ""
    tone: str = "main"

    @property
    def code(self) -> str:
        """Noun and verb, as the journal and the address write them."""
        return self.run.guard.code

    @property
    def noun(self) -> str:
        """What it is done to."""
        return self.code.partition(".")[0]

    @property
    def verb(self) -> str:
        """What is done."""
        return self.code.partition(".")[2]

    @property
    def label(self) -> Words:
        """What its button says."""
        return self.run.guard.label


A = TypeVar("A", bound=Act)


def open_acts(acts: Iterable[A], actor: Actor, subject: Any) -> list[A]:
    """Those of the acts that this actor may do to this object now, in their order."""
    return [act for act in acts if act.run.guard.is_open(actor, subject)]


def perform(
    request: Request, act: Act, subject: Any, *, back: str, template: str, initial: dict[str, Any] | None = None, **context: Any
) -> HttpResponse:
    """Ask what the verb needs, then do it and go ``back``; what was not fit stands in the form again, with why."""
    demand(act.run.guard, request.actor, subject)
    form = act.form(
        *((request.POST, request.FILES) if request.method == "POST" else ()), subject=subject, verb=act.verb, initial=initial or {}
    )
    if form.is_valid() and carry_out(form, act.run, subject, actor=request.actor, **form.given()):
        return done(request, str(act.said), back)
    return page(
        request, template, {"act": act, "form": form, "subject": subject, "back": back, **context}, status=422 if form.is_bound else 200
    )
