"""What the public may read."""

from django.utils.translation import gettext_lazy as _

from qiao.rulebook.kinds import Choice, Flag

from .parameter import PROTECTS, Parameter

LABEL = _("Publication")

PARAMETERS = [
    Parameter(
        "publish_policy", "publish",
        Choice({"must": _("Published, unless the law forbids it"), "may_with_consent": _("May be published with consent")}),
        _("Publication of suggestions and replies"), _("Whether texts are published as a rule, or only where those concerned agree."),
        "may_with_consent", _("National law makes only the report on handling public; the more careful rule."),
        is_applied=False,
    ),
    Parameter(
        "deputy_consent_needed", "publish", Flag(), _("Consent of the deputy"),
        _("Whether a suggestion is published only when its lead deputy agrees."), True, PROTECTS,
    ),
]  # fmt: skip
