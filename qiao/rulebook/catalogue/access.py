"""What a sign-in asks for (GB/T 22239-2019, 8.1.4.1)."""

from django.utils.translation import gettext_lazy as _

from qiao.rulebook.kinds import Choices

from .parameter import Parameter

LABEL = _("Signing in")

PARAMETERS = [
    Parameter(
        "second_factor_required", "access",
        Choices({
            "deputy": _("Deputies"), "deputy_affairs": _("Deputy-affairs staff"), "leader": _("Leaders"),
            "delegation_staff": _("Staff of delegations"),
            "unit_liaison": _("Liaisons of units"), "unit_handler": _("Handlers of units"), "unit_signer": _("Signers of units"),
            "sysadmin": _("System administrators"), "secadmin": _("Security administrators"), "auditadmin": _("Audit administrators"),
        }),
        _("Second factor required"),
        _("Who must confirm their sign-in by a code of their telephone besides the password."),
        [], _("GB/T 22239-2019, 8.1.4.1, asks for two factors at level 3; the congress decides for whom."),
    ),
]  # fmt: skip
