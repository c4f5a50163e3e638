"""From a form to an operation and back: what is refused stands in the form, with what was typed."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from qiao.kernel.errors import Unfit
from qiao.kernel.operation import Operation
from qiao.kernel.policy import Actor


def carry_out(form: forms.Form, run: Operation, subject: Any, *, actor: Actor, **given: Any) -> Any:
    """What the operation returns, or None when it finds what was typed unfit: then the form says why and nothing was written.

    Refusals that no other typing would mend (the wrong person, a moved state) pass on to the page that says so.
    """
    try:
        return run(subject, actor=actor, **given)
    except Unfit as refusal:
        form.add_error(None, refusal.reason)
    except ValidationError as invalid:
        form.add_error(None, invalid.messages)
    return None
