"""What the public may read: each part by its own rule, and whose consent it needs (R3.62)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from qiao.kernel.policy import Words
from qiao.rulebook.kinds import Choice, Flag

from .parameter import PROTECTS, Parameter

LABEL = _("Publication")

_REPORT_ONLY = _("National law makes only the report on handling public; the more careful rule.")


def _policy(part: str, label: Words, help: Words, default: Any) -> Parameter:
    ways = {
        "must": _("Published, unless the law forbids it"),
        "may": _("May be published"),
        "no": _("Not published"),
    }
    return Parameter(f"publish_policy_{part}", "publish", Choice(ways), label, help, default, _REPORT_ONLY)


PARAMETERS = [
    _policy(
        "suggestion", _("Publication of the suggestion"),
        _(
            "Whether the text of a suggestion is published as a rule, may be, or is not. "
            "What must be published can be held back only on a ground in law."
        ),
        "may",
    ),
    _policy(
        "reply", _("Publication of the reply"),
        _("The same of the unit's reply. It is published only after the unit has checked it for secrets."),
        "may",
    ),
    _policy(
        "evaluation", _("Publication of the evaluation"),
        _("The same of what the deputy said of the reply, once it is open to the unit."),
        "no",
    ),
    Parameter(
        "deputy_consent_needed", "publish", Flag(), _("Consent of the deputy"),
        _("Whether what may be published needs the lead deputy's agreement. What must be published is not asked for."), True, PROTECTS,
    ),
]  # fmt: skip
